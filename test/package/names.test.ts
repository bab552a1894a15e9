import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What modules of a program's own are called once its bundler has shortened all names: docs/guide/workers.md says how to keep them. */

const dist = join(import.meta.dirname, '../../dist');

const program = (within: string): string => `
  import * as torch from './torch.js';
  import { nn } from './torch.js';
  class Block extends nn.Module {
    ${within}
    constructor() {
      super();
      this.inner = nn.Linear(2, 1);
    }
    forward(x) {
      return this.inner(x);
    }
  }
  const block = new Block();
  console.log(String(nn.Sequential(block, nn.ReLU())).replaceAll(/\\s+/g, ' '));
  try {
    block.load_state_dict({});
  } catch (error) {
    console.log(error.message.split('\\n')[0]);
  }`;

async function printed(within: string, options: BuildOptions): Promise<string[]> {
  const { outputFiles } = await build({
    stdin: { contents: program(within), resolveDir: dist }, bundle: true, minify: true, format: 'esm', platform: 'browser', write: false,
    ...options,
  });
  const script = outputFiles![0].text;
  return execFileSync(process.execPath, ['--input-type=module'], { input: script, encoding: 'utf8' }).trim().split('\n');
}

const named = [
  'Sequential( (0): Block( (inner): Linear(in_features=2, out_features=1, bias=True) ) (1): ReLU() )',
  'Error(s) in loading state_dict for Block:',
];

test.each([
  ['a static name', "static name = 'Block';", {}], ['the bundler keeping names', '', { keepNames: true }],
  ['a _get_name of its own', "_get_name() { return 'Block'; }", {}],
] as const)('%s keeps the name of a class', async (_, within, options) => expect(await printed(within, options)).toEqual(named));

test('without, the class has the name that the bundler gave it, and its members the names of their fields', async () => {
  const [tree] = await printed('', {});
  const inner = 'Linear\\(in_features=2, out_features=1, bias=True\\)';
  expect(tree).toMatch(new RegExp(`^Sequential\\( \\(0\\): [\\w$]+\\( \\(inner\\): ${inner} \\) \\(1\\): ReLU\\(\\) \\)$`));
  expect(tree).not.toContain('Block');
});
