import { kindNamed, kindOf } from '../core/arrayKinds.ts';
import { Complex } from '../core/complex.ts';
import { refuseAnotherCopy } from '../core/copies.ts';
import { cpu, deviceText } from '../core/device.ts';
import { bytesOf, dtypeNamed } from '../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../core/errors.ts';
import { axesByStride, sizeOf } from '../core/layout.ts';
import { checkOptions, refuseSurplus } from '../core/options.ts';
import { isArrayBuffer, isMap, isPlain, isSet } from '../core/realms.ts';
import { StridedArray } from '../core/strided.ts';
import { withGradMode } from '../autograd/mode.ts';
import { fromTyped } from '../ops/creation.ts';
import { hostValues } from '../ops/host.ts';
import { permute } from '../ops/movement.ts';

/** Arrays between workers: what `postMessage` and `structuredClone` take, and back. */

/** An array in a message: the object `place` stands where it was, which copies of the message keep. */
interface SentArray {
  readonly place: object;
  readonly kind: string;
  /** Where the class is. */
  readonly module: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The axes from the slowest to the fastest in memory. */
  readonly axes: readonly number[];
  readonly data: ArrayBuffer | SharedArrayBuffer;
  readonly requiresGrad: boolean;
  readonly persistent: boolean;
}

/** What `pack` gives: plain data that `postMessage`, `structuredClone` and IndexedDB take. */
export interface Packed<T> {
  /** The buffers to be moved rather than copied: `postMessage(message, message.transfer)`. Empty where they are shared. */
  readonly transfer: ArrayBuffer[];
  /** @internal */
  readonly arrays: readonly SentArray[];
  /** @internal */
  readonly numbers: readonly (readonly [place: object, re: number, im: number])[];
  /** What was packed, with empty objects in the places of its arrays. @internal */
  readonly content: unknown;
  /** The type of what was packed, which has no value. @internal */
  readonly type?: T;
}

export interface PackOptions {
  /** Elements go into shared memory, which is not copied for each worker that it is sent to; pages have it where they are isolated. */
  readonly shared?: boolean;
}

/** As deep as an engine surely follows. */
const deepest = 1000;

/** Walks lists, plain objects, maps and sets; each is made anew once, so that what was one object stays one. */
function rebuild(
  value: unknown, leaf: (value: object, path: string) => unknown, path = '', known = new Map<unknown, unknown>(), depth = 0,
): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`pack() takes arrays and data, not the ${pythonTypeName(value)} at ${path === '' ? 'the top' : path}`);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  if (depth === deepest) throw new ValueError(`pack() takes data that is nested at most ${deepest} times`);
  const inner = (each: unknown, key: unknown): unknown =>
    rebuild(each, leaf, `${path}[${JSON.stringify(key) ?? '?'}]`, known, depth + 1);
  const replaced = leaf(value, path);
  if (replaced !== undefined) {
    known.set(value, replaced);
    return replaced;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    known.set(value, list);
    for (let i = 0; i < value.length; i++) list.push(inner(value[i], i));
    return list;
  }
  if (isMap(value)) {
    const map = new Map<unknown, unknown>();
    known.set(value, map);
    for (const [key, each] of value) map.set(inner(key, key), inner(each, key));
    return map;
  }
  if (isSet(value)) {
    const set = new Set<unknown>();
    known.set(value, set);
    for (const each of value) set.add(inner(each, set.size));
    return set;
  }
  if (!isPlain(value)) return value;
  const record: Record<string, unknown> = {};
  known.set(value, record);
  // As data, whatever the key's name.
  for (const [key, each] of Object.entries(value)) {
    Object.defineProperty(record, key, { value: inner(each, key), writable: true, enumerable: true, configurable: true });
  }
  return record;
}

function newBuffer(byteLength: number, shared: boolean): ArrayBuffer | SharedArrayBuffer {
  if (!shared) return new ArrayBuffer(byteLength);
  if (typeof SharedArrayBuffer === 'undefined') {
    throw new RuntimeError('pack({ shared: true }) needs SharedArrayBuffer, which pages have where they are isolated: serve them with '
      + 'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp');
  }
  return new SharedArrayBuffer(byteLength);
}

