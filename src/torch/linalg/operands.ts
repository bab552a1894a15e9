import type { DType } from '../../core/dtype.ts';
import { isHalf, isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { broadcastTo, squeeze, swapAxes, unsqueeze } from '../../ops/movement.ts';
import { elements } from '../../ops/host.ts';
import type { Dialect } from '../../core/signature.ts';
import type { Keyed } from '../arguments/keyed.ts';
import { builtin, builtinSignature, keyedOut, selfOf } from '../arguments/keyed.ts';
import { broadcastShape, intoOuts } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import type { NamedTensors } from '../tensor/returnTypes.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What the functions of torch.linalg ask of their operands, and how they say so. */

/**
 * A matrix that will not do: one that is singular, or not positive definite, or whose eigenvalues were not found. Source:
 * torch.linalg.LinAlgError.
 * @example
 * torch.linalg.inv(torch.zeros(2, 2));
 * // → LinAlgError: linalg.inv: The diagonal element 1 is zero, the inversion could not be completed because the input matrix is singular.
 */
export class LinAlgError extends RuntimeError {}

/** How errors of arguments name these functions. */
export const inLinalg = { ...builtin, prefix: 'linalg_' };

/** A function of torch.linalg with one result. */
export const linalg = <const T extends string, P extends unknown[]>(name: string, text: T, f: (input: Tensor, ...rest: P) => Tensor) =>
  keyedOut<T, P>(`linalg.${name}`, text, f, inLinalg);

type Parts = readonly [Tensor, Tensor, ...Tensor[]];

export interface OutOfParts {
  readonly out?: readonly Tensor[] | null;
}

interface Ways {
  readonly dialect?: Dialect;
  readonly kind?: 'tuple of Tensors (2)' | 'tuple of Tensors (3)' | 'tuple of Tensors (4)';
}

/** A function with several results, which `out` has places for; the text is without it. */
export function several<const T extends string, P extends unknown[], const Names extends readonly string[]>(
  name: string, text: T, make: (...parts: Parts) => NamedTensors<Names>, f: (input: Tensor, ...rest: P) => Parts,
  { dialect = inLinalg, kind = 'tuple of Tensors (2)' }: Ways = {},
): Keyed<T, P, NamedTensors<Names>, OutOfParts> {
  const declared = builtinSignature(name, `${text}${text.includes('*, ') ? '' : ', *'}, out: ${kind} = None`, dialect);
  const call = function (this: unknown, ...given: unknown[]): NamedTensors<Names> {
    const values = declared.list(given, selfOf(this));
    const out = values.pop() as readonly Tensor[] | undefined;
    const [input, ...rest] = values as [Tensor, ...P];
    const parts = f(input, ...rest);
    if (out === undefined) return make(...parts);
    const [first, second, ...others] = intoOuts(declared.name, parts, out, [input]);
    return make(first, second, ...others);
  };
  return call as unknown as Keyed<T, P, NamedTensors<Names>, OutOfParts>;
}

export const shapeOf = ({ geometry: { shape } }: Tensor): readonly number[] => shape;

/** Rows and columns of the matrices. */
export function extentsOf(x: Tensor): readonly [rows: number, columns: number] {
  const [rows, columns] = shapeOf(x).slice(-2);
  return [rows, columns];
}

/** Refuses what is neither a matrix nor a batch of them. */
export function checkMatrices(name: string, x: Tensor, argument = 'A'): void {
  if (shapeOf(x).length < 2) throw new RuntimeError(`${name}: The input tensor ${argument} must have at least 2 dimensions.`);
}

/** The same of square ones. */
export function checkSquare(name: string, x: Tensor, argument = 'A'): void {
  checkMatrices(name, x, argument);
  const [rows, columns] = extentsOf(x);
  if (rows !== columns) {
    const caller = name === '' ? '' : `${name}: `;
    throw new RuntimeError(`${caller}${argument} must be batches of square matrices, but they are ${rows} by ${columns} matrices`);
  }
}

/** Refuses dtypes without fractions. */
export function checkInexact(name: string, type: DType): void {
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `${name}: Expected a floating point or complex tensor as input. Got ${scalarTypeName(type)}`);
  }
}

