import { parseArgs } from 'node:util';
import { Draws } from '../draws.ts';
import { messageKind } from '../misuse/findings.ts';
import type { Finding } from '../programs/check.ts';
import { ask, compare, execute } from '../programs/check.ts';
import { knownKind } from '../programs/known.ts';
import { Oracle } from '../programs/oracle.ts';
import { dtypeNames } from '../programs/program.ts';
import { asPython, asTypeScript } from '../programs/text.ts';
import { drawCalls } from './draw.ts';
import { explained } from './explained.ts';
import { allTargets } from './targets.ts';

/** `npm run fuzz -- arguments`: every parameter of every function, in every spelling, on Flambeau and on the real NumPy. */

/** How many calls NumPy may lag behind. */
const ahead = 64;

interface Kind {
  count: number;
  readonly seed: number;
  readonly spelling: string;
  readonly finding: Finding;
}

export async function argumentsOfAll(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      // How many sets of arguments are drawn.
      count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' },
      // What to call: all whose names hold this text.
      target: { type: 'string', default: '' },
      // Whether to show errors that differ in words alone, and differences that are explained.
      messages: { type: 'boolean', default: false }, known: { type: 'boolean', default: false },
    },
  });
  const [count, seed] = [values.count, values.seed].map(Number);
  const targets = allTargets().filter(({ name }) => name.includes(values.target));
  if (targets.length === 0) throw new Error(`nothing that is called holds '${values.target}' in its name`);
  let oracle = Oracle.start();
  const kinds = new Map<string, Kind>();
  const known = new Map<string, Kind>();
  const words = new Map<string, Kind>();
  const undrawn = new Set<string>();
  let calls = 0;
  let refused = 0;
  const note = (map: Map<string, Kind>, name: string, kind: Omit<Kind, 'count'>): void => {
    const found = map.get(name);
    if (found === undefined) map.set(name, { ...kind, count: 1 });
    else found.count++;
  };
  const pending: Promise<void>[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const own = (seed + i) >>> 0;
      const target = targets[i % targets.length];
      const drawn = drawCalls(new Draws(own), target, own % 1000);
      if (drawn === null) undrawn.add(target.name);
      for (const { spelling, program } of drawn ?? []) {
        calls++;
        const trace = execute(program);
        if (trace.outcomes[0].error !== undefined) refused++;
        const asked = oracle;
        pending.push(ask(await asked, trace).catch((error: unknown) => {
          // What ended NumPy was the first that it had not answered; the rest is asked of another.
          if (asked === oracle) {
            oracle = Oracle.start();
            console.log(`\n${String(error)}\n${asPython(program).replaceAll(/^/gm, '    ')}`);
            return null;
          }
          return oracle.then((another) => ask(another, trace)).catch(() => null);
        }).then((reply) => {
          if (reply === null) return;
          // Texts and objects as elements are no arrays here.
          const foreign = Object.values(reply.statements[0].results ?? {}).some(({ dtype }) => !dtypeNames.includes(dtype));
          if (foreign) return;
          const finding = compare(trace, reply);
          const [ours, theirs] = [trace.outcomes[0], reply.statements[0]];
          if (finding !== null) {
            const reason = explained(finding, ours, theirs) ?? knownKind(finding, trace, reply);
            note(reason === null ? kinds : known, reason ?? finding.kind, { seed: own, spelling, finding });
          } else if (ours.error !== undefined && messageKind(ours.message!) !== messageKind(theirs.message!)) {
            const details = `got ${ours.message}\n  NumPy ${theirs.message}`;
            note(words, `${target.name}: ${messageKind(theirs.message!)}`,
              { seed: own, spelling, finding: { program, at: 0, kind: '', details } });
          }
        }));
      }
      while (pending.length >= ahead) await pending.shift();
    }
    await Promise.all(pending);
  } finally {
    (await oracle).stop();
  }
  const report = (map: ReadonlyMap<string, Kind>, whole: boolean): void => {
    for (const [name, { count: times, seed: at, spelling, finding }] of [...map].sort(([, a], [, b]) => b.count - a.count)) {
      console.log(`\n${times} × ${name}`);
      if (!whole) continue;
      console.log(`  seed ${at}, ${spelling}`);
      for (const text of [asPython(finding.program), asTypeScript(finding.program), finding.details]) console.log(text.replaceAll(/^/gm,
        '    '));
    }
  };
  if (values.messages) report(words, true);
  report(known, values.known);
  report(kinds, true);
  if (undrawn.size > 0) console.log(`\nnothing is known of what these take: ${[...undrawn].join(', ')}`);
  const sum = (map: ReadonlyMap<string, Kind>): number => [...map.values()].reduce((total, each) => total + each.count, 0);
  console.log(`\n${calls} calls (${refused} refused) of ${targets.length} functions against NumPy ${(await oracle).version}: `
    + `${sum(kinds)} differ in ${kinds.size} ways, ${sum(known)} in ways that are explained, ${sum(words)} in the words of errors alone`);
  return kinds.size === 0 ? 0 : 1;
}
