import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What the built package may weigh; `npm run build` makes it. */

const dist = join(import.meta.dirname, '../../dist');
const kibibyte = 1024;

/** Gzipped bytes of what a browser loads for these entry points, bundled and minified as an application would. */
async function transferred(...entries: string[]): Promise<number> {
  const contents = entries.map((entry, i) => `export * as m${i} from './${entry}.js';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dist }, bundle: true, minify: true, format: 'esm', platform: 'browser', write: false,
  });
  expect(outputFiles).toHaveLength(1);
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

test('everything takes less than 250 KB in a browser', async () => {
  expect(await transferred('index', 'numpy', 'torch', 'torch/nn')).toBeLessThan(250_000);
});

test('the slim entry points carry no kernels', async () => {
  const slim = await transferred('slim', 'slim/numpy', 'slim/torch');
  const full = await transferred('index', 'numpy', 'torch');
  expect(full - slim).toBeGreaterThan(50_000);
});

test.each([['kernels', 512], ['fma', 96], ['fmaRelaxed', 96]] as const)('%s.wasm is smaller than %i KiB', (name, limit) => {
  expect(readFileSync(join(dist, `wasm/${name}.wasm`)).length).toBeLessThan(limit * kibibyte);
});
