import type { Coverage } from './coverage/numpy.ts';
import { numpyCoverage, version } from './coverage/numpy.ts';

/** `npm run coverage -- numpy`: which names of the original are there, which are not, and why. Fails where one is missing. */

const [library, ...rest] = process.argv.slice(2);
if (library !== 'numpy' || rest.length > 0) {
  process.stderr.write('usage: npm run coverage -- numpy\n');
  process.exit(2);
}
const found = numpyCoverage();
const count = (pick: (each: Coverage) => readonly unknown[]): number => found.reduce((sum, each) => sum + pick(each).length, 0);
const leftOut = ({ excluded }: Coverage): string[] => [...excluded.values()].flat();
for (const { owner, present, excluded, missing } of found) {
  process.stdout.write(`${owner}: ${present.length} of ${present.length + missing.length}\n`);
  for (const [reason, names] of excluded) process.stdout.write(`  left out (${reason}): ${names.join(', ')}\n`);
  if (missing.length > 0) process.stdout.write(`  missing: ${missing.join(', ')}\n`);
}
const missing = count((each) => each.missing);
process.stdout.write(`\nNumPy ${version}: ${count((each) => each.present)} names present, ${missing} missing, `
  + `${count(leftOut)} left out\n`);
process.exitCode = missing > 0 ? 1 : 0;
