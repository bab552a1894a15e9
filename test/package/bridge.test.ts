import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Tensors become arrays where NumPy's façade is: always in Node, elsewhere where the program imports it. */

const root = join(import.meta.dirname, '../..');
const print = (...imports: string[]): string => {
  const program = `${imports.map((each) => `import ${each};`).join('')}
    try {
      console.log(String(torch.ones(2).numpy().sum()));
    } catch (error) {
      console.log(error.name, error.message);
    }`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' }).trim();
};

test('in Node torch brings NumPy along', () => {
  expect(print("* as torch from 'flambeau/torch'")).toBe('2.0');
});

test('and so does every part of it', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
  const parts = Object.keys(exports).filter((name) => name.startsWith('./torch/'));
  expect(parts).toContain('./torch/nn');
  // All of them load the file that loads it.
  const files = parts.map((name) => readFileSync(join(root, `dist/node/${name.slice(2)}.js`), 'utf8'));
  expect(files.filter((text) => !text.includes('chunks/torch.js'))).toEqual([]);
  expect(print("* as nn from 'flambeau/torch/nn'; const torch = { ones: () => nn.LayerNorm(2).weight.detach() }")).toBe('2.0');
});

test('elsewhere it is imported beside torch, or asked for', () => {
  const torch = "* as torch from './dist/torch.js'";
  expect(print(torch)).toBe("RuntimeError Numpy is not available: import 'flambeau/numpy' beside 'flambeau/torch'");
  expect(print(torch, "'./dist/numpy.js'")).toBe('2.0');
});
