import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Runs the project's own lint configuration over a small tree that breaks the rules, to show that they fire. */

const root = join(import.meta.dirname, '..');
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');

/** Importing file and what it imports, both below `src`. */
const forbidden: readonly (readonly [string, string])[] = [
  ['core/a.ts', 'ops/b.ts'],
  ['core/a.ts', 'backend/b.ts'],
  ['core/a.ts', 'autograd/b.ts'],
  ['core/a.ts', 'numpy/b.ts'],
  ['random/a.ts', 'ops/b.ts'],
  ['autograd/a.ts', 'ops/b.ts'],
  ['autograd/a.ts', 'backend/backend.ts'],
  ['backend/wasm/a.ts', 'ops/b.ts'],
  ['backend/cpu/a.ts', 'autograd/b.ts'],
  ['ops/a.ts', 'numpy/b.ts'],
  ['ops/deep/a.ts', 'torch/b.ts'],
  ['ops/a.ts', 'backend/wasm/b.ts'],
  ['ops/a.ts', 'backend/cpu/b.ts'],
  ['numpy/a.ts', 'torch/b.ts'],
  ['numpy/a.ts', 'backend/reference/b.ts'],
  ['numpy/a.ts', 'runtime/b.ts'],
  ['numpy/a.ts', 'backend/select.ts'],
  ['torch/nn/a.ts', 'backend/select.ts'],
  ['torch/a.ts', 'backend/backend.ts'],
  ['torch/a.ts', 'numpy/b.ts'],
  ['torch/nn/a.ts', 'numpy/b.ts'],
  ['torch/a.ts', 'backend/wasm/b.ts'],
  ['torch/bridge.ts', 'backend/wasm/b.ts'],
];

const allowed: readonly (readonly [string, string])[] = [
  ['autograd/a.ts', 'core/b.ts'],
  ['backend/wasm/a.ts', 'backend/cpu/b.ts'],
  ['ops/a.ts', 'backend/select.ts'],
  ['ops/a.ts', 'autograd/b.ts'],
  ['numpy/a.ts', 'ops/b.ts'],
  ['torch/nn/a.ts', 'torch/b.ts'],
  ['torch/bridge.ts', 'numpy/b.ts'],
  ['runtime/a.ts', 'backend/wasm/b.ts'],
];

/** The ways to name another module. */
const forms: readonly ((specifier: string) => string)[] = [
  specifier => `import { x } from '${specifier}';\nexport const y = x;\n`,
  specifier => `import type { X } from '${specifier}';\nexport type Y = X;\n`,
  specifier => `export { x } from '${specifier}';\n`,
  specifier => `export * from '${specifier}';\n`,
  specifier => `export const y = import('${specifier}');\n`,
  specifier => `export type Y = import('${specifier}').X;\n`,
];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

let folder: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function specifierFrom(file: string, target: string): string {
  return `${file.split('/').slice(1).map(() => '../').join('')}${target}`;
}

