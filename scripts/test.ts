import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './build/stamp.ts';

/**
 * `npm test`: types, lint, the test suites and the documentation's examples; every step runs even where one before it
 * failed. Arguments (`npm test -- test/numpy`) are handed to vitest, which then runs alone.
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
    ['examples', [bin('tsx/dist/cli.mjs'), 'scripts/examples.ts']],
  ];

const failed: string[] = [];
for (const [name, args] of steps) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
  process.stdout.write(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
if (failed.length > 0) {
  process.stdout.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
