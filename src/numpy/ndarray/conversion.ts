import type { Scalar } from '../../core/complex.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError, notReal, pythonTypeName, tupleText, wholePart } from '../../core/errors.ts';
import { sameShape, scalarLayout, sizeOf } from '../../core/layout.ts';
import type { Literal } from '../../core/literal.ts';
import { RaggedError, deepest, packLiteral, readLiteral, tooDeep } from '../../core/literal.ts';
import { StridedArray, writesOf } from '../../core/strided.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { stack } from '../../ops/copies.ts';
import { fromTyped, full } from '../../ops/creation.ts';
import { copyInto, overlaps } from '../../ops/dispatch.ts';
import { markGuessed } from '../../ops/guessed.ts';
import { hostValues } from '../../ops/host.ts';
import { isReadOnly } from '../../ops/indexing/assign.ts';
import type { ArrayLike } from './ndarray.ts';
import { ndarray } from './ndarray.ts';
import { convertScalar, defaultDType, isIntegerLiteral, promote } from '../dtypes/promotion.ts';

/** JavaScript data as arrays. */

/** Whether a nested list holds arrays or typed arrays, whose dtypes count. Lists that it holds more than once are looked through once. */
function holdsArrays(value: unknown, seen: Set<unknown> = new Set(), depth = 0): boolean {
  if (!Array.isArray(value) || seen.has(value) || depth > deepest.numpy) return false;
  seen.add(value);
  return value.some((each) => typeof each === 'object'
    && (each instanceof StridedArray || core.isTypedArray(each) || holdsArrays(each, seen, depth + 1)));
}

function refuseForeign(value: unknown): void {
  if (value instanceof StridedArray && !(value instanceof ndarray)) {
    throw new TypeError('expected a NumPy array, not a tensor: pass x.numpy()');
  }
}

/** The leading axes along which nested lists agree, none beyond the deepest; `known` are those of lists that were met at some depth. */
function commonShape(value: unknown, depth = 0, known: Map<unknown, readonly number[]>[] = []): readonly number[] {
  if (value instanceof ndarray) return value.shape;
  if (core.isTypedArray(value)) return [value.length];
  if (!Array.isArray(value) || depth === deepest.numpy) return [];
  const met = (known[depth] ??= new Map());
  const before = met.get(value);
  if (before !== undefined) return before;
  const inner = value.map((each) => commonShape(each, depth + 1, known));
  const shared: number[] = [];
  for (let axis = 0; inner.length > 0 && inner.every((each) => each.length > axis && each[axis] === inner[0][axis]); axis++) {
    shared.push(inner[0][axis]);
  }
  const shape = [value.length, ...shared];
  met.set(value, shape);
  return shape;
}

function raggedError(value: unknown): ValueError {
  const shape = commonShape(value);
  if (shape.length >= deepest.numpy) return tooDeep.numpy();
  return new ValueError(
    'setting an array element with a sequence. The requested array has an inhomogeneous shape after '
    + `${shape.length} dimensions. The detected shape was ${tupleText(shape)} + inhomogeneous part.`);
}

function stackParts(value: readonly unknown[], dtype: DType | undefined, whole: unknown): ndarray {
  const parts = value.map((each) => asArray(each as ArrayLike));
  if (parts.some((part) => !sameShape(part.shape, parts[0].shape))) throw raggedError(whole);
  if (parts[0].ndim >= deepest.numpy) throw tooDeep.numpy();
  const common = dtype ?? parts.map((part) => part.dtypeCore).reduce(promote);
  return stack(parts.map((part) => cast(part, common)), 0);
}

/** The type that a literal calls for; whole numbers too large to be exact were floats where they came from. */
function literalDType({ kind, values }: Literal): DType {
  switch (kind) {
    case 'bool': return core.bool;
    case 'float': return core.float64;
    case 'complex': return core.complex128;
    case 'int': {
      let [signed, unsigned] = [false, false];
      for (const value of values) {
        if (typeof value === 'number' && !Number.isSafeInteger(value)) return core.float64;
        if (typeof value === 'bigint' && value > 0x7fffffffffffffffn) unsigned = true;
        else signed ||= typeof value !== 'boolean';
      }
      // As in NumPy, numbers of which some need int64 and others uint64 become floats.
      return !unsigned ? core.int64 : signed ? core.float64 : core.uint64;
    }
  }
}

/** An element of a literal in a dtype that was asked for, or Python's error. */
export function checkedElement(value: Scalar, dtype: DType): Scalar {
  if (dtype.kind === 'bool' || dtype.kind === 'complex') return value;
  if (value instanceof Complex) {
    throw dtype.kind === 'float' ? new TypeError("float() argument must be a string or a real number, not 'complex'") : notReal('complex');
  }
  if (dtype.kind === 'float') return value;
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return convertScalar(wholePart(value), dtype);
  }
  return convertScalar(value, dtype);
}

/** Lists of plain numbers beyond this size are read element by element, so that a ragged one allocates nothing. */
const fastLimit = 1e8;