/** Refuses dtypes that a kernel of PyTorch's does not take: integers, where they are not refused by other words, and half floats. */
export function checkKernel(kernel: string, { dtypeCore: type }: Tensor): void {
  if (!isInexact(type) || isHalf(type)) throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** Square matrices of a dtype that is computed with. */
export function checkInvertible(name: string, x: Tensor): void {
  checkSquare(name, x);
  checkInexact(name, x.dtypeCore);
  if (isHalf(x.dtypeCore)) {
    throw new NotImplementedError(`${name}: Low precision dtypes not supported. Got ${scalarTypeName(x.dtypeCore)}`);
  }
}

/** Throws for the first of a batch that has failed, with words that its number goes into. */
export function checkInfo(name: string, info: Tensor, words: (info: number) => string, wrong = LinAlgError): void {
  const found = elements(info).map(Number);
  const place = found.findIndex((each) => each !== 0);
  if (place < 0) return;
  const which = shapeOf(info).length === 0 ? '' : ` (Batch element ${place}):`;
  throw new wrong(`${name}:${which} ${words(found[place])}`);
}

const unfinished = (what: string) => (info: number): string => 'The algorithm failed to converge because the input matrix is '
  + `ill-conditioned or has too many repeated ${what} (error code: ${info}).`;

/** What LAPACK's numbers say. */
export const words = {
  inverse: (info: number) =>
    `The diagonal element ${info} is zero, the inversion could not be completed because the input matrix is singular.`,
  solve: () => 'The solver failed because the input matrix is singular.',
  cholesky: (info: number) => 'The factorization could not be completed because the input is not positive-definite '
    + `(the leading minor of order ${info} is not positive-definite).`,
  singularValues: unfinished('singular values'), eigenvalues: unfinished('eigenvalues'),
  factors: (info: number) => `U[${info},${info}] is zero and using it on lu_solve would result in a division by zero. If you still want to `
    + 'perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)',
};

export const transposed = (x: Tensor): Tensor => swapAxes(x, shapeOf(x).length - 2, shapeOf(x).length - 1);

/** Vectors as matrices of one column, and the other way round. */
export const asColumn = (x: Tensor): Tensor => unsqueeze(x, shapeOf(x).length);
export const fromColumn = (x: Tensor): Tensor => squeeze(x, [shapeOf(x).length - 1]);

/** Leading dimensions of both, broadcast; the last two of each stay. */
export function broadcastBatches(a: Tensor, b: Tensor): [a: Tensor, b: Tensor] {
  const batch = broadcastShape([shapeOf(a).slice(0, -2), shapeOf(b).slice(0, -2)]);
  const whole = (x: Tensor): Tensor => broadcastTo(x, [...batch, ...shapeOf(x).slice(-2)]);
  return [whole(a), whole(b)];
}

/** Refuses right-hand sides whose rows (or columns, of X A = B) are not as many as those of the matrices. */
export function checkFits(name: string, a: Tensor, b: Tensor, left: boolean): void {
  const [[n], [rows, columns]] = [extentsOf(a), extentsOf(b)];
  if (n === (left ? rows : columns)) return;
  throw new RuntimeError(`${name}: Incompatible shapes of A and B for the equation ${left ? 'AX = B' : 'XA = B'} `
    + `(${extentsOf(a).join('x')} and ${rows}x${columns})`);
}

/** Refuses two dtypes. */
export function checkSameType(name: string, a: Tensor, b: Tensor, [first, second]: readonly [string, string] = ['A', 'B']): void {
  if (a.dtypeCore === b.dtypeCore) return;
  throw new RuntimeError(`${name}: Expected ${first} and ${second} to have the same dtype, but found ${first} of type `
    + `${scalarTypeName(a.dtypeCore)} and ${second} of type ${scalarTypeName(b.dtypeCore)} instead`);
}
