import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

/** What callers give by mistake: values that hardly any parameter takes, and functions that return them. */

/** What a user's own code throws; it has to come through as it is. */
export class Thrown extends Error {}

const raise = (): never => {
  throw new Thrown('thrown by the caller');
};

/** A list that loses a member each time that one is read. */
function shrinking(): unknown[] {
  const list = [1, 2, 3];
  Object.defineProperty(list, 1, { get: () => (list.length = 2), configurable: true });
  return list;
}

const withIterator = (next: () => unknown): object => ({ [Symbol.iterator]: () => ({ next }) });

class SubList extends Array<number> {}
class SubArray extends np.ndarray {}

/** An array whose values are of a class that is only made from it. */
const subArray = (): object => Object.setPrototypeOf(np.arange(6).reshape(2, 3), SubArray.prototype) as object;

/** Typed arrays on memory that went elsewhere, and that memory. */
function detachedView(): Uint8Array {
  const view = new Uint8Array(8);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

function rejected(): Promise<never> {
  const promise = Promise.reject<never>(new Thrown('rejected by the caller'));
  promise.catch(() => {});
  return promise;
}

function self(this: unknown): unknown {
  return this;
}

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

/** What makes a value anew, under the text that would. */
export type Recipe = readonly [text: string, make: () => unknown];

/** Values that hardly any parameter takes. */
export const wrong: readonly Recipe[] = [
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
  ['Object.create(torch.Tensor.prototype)', () => Object.create(torch.Tensor.prototype) as object], ['[1e300]', () => [1e300]],
  ['[-1]', () => [-1]], ['[0, 2 ** 31]', () => [0, 2 ** 31]], ['[2 ** 53, 2 ** 53]', () => [2 ** 53, 2 ** 53]],
  ['[Infinity, 1]', () => [Infinity, 1]], ['[true, null]', () => [true, null]], ['[[1], [2, 3]]', () => [[1], [2, 3]]],
  ['[2n ** 64n]', () => [2n ** 64n]], ["[['a', 1]]", () => [['a', 1]]], ['new Array(2 ** 22)', () => new Array(2 ** 22)],
  ['100 ones', () => new Array(100).fill(1)], ['65 zeros', () => new Array(65).fill(0)], ['a list that shrinks', shrinking],
  ['new (class extends Array {})(1, 2)', () => SubList.of(1, 2)], ['an array of a subclass', subArray],
  ['new Proxy(np.zeros([2]), {})', () => new Proxy(np.zeros([2]), {})],
  ['new Proxy(torch.zeros(2), {})', () => new Proxy(torch.zeros(2), {})], ['{ next() { throw } }', () => withIterator(raise)],
  ['{ *[Symbol.iterator]() { yield 1 } }', () => ({ *[Symbol.iterator]() { yield 1; } })],
  ['(function* () { yield 1 })()', () => (function* () { yield 1; })()],
  ['{ shape: [2 ** 31], data: null }', () => ({ shape: [2 ** 31], data: null })],
  ['{ toString: null }', () => ({ toString: null, valueOf: null })], ['{ constructor: null }', () => ({ constructor: null })],
  ['{ state: {}, param_groups: [] }', () => ({ state: {}, param_groups: [] })], ["{ a: null }", () => ({ a: null })],
  ['Object.create({ dim: 0 })', () => Object.create({ dim: 0 }) as object], ['{ [Symbol()]: 1 }', () => ({ [Symbol('k')]: 1 })],
  ["JSON.parse('{ \"__proto__\": 1 }')", () => JSON.parse('{ "__proto__": 1 }') as unknown],
  ['Object.freeze([1, 2])', () => Object.freeze([1, 2])], ['Object.freeze({})', () => Object.freeze({})],
  ['new Map()', () => new Map()], ['new Set([[1, 2]])', () => new Set([[1, 2]])], ['new WeakMap()', () => new WeakMap()],
  ['new Uint8Array(2 ** 12)', () => new Uint8Array(2 ** 12)], ['new Uint8ClampedArray(2)', () => new Uint8ClampedArray(2)],
  ['a detached buffer', () => detachedView().buffer],
  ['new SharedArrayBuffer(8)', () => new SharedArrayBuffer(8)],
  ['Object.create(Array.prototype)', () => Object.create(Array.prototype) as object],
  ['Object.create(Float32Array.prototype)', () => Object.create(Float32Array.prototype) as object],
  ['Object.create(np.Complex.prototype)', () => Object.create(np.Complex.prototype) as object],
  ['Object.create(torch.nn.Module.prototype)', () => Object.create(torch.nn.Module.prototype) as object],
  ['new Date(NaN)', () => new Date(NaN)], ['Promise.reject()', rejected], ['async () => 1', () => async () => 1],
  ['function* () {}', () => function* () { yield 1; }], ['globalThis', () => globalThis], ['Math', () => Math],
  ['Object.prototype', () => Object.prototype], ['Object(2n)', () => Object(2n) as object],
  ['Object(Symbol())', () => Object(Symbol('s')) as object], ["'\\u0000'", () => '\u0000'], ["'\\ud800'", () => '\ud800'],
  ["'webgpu'", () => 'webgpu'], ["'i,i->'", () => 'i,i->'], ["'constructor'", () => 'constructor'], ["'%s %d'", () => '%s %d'],
  ["'1e400'", () => '1e400'], ['torch.Generator()', () => torch.Generator()],
  ['np.random.default_rng(0)', () => np.random.default_rng(0)], ['torch', () => torch], ['torch.device', () => torch.device],
  ['torch.optim.SGD', () => torch.optim.SGD], ['new torch.nn.Linear(2, 3)', () => new torch.nn.Linear(2, 3)],
  ['np.float32.type', () => np.floating],
];

/** Functions, some of which functions take: what they return may be anything. */
export const callbacks: readonly Recipe[] = [
  ['(x) => x', () => (x: unknown) => x], ['(...all) => all', () => (...all: unknown[]) => all], ['() => null', () => () => null],
  ['() => undefined', () => () => undefined], ["() => 'a'", () => () => 'a'], ['() => NaN', () => () => NaN],
  ['() => [1, 2]', () => () => [1, 2]], ['() => torch.ones(1)', () => () => torch.ones(1)],
  ['() => np.ones([2])', () => () => np.ones([2])], ['() => Symbol()', () => () => Symbol('s')], ['() => { throw }', () => raise],
  ['async () => 1', () => async () => 1], ['() => ({})', () => () => ({})], ['() => 1n', () => () => 1n],
  ['(x) => x?.sum?.()', () => (x?: Partial<torch.Tensor>) => x?.sum?.()],
  ['(x) => x?.mul?.(2)', () => (x?: Partial<torch.Tensor>) => x?.mul?.(2)],
  ['(x) => { free x }', () => (x?: Partial<Disposable>) => void x?.[Symbol.dispose]?.()], ['function () { return this }', () => self],
  ['(x) => x.length', () => (x?: { length: number }) => x?.length], ['() => true', () => () => true], ['() => -1', () => () => -1],
];
