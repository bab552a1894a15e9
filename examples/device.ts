import { parseArgs } from 'node:util';
import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';

/** The device that `--device cpu` (unless said) or `--device webgpu` names, opened. */
const { values } = parseArgs({ options: { device: { type: 'string', default: 'cpu' } } });
export const device = new torch.device(values.device);
if (device.type !== 'cpu') await flambeau.init({ webgpu: true });
