import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What the built package may weigh; `npm run build` makes it. */

const dist = join(import.meta.dirname, '../../dist');
const kibibyte = 1024;

interface Transferred {
  /** Gzipped bytes that a browser loads at once. */
  readonly first: number;
  /** Those that `init({ webgpu: true })` adds. */
  readonly gpu: number;
}

/** What a browser loads for these entry points, bundled and minified as an application would. */
async function transferred(...entries: string[]): Promise<Transferred> {
  const contents = entries.map((entry, i) => `export * as m${i} from './${entry}.js';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dist }, bundle: true, minify: true, format: 'esm', platform: 'browser', write: false,
    splitting: true, outdir: dist,
  });
  const sizes = outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length] as const);
  const sum = (wanted: (name: string) => boolean): number =>
    sizes.filter(([name]) => wanted(name)).reduce((total, [, size]) => total + size, 0);
  const isGpu = (name: string): boolean => name.startsWith('webgpu');
  expect(sizes.filter(([name]) => isGpu(name))).toHaveLength(1);
  return { first: sum((name) => !isGpu(name)), gpu: sum(isGpu) };
}

/** Ceilings a little above what is there: the whole grows with what it can do, and by nothing else. */
test.each([
  [444_000, ['index', 'numpy', 'torch', 'torch/nn']], [348_200, ['index', 'numpy']], [214_400, ['index', 'torch', 'torch/nn']],
  [341_200, ['slim/index', 'slim/numpy', 'slim/torch']],
] as const)('a browser loads at most %i bytes for %s, and less than 41 KB for the GPU, on demand', async (limit, entries) => {
  const { first, gpu } = await transferred(...entries);
  expect(first).toBeLessThan(limit);
  expect(gpu).toBeLessThan(41_000);
});

const training = `
    import * as torch from './torch.js';
    torch.manual_seed(0);
    const model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1));
    const optimizer = optim.Adam(model.parameters(), { lr: 0.05 });
    const x = torch.randn(64, 2);
    const y = x.sum(1, true);
    const lossFunction = nn.MSELoss();
    const losses = [];
    for (let step = 0; step < 60; step++) {
      optimizer.zero_grad();
      const loss = lossFunction(model(x), y);
      loss.backward();
      optimizer.step();
      losses.push(loss.item());
    }
    console.log(losses.at(-1) < 0.1 * losses[0]);`;

/** Programs as their authors write them, what they print, and the bytes that a bundler makes of them, as servers send them. */
const programs = [
  ['an import of which nothing is used', 100, `
    import './numpy.js';
    import './torch.js';`, ''],
  ['a sum', 125_900, `
    import * as np from './numpy.js';
    console.log(String(np.arange(6).sum()));`, '15\n'],
  ['a network in training', 165_300, `
    import { nn, optim } from './torch.js';${training}`, 'true\n'],
  ['a network in training, whose namespaces are imported as modules', 146_700, `
    import * as nn from './torch/nn.js';
    import * as optim from './torch/optim.js';${training}`, 'true\n'],
] as const;

test.each(programs)('%s carries at most %i bytes', async (_, limit, contents, printed) => {
  const folder = mkdtempSync(join(tmpdir(), 'flambeau-size-'));
  try {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: dist }, bundle: true, minify: true, format: 'esm', platform: 'browser', splitting: true,
      outdir: folder, outExtension: { '.js': '.mjs' }, write: false, logOverride: { 'ignored-bare-import': 'silent' },
    });
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    expect(execFileSync(process.execPath, [join(folder, 'stdin.mjs')], { encoding: 'utf8' })).toBe(printed);
    const loaded = outputFiles.filter(({ path }) => !basename(path).startsWith('webgpu'));
    expect(loaded.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0)).toBeLessThan(limit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the slim entry points carry no kernels', async () => {
  const { first: slim } = await transferred('slim/index', 'slim/numpy', 'slim/torch');
  const { first: full } = await transferred('index', 'numpy', 'torch');
  expect(full - slim).toBeGreaterThan(49_000);
});

test.each([['kernels', 512], ['fma', 96], ['fmaRelaxed', 96]] as const)('%s.wasm is smaller than %i KiB', (name, limit) => {
  expect(readFileSync(join(dist, `wasm/${name}.wasm`)).length).toBeLessThan(limit * kibibyte);
});
