import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import { softwareGpu } from '../../scripts/softwareGpu.ts';
import { endedWithoutGpu } from '../withoutGpu.ts';

/** Programs that use the GPU, on the built package. */

const root = join(import.meta.dirname, '../..');
const idleSeconds = 3;

/** The numbers that a program prints, which begins with the GPU opened. */
function printed(context: TestContext, program: string): number[] {
  const { status, stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', `
    import * as flambeau from 'flambeau';
    import * as torch from 'flambeau/torch';
    await flambeau.init({ webgpu: true });
    ${program}`], { cwd: root, encoding: 'utf8', timeout: 60_000, env: { ...process.env, ...softwareGpu() } });
  if (endedWithoutGpu(status, stderr)) context.skip('there is no GPU');
  expect([status, signal], stderr).toEqual([0, null]);
  return stdout.trim().split('\n').map(Number);
}

it('idles, which takes no time of the processor, and ends by itself', (context) => {
  const [sum, busySeconds] = printed(context, `
    const x = torch.ones(100, 100, { device: 'webgpu' });
    console.log((await x.mm(x).sum().cpu()).item());
    const before = process.cpuUsage();
    await new Promise((resolve) => { setTimeout(resolve, ${idleSeconds * 1000}); });
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1e6);
    x.mul(2); // still under way at the end`);
  expect(sum).toBe(1e6);
  expect(busySeconds).toBeLessThan(idleSeconds / 100);
});

it('reuses buffers that a job drops while it runs, unless that is turned off', (context) => {
  const [sum, refused] = printed(context, `
    flambeau.setMemoryBudget(2 ** 25, 'webgpu');
    const x = torch.ones(2 ** 17, { device: 'webgpu' });
    let last = x;
    const drop = () => {
      for (let i = 0; i < 200; i++) last = x.add(i);
    };
    drop();
    console.log((await last.sum().cpu()).item());
    flambeau.setCollection(false);
    try {
      drop();
      console.log(0);
    } catch (error) {
      console.log(error.name === 'MemoryError' ? 1 : 2);
    }`);
  expect([sum, refused]).toEqual([200 * 2 ** 17, 1]);
});
