import { parseArgs } from 'node:util';
import { bundlers } from './consume/bundlers.ts';
import { checks } from './consume/checks.ts';
import type { Consumer, Result } from './consume/consumer.ts';
import { Unavailable } from './consume/consumer.ts';
import { nexts } from './consume/next.ts';
import { node } from './consume/node.ts';
import { withFolder } from './consume/package.ts';
import { pages } from './consume/pages.ts';
import { runtimes } from './consume/runtimes.ts';
import { testTools } from './consume/testTools.ts';
import { types } from './consume/types.ts';
import { Workshop } from './consume/workshop.ts';

/**
 * `npm run consumers`: strangers use the packed package, each in its own way, and what they print is compared. Names (`npm run
 * consumers -- webpack deno`) choose some, `--all` takes those along that are long and show little more, `--list` only lists them.
 * What this machine cannot bring is said and not counted as passed.
 */

const consumers: readonly Consumer[] = [
  ...checks, ...types, node, ...runtimes, ...testTools, ...bundlers, ...nexts, ...pages,
];

const { values: { all, list }, positionals: names } = parseArgs({
  allowPositionals: true, options: { all: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
});
const unknown = names.filter((name) => consumers.every((consumer) => consumer.name !== name));
if (unknown.length > 0) {
  throw new Error(`there is no consumer ${unknown.join(', ')}; there are ${consumers.map(({ name }) => name).join(', ')}`);
}
const isChosen = ({ name, long }: Consumer): boolean => names.length > 0 ? names.includes(name) : all || !long;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const failed: string[] = [];
const unavailable: string[] = [];

function report(consumer: string, { what, printed, wanted }: Result): void {
  const same = JSON.stringify(printed) === JSON.stringify(wanted);
  if (!same && !failed.includes(consumer)) failed.push(consumer);
  print(`  ${what}: ${same ? 'passed' : `FAILED\n    wanted ${wanted.join(' | ')}\n    got    ${printed.join(' | ')}`}`);
}

async function take(consumer: Consumer, workshop: Workshop): Promise<void> {
  const { name } = consumer;
  const start = performance.now();
  print(name);
  try {
    for (const result of await consumer.run(workshop)) report(name, result);
  } catch (error) {
    if (error instanceof Unavailable) {
      unavailable.push(name);
      print(`  NOT TRIED: ${error.message}`);
    } else {
      failed.push(name);
      print(`  FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  print(`  (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

const chosen = consumers.filter(isChosen);
if (list) {
  for (const { name, long } of consumers) print(long ? `${name} (with --all)` : name);
} else {
  await withFolder(async (folder) => {
    const workshop = new Workshop(folder);
    for (const consumer of chosen) await take(consumer, workshop);
  });
  const left = consumers.length - chosen.length;
  if (left > 0 && names.length === 0) print(`${left} are left out without --all`);
  if (unavailable.length > 0) print(`not tried here: ${unavailable.join(', ')}`);
  print(`consumers: ${failed.length === 0 ? `${chosen.length - unavailable.length} passed` : `FAILED: ${failed.join(', ')}`}`);
  if (failed.length > 0) process.exitCode = 1;
}
