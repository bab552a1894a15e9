import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { info } from 'flambeau';
import { runChild } from '../child.ts';
import { line } from '../measure.ts';
import type { Report, Row } from './rows.ts';
import { rows } from './rows.ts';
import { carried, started } from './start.ts';

/**
 * Flambeau beside its peers on one thread of the CPU, each in a process of its own, all of them in turn: numpy-ts, jax-js and tfjs on
 * WebAssembly, and NumPy and PyTorch where FLAMBEAU_PYTHON names a Python that has them. Prints microseconds, and a table of how many
 * times as long as Flambeau each takes: above 1 Flambeau is faster, below 1 slower. Then what a first result takes.
 */

const rounds = 5;
const python = process.env.FLAMBEAU_PYTHON;

function runPython(library: 'numpy' | 'torch'): Report {
  const { status, stdout, stderr } = spawnSync(
    python!, [fileURLToPath(new URL('python.py', import.meta.url)), library], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const inNode = (name: string) => (): Report => runChild<Report>(new URL(`${name}.ts`, import.meta.url), { FLAMBEAU_TURBO: '0' });
const sides: Readonly<Record<string, () => Report>> = {
  'Flambeau': inNode('flambeau'),
  'Flambeau with turbo': () => runChild<Report>(new URL('flambeau.ts', import.meta.url), { FLAMBEAU_TURBO: '1' }),
  'numpy-ts': inNode('numpyTs'),
  'jax-js': inNode('jaxJs'),
  'tfjs-wasm': inNode('tfjs'),
  ...(python === undefined ? {} : { NumPy: () => runPython('numpy'), PyTorch: () => runPython('torch') }),
};

const [{ model }] = cpus();
console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores of ${model}\n${info()}\n`);
if (python === undefined) console.log('without NumPy and PyTorch: FLAMBEAU_PYTHON names no Python\n');

const reports: Record<string, Report[]> = {};
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(sides)) (reports[name] ??= []).push(run());
}

/** The fastest of the rounds; null where the side has no such row. */
function timeOf(name: string, row: Row): number | null {
  const found = reports[name].map(({ times }) => times[row]).filter((time) => time !== undefined);
  return found.length === 0 ? null : Math.min(...found);
}

const names = Object.keys(sides);
const heads = names.map((name) => `${name} ${reports[name][0].version}`);
function table(title: string, show: (time: number, ours: number) => string): void {
  console.log(`| ${[title, ...heads].join(' | ')} |\n|${' --- |'.repeat(heads.length + 1)}`);
  for (const [row, words] of Object.entries(rows) as [Row, string][]) {
    const ours = timeOf('Flambeau', row)!;
    const cells = names.map((name) => {
      const time = timeOf(name, row);
      return time === null ? '' : show(time, ours);
    });
    console.log(`| ${[words, ...cells].join(' | ')} |`);
  }
  console.log('');
}

table('µs', (time) => time.toFixed(time < 10 ? 2 : 0));
table('times Flambeau’s time', (time, ours) => (time / ours).toFixed(2));

for (const name of names.filter((name) => name !== 'Flambeau with turbo')) {
  const bytes = await carried(name);
  const size = bytes === null ? '' : `, ${(bytes / 1000).toFixed(0)} kB (brotli) for browsers`;
  line(`the sum of six numbers by ${name}`, `${started(name, python).toFixed(0)} ms from start to end of a process${size}`);
}
