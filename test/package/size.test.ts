import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build, transform } from 'esbuild';
import { rollup } from 'rollup';
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
  [564_000, ['index', 'numpy', 'torch', 'torch/nn']], [350_000, ['index', 'numpy']], [403_500, ['index', 'torch', 'torch/nn']],
  [459_700, ['slim/index', 'slim/numpy', 'slim/torch']],
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

interface BundledFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** What esbuild makes of a program: of a namespace in a namespace, which it does not look into, it takes all. */
async function byEsbuild(contents: string, outdir: string): Promise<BundledFile[]> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dist }, bundle: true, minify: true, format: 'esm', platform: 'browser', splitting: true,
    outdir, outExtension: { '.js': '.mjs' }, write: false, logOverride: { 'ignored-bare-import': 'silent' },
  });
  return outputFiles;
}

/** What Rollup makes of it, and with it Vite: of namespaces in namespaces it takes what is used, as webpack and Rolldown do. */
async function byRollup(contents: string, outdir: string): Promise<BundledFile[]> {
  const input = join(dist, 'stdin.js');
  const program = {
    name: 'program', resolveId: (id: string) => (id === input ? id : null), load: (id: string) => (id === input ? contents : null),
  };
  const bundle = await rollup({ input, plugins: [program, nodeResolve()] });
  const { output } = await bundle.generate({ format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  return Promise.all(output.filter((file) => file.type === 'chunk').map(async ({ fileName, code }) => ({
    path: join(outdir, fileName), contents: new TextEncoder().encode((await transform(code, { minify: true })).code),
  })));
}

const bundlers = { esbuild: byEsbuild, Rollup: byRollup };

/** Programs as their authors write them, what they print, and the bytes that bundlers make of them, as servers send them. */
const programs = [
  ['an import of which nothing is used', 'esbuild', 100, `
    import './numpy.js';
    import './torch.js';`, ''],
  ['a sum', 'esbuild', 123_700, `
    import * as np from './numpy.js';
    console.log(String(np.arange(6).sum()));`, '15\n'],
  ['a network in training', 'Rollup', 164_000, `
    import { nn, optim } from './torch.js';${training}`, 'true\n'],
  ['a network in training, whose namespaces are imported as modules', 'esbuild', 159_400, `
    import * as nn from './torch/nn.js';
    import * as optim from './torch/optim.js';${training}`, 'true\n'],
  ['a network in training and all layers and optimisers beside it', 'esbuild', 276_000, `
    import { nn, optim } from './torch.js';${training}`, 'true\n'],
] as const;

test.each(programs)('%s, by %s, carries at most %i bytes', async (_, bundler, limit, contents, printed) => {
  const folder = mkdtempSync(join(tmpdir(), 'flambeau-size-'));
  try {
    const files = await bundlers[bundler](contents, folder);
    for (const { path, contents } of files) writeFileSync(path, contents);
    expect(execFileSync(process.execPath, [join(folder, 'stdin.mjs')], { encoding: 'utf8' })).toBe(printed);
    const loaded = files.filter(({ path }) => !/^(webgpu|backend)/.test(basename(path)));
    expect(loaded.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0)).toBeLessThan(limit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Words in the code of what a program may not use. */
const apart = {
  convolutions: 'ConvolutionBackward0', pooling: 'max_pool2d', 'recurrent layers': 'LSTM', attention: 'scaled_dot_product_attention',
  files: 'weights_only', decompositions: 'LinalgSvdBackward', 'Fourier transforms': 'fftshift', schedules: 'CosineAnnealing',
  LBFGS: 'strong_wolfe',
};

test('a program of Linear and Adam carries nothing of other layers, files and namespaces', async () => {
  const used = `import * as nn from './torch/nn.js';\nimport * as optim from './torch/optim.js';${training}`;
  const textOf = (files: readonly BundledFile[]): string => files.filter(({ path }) => !/^(webgpu|backend)/.test(basename(path)))
    .map(({ contents }) => new TextDecoder().decode(contents)).join('\n');
  const texts = await Promise.all([byEsbuild(used, dist), byRollup(`import { nn, optim } from './torch.js';${training}`, dist)]);
  const carried = (text: string): string[] => Object.entries(apart).filter(([, word]) => text.includes(word)).map(([name]) => name);
  expect(texts.map((files) => carried(textOf(files)))).toEqual([[], []]);
  const everything = await byEsbuild("export * from './torch.js';", dist);
  expect(carried(textOf(everything))).toEqual(Object.keys(apart));
});

test('the slim entry points carry no kernels', async () => {
  const { first: slim } = await transferred('slim/index', 'slim/numpy', 'slim/torch');
  const { first: full } = await transferred('index', 'numpy', 'torch');
  expect(full - slim).toBeGreaterThan(49_000);
});

test.each([['kernels', 512], ['fma', 96], ['fmaRelaxed', 96]] as const)('%s.wasm is smaller than %i KiB', (name, limit) => {
  expect(readFileSync(join(dist, `wasm/${name}.wasm`)).length).toBeLessThan(limit * kibibyte);
});
