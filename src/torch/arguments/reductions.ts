import type { DType } from '../../core/dtype.ts';
import { isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { checkTensor, intoOut } from './operands.ts';
import { checkOptions, isOptions } from './options.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** How functions that take dimensions together read their arguments. `dim` is a dimension, a list of them, or nothing for all. */

export type Dim = number | readonly number[] | null;

export interface ReductionOptions {
  readonly dim?: Dim;
  readonly keepdim?: boolean;
  readonly dtype?: dtype;
  readonly out?: Tensor;
}

export interface Request {
  readonly axes: number[];
  readonly whole: boolean;
  readonly keepdim: boolean;
  readonly options: ReductionOptions;
}

export function dimensions(dim: Dim | undefined, ndim: number): number[] {
  const all: number[] = [];
  for (let axis = 0; axis < ndim; axis++) all.push(axis);
  if (dim === undefined || dim === null) return all;
  const list = typeof dim === 'number' ? [dim] : dim;
  if (!Array.isArray(list)) throw new TypeError(`argument 'dim' must be tuple of ints, not ${pythonTypeName(list)}`);
  if (list.length === 0 || ndim === 0) {
    list.forEach((each) => wrapDimension(each, ndim));
    return all;
  }
  const axes = list.map((each) => wrapDimension(each, ndim)).sort((a, b) => a - b);
  const repeated = axes.find((axis, i) => axis === axes[i + 1]);
  if (repeated !== undefined) throw new RuntimeError(`dim ${repeated} appears multiple times in the list of dims`);
  return axes;
}

/** Reads `(input, dim?, keepdim?, options?)` and `(input, options)`. */
export function request(
  name: string, input: Tensor, dim: Dim | ReductionOptions | undefined, keepdim: boolean | ReductionOptions | undefined,
  options: ReductionOptions | undefined, known: readonly string[]): Request {
  checkTensor(name, 'input', input);
  const given = options ?? (isOptions(keepdim) ? keepdim : isOptions(dim) ? dim : {}) as ReductionOptions;
  checkOptions(name, given, known);
  const asked = isOptions(dim) || dim === undefined ? given.dim : dim as Dim;
  if (keepdim !== undefined && typeof keepdim !== 'boolean' && !isOptions(keepdim)) {
    throw new TypeError(`${name}(): argument 'keepdim' (position 2) must be bool, not ${pythonTypeName(keepdim)}`);
  }
  const keep = typeof keepdim === 'boolean' ? keepdim : given.keepdim ?? false;
  const axes = dimensions(asked, input.geometry.shape.length);
  const whole = asked === undefined || asked === null;
  return { axes, whole, keepdim: keep, options: given };
}

export function deliver(name: string, result: Tensor, { options }: Request, input: Tensor): Tensor {
  return options.out ? intoOut(name, result, options.out, [input]) : result;
}

export const summing = ['dim', 'keepdim', 'dtype', 'out'];
export const plain = ['dim', 'keepdim', 'out'];

export function refuseIntegers(name: string, type: DType): void {
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `${name}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. `
      + `Got: ${scalarTypeName(type)}`);
  }
}
