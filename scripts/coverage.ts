import type { Coverage, Library } from './coverage/library.ts';
import { coverageOf } from './coverage/library.ts';
import { numpy } from './coverage/numpy.ts';
import { pytorch } from './coverage/torch.ts';

/** `npm run coverage -- numpy` or `torch`: which names of the original are there, which are not, and why. Fails where one is missing. */

const libraries: Readonly<Record<string, Library>> = { numpy, torch: pytorch };
const [library, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(libraries, library) || rest.length > 0) {
  process.stderr.write(`usage: npm run coverage -- ${Object.keys(libraries).join('|')}\n`);
  process.exit(2);
}
const { title, owners } = coverageOf(libraries[library]);
const count = (pick: (each: Coverage) => readonly unknown[]): number => owners.reduce((sum, each) => sum + pick(each).length, 0);
const leftOut = ({ excluded }: Coverage): string[] => [...excluded.values()].flat();
for (const { owner, present, excluded, missing } of owners) {
  const all = present.length + missing.length;
  process.stdout.write(`${owner}: ${present.length} of ${all} (${(100 * present.length / Math.max(all, 1)).toFixed(0)} %)\n`);
  for (const [reason, names] of excluded) process.stdout.write(`  left out (${reason}): ${names.join(', ')}\n`);
  if (missing.length > 0) process.stdout.write(`  missing: ${missing.join(', ')}\n`);
}
const missing = count((each) => each.missing);
process.stdout.write(`\n${title}: ${count((each) => each.present)} names present, ${missing} missing, ${count(leftOut)} left out\n`);
process.exitCode = missing > 0 ? 1 : 0;
