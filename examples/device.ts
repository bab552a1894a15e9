import { parseArgs } from 'node:util';
import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { hasGpu, softwareGpu } from '../scripts/softwareGpu.ts';

/** The device that `--device cpu` (unless said) or `--device webgpu` names, opened. */
const { values } = parseArgs({ options: { device: { type: 'string', default: 'cpu' } } });
export const device = new torch.device(values.device);
if (device.type !== 'cpu') {
  if (!hasGpu()) {
    Object.assign(process.env, softwareGpu());
    console.warn('This machine shows no GPU: SwiftShader, which comes with Chromium, computes on the CPU instead, slowly.');
  }
  await flambeau.init({ webgpu: true });
}
