import { withGradMode } from '../../autograd/mode.ts';
import { numpyArray } from '../../core/arrays.ts';
import { Complex } from '../../core/complex.ts';
import { AssertionError, RuntimeError, ValueError, pythonTypeName, tupleText } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { isOptions } from '../../core/options.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import type { PythonValue } from '../../core/printing/index.ts';
import { isMap } from '../../core/realms.ts';
import type { StridedArray } from '../../core/strided.ts';
import { isDeferred } from '../../ops/host.ts';
import { promote_types } from '../functions/utilities.ts';
import { isclose } from '../functions/comparison.ts';
import { Parameter } from '../nn/parameter.ts';
import { Tensor } from '../tensor/tensor.ts';
import { mismatchText } from './messages.ts';

/** Pairs of values that are compared, as `assert_close` takes nested lists and dictionaries apart. */

export interface Options {
  readonly allow_subclasses: boolean;
  readonly rtol: number | null;
  readonly atol: number | null;
  readonly equal_nan: boolean;
  readonly check_device: boolean;
  readonly check_dtype: boolean;
  readonly check_stride: boolean;
}

/** What failed, before it is known what the caller wants to have said. */
export class Failure extends Error {
  readonly type: new (message: string) => Error;
  readonly path: readonly (string | number)[];

  constructor(type: new (message: string) => Error, message: string, path: readonly (string | number)[]) {
    super(message);
    this.type = type;
    this.path = path;
  }

  toError(msg: string | ((text: string) => string) | null = null): Error {
    if (typeof msg === 'string') return new this.type(msg);
    const where = this.path.length === 0 ? ''
      : `\n\nThe failure occurred for item ${this.path.map((key) => pythonRepr([key])).join('')}`;
    const text = this.message + where;
    return new this.type(msg === null ? text : msg(text));
  }
}

type Path = readonly (string | number)[];
type Compare = () => void;

/** The relative and absolute tolerance of a dtype by its name. */
const tolerances: Readonly<Record<string, readonly [rtol: number, atol: number]>> = {
  float16: [1e-3, 1e-5], bfloat16: [1.6e-2, 1e-5], float32: [1.3e-6, 1e-5], float64: [1e-7, 1e-7], complex64: [1.3e-6, 1e-5],
  complex128: [1e-7, 1e-7],
};

function toleranceOf(types: readonly string[], { rtol, atol }: Options, path: Path): readonly [rtol: number, atol: number] {
  if ((rtol === null) !== (atol === null)) {
    throw new Failure(
      ValueError, `Both 'rtol' and 'atol' must be either specified or omitted, but got no ${rtol === null ? 'rtol' : 'atol'}.`, path);
  }
  if (rtol !== null && atol !== null) return [rtol, atol];
  const found = types.map((type) => tolerances[type] ?? [0, 0]);
  return [Math.max(...found.map(([relative]) => relative)), Math.max(...found.map(([, absolute]) => absolute))];
}

const isNumber = (value: unknown): value is number | bigint | Complex =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Complex;

/** What Python calls the type of a value, with its module. */
function className(value: unknown): string {
  if (value instanceof Parameter) return "<class 'torch.nn.parameter.Parameter'>";
  if (value instanceof Tensor) return "<class 'torch.Tensor'>";
  const name = pythonTypeName(value);
  return `<class '${numpyArray !== null && value instanceof numpyArray ? `numpy.${name}` : name}'>`;
}

const partsOf = (value: number | bigint | Complex): readonly [number, number] =>
  (value instanceof Complex ? [value.re, value.im] : [Number(value), 0]);

/**
 * Two numbers. JavaScript writes 1.0 as 1, so numbers are ints where both are whole, and floats where one is not.
 */
