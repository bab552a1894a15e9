import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import type { Draws } from '../draws.ts';

/** Arguments, mostly wrong ones, each with the text that makes it. */

export interface Drawn {
  readonly text: string;
  readonly value: unknown;
  /** The array that a call must leave as it is, where the value is one. */
  readonly array?: np.ndarray | torch.Tensor;
}

/** What a user's own code throws; it has to come through as it is. */
export class Thrown extends Error {}

export interface Surroundings {
  readonly draws: Draws;
  /** Whose arrays are the plausible ones. */
  readonly facade: 'numpy' | 'torch';
  readonly device: 'cpu' | 'webgpu';
}

type Make = (surroundings: Surroundings) => Drawn;

const literal = (text: string, value: unknown): Make => () => ({ text, value });
const raise = (): never => {
  throw new Thrown('thrown by the caller');
};

/** Handlers of a proxy every one of which throws. */
const throwing = new Proxy({}, { get: () => raise });

function cycle(): unknown[] {
  const list: unknown[] = [1];
  list.push(list);
  return list;
}

function deep(depth: number): unknown {
  let list: unknown = 1;
  for (let i = 0; i < depth; i++) list = [list];
  return list;
}

const dtypesOf: Readonly<Record<Surroundings['facade'], Readonly<Record<string, unknown>>>> = { numpy: np, torch };

/** Values that hardly any parameter takes. */
const wrong: readonly (readonly [text: string, make: () => unknown])[] = [
  ['null', () => null], ['undefined', () => undefined], ['NaN', () => NaN], ['Infinity', () => Infinity],
  ['-Infinity', () => -Infinity], ['0.5', () => 0.5], ['-1.5', () => -1.5], ['-1', () => -1], ['-7', () => -7],
  ['2 ** 31', () => 2 ** 31], ['2 ** 32', () => 2 ** 32], ['2 ** 53', () => 2 ** 53], ['1e300', () => 1e300],
  ['-(2 ** 31)', () => -(2 ** 31)], ['1e7', () => 1e7], ['5e-324', () => 5e-324], ['-0', () => -0], ['0n', () => 0n], ['1n', () => 1n],
  ['-1n', () => -1n], ['2n ** 64n', () => 2n ** 64n], ['2n ** 200n', () => 2n ** 200n], ['true', () => true], ['false', () => false],
  ["''", () => ''], ["'a'", () => 'a'], ["'float32'", () => 'float32'], ["'1:'", () => '1:'], ["'9:::'", () => '9:::'],
  ["'...'", () => '...'], ["'mean'", () => 'mean'], ["'cuda:7'", () => 'cuda:7'], ["'__proto__'", () => '__proto__'],
  ["'x'.repeat(1e5)", () => 'x'.repeat(1e5)], ['Symbol()', () => Symbol('s')], ['() => 1', () => () => 1],
  ['() => { throw }', () => raise], ['class {}', () => class {}], ['{}', () => ({})], ['{ bogus: 1 }', () => ({ bogus: 1 })],
  ['{ length: 3 }', () => ({ length: 3 })], ['{ length: 2 ** 40 }', () => ({ length: 2 ** 40 })],
  ['Object.create(null)', () => Object.create(null) as object], ['[]', () => []], ['[[]]', () => [[]]], ['[1, [2]]', () => [1, [2]]],
  ['[1, , 3]', () => [1, ...new Array<undefined>(1), 3]], ['new Array(5)', () => new Array(5)], ['[undefined]', () => [undefined]],
  ['[null]', () => [null]], ["['a']", () => ['a']], ['[NaN]', () => [NaN]], ['[0.5]', () => [0.5]],
  ['[2 ** 31, 2 ** 31]', () => [2 ** 31, 2 ** 31]], ['[-1, -1]', () => [-1, -1]], ['[1n, 2]', () => [1n, 2]],
  ['[Symbol()]', () => [Symbol('s')]], ['[{}]', () => [{}]], ['[() => 1]', () => [() => 1]],
  ['const a = [1]; a.push(a); a', () => cycle()], ['70 lists in one another', () => deep(70)],
  ['10,000 lists in one another', () => deep(10_000)], ['{ get axis() { throw } }', () => ({ get axis(): never { return raise(); } })],
  ['{ get dim() { throw } }', () => ({ get dim(): never { return raise(); } })],
  ['{ valueOf() { throw } }', () => ({ valueOf: raise, toString: raise, [Symbol.toPrimitive]: raise })],
  ['{ *[Symbol.iterator]() { throw } }', () => ({ [Symbol.iterator]: raise })],
  ['new Proxy({}, every trap throws)', () => new Proxy({}, throwing)],
  ['new Proxy([], every trap throws)', () => new Proxy([], throwing)], ['new Proxy(() => 1, {})', () => new Proxy(() => 1, {})],
  ['new Proxy([1, 2], {})', () => new Proxy([1, 2], {})], ['new Map([[1, 2]])', () => new Map([[1, 2]])],
  ['new Set([1])', () => new Set([1])], ['new Date(0)', () => new Date(0)], ['/a/', () => /a/],
  ['Promise.resolve(1)', () => Promise.resolve(1)], ['new ArrayBuffer(8)', () => new ArrayBuffer(8)],
  ['new Float32Array(3)', () => new Float32Array(3)], ['new BigInt64Array(2)', () => new BigInt64Array(2)],
  ['new DataView(new ArrayBuffer(8))', () => new DataView(new ArrayBuffer(8))], ['new Error()', () => new Error('value')],
  ['Object(1)', () => Object(1) as object], ["Object('ab')", () => Object('ab') as object],
  ['new np.Complex(1, NaN)', () => new np.Complex(1, NaN)], ['np', () => np], ['torch.nn', () => torch.nn],
  ['np.ndarray', () => np.ndarray], ['Object.create(np.ndarray.prototype)', () => Object.create(np.ndarray.prototype) as object],
  ['Object.create(torch.Tensor.prototype)', () => Object.create(torch.Tensor.prototype) as object],
];

