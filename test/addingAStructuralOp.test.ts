import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { softwareGpu } from '../scripts/softwareGpu.ts';
import { endedWithoutGpu } from './withoutGpu.ts';

/**
 * An op that is not pointwise is its file in src/ops, its kernel where it has one, one line for each façade and one fixture line. In a
 * copy of the project one with two results is added by exactly those: a composite, a joint gradient, a kernel in WebAssembly and none
 * on the GPU. Everything must be there: both façades, both devices, types, gradients to second order, the comparison of kernel and
 * composite, and the suites' demand for its fixture.
 */

const project = fileURLToPath(new URL('..', import.meta.url));

/** The sum and the sum of squares of each row. */
const op = `
import type { Kernel } from '../backend/kernels.ts';
import type { StridedArray } from '../core/strided.ts';
import { broadcastTo, unsqueeze } from './movement.ts';
import { add, mul } from './pointwise/arithmetic.ts';
import { floats } from './pointwise/row.ts';
import { sum } from './reduce.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

declare module '../backend/kernels.ts' {
  interface Kernels {
    /** The last axis must be dense. */
    moments: Kernel;
  }
}

const momentsOp = structural({
  name: 'moments', args: ['x'], dtypes: floats, names: ['total', 'squares'],
  results: ([x]: readonly [StridedArray], _: null) => {
    const result = { shape: x.geometry.shape.slice(0, -1), dtype: x.dtypeCore };
    return [result, result];
  },
  composite: ([x]) => {
    const axes = [x.geometry.shape.length - 1];
    return [sum(x, axes), sum(mul(x, x), axes)];
  },
  saves: ['x'],
  vjp: ([total, squares], { x }) => {
    const wide = (g: StridedArray): StridedArray => broadcastTo(unsqueeze(g, g.geometry.shape.length), x.geometry.shape);
    if (squares === null) return [total === null ? null : wide(total)];
    const ofSquares = mul(mul(x, 2), wide(squares));
    return [total === null ? ofSquares : add(ofSquares, wide(total))];
  },
});

export function moments<A extends StridedArray>(x: A): readonly A[] {
  return run(momentsOp, [x], null);
}
`;

const assembly = `
/** The sums and the sums of squares of \`rows\` rows of \`n\` elements. */
@inline function moments<T>(x: usize, rows: usize, n: usize, total: usize, squares: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    let sum: T = 0;
    let square: T = 0;
    for (let i: usize = 0; i < n; i++, x += sizeof<T>()) {
      const value = load<T>(x);
      sum += value;
      square += value * value;
    }
    store<T>(total + row * sizeof<T>(), sum);
    store<T>(squares + row * sizeof<T>(), square);
  }
}
export function moments_f32(x: usize, rows: usize, n: usize, total: usize, squares: usize): void {
  moments<f32>(x, rows, n, total, squares);
}
export function moments_f64(x: usize, rows: usize, n: usize, total: usize, squares: usize): void {
  moments<f64>(x, rows, n, total, squares);
}
`;

const driver = `
import { float64 } from '../../../core/dtype.ts';
import type { Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { plainExports } from '../module.ts';
import { staged } from '../staging.ts';

export const moments: Kernels['moments'] = ([x], _, [total, squares]) => {
  if (!x.geometry.contiguous || x.geometry.size === 0) return declined;
  const rows = total.geometry.size;
  const { moments_f32, moments_f64 } = plainExports();
  const kernel = x.dtypeCore === float64 ? moments_f64 : moments_f32;
  return staged((stage) => void kernel(
    stage.address(x), rows, x.geometry.size / rows, stage.address(total, 'write'), stage.address(squares, 'write')));
};
`;