function numberPair(actual: number | bigint | Complex, expected: number | bigint | Complex, options: Options, path: Path): Compare {
  const whole = (value: unknown): boolean => typeof value === 'bigint' || Number.isInteger(value);
  const both = [actual, expected];
  const ints = both.every(whole);
  const typeOf = (value: unknown): string => (value instanceof Complex ? 'complex' : ints || typeof value === 'bigint' ? 'int' : 'float');
  const types = both.map(typeOf);
  const dtypes = { int: 'int64', float: 'float64', complex: 'complex128' } as const;
  const [rtol, atol] = toleranceOf(types.map((type) => dtypes[type as keyof typeof dtypes]), options, path);
  return () => {
    if (options.check_dtype && types[0] !== types[1]) {
      throw new Failure(AssertionError, `The (d)types do not match: <class '${types[0]}'> != <class '${types[1]}'>.`, path);
    }
    const [[a, aImag], [b, bImag]] = [partsOf(actual), partsOf(expected)];
    if (typeof actual === 'bigint' && typeof expected === 'bigint' ? actual === expected : a === b && aImag === bImag) return;
    const isNan = (re: number, im: number): boolean => Number.isNaN(re) || Number.isNaN(im);
    if (options.equal_nan && isNan(a, aImag) && isNan(b, bImag)) return;
    const distance = Math.hypot(a - b, aImag - bImag);
    if (Number.isFinite(distance) && distance <= atol + rtol * Math.hypot(b, bImag)) return;
    throw new Failure(AssertionError, scalarMismatch(actual, expected, rtol, atol, !ints), path);
  };
}

type Scalar = number | bigint | boolean | Complex;

function scalarMismatch(actual: Scalar, expected: Scalar, rtol: number, atol: number, float: boolean): string {
  const parts = (value: Scalar): readonly [number, number] => partsOf(typeof value === 'boolean' ? Number(value) : value);
  const [[a, aImag], [b, bImag]] = [parts(actual), parts(expected)];
  const exact = typeof actual === 'bigint' || typeof expected === 'bigint';
  const difference = exact ? BigInt(actual as bigint) - BigInt(expected as bigint) : Math.hypot(a - b, aImag - bImag);
  const distance = typeof difference === 'bigint' ? (difference < 0n ? -difference : difference) : difference;
  const size = Math.hypot(b, bImag);
  const text = (value: Scalar): string => pythonRepr(value as PythonValue, { float });
  return mismatchText({
    what: 'Scalars', extra: `Expected ${text(expected)} but got ${text(actual)}.`, rtol, atol,
    absolute: text(distance), relative: pythonRepr(size === 0 ? Infinity : Number(distance) / size, { float: true }),
  });
}

/** A tensor over the memory of an array of either façade. */
const toTensor = (array: StridedArray): Tensor =>
  (array instanceof Tensor ? array : new Tensor(array.storage, array.dtypeCore, array.geometry));

const isArray = (value: unknown): value is StridedArray =>
  value instanceof Tensor || (numpyArray !== null && value instanceof numpyArray);

function areRelated(actual: StridedArray, expected: StridedArray, subclasses: boolean): boolean {
  if (actual.constructor === expected.constructor) return true;
  const [ofActual, ofExpected] = [actual.constructor, expected.constructor] as (typeof Tensor)[];
  return subclasses && (actual instanceof ofExpected || expected instanceof ofActual);
}

function tensorPair(a: StridedArray, b: StridedArray, options: Options, path: Path): Compare {
  const [actual, expected] = [toTensor(a), toTensor(b)];
  const [rtol, atol] = toleranceOf([actual.dtypeCore.name, expected.dtypeCore.name], options, path);
  return () => withGradMode(false, () => {
    const differ = (attribute: string, one: unknown, other: unknown): Failure => new Failure(AssertionError,
      `The values for attribute '${attribute}' do not match: ${String(one)} != ${String(other)}.`, path);
    if (!sameShape(actual.geometry.shape, expected.geometry.shape)) throw differ('shape', actual.shape, expected.shape);
    if (options.check_stride && !sameShape(actual.geometry.strides, expected.geometry.strides)) {
      throw differ('stride()', tupleText(actual.stride()), tupleText(expected.stride()));
    }
    if (options.check_device && actual.storage.device !== expected.storage.device) throw differ('device', actual.device, expected.device);
    if (options.check_dtype && actual.dtypeCore !== expected.dtypeCore) throw differ('dtype', actual.dtype, expected.dtype);
    for (const each of [actual, expected]) {
      if (isDeferred(each)) {
        throw new RuntimeError(`assert_close compares on the CPU, and this tensor lies on ${String(each.device)}: await x.cpu() first`);
      }
    }
    const type = promote_types(actual.dtype, expected.dtype);
    compareValues(actual.to(type), expected.to(type), rtol, atol, options.equal_nan, path);
  });
}

