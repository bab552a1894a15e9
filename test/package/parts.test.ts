import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What takes kernels of linear algebra without bringing them along works where a program has them, and elsewhere says what to write. */

const dist = join(import.meta.dirname, '../../dist');
const cov = '[[4, 1], [1, 2]]';

/** The length of a program in bytes, bundled for a place, and what it prints. */
async function bundled(contents: string, platform: 'browser' | 'node', folder = ''): Promise<{ bytes: number; printed: string }> {
  const target = mkdtempSync(join(tmpdir(), 'flambeau-parts-'));
  try {
    const outfile = join(target, 'bundle.mjs');
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: join(dist, folder) }, bundle: true, minify: true, format: 'esm', platform, outfile, write: false,
      logLevel: 'silent',
    });
    writeFileSync(outfile, outputFiles[0].contents);
    return { bytes: outputFiles[0].contents.length, printed: execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim() };
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

const drawn = `default_rng(1).multivariate_normal([0, 10], ${cov})`;
const tried = `try { console.log(String(${drawn})); } catch (error) { console.log(error.name, error.message); }`;
const rows = '[-1.06674679 10.67803329]';
const refusal = 'RuntimeError the kernels of linalg are not loaded: call await configure({ kernels, fma, linalg }) of '
  + "'flambeau/slim' first, with flambeau/wasm/linalg.wasm; other bundles have them where the program calls what np.linalg computes by "
  + 'them, as np.linalg.cholesky(cov)';

test('a bundle without np.linalg goes without its kernels, and says how it comes by them', async () => {
  const plain = await bundled("import { default_rng } from './numpy/random.js'; console.log(default_rng(1).random());", 'browser');
  expect(plain.printed).toBe('0.5118216247002567');
  const { bytes, printed } = await bundled(`import { default_rng } from './numpy/random.js'; ${tried}`, 'browser');
  expect(printed).toBe(refusal);
  expect(bytes - plain.bytes).toBeLessThan(200);
});

test('a bundle with np.linalg anywhere has them', async () => {
  const { printed } = await bundled(`
    import { default_rng } from './numpy/random.js';
    import { cholesky } from './numpy/linalg.js';
    ${tried}
    console.log(String(cholesky(${cov}).shape));`, 'browser');
  expect(printed).toBe(`${rows}\n2,2`);
  const later = await bundled(`
    import * as np from './numpy.js';
    console.log(String(np.random.${drawn}), np.linalg.svd(${cov}).S.size);`, 'browser');
  expect(later.printed).toBe(`${rows} 2`);
});

test('configure() of a slim program gives them', async () => {
  const wasm = (name: string): string => `readFileSync(${JSON.stringify(join(dist, `wasm/${name}.wasm`))})`;
  const program = (part: string): string => `
    import { readFileSync } from 'node:fs';
    import { configure } from './index.js';
    import { default_rng } from './numpy/random.js';
    await configure({ kernels: ${wasm('kernels')}, fma: ${wasm('fma')}${part} });
    ${tried}`;
  expect((await bundled(program(`, linalg: ${wasm('linalg')}`), 'node', 'slim')).printed).toBe(rows);
  expect((await bundled(program(''), 'node', 'slim')).printed).toBe(refusal);
});

test('Node reads them from the package', () => {
  const code = `import { default_rng } from 'flambeau/numpy/random'; console.log(String(${drawn}));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: join(dist, '..'), encoding: 'utf8' });
  expect(printed.trim()).toBe(rows);
});