function send(array: StridedArray, shared: boolean, path: string): SentArray {
  const { device } = array.storage;
  if (device !== cpu) {
    const what = path === '' ? 'the tensor' : path;
    throw new RuntimeError(`pack() takes what lies on the CPU: await x.cpu() first, for ${what} on ${deviceText(device)}`);
  }
  const found = kindOf(array);
  if (found === undefined) throw new TypeError(`pack() cannot send an array of the class ${pythonTypeName(array)}`);
  const [kind, { flags, module }] = found;
  const axes = axesByStride(array.geometry);
  // The elements in the order in which they lie in memory, so that the copy has strides in the same order.
  const values = bytesOf(withGradMode(false, () => hostValues(permute(array, axes))));
  const data = newBuffer(values.byteLength, shared);
  new Uint8Array(data).set(values);
  return { place: {}, kind, module, dtype: array.dtypeCore.name, shape: [...array.geometry.shape], axes, data, ...flags(array) };
}

/**
 * Arrays as messages: what `postMessage`, `structuredClone` and IndexedDB take, and `unpack` makes the same arrays of, in another worker
 * too. Takes arrays and tensors, alone or in lists, plain objects, maps and sets, as state_dicts are; dtype, shape, order in memory and
 * `requires_grad` are kept, and what is twice in it (tied weights) stays one array. Tensors that were computed with gradients have a graph,
 * which cannot be sent, and tensors on the GPU are fetched first. The elements are copied once, here; `message.transfer` moves the copy.
 * @example
 * const message = flambeau.pack({ x: np.arange(3), rate: 0.5 });
 * // worker.postMessage(message, message.transfer), and in the worker flambeau.unpack(event.data)
 * const { x } = flambeau.unpack(structuredClone(message));
 * x // → [0 1 2]
 */
export function pack<T>(value: T, options: PackOptions = {}, ...surplus: readonly never[]): Packed<T> {
  if (arguments.length === 0) throw new TypeError("pack() missing 1 required positional argument: 'value'");
  refuseSurplus('pack', 1, surplus);
  checkOptions('pack', options, ['shared']);
  const { shared = false } = options;
  if (typeof shared !== 'boolean') throw new TypeError(`pack(): shared must be a bool, not ${pythonTypeName(shared)}`);
  const arrays: SentArray[] = [];
  const numbers: [object, number, number][] = [];
  const content = rebuild(value, (each, path) => {
    if (each instanceof StridedArray) {
      const sent = send(each, shared, path);
      arrays.push(sent);
      return sent.place;
    }
    if (each instanceof Complex) {
      const place = {};
      numbers.push([place, each.re, each.im]);
      return place;
    }
    refuseAnotherCopy(each);
    return undefined;
  });
  return { transfer: shared ? [] : arrays.map(({ data }) => data as ArrayBuffer), arrays, numbers, content };
}

const notPacked = (value: unknown): TypeError =>
  new TypeError(`unpack() takes what pack() gave, or a copy of it, not ${pythonTypeName(value)}`);

function receive({ kind: name, module, dtype: dtypeName, shape, axes, data, ...flags }: SentArray): StridedArray {
  const kind = kindNamed(name);
  if (kind === undefined) throw new RuntimeError(`unpack() met the class ${name}, which is not loaded here: import '${module}' as well`);
  const dtype = dtypeNamed(dtypeName);
  if (dtype === undefined || !isArrayBuffer(data)) throw new ValueError('unpack() met an array without elements: the message is not whole');
  if (data.byteLength !== sizeOf(shape) * dtype.itemsize) {
    throw new ValueError(data.byteLength === 0 ? 'unpack() met an array whose elements were transferred elsewhere'
      : `unpack() met ${data.byteLength} bytes for ${sizeOf(shape)} elements of ${dtype.name}`);
  }
  const inMemory = fromTyped(StridedArray, new Uint8Array(data), axes.map((axis) => shape[axis]), dtype, cpu);
  return kind.make(permute(inMemory, shape.map((_, axis) => axes.indexOf(axis))), flags);
}

/**
 * The arrays of a message that `pack` made, in the lists and objects in which they were. They have memory of their own, so that a message
 * can be unpacked by several workers, and more than once.
 * @example
 * flambeau.unpack(flambeau.pack(np.eye(2))) // → [[1. 0.]
 *                                           //    [0. 1.]]
 */
export function unpack<T>(message: Packed<T>, ...surplus: readonly never[]): T {
  refuseSurplus('unpack', 1, surplus);
  const { arrays, numbers, content } = (message ?? {}) as Partial<Packed<T>>;
  if (!Array.isArray(arrays) || !Array.isArray(numbers)) throw notPacked(message);
  const received = new Map<unknown, unknown>();
  for (const each of arrays as readonly SentArray[]) received.set(each.place, receive(each));
  for (const [place, re, im] of numbers as Packed<T>['numbers']) received.set(place, new Complex(re, im));
  return rebuild(content, (each) => received.get(each)) as T;
}
