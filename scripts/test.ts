import { spawn } from 'node:child_process';
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

interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

const tests: Step = { name: 'tests', args: [...vitest, ...filters] };
/** What keeps one core busy, or less; these run beside each other, and show what they print when they end. */
const checks: readonly Step[] = [
  { name: 'types', args: [bin('typescript/bin/tsc')] },
  { name: 'lint', args: [bin('oxlint/bin/oxlint')] },
  { name: 'examples', args: [bin('tsx/dist/cli.mjs'), 'scripts/examples.ts'] },
];
/** The table is of what the suites covered. */
const table: Step = { name: 'table of devices', args: [bin('tsx/dist/cli.mjs'), 'scripts/devices.ts', '--check'] };

const failed: string[] = [];

async function take({ name, args }: Step, shown: 'as it comes' | 'at the end'): Promise<void> {
  const start = performance.now();
  const env = { ...process.env, FLAMBEAU_WHOLE_TEST: filters.length === 0 ? '1' : '0' };
  const output = shown === 'at the end' ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', output, output], env });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => printed.push(data));
  const status = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  process.stdout.write(Buffer.concat(printed));
  if (status !== 0) failed.push(name);
  process.stdout.write(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

rmSync(reportFile, { force: true });
if (filters.length === 0) await Promise.all(checks.map((step) => take(step, 'at the end')));
await take(tests, 'as it comes');
if (filters.length === 0) await take(table, 'as it comes');
if (existsSync(reportFile)) process.stdout.write(`\n${summary(JSON.parse(readFileSync(reportFile, 'utf8')) as Report)}\n`);
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
