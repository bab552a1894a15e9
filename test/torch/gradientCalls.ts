import type { DType } from '../../src/core/dtype.ts';
import { bool, complex128, float64, int64, isInexact } from '../../src/core/dtype.ts';
import { sameShape } from '../../src/core/layout.ts';
import * as torch from '../../src/torch/index.ts';
import { Tensor } from '../../src/torch/tensor/tensor.ts';
import type { Input } from '../ops/numericGradient.ts';
import { fromValues } from '../backend/arrays.ts';

/** Calls whose gradients are compared with differences, and those of one device with another's: what there is to say of them. */

/** A tensor among the arguments of a call. */
export class Operand implements Input {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: DType;
  readonly differentiable: boolean;

  constructor(shape: readonly number[], values: readonly number[], dtype: DType = float64, differentiable = true) {
    this.shape = shape;
    this.values = values;
    this.dtype = dtype;
    this.differentiable = differentiable;
  }

  get constant(): Operand {
    return new Operand(this.shape, this.values, this.dtype, false);
  }

  /** The same with complex elements. */
  get complex(): Operand {
    if (this.dtype !== float64) return this;
    const values = this.values.flatMap((value, i) => [value, 0.4 + Math.sin(1.9 * i + value)]);
    return new Operand(this.shape, values, complex128, this.differentiable);
  }
}

const extentOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Numbers spread over a range, the same every time. */
export function real(shape: readonly number[], salt = 0, [low, high]: readonly [number, number] = [-2.2, 2.3]): Operand {
  return new Operand(shape, Array.from({ length: extentOf(shape) }, (_, i) =>
    low + (high - low) * (0.5 + 0.5 * Math.sin(2.399 * i + 1.3 * salt + 0.7))));
}
export const vector = (...values: number[]): Operand => new Operand([values.length], values);
export const indices = (values: readonly number[], shape: readonly number[] = [values.length]): Operand =>
  new Operand(shape, values.map(BigInt) as unknown as number[], int64, false);
export const mask = (values: readonly number[], shape: readonly number[] = [values.length]): Operand =>
  new Operand(shape, values, bool, false);

/** The arguments of a call: operands, also within lists and options, and anything else as it is. */
export type Call = readonly unknown[];
export type Anything = (...args: unknown[]) => unknown;

export interface Area {
  readonly modules: Readonly<Record<string, object>>;
  /** Calls with gradients, by the function's name; `module.name` where two modules have functions of one name. */
  readonly calls: Readonly<Record<string, readonly Call[]>>;
  /** Functions of `calls` that are tried with complex operands too. */
  readonly complex?: readonly string[];
  /** Functions that write into their first operand and have no other form. */
  readonly writers?: readonly string[];
  /** Functions without gradients, by the reason. */
  readonly without: Readonly<Record<string, readonly string[]>>;
}

/** The tensors among arguments, in order. */
export function operandsOf(value: unknown): Operand[] {
  if (value instanceof Operand) return [value];
  if (Array.isArray(value)) return value.flatMap(operandsOf);
  const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return plain ? Object.values(value).flatMap(operandsOf) : [];
}

/** The arguments with their operands, in order, as tensors. */
function filledIn(value: unknown, tensors: Tensor[]): unknown {
  if (value instanceof Operand) return tensors.shift();
  if (Array.isArray(value)) return value.map((each) => filledIn(each, tensors));
  if (operandsOf(value).length === 0) return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, filledIn(each, tensors)]));
}

/** The same arguments with complex operands. */
export function complexCall(value: unknown): unknown {
  if (value instanceof Operand) return value.complex;
  if (Array.isArray(value)) return value.map(complexCall);
  if (operandsOf(value).length === 0) return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, complexCall(each)]));
}

/** All that is differentiable of a result, as one tensor. */
function joined(result: unknown): Tensor {
  const parts = (result instanceof Tensor ? [result] : [...(result as Iterable<unknown>)]).filter(
    (part): part is Tensor => part instanceof Tensor && isInexact(part.dtypeCore));
  if (parts.length === 0) throw new TypeError('the call gives no tensor of floating or complex elements');
  return parts.length === 1 ? parts[0] : torch.cat(parts.map((part) => torch.reshape(part, -1)));
}

/** A call as a function of its operands. */
export const asFunction = (f: Anything, call: Call) => (...tensors: Tensor[]): Tensor =>
  joined(f(...(filledIn(call, [...tensors]) as unknown[])));

/** A call that writes, tried on a copy, whose own history must go on through it. */
export function written(write: Anything): Anything {
  return (...args) => {
    const target = torch.clone(args[0] as Tensor);
    write(target, ...args.slice(1));
    return torch.mul(target, 2);
  };
}

function tensorOf(operand: Operand): Tensor {
  const { storage, dtypeCore, geometry: layout } = fromValues(operand.values, operand.shape, operand.dtype);
  return new Tensor(storage, dtypeCore, layout);
}

/** Whether the result of a call fits into its first operand. */
export function fitsFirst(f: Anything, call: Call): boolean {
  const tensors = operandsOf(call).map(tensorOf);
  const [first] = tensors;
  if (!(call[0] instanceof Operand) || !call[0].differentiable) return false;
  const result = f(...(filledIn(call, tensors) as unknown[]));
  return result instanceof Tensor && result.dtypeCore === first.dtypeCore && sameShape(result.geometry.shape, first.geometry.shape);
}

export interface Entry {
  readonly name: string;
  readonly full: string;
  readonly f: Anything & { readonly inPlace?: Anything; readonly defaults?: { readonly inplace?: boolean } };
}

/** How a function writes into its first operand, where it can. */
export function writing({ f }: Entry): Anything | null {
  if (f.inPlace) return f.inPlace;
  return f.defaults?.inplace === false ? (...args) => f(...args, { inplace: true }) : null;
}

/** A function and its calls. */
export interface Tried {
  readonly entry: Entry;
  readonly calls: readonly Call[];
}

/** What an area's modules export, by whether its tables name it. */
export function entriesOf(area: Area): { readonly entries: Entry[]; readonly tried: Tried[]; keyOf(entry: Entry): string | null } {
  const entries = Object.entries(area.modules).flatMap(([module, exports]) => Object.entries(exports as Record<string, unknown>)
    .filter(([, value]) => typeof value === 'function')
    .map(([name, f]): Entry => ({ name, full: `${module}.${name}`, f: f as Anything })));
  const tables = { ...area.calls, ...Object.fromEntries(Object.values(area.without).flat().map((name) => [name, null])) };
  const keyOf = ({ name, full }: Entry): string | null => (Object.hasOwn(tables, full) ? full : Object.hasOwn(tables, name) ? name : null);
  const tried = entries.flatMap((entry) => {
    const calls = area.calls[keyOf(entry) ?? ''];
    return calls ? [{ entry, calls }] : [];
  });
  return { entries, tried, keyOf };
}
