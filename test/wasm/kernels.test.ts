import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What is written by hand is exported because it lies in wasm/kernels, with no list that could forget it. */

const root = new URL('../../', import.meta.url);
const folder = new URL('wasm/kernels/', root);
const { exports } = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('build/wasm/kernels.wasm', root))),
  { env: { memory: new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true }) } });

it.each(readdirSync(folder))('the functions of wasm/kernels/%s are exports of the module', (file) => {
  const names = [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^export (?:function|\{) (\w+)/gm)].map(([, name]) => name);
  expect(names).not.toEqual([]);
  for (const name of names) expect(exports[name], name).toBeTypeOf('function');
});