function compareValues(actual: Tensor, expected: Tensor, rtol: number, atol: number, equalNan: boolean, path: Path): void {
  const matches = isclose(actual, expected, rtol, atol, equalNan);
  const total = actual.numel();
  const mismatched = total - matches.sum().item();
  if (mismatched === 0) return;
  const integral = !actual.is_floating_point() && !actual.is_complex();
  if (actual.ndim === 0) {
    const message = scalarMismatch(actual.item() as Scalar, expected.item() as Scalar, rtol, atol, !integral);
    throw new Failure(AssertionError, message, path);
  }
  const flat = (tensor: Tensor): Tensor => (integral ? tensor.flatten().long() : tensor.flatten());
  const [a, b, close] = [flat(actual), flat(expected), matches.flatten()];
  const distance = a.sub(b).abs().masked_fill(close, 0);
  const relative = distance.div(b.abs()).masked_fill(close, 0);
  const greatest = (values: Tensor, float: boolean): readonly [text: string, index: string] => {
    const { values: value, indices } = values.max(0);
    return [pythonRepr(value.item(), { float }), tupleText(placeOf(indices.item(), actual.shape))];
  };
  const [absoluteText, absoluteIndex] = greatest(distance, !integral);
  const [relativeText, relativeIndex] = greatest(relative, true);
  throw new Failure(AssertionError, mismatchText({
    what: 'Tensor-likes', extra: `Mismatched elements: ${mismatched} / ${total} (${percent(mismatched / total)})`, rtol, atol,
    absolute: absoluteText, absoluteIndex, relative: relativeText, relativeIndex,
  }), path);
}

/** A share with one decimal; what lies exactly between two goes to the even one, as in Python. */
function percent(share: number): string {
  const tenths = share * 1000;
  const below = Math.floor(tenths);
  const rounded = tenths - below === 0.5 ? below + below % 2 : Math.round(tenths);
  return `${(rounded / 10).toFixed(1)}%`;
}

/** The index in every dimension of an element in row-major order. */
function placeOf(flat: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return place;
}

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> | null =>
  (isMap(value) ? value as ReadonlyMap<string, unknown> : isOptions(value) ? new Map(Object.entries(value)) : null);

const listed = (keys: readonly string[]): string => pythonRepr([...keys].sort());

/** The comparisons of two values and of all that lies in them. */
export function pairsOf(actual: unknown, expected: unknown, options: Options, path: Path = []): Compare[] {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length) {
      throw new Failure(AssertionError, `The length of the sequences mismatch: ${actual.length} != ${expected.length}`, path);
    }
    return actual.flatMap((each, i) => pairsOf(each, expected[i], options, [...path, i]));
  }
  const [actualEntries, expectedEntries] = [entriesOf(actual), entriesOf(expected)];
  if (actualEntries !== null && expectedEntries !== null) {
    const missing = [...expectedEntries.keys()].filter((key) => !actualEntries.has(key));
    const additional = [...actualEntries.keys()].filter((key) => !expectedEntries.has(key));
    if (missing.length > 0 || additional.length > 0) {
      throw new Failure(AssertionError, 'The keys of the mappings do not match:\n'
        + `Missing keys in the actual mapping: ${listed(missing)}\nAdditional keys in the actual mapping: ${listed(additional)}`, path);
    }
    return [...actualEntries.keys()].sort().flatMap((key) =>
      pairsOf(actualEntries.get(key), expectedEntries.get(key), options, [...path, key]));
  }
  return [pairOf(actual, expected, options, path)];
}

function pairOf(actual: unknown, expected: unknown, options: Options, path: Path): Compare {
  const none = (value: unknown): boolean => value === null || value === undefined;
  if (none(actual) || none(expected)) {
    return () => {
      if (none(actual) && none(expected)) return;
      throw new Failure(AssertionError, `None mismatch: ${textOf(actual)} is not ${textOf(expected)}`, path);
    };
  }
  if (typeof actual === 'boolean' && typeof expected === 'boolean') {
    return () => {
      if (actual === expected) return;
      throw new Failure(AssertionError, `Booleans mismatch: ${textOf(actual)} is not ${textOf(expected)}`, path);
    };
  }
  if (isNumber(actual) && isNumber(expected)) return numberPair(actual, expected, options, path);
  if (isArray(actual) && isArray(expected) && areRelated(actual, expected, options.allow_subclasses)) {
    return tensorPair(actual, expected, options, path);
  }
  throw new Failure(TypeError,
    `No comparison pair was able to handle inputs of type ${className(actual)} and ${className(expected)}.`, path);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || isArray(value) ? String(value) : pythonRepr(value as PythonValue);
}
