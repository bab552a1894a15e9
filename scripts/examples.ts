import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, inspect } from 'node:util';
import { transform } from 'esbuild';
import { root } from './build/stamp.ts';
import type { Example } from './examples/extract.ts';
import { extractExamples } from './examples/extract.ts';
import type { Instrumented } from './examples/instrument.ts';
import { instrument } from './examples/instrument.ts';
import { softwareGpu } from './softwareGpu.ts';

/**
 * Type-checks and runs every example of the documentation against the built package, all in this process. A line that ends
 * in `// → text` shows what it prints: its console output if it writes any (a loop: all of it), else its value; an error shows as
 * `Name: message`. More lines follow as comments below, at the arrow's text.
 */

const folder = join(root, 'build/examples');
const problems: string[] = [];
let checks = 0;

/** A value as the documentation shows it: `String(x)`, but lists in brackets. */
function show(value: unknown): string {
  if (Array.isArray(value) && value.toString === Array.prototype.toString) {
    return `[${value.map(item => typeof item === 'string' ? `'${item}'` : show(item)).join(', ')}]`;
  }
  const plain = typeof value === 'object' && value !== null && String(value) === '[object Object]';
  return plain ? inspect(value) : String(value);
}

const showError = (error: unknown): string => error instanceof Error ? `${error.name}: ${error.message}` : String(error);
const indent = (text: string): string => text.replaceAll(/^/gm, '      ');

async function run(example: Example, { code, expectations }: Instrumented, index: number): Promise<void> {
  let printed: string[] = [];
  const reached = new Set<number>();
  const compare = (i: number, actual: string): void => {
    reached.add(i);
    checks++;
    const { line, text } = expectations[i];
    const trimmed = actual.split('\n').map(part => part.trimEnd()).join('\n');
    if (trimmed !== text) problems.push(`${example.file}:${line}\n    expected\n${indent(text)}\n    got\n${indent(trimmed)}`);
  };
  const tools = {
    async $value(i: number, evaluate: () => Promise<unknown>): Promise<void> {
      printed = [];
      let actual: string;
      try {
        const value = await evaluate();
        actual = printed.length > 0 ? printed.join('\n') : show(value);
      } catch (error) {
        actual = showError(error);
      }
      compare(i, actual);
    },
    $start: (): void => void (printed = []),
    $printed: (i: number): void => compare(i, printed.join('\n')),
    $name: (i: number, value: unknown): void => compare(i, show(value)),
  };
  Object.assign(globalThis, tools);
  const { code: script } = await transform(code, { loader: 'ts', target: 'es2022', format: 'esm' });
  const path = join(folder, `${index}.mjs`);
  await writeFile(path, script);
  const { log } = console;
  console.log = (...values: unknown[]): void => void printed.push(format(...values));
  try {
    await import(pathToFileURL(path).href);
    if (reached.size < expectations.length) problems.push(`${example.file}:${example.line}: not every arrow was reached`);
  } catch (error) {
    problems.push(`${example.file}:${example.line}: ${showError(error)}`);
  } finally {
    console.log = log;
  }
}

/** Undoes what an example may have set for good, so that the next one starts as a program of its own would. */
async function keepSettings(): Promise<() => void> {
  const [np, torch] = await Promise.all([import('flambeau/numpy'), import('flambeau/torch')]);
  const options = np.get_printoptions();
  const { float32 } = torch;
  return () => {
    np.set_printoptions(options);
    torch.set_printoptions({ profile: 'default' });
    torch.set_default_dtype(float32);
    torch.set_grad_enabled(true);
  };
}

async function typeCheck(examples: readonly Example[]): Promise<void> {
  await Promise.all(examples.map(({ code, file, line }, i) =>
    writeFile(join(folder, `${i}.ts`), `${code.trim() === '' ? '' : code}\nexport {}; // ${file}:${line}\n`)));
  const options = { noUnusedLocals: false, noUnusedParameters: false, noImplicitOverride: false, rootDir: '../..' };
  await writeFile(join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: options, include: ['*.ts'], exclude: [] }));
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'],
    { cwd: folder, encoding: 'utf8' });
  for (const diagnostic of stdout.trim().split(/\n(?=\S)/)) {
    const [, index, line, message] = /^(\d+)\.ts\((\d+),\d+\): ([^]*)$/.exec(diagnostic) ?? [];
    if (index !== undefined) {
      const example = examples[Number(index)];
      problems.push(`${example.file}:${example.line + Number(line) - 1}: ${message}`);
    } else if (diagnostic !== '') {
      problems.push(diagnostic);
    }
  }
}

const start = performance.now();
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const examples = await extractExamples();
await typeCheck(examples);
const restoreSettings = await keepSettings();

/** Why there is no GPU, or null where it was opened. Those who have none see what was left out; where one must be, that is a problem. */
async function openGpu(): Promise<string | null> {
  Object.assign(process.env, softwareGpu());
  const { init } = await import('flambeau');
  return init({ webgpu: true }).then(() => null, (error: Error) => error.message);
}

// Those for the GPU come last: the others show what is so without one.
const ordered = [...examples.entries()].sort(([, a], [, b]) => Number(a.gpu ?? false) - Number(b.gpu ?? false));
let gpuMissing: string | null | undefined;
let skipped = 0;
for (const [i, example] of ordered) {
  restoreSettings();
  if (example.gpu) {
    if (gpuMissing === undefined) gpuMissing = await openGpu();
    if (gpuMissing !== null) {
      skipped++;
      continue;
    }
  }
  try {
    await run(example, instrument(example), i);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
}
if (skipped > 0) {
  process.stdout.write(`${skipped} examples for the GPU SKIPPED: ${gpuMissing}\n`);
  if (process.env.FLAMBEAU_REQUIRE_GPU === '1') problems.push('there is no GPU');
}
for (const problem of problems) process.stdout.write(`  ${problem}\n`);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
process.stdout.write(`${examples.length} examples, ${checks} values shown, ${problems.length} problems (${seconds} s)\n`);
if (examples.length === 0 || problems.length > 0) process.exitCode = 1;
