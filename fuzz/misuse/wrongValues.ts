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

/** A list that another member joins when its first is read. */
function growing(): unknown[] {
  const list = [1, 2];
  Object.defineProperty(list, 0, { get: () => list.push(3) });
  return list;
}

/** A list that says a length of its own. */
const lying = (length: unknown): unknown =>
  new Proxy([1, 2], { get: (list, name) => name === 'length' ? length : Reflect.get(list, name) as unknown });

/** Reads that go well once and throw from then on. */
function onlyOnce(name: string, value: unknown): object {
  let reads = 0;
  return Object.defineProperty({}, name, { get: () => reads++ === 0 ? value : raise(), enumerable: true });
}

/** Members that are another each time that they are read. */
function wavering(): unknown[] {
  let reads = 0;
  const values: readonly unknown[] = [1, 'a', 2.5, null, [1], 7];
  const list: unknown[] = [1, 1];
  Object.defineProperty(list, 1, { get: () => values[reads++ % values.length] });
  return list;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

interface Resizable {
  resize(length: number): void;
}
const resizable = (): ArrayBuffer => Reflect.construct(ArrayBuffer, [8, { maxByteLength: 16 }]) as ArrayBuffer;
const growable = (): SharedArrayBuffer => Reflect.construct(SharedArrayBuffer, [8, { maxByteLength: 16 }]) as SharedArrayBuffer;

/** A view of memory that became too small for it. */
function outgrown(): Float32Array {
  const buffer = resizable();
  const view = new Float32Array(buffer, 4, 1);
  (buffer as unknown as Resizable).resize(4);
  return view;
}

class LongArray extends Float32Array {
  override get length(): number {
    return 7;
  }
}

/** What `await` takes for a promise. */
const thenable = (value: unknown, name = 'then'): unknown => ({ [name]: value });

function argumentsObject(..._: readonly number[]): IArguments {
  return arguments;
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
  ['np.float32.type', () => np.floating], ['a list that grows', growing], ['a list whose members change', wavering],
  ['a list that says a length of 5', () => lying(5)], ['a list that says a length of -1', () => lying(-1)],
  ['a list that says a length of NaN', () => lying(NaN)], ["a list that says a length of '2'", () => lying('2')],
  ['{ get axis() { throw the second time } }', () => onlyOnce('axis', 0)],
  ['{ get dtype() { throw the second time } }', () => onlyOnce('dtype', null)],
  ['{ get dim() { throw the second time } }', () => onlyOnce('dim', 0)], ['{ get 0() { throw the second time } }', () => onlyOnce('0', 1)],
  ['{ [Symbol.toPrimitive]: () => ({}) }', () => ({ [Symbol.toPrimitive]: () => ({}) })],
  ['{ valueOf: () => ({}), toString: () => ({}) }', () => ({ valueOf: () => ({}), toString: () => ({}) })],
  ['a revoked proxy of {}', () => revoked({})], ['a revoked proxy of []', () => revoked([])],
  ['a revoked proxy of () => 1', () => revoked(() => 1)],
  ['new Proxy(new Proxy([1, 2], {}), {})', () => new Proxy(new Proxy([1, 2], {}), {})],
  ['new Proxy(new Proxy({ axis: 0 }, {}), {})', () => new Proxy(new Proxy({ axis: 0 }, {}), {})],
  ['new Proxy(new Float32Array(2), {})', () => new Proxy(new Float32Array(2), {})], ['a detached view', detachedView],
  ['new ArrayBuffer(8, { maxByteLength: 16 })', resizable], ['new Float32Array(a resizable buffer)', () => new Float32Array(resizable())],
  ['a view that its buffer left', outgrown], ['new Int32Array(a growable SharedArrayBuffer)', () => new Int32Array(growable())],
  ['new Float64Array(new SharedArrayBuffer(16))', () => new Float64Array(new SharedArrayBuffer(16))],
  ['new DataView(a growable SharedArrayBuffer)', () => new DataView(growable())],
  ['a Float32Array that says a length of 7', () => new LongArray([1, 2])], ['Buffer.from([1, 2])', () => Buffer.from([1, 2])],
  ['Intl', () => Intl], ['new Intl.NumberFormat()', () => new Intl.NumberFormat()], ['new Intl.Locale("de")', () => new Intl.Locale('de')],
  ['a generator that throws', () => (function* () {
    yield 1;
    raise();
  })()],
  ['{ *[Symbol.iterator]() { yield 1; throw } }', () => ({ *[Symbol.iterator]() { yield raise(); } })],
  ['(async function* () { yield 1 })()', () => (async function* () { yield await Promise.resolve(1); })()],
  ["'x'.repeat(1e6)", () => 'x'.repeat(1e6)], ["'1,'.repeat(5e5)", () => '1,'.repeat(5e5)], ["'['.repeat(1e5)", () => '['.repeat(1e5)],
  ["{ ['x'.repeat(1e5)]: 1 }", () => ({ ['x'.repeat(1e5)]: 1 })], ['{ then: 1 }', () => thenable(1)],
  ['{ then() { throw } }', () => thenable(raise)], ['{ 0: 1, 1: 2 }', () => ({ 0: 1, 1: 2 })], ["{ '': 1 }", () => ({ '': 1 })],
  ['{ 0: 1, length: 1 }', () => ({ 0: 1, length: 1 })], ["{ hasOwnProperty: 1 }", () => ({ hasOwnProperty: 1 })],
  ['{ out: {} }', () => ({ out: {} })], ['{ dtype: {} }', () => ({ dtype: {} })], ['{ size: 3 }', () => ({ size: 3 })],
  ['[, , 1]', () => [...new Array<undefined>(2), 1]], ['[1, 2] with a name', () => Object.assign([1, 2], { axis: 0, bogus: 1 })],
  ['a sparse list of 2 ** 18', () => Object.assign([], { [2 ** 18 - 1]: 1 })], ['Object.freeze([[1], [2]])', () => Object.freeze([[1],
  [2]])],
  ['Object.freeze(new Proxy({}, {}))', () => Object.freeze(new Proxy({}, {}))], ['np.Complex', () => np.Complex],
  ['torch.nn.Linear', () => torch.nn.Linear], ['torch.Tensor', () => torch.Tensor], ['np.random.Generator', () => np.random.Generator],
  ['arguments', () => argumentsObject(1, 2)], ['[1, 2] with toString: null', () => Object.assign([1, 2], { toString: null })],
  ['new WeakRef({})', () => new WeakRef({})],
  ['new URL("file:///x")', () => new URL('file:///x')], ['Object(false)', () => Object(false) as object],
  ['self.bind(null)', () => self.bind(null)], ['Reflect', () => Reflect], ['process', () => process],
  ['new WebAssembly.Memory({ initial: 1 })', () => new WebAssembly.Memory({ initial: 1 })],
  ['new Error with a cause', () => new Error('value', { cause: {} })], ['[[[]], []]', () => [[[]], []]], ['[[], [1]]', () => [[], [1]]],
  ['[np.zeros([2]), 1]', () => [np.zeros([2]), 1]], ['[torch.zeros(2), np.zeros([2])]', () => [torch.zeros(2), np.zeros([2])]],
  ["[['1:', '...', null]]", () => [['1:', '...', null]]], ["'-0'", () => '-0'], ["'0x10'", () => '0x10'], ["' 1 '", () => ' 1 '],
  ["'１'", () => '１'], ["'<f4'", () => '<f4'], ["'>i8'", () => '>i8'], ["'O'", () => 'O'], ["'i4,f8'", () => 'i4,f8'], ["'V8'", () => 'V8'],
  ["'toString'", () => 'toString'], ["'hasOwnProperty'", () => 'hasOwnProperty'], ['2 ** 63', () => 2 ** 63],
  ['-(2 ** 63)', () => -(2 ** 63)],
  ['2n ** 63n', () => 2n ** 63n], ['-(2n ** 63n) - 1n', () => -(2n ** 63n) - 1n], ['10n ** 5000n', () => 10n ** 5000n],
  ['Number.MAX_VALUE', () => Number.MAX_VALUE], ['2 ** 53 - 1', () => 2 ** 53 - 1], ['1 - 2 ** -53', () => 1 - 2 ** -53],
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
  ['async () => { throw }', () => async () => {
    await Promise.resolve();
    raise();
  }],
  ['function* () { yield 1 }', () => function* () { yield 1; }], ['() => a revoked proxy', () => () => revoked({})],
  ['() => new Float32Array(2)', () => () => new Float32Array(2)], ['class {}', () => class {}], ['() => Promise.reject()', () => rejected],
  ['(x) => x.length', () => (x?: { length: number }) => x?.length], ['() => true', () => () => true], ['() => -1', () => () => -1],
];
