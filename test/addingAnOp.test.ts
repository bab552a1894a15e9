import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

/**
 * A pointwise op is its registry row, one line for each façade and one fixture line. In a copy of the project an op is added by
 * exactly those, the kernels are compiled, and everything must be there: every dtype, both façades, in-place form, types,
 * gradients to second order, and the suites' demand for its fixture.
 */

const project = fileURLToPath(new URL('..', import.meta.url));
const row = `
/** x³ */
export const cube = unary({
  name: 'cube', args: ['x'], dtypes: numericAndComplex,
  eval: ({ x }) => e.mul(x, e.mul(x, x)),
  evalComplex: ({ x }) => c.mul(x, c.mul(x, x)),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, conj(mul(square(x as typeof g), 3))) },
});
`;
const lines: Readonly<Record<string, string>> = {
  'src/ops/pointwise/arithmetic.ts': row,
  'src/numpy/ufuncs.ts': 'export const cube = unaryUfunc(ops.cube);\n',
  'src/torch/pointwise.ts': 'export const cube = unary(ops.cube);\n',
};

const program = `
import './src/runtime/start.ts';
import * as np from './src/numpy/index.ts';
import * as torch from './src/torch/index.ts';
const x = torch.tensor([1.5, -2], { dtype: torch.float64, requires_grad: true });
const y = x.cube();
const [first] = torch.autograd.grad(y.sum(), x, { create_graph: true });
const [second] = torch.autograd.grad(first!.sum(), x);
const inPlace = torch.tensor([2, 3]);
inPlace.cube_();
console.log(JSON.stringify({
  numpy: String(np.cube(np.array([1, 2, 3], { dtype: np.int8 }))), into: String(np.cube([2, 3], { out: np.zeros(2) })),
  torch: String(y), inPlace: String(inPlace), half: String(torch.tensor([1.5], { dtype: torch.bfloat16 }).cube()),
  complex: String(np.cube(new np.Complex(0, 1))), first: first!.tolist(), second: second!.tolist(),
}));
`;

let folder: string;

const run = (command: string, args: readonly string[]): string =>
  execFileSync(join(folder, 'node_modules/.bin', command), args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flambeau-op-'));
  for (const part of ['src', 'wasm', 'scripts', 'test', 'tsconfig.json', 'package.json', 'vitest.config.ts']) {
    cpSync(join(project, part), join(folder, part), { recursive: true, filter: (path) => !path.includes('/consumers/') });
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(lines)) appendFileSync(join(folder, file), text);
  run('tsx', ['scripts/build-wasm.ts']);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is there in both façades, for every dtype, with its gradients', () => {
  writeFileSync(join(folder, 'program.mts'), program);
  expect(JSON.parse(run('tsx', ['program.mts']))).toEqual({
    numpy: '[ 1  8 27]', into: '[ 8. 27.]', torch: 'tensor([ 3.3750, -8.0000], dtype=torch.float64, grad_fn=<CubeBackward0>)',
    inPlace: 'tensor([ 8, 27])', half: 'tensor([3.3750], dtype=torch.bfloat16)', complex: '(-0-1j)', first: [6.75, 12], second: [9, -12],
  });
}, 120_000);

it('has its types', () => {
  writeFileSync(join(folder, 'tsconfig.program.json'), JSON.stringify({ extends: './tsconfig.json', include: ['src', 'program.mts'] }));
  const { stdout } = spawnSync(join(folder, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.program.json'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
}, 120_000);

it('is missed by the suites until its fixture line is there, and checked by them', () => {
  const env = { ...process.env, NO_COLOR: '1' };
  const suite = (file: string) => spawnSync(
    join(folder, 'node_modules/.bin/vitest'), ['run', file, '-t', 'cube'], { cwd: folder, encoding: 'utf8', env });
  const forward = suite('test/ops/pointwise.test.ts');
  expect(forward.status).not.toBe(0);
  expect(forward.stderr).toContain('cube has no fixture for float32: add its line to test/fixtures/ops/generate.py');
  const gradients = suite('test/ops/gradients.test.ts');
  expect(gradients.stdout).toMatch(/Tests {2}2 passed/);
  expect(gradients.status).toBe(0);
}, 180_000);

it('has nothing else of its own: the façades and the generator name each op once', () => {
  const generator = readFileSync(join(project, 'test/fixtures/ops/generate.py'), 'utf8');
  expect(generator.match(/'exp2'/g)).toHaveLength(1);
  expect(readFileSync(join(project, 'src/torch/pointwise.ts'), 'utf8').match(/ops\.exp2\b/g)).toHaveLength(1);
  expect(readFileSync(join(project, 'src/numpy/ufuncs.ts'), 'utf8').match(/ops\.exp2\b/g)).toHaveLength(1);
});
