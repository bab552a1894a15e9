import { expect, it } from 'vitest';
import * as flambeau from '../../src/index.ts';
import { equalArrays } from '../../src/testing.ts';
import * as torch from '../../src/torch/index.ts';
import { onGpu } from './place.ts';

/** Tensors on the GPU where programs compare and send arrays: their elements cannot be read at once, and that is what is said. */
onGpu('surroundings', () => {
  it('are compared and sent after they were fetched', async () => {
    const [x, y] = [torch.ones(2, { device: 'webgpu' }), torch.ones(2, { device: 'webgpu' })];
    expect(() => equalArrays(x, y)).toThrow('a tensor on webgpu:0 cannot be compared: compare await x.cpu()');
    expect(equalArrays(x, torch.ones(3))).toBe(false);
    expect(equalArrays(await x.cpu(), await y.cpu())).toBe(true);
    expect(() => flambeau.pack({ x })).toThrow('pack() takes what lies on the CPU: await x.cpu() first, for ["x"] on webgpu:0');
    expect(() => torch.testing.assert_close(x, y)).toThrow('this tensor lies on webgpu:0: await x.cpu() first');
    expect(() => torch.testing.assert_close(x, torch.ones(2))).toThrow("The values for attribute 'device' do not match: webgpu:0 != cpu.");
    expect(() => structuredClone(x)).toThrow();
  });

  it('show their memory in place of elements, so that two are not equal by accident', () => {
    const x = torch.ones(2, { device: 'webgpu' });
    const tag = (value: unknown): string => Object.prototype.toString.call(value);
    expect(tag(x)).toMatch(/^\[object Tensor float32 \(2,\) on webgpu:0: memory \d+ from 0 by \(1,\)\]$/);
    expect(tag(x.view(2))).toBe(tag(x));
    expect(tag(x.clone())).not.toBe(tag(x));
  });
});