/** New files, and lines added to those that are there. */
const added: Readonly<Record<string, string>> = {
  'src/ops/moments.ts': op, 'wasm/kernels/moments.ts': assembly, 'src/backend/wasm/kernels/moments.ts': driver,
};
const lines: Readonly<Record<string, string>> = {
  'src/numpy/routines/statistics.ts': "export { moments } from '../../ops/moments.ts';\n",
  'src/torch/functions/reductions.ts': "export { moments } from '../../ops/moments.ts';\n",
};
/** The line of the generator, which needs Python, and what it would have written, made here of small integers. */
const fixtureLine = "    'moments': ([M], lambda x: (x.sum(1), (x * x).sum(1)), 'f', False),\n";

function fixture(): unknown {
  const values = Array.from({ length: 12 }, (_, i) => ((i * 5) % 7) - 3);
  const rows = [0, 1, 2].map((row) => values.slice(4 * row, 4 * row + 4));
  const results = [rows.map((row) => row.reduce((sum, x) => sum + x, 0)), rows.map((row) => row.reduce((sum, x) => sum + x * x, 0))];
  const bytes = (Type: typeof Float32Array | typeof Float64Array, list: readonly number[]): string =>
    Buffer.from(Type.from(list).buffer).toString('base64');
  const row = (dtype: string, Type: typeof Float32Array | typeof Float64Array) => ({
    inputs: [bytes(Type, values)], results: results.map((list) => ({ shape: [3], dtype, bytes: bytes(Type, list) })),
  });
  return {
    operands: [{ shape: [3, 4] }], params: null,
    rows: { float32: row('float32', Float32Array), float64: row('float64', Float64Array) },
  };
}

const program = `
import './src/runtime/start.ts';
import { init } from './src/index.ts';
import * as np from './src/numpy/index.ts';
import * as torch from './src/torch/index.ts';
const x = torch.tensor([[1, 2], [3, 4.5]], { dtype: torch.float64, requires_grad: true });
const [total, squares] = torch.moments(x) as torch.Tensor[];
const [first] = torch.autograd.grad(total.mul(squares).sum(), x, { create_graph: true });
const [second] = torch.autograd.grad(first!.sum(), x);
const half = torch.moments(torch.full([1, 4], 100).to(torch.float16)) as torch.Tensor[];
const used = torch.profiler.profile(() => [torch.moments(x.detach()), torch.moments(x.detach().t())]);
const shown: Record<string, unknown> = {
  numpy: String(np.moments(np.array([[1, 2, 3.5]]))), torch: [String(total), String(squares)], half: half.map(String),
  first: first!.tolist(), second: second!.tolist(), calls: used.key_averages().map(({ key, count }) => [key, count]),
};
if (process.env.GPU === '1') {
  await init({ webgpu: true });
  const there = torch.tensor([[1, 2], [3, 4.5]], { dtype: torch.float32, device: 'webgpu', requires_grad: true });
  const [a, b] = torch.moments(there) as torch.Tensor[];
  a.mul(b).sum().backward();
  shown.gpu = [(await a.cpu()).tolist(), (await b.cpu()).tolist(), (await there.grad!.cpu()).tolist()];
}
console.log(JSON.stringify(shown));
process.exit();
`;

let folder: string;

