import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../build/stamp.ts';
import type { Consumer, Result } from './consumer.ts';
import { lines } from './consumer.ts';
import { cachedPackage, execute } from './package.ts';
import type { Workshop } from './workshop.ts';

/** Tools that run tests in places of their own making. */

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
}

/** Tests of what such tools compare, in JavaScript as they are. */
const arrays = 'arrays.test.js';

/** Has a tool run the tests and tell of them in JSON. */
async function runTest(workshop: Workshop, name: string, what: string, args: readonly string[]): Promise<Result> {
  const folder = await workshop.alone(name);
  await writeFile(join(folder, 'wanted.json'), JSON.stringify(lines.withoutDawn('Node')));
  await cp(join(root, 'test/consumers', arrays), join(folder, arrays));
  const { success, numPassedTests } = JSON.parse(execute(process.execPath, args, folder)) as Report;
  return { what, printed: [`${numPassedTests} passed`, `success ${success}`], wanted: ['4 passed', 'success true'] };
}

const jest: Consumer = {
  name: 'jest',
  async run(workshop) {
    const program = join(await cachedPackage('jest', '30'), 'bin/jest.js');
    return [await runTest(workshop, 'jest', 'ESM', ['--experimental-vm-modules', program, '--rootDir', '.', '--json'])];
  },
};

/** The one that this project itself uses. */
const vitest: Consumer = {
  name: 'vitest',
  async run(workshop) {
    const run = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', '.', '--globals', '--reporter', 'json'];
    const results: Result[] = [];
    for (const pool of ['forks', 'threads', 'vmThreads']) {
      results.push(await runTest(workshop, `vitest-${pool}`, `pool ${pool}`, [...run, '--pool', pool]));
    }
    return results;
  },
};

export const testTools: readonly Consumer[] = [jest, vitest];