/** The files below a folder, sorted, that break a rule. */
function offenders(rule: string, cwd = folder, below = 'src'): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-f', 'json', below], { cwd, encoding: 'utf8' });
  try {
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    return diagnostics.filter(({ code }) => code === rule).map(({ filename }) => filename).sort();
  } catch {
    throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flambeau-lint-'));
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  write('package.json', '{ "type": "module" }');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('layers', () => {
  test('a forbidden import is an error, in every form; an allowed one is not', () => {
    const expected: string[] = [];
    const place = (file: string, kind: string, i: number, form: number): string =>
      file === 'torch/bridge.ts' ? file : file.replace('a.ts', `${kind}${i}-${form}.ts`);
    forbidden.forEach(([file, target], i) => forms.forEach((form, k) => {
      const path = `src/${place(file, 'forbidden', i, k)}`;
      if (file === 'torch/bridge.ts' && k > 0) return;
      write(path, form(specifierFrom(file, target)));
      expected.push(path);
    }));
    allowed.forEach(([file, target], i) => forms.forEach((form, k) => {
      if (file === 'torch/bridge.ts') return;
      write(`src/${place(file, 'allowed', i, k)}`, form(specifierFrom(file, target)));
    }));
    for (const [, target] of [...forbidden, ...allowed]) write(`src/${target}`, 'export type X = number;\nexport const x = 1;\n');
    write('src/torch/bridge.ts', "export { x } from '../backend/wasm/b.ts';\nexport { x as y } from '../numpy/b.ts';\n");

    expect(offenders('flambeau(layers)')).toEqual(expected.sort());
  });

  test('an import cycle is an error', () => {
    write('src/core/first.ts', "import { second } from './second.ts';\nexport const first = (): number => second();\n");
    write('src/core/second.ts', "import { first } from './first.ts';\nexport const second = (): number => first();\n");
    expect(offenders('import(no-cycle)')).toEqual(['src/core/first.ts', 'src/core/second.ts']);
  });

  test('so is a circle of types alone', () => {
    write('src/core/third.ts', "import type { Fourth } from './fourth.ts';\nexport type Third = Fourth | null;\n");
    write('src/core/fourth.ts', "import type { Third } from './third.ts';\nexport type Fourth = Third | 1;\n");
    expect(offenders('import(no-cycle)').filter(name => /third|fourth/.test(name))).toEqual(['src/core/fourth.ts', 'src/core/third.ts']);
  });

  test('writing the tape is an error outside of the ops and the tape', () => {
    const imports = [
      "import { record } from '../autograd/tape.ts';", "import { recordView as show } from '../autograd/tape.ts';",
      "export { recordAll } from '../autograd/tape.ts';", "import * as tape from '../autograd/tape.ts';",
    ];
    imports.forEach((line, i) => write(`src/torch/recording${i}.ts`, `${line}\nexport const x${i} = 1;\n`));
    write('src/torch/reading.ts', "export { isRecorded } from '../autograd/tape.ts';\n");
    write('src/ops/recording.ts', "export { record } from '../autograd/tape.ts';\n");
    write('src/autograd/tape.ts', ['record', 'recordAll', 'recordView', 'isRecorded'].map(name => `export const ${name} = 1;\n`).join(''));
    expect(offenders('flambeau(no-record)')).toEqual(imports.map((_, i) => `src/torch/recording${i}.ts`));
  });

  test("a module of Node's or a package is an error in src", () => {
    write('src/core/node.ts', "import { join } from 'node:path';\nexport const path = join('a', 'b');\n");
    write('src/core/package.ts', "export { gunzipSync } from 'fflate';\n");
    write('src/core/files/zip.ts', "export { gunzipSync } from 'fflate';\n");
    write('src/core/files/deflate.ts', "export { gunzipSync } from 'fflate';\nexport { join } from 'node:path';\n");
    expect(offenders('flambeau(no-node-imports)')).toEqual(
      ['src/core/files/deflate.ts', 'src/core/files/zip.ts', 'src/core/node.ts', 'src/core/package.ts']);
    write('src/core/files/deflate.ts', "export { gunzipSync } from 'fflate';\n");
    expect(offenders('flambeau(no-node-imports)')).not.toContain('src/core/files/deflate.ts');
  });

  test('the name of a backend is an error where the layers work on every device alike', () => {
    write('src/ops/named.ts', "export const slow = (backend: { name: string }): boolean => backend.name === 'webgpu';\n");
    write('src/autograd/named.ts', 'export const wasmBackend = 1;\n');
    write('src/torch/named.ts', "export const webgpu = 'a device, not a backend';\n");
    write('src/torch/gpu.ts', 'export const webgpu = 1;\n');
    write('src/backend/wasm/named.ts', "export const name = 'wasm';\n");
    expect(offenders('flambeau(no-backend-names)')).toEqual(['src/autograd/named.ts', 'src/ops/named.ts', 'src/torch/named.ts']);
  });
});

describe('tolerances', () => {
  const [rule, name] = ['flambeau(tolerances)', 'flambeau/tolerances'];

  test('are an error outside of their table, however they are written', () => {
    const limits = ['1e-6', '-0.001', '2 ** -23', '64 * 2 ** -23', '1 / 1000', 'Number.EPSILON'];
    limits.forEach((limit, i) => write(`test/written${i}.test.ts`, `export const limit = ${limit};\n`));
    write('test/called.test.ts', 'expect(1).toBeCloseTo(1, 6);\n');
    write('test/deep/compared.ts', 'export const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-12;\n');
    write('test/tolerances.ts', 'export const limit = 1e-6;\n');
    write('test/numbers.ts', "export const numbers = [0, 1, -2.5, 0.01, 1e6, 2 ** 23, 1 / 3, 1e-3 * 1e3, 10n, '1e-6'];\n");
    write('test/reason.ts', `// oxlint-disable-next-line ${name} -- an operand\nexport const x = 1e-6;\n`);
    const expected = ['test/called.test.ts', 'test/deep/compared.ts', ...limits.map((_, i) => `test/written${i}.test.ts`)];
    expect(offenders(rule, folder, 'test')).toEqual(expected);
  });

  test('stand in their table, and what is excepted says why', () => {
    expect(offenders(rule, root, 'test')).toEqual([]);
    const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const silent = new RegExp(`disable.*${name}(?! -- \\w)`);
    expect(files.filter((file) => silent.test(readFileSync(join(root, 'test', file), 'utf8')))).toEqual([]);
  });
});

test.each([
  'flambeau(layers)', 'import(no-cycle)', 'flambeau(no-node-imports)', 'flambeau(no-backend-names)', 'flambeau(no-record)',
])('the sources keep %s', rule => {
  expect(offenders(rule, root)).toEqual([]);
});
