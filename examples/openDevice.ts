import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { hasGpu, softwareGpu } from '../scripts/softwareGpu.ts';

/** The device of a name, opened: `cpu`, or `webgpu` with whatever GPU there is. */
export async function openDevice(name: string): Promise<torch.device> {
  const device = new torch.device(name);
  if (device.type !== 'cpu') {
    if (!hasGpu()) {
      Object.assign(process.env, softwareGpu());
      console.warn('This machine shows no GPU: SwiftShader, which comes with Chromium,\ncomputes on the CPU instead, slowly.');
    }
    await flambeau.init({ webgpu: true });
  }
  return device;
}
