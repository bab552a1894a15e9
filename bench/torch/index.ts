import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { info } from 'flambeau';
import { runChild } from '../child.ts';
import { line, median } from '../measure.ts';

/**
 * Steps of training beside PyTorch on one thread, where FLAMBEAU_PYTHON names a Python that has it: how many times as fast Flambeau is.
 * Each program runs in processes of its own, in turn with PyTorch's. An argument names a program.
 */

export interface Report {
  readonly milliseconds: number;
  readonly version?: string;
}

const python = process.env.FLAMBEAU_PYTHON;
const [wanted = ''] = process.argv.slice(2);
const programs: readonly (readonly [name: string, title: string])[] = [
  ['twoLayers', 'two layers, a batch of 64, Adam'], ['cnn', 'three convolutions on 64 digits, Adam'],
  ['lstm', 'LSTM of two layers, 32 sequences of 50'], ['encoder', 'two encoder layers of 128, 16 sequences of 64'],
  ['adam', 'Adam over 10 million parameters'], ['small', 'matmul, add, relu, sum of 8×8 and back'],
];
const rounds = 3;
const seconds = '1';

function runPython(program: string): Report {
  const { OPENBLAS_L2_SIZE: _, OPENBLAS_CORETYPE: _type, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(python!, [fileURLToPath(new URL('side.py', import.meta.url))], {
    encoding: 'utf8', env: { ...environment, OMP_NUM_THREADS: '1', PROGRAM: program, SECONDS: seconds },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const run = (program: string, turbo: string): Report =>
  runChild<Report>(new URL('flambeau.ts', import.meta.url), { PROGRAM: program, SECONDS: seconds, FLAMBEAU_TURBO: turbo });

const [{ model }] = cpus();
console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores of ${model}\n${info()}\n`);
if (python === undefined) console.log('without PyTorch: FLAMBEAU_PYTHON names no Python\n');
for (const [program, title] of programs.filter(([name]) => name.startsWith(wanted))) {
  const found = Array.from({ length: rounds }, () => ({
    own: run(program, '0').milliseconds, turbo: run(program, '1').milliseconds, other: python === undefined ? null : runPython(program),
  }));
  const [own, turbo] = [median(found.map((each) => each.own)), median(found.map((each) => each.turbo))];
  const shown = (value: number): string => (value < 1 ? `${(1000 * value).toFixed(1)} µs` : `${value.toFixed(2)} ms`);
  if (found[0].other === null) {
    line(title, `${shown(own)}, with turbo ${shown(turbo)}`);
    continue;
  }
  const theirs = median(found.map((each) => each.other!.milliseconds));
  const ratios = [own, turbo].map((value) => (theirs / value).toFixed(2));
  line(title, `${shown(own)}, with turbo ${shown(turbo)}, PyTorch ${found[0].other.version} ${shown(theirs)}: ${ratios[0]} and `
    + `${ratios[1]} times its speed (at least 0.25)`);
}
