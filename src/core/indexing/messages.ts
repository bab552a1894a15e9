import { IndexError, ValueError } from '../errors.ts';
import type { Dialect } from './items.ts';

/** NumPy's spelling of shapes in the messages of its C code: `(2,3)`. */
export function numpyShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

export function torchShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** Integers are shown in full, where JavaScript would round or switch to exponents. */
export function integerText(value: number | bigint): string {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** The refusals of indexing, each as NumPy or PyTorch words it. */
export interface IndexMessages {
  /** Something that is no index at all. */
  invalid(value: unknown): Error;
  /** An integer that 64 bits do not hold. */
  tooLarge(value: number | bigint): Error;
  /** An index array of a dtype that cannot index. */
  arrayDType(): Error;
  outOfBounds(index: number | bigint, axis: number, extent: number): Error;
  tooMany(ndim: number, count: number): Error;
  /** `axis` is the array's axis where the mask begins, `shape` that of the array. */
  maskShape(mask: readonly number[], axis: number, shape: readonly number[], wrong: number): Error;
  noBroadcast(shapes: readonly (readonly number[])[]): Error;
  ragged(expected: number, found: number, depth: number, shape: readonly number[]): Error;
}

function typeName(value: unknown): string {
  if (typeof value === 'number') return 'float';
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'object';
  return typeof value === 'string' ? 'str' : typeof value;
}

const numpy: IndexMessages = {
  invalid: () => new IndexError(
    'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays '
    + 'are valid indices'),
  tooLarge: (value) => numpy.invalid(value),
  arrayDType: () => new IndexError('arrays used as indices must be of integer (or boolean) type'),
  outOfBounds: (index, axis, extent) =>
    new IndexError(`index ${integerText(index)} is out of bounds for axis ${axis} with size ${extent}`),
  tooMany: (ndim, count) =>
    new IndexError(`too many indices for array: array is ${ndim}-dimensional, but ${count} were indexed`),
  maskShape: (mask, axis, shape, wrong) => new IndexError(
    `boolean index did not match indexed array along axis ${axis + wrong}; size of axis is ${shape[axis + wrong]} `
    + `but size of corresponding boolean axis is ${mask[wrong]}`),
  noBroadcast: (shapes) => new IndexError(
    `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map(numpyShape).join(' ')} `),
  ragged: (_expected, _found, depth, shape) => new ValueError(
    'setting an array element with a sequence. The requested array has an inhomogeneous shape after '
    + `${depth} dimensions. The detected shape was ${numpyShape(shape)} + inhomogeneous part.`),
};

const torch: IndexMessages = {
  invalid: (value) => new IndexError(
    'only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices '
    + `(got ${typeName(value)})`),
  tooLarge: () => new ValueError('Overflow when unpacking long long'),
  arrayDType: () => new IndexError('tensors used as indices must be long, int, byte or bool tensors'),
  outOfBounds: (index, axis, extent) =>
    new IndexError(`index ${integerText(index)} is out of bounds for dimension ${axis} with size ${extent}`),
  tooMany: (ndim) => new IndexError(`too many indices for tensor of dimension ${ndim}`),
  maskShape: (mask, axis, shape, wrong) => new IndexError(
    `The shape of the mask ${torchShape(mask)} at index ${wrong} does not match the shape of the indexed tensor `
    + `${torchShape(shape)} at index ${axis + wrong}`),
  noBroadcast: (shapes) => new IndexError(
    'shape mismatch: indexing tensors could not be broadcast together with shapes '
    + shapes.map(torchShape).join(', ')),
  ragged: (expected, found, depth) =>
    new ValueError(`expected sequence of length ${expected} at dim ${depth} (got ${found})`),
};

export const indexMessages: Readonly<Record<Dialect, IndexMessages>> = { numpy, torch };