const run = (command: string, args: readonly string[]): string => execFileSync(
  join(folder, 'node_modules/.bin', command), args,
  { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flambeau-op-'));
  for (const part of ['src', 'wasm', 'scripts', 'test', 'tsconfig.json', 'package.json', 'vitest.config.ts']) {
    cpSync(join(project, part), join(folder, part), { recursive: true, filter: (path) => !path.includes('/consumers/') });
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(added)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const [file, text] of Object.entries(lines)) appendFileSync(join(folder, file), text);
  run('tsx', ['scripts/build-wasm.ts']);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shownEverywhere = {
  numpy: '[6.5],[17.25]',
  torch: [
    'tensor([3.0000, 7.5000], dtype=torch.float64, grad_fn=<MomentsBackward0>)',
    'tensor([ 5.0000, 29.2500], dtype=torch.float64, grad_fn=<MomentsBackward0>)',
  ],
  half: ['tensor([400.], dtype=torch.float16)', 'tensor([40000.], dtype=torch.float16)'],
  first: [[11, 17], [74.25, 96.75]], second: [[16, 20], [42, 48]],
  // Dense rows have the kernel, and others the composite, since the kernel declines.
  calls: [['moments', 2], ['permute', 1], ['sum', 2], ['mul', 1]],
};

it('is there in both façades, with its kernel, its composite and its gradients', () => {
  writeFileSync(join(folder, 'program.mts'), program);
  expect(JSON.parse(run('tsx', ['program.mts']))).toEqual(shownEverywhere);
  const table = (backend: string): string => readFileSync(join(folder, `src/generated/${backend}Kernels.ts`), 'utf8');
  expect(table('wasm')).toContain("import { moments } from '../backend/wasm/kernels/moments.ts';");
  for (const backend of ['webgpu', 'reference']) expect(table(backend)).toContain("moments: 'composite'");
}, 120_000);

it('is there on the GPU by its composite', (context) => {
  const env = { ...process.env, ...softwareGpu(), GPU: '1' };
  const { status, stdout, stderr } = spawnSync(
    join(folder, 'node_modules/.bin/tsx'), ['program.mts'], { cwd: folder, encoding: 'utf8', env });
  if (endedWithoutGpu(status, stderr)) context.skip('there is no GPU');
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...shownEverywhere, gpu: [[3, 7.5], [5, 29.25], [[11, 17], [74.25, 96.75]]],
  });
}, 120_000);

it('has its types, and does not compile without a kernel or a composite', () => {
  const tsc = join(folder, 'node_modules/.bin/tsc');
  const check = (): string => spawnSync(tsc, ['-p', 'tsconfig.program.json'], { cwd: folder, encoding: 'utf8' }).stdout;
  writeFileSync(join(folder, 'tsconfig.program.json'), JSON.stringify({
    extends: './tsconfig.json', include: ['src', 'program.mts'],
    // The second check needs to look at no more than what changed.
    compilerOptions: { incremental: true, tsBuildInfoFile: 'program.tsbuildinfo' },
  }));
  expect(check()).toBe('');
  const path = join(folder, 'src/generated/webgpuKernels.ts');
  const table = readFileSync(path, 'utf8');
  writeFileSync(path, table.replace(/,? moments: 'composite'/, ''));
  expect(check()).toContain("Property 'moments' is missing in type");
  writeFileSync(path, table);
}, 120_000);

it('is missed by the suites until its fixture line is there, and then checked by all of them', () => {
  const env = { ...process.env, ...softwareGpu(), NO_COLOR: '1' };
  const suite = (name: string, ...args: readonly string[]) => spawnSync(
    join(folder, 'node_modules/.bin/vitest'), ['run', ...args, '-t', name], { cwd: folder, encoding: 'utf8', env });
  const missed = suite('fixture', '--project', 'cpu', 'test/ops/structural.test.ts');
  expect(missed.status).not.toBe(0);
  expect(missed.stderr).toContain('moments has no fixture: add its line to test/fixtures/ops/structural.py');

  const generator = join(folder, 'test/fixtures/ops/structural.py');
  writeFileSync(generator, readFileSync(generator, 'utf8').replace(/^CASES = \{\n/m, (start) => start + fixtureLine));
  const data = join(folder, 'test/fixtures/ops/structural.json');
  const written = JSON.parse(readFileSync(data, 'utf8')) as { cases: Record<string, unknown> };
  written.cases.moments = fixture();
  writeFileSync(data, JSON.stringify(written));
  const files = ['structural', 'structuralGradients', 'fused'].map((file) => `test/ops/${file}.test.ts`);
  const here = suite('moments', '--project', 'cpu', ...files);
  expect(here.stdout).toMatch(/Test Files {2}3 passed/);
  expect(here.status).toBe(0);
}, 240_000);

it('has nothing else of its own: façades and the generator name each op once', () => {
  const generator = readFileSync(join(project, 'test/fixtures/ops/structural.py'), 'utf8');
  expect(generator.match(/'cumprod':/g)).toHaveLength(1);
  expect(Object.keys({ ...added, ...lines })).toHaveLength(5);
});