function wrongValue({ draws }: Surroundings): Drawn {
  const [text, make] = draws.pick(wrong);
  return { text, value: make() };
}

const shapes: readonly (readonly number[])[] = [[3], [2, 3], [], [0], [1], [3, 3], [2, 3, 4], [0, 3], [4], [2, 2, 2, 2]];
const dtypes = ['float32', 'float64', 'int64', 'int32', 'bool', 'uint8', 'complex64', 'complex128', 'float16'] as const;

function numpyArray({ draws }: Surroundings): Drawn {
  const [shape, dtype] = [draws.pick(shapes), draws.pick(dtypes)];
  const value = np.arange(shape.reduce((product, extent) => product * extent, 1)).reshape([...shape]).astype(dtype);
  return { text: `np.arange(...).reshape([${shape.join(', ')}]).astype('${dtype}')`, value, array: value };
}

function tensor({ draws, device }: Surroundings): Drawn {
  const shape = draws.pick(shapes);
  const dtype = draws.pick(dtypes.filter((name) => device === 'cpu' || !/64|complex/.test(name) || name === 'int64'));
  const size = shape.reduce((product, extent) => product * extent, 1);
  const made = torch.arange(size).reshape([...shape]).to(dtypesOf.torch[dtype] as torch.dtype);
  const there = device === 'webgpu' && draws.chance(0.7);
  const value = there ? made.to('webgpu') : made;
  const grad = draws.chance(0.15) && /float|complex/.test(dtype);
  if (grad) value.requires_grad_();
  const origin = `torch.arange(...).reshape([${shape.join(', ')}]).to(torch.${dtype})`;
  const text = `${origin}${there ? ".to('webgpu')" : ''}${grad ? '.requires_grad_()' : ''}`;
  return { text, value, array: there ? undefined : value };
}

function freed(surroundings: Surroundings): Drawn {
  const { draws, facade } = surroundings;
  if (facade === 'numpy') {
    const value = np.zeros([draws.between(1, 3), 2]);
    value[Symbol.dispose]();
    return { text: 'a freed array', value };
  }
  const value = torch.zeros(draws.between(1, 3), 2);
  value[Symbol.dispose]();
  return { text: 'a freed tensor', value };
}

