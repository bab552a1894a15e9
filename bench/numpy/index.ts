import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { info } from 'flambeau';
import { runChild } from '../child.ts';
import type { Group } from './rows.ts';
import { reasonFor } from './reasons.ts';
import { groups } from './rows.ts';
import type { Report } from './side.ts';

/**
 * Functions of NumPy's, by hundreds, beside NumPy itself on one thread (where FLAMBEAU_PYTHON names a Python that has it) and numpy-ts,
 * each in a process of its own, in turn: how many times as fast Flambeau is, at every size, and what falls behind. An argument names a
 * group.
 */

const python = process.env.FLAMBEAU_PYTHON;
const [wanted = ''] = process.argv.slice(2);
const chosen = groups.filter(({ name }) => name.startsWith(wanted));

/** On a processor that is named alike everywhere, and on one thread. */
function runPython(group: Group): Report {
  const { OPENBLAS_L2_SIZE: _, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(
    python!, [fileURLToPath(new URL('side.py', import.meta.url)), JSON.stringify([group])], {
      encoding: 'utf8', env: { ...environment, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', OPENBLAS_CORETYPE: 'Haswell' },
    });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const inNode = (name: string, turbo = '0') => (group: Group): Report =>
  runChild<Report>(new URL(`${name}.ts`, import.meta.url), { ROWS: JSON.stringify([group]), FLAMBEAU_TURBO: turbo });
const sides: Readonly<Record<string, (group: Group) => Report>> = {
  ...(python === undefined ? {} : { NumPy: runPython }),
  'numpy-ts': inNode('numpyTs'),
  turbo: inNode('flambeau', '1'),
};

const [{ model }] = cpus();
console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores of ${model}\n${info()}\n`);
if (python === undefined) console.log('without NumPy: FLAMBEAU_PYTHON names no Python\n');

const shown = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));
const ratios: { row: string; size: number; side: string; ratio: number }[] = [];
for (const group of chosen) {
  const { name, sizes, rows } = group;
  const isLinear = name.startsWith('linear');
  const ours = inNode('flambeau')(group);
  const theirs = Object.entries(sides).filter(([side]) => side !== 'turbo' || isLinear).map(([side, run]) => [side, run(group)] as const);
  const versions = theirs.map(([side, { version }]) => `${side} ${version}`).join(', ');
  console.log(`## ${name}\n\nµs, and how many times as long as Flambeau each takes: ${versions}\n`);
  console.log(`| | ${sizes.flatMap((size) => [`n = ${size}`, ...theirs.map(([side]) => side)]).join(' | ')} |`);
  console.log(`|${' --- |'.repeat(1 + sizes.length * (1 + theirs.length))}`);
  for (const row of rows) {
    const cells = sizes.flatMap((size) => {
      const own = ours.times[`${row} ${size}`];
      const others = theirs.map(([side, { times }]) => {
        const ratio = times[`${row} ${size}`] / own;
        if (Number.isFinite(ratio)) ratios.push({ row, size, side, ratio });
        return shown(Number.isFinite(ratio) ? ratio : undefined);
      });
      return [own === undefined ? 'none' : own.toPrecision(3), ...others];
    });
    console.log(`| \`${row}\` | ${cells.join(' | ')} |`);
  }
  console.log('');
}

const peer = ratios.filter(({ side }) => side === 'numpy-ts');
const ahead = peer.filter(({ ratio }) => ratio > 1);
const share = 100 * ahead.length / Math.max(peer.length, 1);
console.log(`ahead of numpy-ts in ${ahead.length} of ${peer.length} cases (${share.toFixed(1)} %)`);
const slow = ratios.filter(({ side, size, ratio }) => side === 'NumPy' && size === 1_000_000 && ratio < 0.25);
const byReason = new Map<string, string[]>();
for (const { row, ratio } of slow) {
  const reason = reasonFor(row) ?? 'without a reason';
  byReason.set(reason, [...byReason.get(reason) ?? [], `${row} ${ratio.toFixed(2)}`]);
}
console.log(`slower than a quarter of NumPy's speed at a million: ${slow.length === 0 ? 'none' : ''}`);
for (const [reason, rows] of byReason) console.log(`- ${reason}: ${rows.join(', ')}`);
