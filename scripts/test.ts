import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../test/devices/report.ts';
import { reportFile, summary } from '../test/devices/report.ts';
import { root } from './build/stamp.ts';

/**
 * `npm test`: types, lint, the test suites, the table of devices and the documentation's examples; every step runs even where one
 * before it failed. Arguments (`npm test -- test/numpy`) are handed to vitest, which then runs alone. Where no GPU is found its suites
 * are skipped, and the end says so; with FLAMBEAU_REQUIRE_GPU=1 they fail. Dawn and Chromium share what takes long;
 * with FLAMBEAU_THOROUGH=1, as in .ci/run, both do all of it.
 */

const bin = (path: string): string => join(root, 'node_modules', path);
const vitest = [bin('vitest/vitest.mjs'), 'run'];
const filters = process.argv.slice(2);

const steps: readonly (readonly [string, readonly string[]])[] = filters.length > 0
  ? [['tests', [...vitest, ...filters]]]
  : [
    ['types', [bin('typescript/bin/tsc')]],
    ['lint', [bin('oxlint/bin/oxlint')]],
    ['tests', vitest],
    ['table of devices', [bin('tsx/dist/cli.mjs'), 'scripts/devices.ts', '--check']],
    ['examples', [bin('tsx/dist/cli.mjs'), 'scripts/examples.ts']],
  ];

rmSync(reportFile, { force: true });
const failed: string[] = [];
for (const [name, args] of steps) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, {
    cwd: root, stdio: 'inherit', env: { ...process.env, FLAMBEAU_WHOLE_TEST: filters.length === 0 ? '1' : '0' },
  });
  if (status !== 0) failed.push(name);
  process.stdout.write(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
if (existsSync(reportFile)) process.stdout.write(`\n${summary(JSON.parse(readFileSync(reportFile, 'utf8')) as Report)}\n`);
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