/** Arrays that are odd in themselves. */
const oddArrays: readonly Make[] = [
  freed,
  () => {
    const value = np.zeros(new Array<number>(33).fill(1));
    return { text: 'np.zeros(33 axes)', value, array: value };
  },
  () => {
    const value = torch.zeros(new Array<number>(60).fill(1));
    return { text: 'torch.zeros(60 axes)', value, array: value };
  },
  () => ({ text: 'np.broadcast_to(1, [2, 3])', value: np.broadcast_to(1, [2, 3]) }),
  () => ({ text: 'np.broadcast_to(1, [2 ** 12, 2 ** 12])', value: np.broadcast_to(1, [2 ** 12, 2 ** 12]) }),
  () => ({ text: 'torch.zeros(1).expand(2 ** 12, 2 ** 12)', value: torch.zeros(1).expand(2 ** 12, 2 ** 12) }),
  () => ({ text: 'np.zeros([0, 2 ** 20])', value: np.zeros([0, 2 ** 20]) }),
  () => ({ text: 'np.array([NaN, Infinity, -Infinity])', value: np.array([NaN, Infinity, -Infinity]) }),
  () => ({ text: 'np.array([2n ** 63n - 1n, -(2n ** 63n)])', value: np.array([2n ** 63n - 1n, -(2n ** 63n)]) }),
  () => ({ text: 'torch.tensor([1e30, -7, 9])', value: torch.tensor([1e30, -7, 9]) }),
  () => ({ text: 'torch.tensor([100, -100])', value: torch.tensor([100, -100]) }),
  () => ({ text: "np.arange(6).reshape(2, 3).at(':', '::-1')", value: np.arange(6).reshape(2, 3).at(':', '::-1') }),
];

const plausible: readonly (readonly [number, Make])[] = [
  [4, ({ draws }) => {
    const value = draws.between(0, 3);
    return { text: String(value), value };
  }],
  [1, literal('-1', -1)], [1, literal('true', true)], [0.7, literal('1.5', 1.5)],
  [1.5, ({ draws }) => {
    const value = Array.from({ length: draws.between(1, 3) }, () => draws.between(0, 3));
    return { text: `[${value.join(', ')}]`, value };
  }],
  [1, ({ facade, draws }) => {
    const name = draws.pick(dtypes);
    return { text: `${facade === 'numpy' ? 'np' : 'torch'}.${name}`, value: dtypesOf[facade][name] };
  }],
  [0.5, (surroundings) => {
    const [a, b] = [plausibleArray(surroundings), plausibleArray(surroundings)];
    return { text: `[${a.text}, ${b.text}]`, value: [a.value, b.value] };
  }],
];

/** Names that functions take, some of them; and one that none does. */
const names = [
  'axis', 'dim', 'keepdims', 'keepdim', 'dtype', 'out', 'where', 'initial', 'n', 'k', 'shape', 'size', 'order', 'mode', 'kind',
  'indexing', 'ddof', 'correction', 'inplace', 'p', 'eps', 'weight', 'bias', 'reduction', 'alpha', 'beta', 'lr', 'momentum',
  'betas', 'step_size', 'gamma', 'device', 'requires_grad', 'copy', 'decimals', 'side', 'sorted', 'descending', 'stable',
  'largest', 'dims', 'shifts', 'generator', 'replacement', 'input', 'other', 'a', 'x', 'index', 'src', 'num_classes',
  'normalized_shape', 'in_features', 'batch_size', 'bogus',
];

function options(surroundings: Surroundings): Drawn {
  const { draws } = surroundings;
  const entries = Array.from({ length: draws.between(1, 2) }, () => [draws.pick(names), argument(surroundings, false)] as const);
  return {
    text: `{ ${entries.map(([name, { text }]) => `${name}: ${text}`).join(', ')} }`,
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
  };
}

const plausibleArray: Make = (surroundings) => (surroundings.facade === 'numpy' ? numpyArray : tensor)(surroundings);

export function argument(surroundings: Surroundings, withOptions = true): Drawn {
  const { draws } = surroundings;
  const make = draws.weighted<Make>([
    [4, plausibleArray], [2.5, (each) => draws.weighted(plausible)(each)], [3, wrongValue],
    [0.8, (each) => draws.pick(oddArrays)(each)], [0.5, surroundings.facade === 'numpy' ? tensor : numpyArray],
    [withOptions ? 1.5 : 0, options],
  ]);
  return make(surroundings);
}

/** None, too many, or about as many as functions take. */
export function argumentsOf(surroundings: Surroundings): Drawn[] {
  const { draws } = surroundings;
  const count = draws.weighted([[1, 0], [4, 1], [5, 2], [3, 3], [1.5, 4], [0.7, 6], [0.3, 12]] as const);
  return Array.from({ length: count }, () => argument(surroundings));
}
