import { parseArgs } from 'node:util';
import { Draws } from '../draws.ts';
import type { Finding } from './check.ts';
import { ask, compare } from './check.ts';
import { generate } from './generate.ts';
import { knownKind, knownKinds } from './known.ts';
import { Oracle } from './oracle.ts';
import { shrink } from './shrink.ts';
import { asPython, asTypeScript } from './text.ts';

/** `npm run fuzz -- programs`: random programs on Flambeau and on the real NumPy. */

/** Of 1000 programs at most so many may differ. */
const goal = 5;
/** How many programs NumPy may lag behind. */
const ahead = 64;

const seedOf = (first: number, i: number): number => (first + i) >>> 0;

export async function programs(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' },
      // How many programs to show of each way to differ.
      examples: { type: 'string', default: '1' },
      // Whether to show programs that differ in known ways, too.
      known: { type: 'boolean', default: false },
    },
  });
  const [count, seed, examples] = [values.count, values.seed, values.examples].map(Number);
  const oracle = await Oracle.start();
  try {
    return await compareAll(oracle, count, seed, examples, values.known);
  } finally {
    oracle.stop();
  }
}

async function compareAll(oracle: Oracle, count: number, seed: number, examples: number, showKnown: boolean): Promise<number> {
  const start = performance.now();
  const kinds = new Map<string, { count: number; findings: Finding[]; seeds: number[] }>();
  let statements = 0;
  let refused = 0;
  let differing = 0;
  let faults = 0;
  const pending: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const trace = generate(new Draws(seedOf(seed, i)));
    statements += trace.outcomes.length;
    refused += trace.outcomes.filter(({ error }) => error !== undefined).length;
    pending.push(ask(oracle, trace).then((reply) => {
      const finding = compare(trace, reply);
      if (finding === null) return;
      differing++;
      const known = knownKind(finding, trace, reply);
      if (known === null) faults++;
      const name = known === null ? finding.kind : `known: ${known}`;
      const kind = kinds.get(name) ?? { count: 0, findings: [], seeds: [] };
      kinds.set(name, kind);
      kind.count++;
      if (kind.findings.length < examples) {
        kind.findings.push(finding);
        kind.seeds.push(seedOf(seed, i));
      }
    }));
    if (pending.length >= ahead) await pending.shift();
  }
  await Promise.all(pending);
  const sorted = [...kinds].sort(([, a], [, b]) => b.count - a.count);
  for (const [kind, { count: times, findings, seeds }] of sorted) {
    console.log(`\n${times} × ${kind}`);
    const known = kind.startsWith('known: ') ? knownKinds[kind.slice('known: '.length)] : undefined;
    if (known !== undefined) console.log(`  ${known.reason}`);
    if (known !== undefined && !showKnown) continue;
    for (const [i, finding] of findings.entries()) {
      const { program, details } = await shrink(oracle, finding);
      console.log(`  seed ${seeds[i]}`);
      for (const text of [asPython(program), asTypeScript(program), details]) console.log(text.replaceAll(/^/gm, '    '));
    }
  }
  const rate = (1000 * differing) / count;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`\n${count} programs of ${statements} statements (${refused} refused) against NumPy ${oracle.version}: `
    + `${differing} differ, ${(rate / 10).toFixed(2)} %, in ${sorted.length} ways, ${faults} of them in none that is known (${seconds} s)`);
  return rate <= goal && faults === 0 ? 0 : 1;
}
