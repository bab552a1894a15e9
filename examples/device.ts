import { parseArgs } from 'node:util';
import { openDevice } from './openDevice.ts';

/** The device that `--device cpu` (unless said) or `--device webgpu` names, opened. */
const { values } = parseArgs({ options: { device: { type: 'string', default: 'cpu' } } });
export const device = await openDevice(values.device);
