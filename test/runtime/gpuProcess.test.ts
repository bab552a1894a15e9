import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { softwareGpu } from '../../scripts/softwareGpu.ts';
import { endedWithoutGpu } from '../withoutGpu.ts';

/** A program that has used the GPU, on the built package: idle it takes no time of the processor, and it ends by itself. */

const root = join(import.meta.dirname, '../..');
const idleSeconds = 3;

const program = `
import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
await flambeau.init({ webgpu: true });
const x = torch.ones(100, 100, { device: 'webgpu' });
console.log((await x.mm(x).sum().cpu()).item());
const before = process.cpuUsage();
await new Promise((resolve) => { setTimeout(resolve, ${idleSeconds * 1000}); });
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1e6);
x.mul(2); // still under way at the end
`;

it('idles and ends', (context) => {
  const { status, stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root, encoding: 'utf8', timeout: 60_000, env: { ...process.env, ...softwareGpu() },
  });
  if (endedWithoutGpu(status, stderr)) context.skip('there is no GPU');
  expect([status, signal], stderr).toEqual([0, null]);
  const [sum, busySeconds] = stdout.trim().split('\n').map(Number);
  expect(sum).toBe(1e6);
  expect(busySeconds).toBeLessThan(idleSeconds / 100);
});
