import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Where Node takes the kernels from: the package's files, or what a bundle brings along. */

const root = join(import.meta.dirname, '../..');
const print = (...options: string[]): string => execFileSync(process.execPath, options, { cwd: root, encoding: 'utf8' }).trim();

test('they are read from the package', () => {
  expect(print('--input-type=module', '-e', `
    const fs = process.getBuiltinModule('node:fs');
    const { readFileSync } = fs;
    const read = [];
    fs.readFileSync = (path, ...rest) => {
      read.push(String(path).split('/').at(-1));
      return readFileSync(path, ...rest);
    };
    const np = await import('flambeau/numpy');
    console.log(String(np.arange(6).sum()), read.join());`)).toBe('15 kernels.wasm');
});

test.each([
  ['the kernels', "import * as np from 'flambeau/numpy'; console.log(String(np.arange(6).sum()));", '15'],
  ['NumPy with torch', "import * as torch from 'flambeau/torch'; console.log(String(torch.ones(2).numpy()));", '[1. 1.]'],
])('a bundle for Node brings along %s', async (_, contents, printed) => {
  const folder = mkdtempSync(join(tmpdir(), 'flambeau-node-'));
  try {
    const outfile = join(folder, 'bundle.cjs');
    await build({
      stdin: { contents, resolveDir: root },
      bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent',
    });
    expect(print(outfile)).toBe(printed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
