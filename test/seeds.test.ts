import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, test } from 'vitest';
import { softwareGpu } from '../scripts/softwareGpu.ts';
import { endedWithoutGpu } from './withoutGpu.ts';
import { programLosses } from './tolerances.ts';

/**
 * The ported programs print what their Python originals print: words, shapes and values exactly, the losses of training to
 * four significant digits over the first hundred steps, while rounding has not yet grown, and the same end within few steps.
 */

const root = join(import.meta.dirname, '..');
const folder = join(root, 'examples/seeds');
const programs = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();

const firstSteps = 100;

interface Output {
  /** Step and loss. */
  readonly losses: (readonly [number, number])[];
  readonly rest: string[];
}

function read(printed: string, uninitialised: number): Output {
  const losses: [number, number][] = [];
  const rest: string[] = [];
  for (const line of printed.trimEnd().split('\n')) {
    const match = /^(\d+) (\S+)$/.exec(line);
    if (match) losses.push([Number(match[1]), Number(match[2])]);
    else rest.push(line);
  }
  return { losses, rest: rest.slice(uninitialised) };
}

/** Python's words for JavaScript's. */
const translated = (text: string): string =>
  text.replaceAll(/(?<=^|: | )(True|False)$/gm, (word) => word.toLowerCase()).replaceAll(/: None$/gm, ': null');

beforeAll(() => {
  if (!existsSync(join(root, 'dist/torch.js'))) throw new Error('the examples run on the built package: npm run build');
});

describe('ported programs', () => {
  test('each has its original and its output', () => {
    expect(programs.length).toBeGreaterThan(0);
    const originals = readdirSync(join(folder, 'golden'));
    expect(originals.filter((name) => /^\d.*\.py$/.test(name)).sort()).toEqual(programs.map((name) => `${name}.py`));
    expect(originals.filter((name) => name.endsWith('.txt')).sort()).toEqual(programs.map((name) => `${name}.txt`));
  });

  test.each(programs)('%s', (name) => {
    // The tour begins with memory as it was found: five lines.
    const uninitialised = name === '1-tensor-tour' ? 5 : 0;
    const golden = read(translated(readFileSync(join(folder, 'golden', `${name}.txt`), 'utf8')), uninitialised);
    const { stdout, stderr, status } = spawnSync(
      process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(folder, `${name}.ts`)], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const own = read(stdout, uninitialised);
    expect(own.rest).toEqual(golden.rest);
    expect(own.losses.map(([step]) => step)).toEqual(golden.losses.map(([step]) => step));
    golden.losses.slice(0, firstSteps).forEach(([step, loss], i) => {
      expect(Math.abs(own.losses[i][1] - loss) / loss, `step ${step}: ${own.losses[i][1]}, in Python ${loss}`)
        .toBeLessThan(programLosses.firstSteps);
    });
    if (golden.losses.length === 0) return;
    const [[, before], [, end]] = [golden.losses.at(-1 - programLosses.endSteps)!, golden.losses.at(-1)!];
    const apart = Math.abs(Math.log(own.losses.at(-1)![1] / end));
    expect(apart, `the end: ${own.losses.at(-1)![1]}, in Python ${end}`)
      .toBeLessThan(name === '4-numpy-network' ? programLosses.float64End : Math.log(before / end));
  });
});

/** Those that take --device; one that prints and one that trains, unless FLAMBEAU_THOROUGH=1 asks for all. */
const onDevices = programs.filter((name) => (process.env.FLAMBEAU_THOROUGH === '1' ? /^[35]/ : /^(3|5e)/).test(name));
const gpuSteps = 50;

/** What a program prints on the GPU: all of it, or so many losses. */
async function runOnGpu(name: string): Promise<{ printed: string; errors: string; status: number | null }> {
  const child = spawn(
    process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(folder, `${name}.ts`), '--device', 'webgpu'],
    { cwd: root, env: { ...process.env, ...softwareGpu() } });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (/^\d+ /.test(line) && lines.length === gpuSteps) break;
  }
  // A program that has shown enough is not waited for.
  if (lines.length === gpuSteps) child.kill();
  const status = await ended;
  return { printed: lines.join('\n'), errors, status: lines.length === gpuSteps ? 0 : status };
}

describe('on the GPU', () => {
  test.for(onDevices)('%s', async (name, context) => {
    const { printed, errors, status } = await runOnGpu(name);
    if (endedWithoutGpu(status, errors)) context.skip('there is no GPU');
    expect(status, errors).toBe(0);
    const golden = read(translated(readFileSync(join(folder, 'golden', `${name}.txt`), 'utf8')), 0);
    const own = read(printed, 0);
    if (golden.losses.length === 0) {
      expect(own.rest).toEqual(golden.rest);
      return;
    }
    expect(own.losses.length).toBe(gpuSteps);
    own.losses.forEach(([step, loss], i) => {
      const [wantedStep, wanted] = golden.losses[i];
      expect(step).toBe(wantedStep);
      expect(Math.abs(loss - wanted) / wanted, `step ${step}: ${loss}, in Python ${wanted}`).toBeLessThan(programLosses.onGpu);
    });
  });
});