interface Numbers {
  readonly values: Float64Array;
  readonly shape: readonly number[];
  readonly whole: boolean;
}

/** Rectangular lists of numbers and nothing else, which is what most data is; null for everything else. */
function readNumbers(value: unknown): Numbers | null {
  const shape: number[] = [];
  let level = value;
  for (; Array.isArray(level); level = level[0]) {
    if (level.length === 0) return null;
    // So deep a list is ragged or too deep, and never followed further.
    if (shape.length === deepest.numpy) throw raggedError(value);
    shape.push(level.length >>> 0);
  }
  if (shape.length === 0 || typeof level !== 'number' || sizeOf(shape) > fastLimit) return null;
  const values = new Float64Array(sizeOf(shape));
  const last = shape.length - 1;
  let next = 0;
  let whole = true;
  const visit = (list: unknown, axis: number): boolean => {
    if (!Array.isArray(list) || list.length !== shape[axis]) return false;
    if (axis < last) return list.every((each) => visit(each, axis + 1));
    for (let i = 0; i < list.length; i++) {
      const each = list[i] as unknown;
      if (typeof each !== 'number') return false;
      if (whole && !isIntegerLiteral(each)) whole = false;
      values[next++] = each;
    }
    return true;
  };
  // `every` leaves holes out, so the count says whether all places were met.
  return visit(value, 0) && next === values.length ? { values, shape, whole } : null;
}

function fromLiteral(value: unknown, dtype: DType | undefined): ndarray {
  let literal: Literal;
  try {
    literal = readLiteral(value, 'numpy');
  } catch (error) {
    throw error instanceof RaggedError ? raggedError(value) : error;
  }
  const type = dtype ?? literalDType(literal);
  const values = core.isInteger(type) || dtype !== undefined
    ? literal.values.map((each) => checkedElement(each, type)) : literal.values;
  return fromTyped(ndarray, packLiteral(values, type), literal.shape, type, cpu);
}

/** An array of no dimensions. */
export function fromScalar(value: Scalar, dtype: DType = defaultDType(value)): ndarray {
  return full(ndarray, scalarLayout.shape, checkedElement(value, dtype), dtype, cpu);
}

/** An array with the data's elements: the data itself where it is an array of that dtype already. */
export function asArray(value: ArrayLike, dtype?: DType): ndarray {
  if (value instanceof ndarray) return dtype === undefined ? value : cast(value, dtype);
  refuseForeign(value);
  if (typeof value === 'bigint' && dtype === undefined) return fromLiteral(value, dtype);
  if (isScalar(value)) return fromScalar(value, dtype);
  if (core.isTypedArray(value)) {
    const type = core.typedArrayDType(value);
    if (type === undefined) throw new TypeError(`cannot make an array of a ${(value as object).constructor.name}`);
    // One whose memory has gone elsewhere is empty, and cannot be read.
    const array = fromTyped(ndarray, value.length === 0 ? new type.array(0) : value, [value.length], type, cpu);
    return dtype === undefined ? array : cast(array, dtype);
  }
  if (dtype === undefined || !core.isInteger(dtype)) {
    const numbers = readNumbers(value);
    if (numbers !== null) {
      const { values, shape, whole } = numbers;
      if (dtype !== undefined || !whole) return fromNumbers(values, dtype ?? core.float64, shape);
      return markGuessed(fromNumbers(values, core.int64, shape));
    }
  }
  if (holdsArrays(value)) return stackParts(value as readonly unknown[], dtype, value);
  return fromLiteral(value, dtype);
}

/** Scalars as they are, everything else as an array: how ufuncs see their operands. */
export function asOperand(value: ArrayLike): ndarray | Scalar {
  return value instanceof ndarray || isScalar(value) ? value : asArray(value);
}

/** Numbers as an array of a dtype, each rounded to it. */
export function fromNumbers(
  values: Float64Array | readonly number[], dtype: DType, shape: readonly number[] = [values.length],
): ndarray {
  if (dtype === core.float64 && values instanceof Float64Array) return fromTyped(ndarray, values, shape, dtype, cpu);
  const wide = fromTyped(ndarray, Float64Array.from(values), shape, core.float64, cpu);
  return dtype === core.float64 ? wide : castCopy(wide, dtype);
}

/** The elements of a real array in row-major order as doubles. */
export function numbersOf(x: ndarray): Float64Array {
  return hostValues(cast(x, core.float64)) as Float64Array;
}

/** Throws NumPy's error for an array that is read-only, as what broadcasting gives is. */
export function checkWritable(array: ndarray, what = 'assignment destination'): void {
  if (!(array instanceof ndarray)) throw new TypeError(`argument 1 must be numpy.ndarray, not ${pythonTypeName(array)}`);
  if ((array.access !== null || !array.geometry.contiguous) && isReadOnly(array)) throw new ValueError(`${what} is read-only`);
}

/** Overwrites an array with what another holds before, counting the write. */
export function writeInto(target: ndarray, source: ndarray): void {
  copyInto(overlaps(target, source) ? castCopy(source, source.dtypeCore) : source, target);
  writesOf(target).version++;
}
