import type { Rule } from '../../autograd/node.ts';
import type { Operand } from '../../backend/backend.ts';
import type { DType } from '../../core/dtype.ts';
import { dtypes, isComplex } from '../../core/dtype.ts';
import type { ComplexExpression, Expression } from '../../core/expression.ts';
import { argument, complexArgument } from '../../core/expression.ts';
import type { StridedArray } from '../../core/strided.ts';
import { runPointwise } from '../dispatch.ts';
import type { PointwiseOp } from './op.ts';

/** What an op may save for its rules: its operands by name, and its result. */
export type PointwiseSaved<Arg extends string> = Readonly<Record<Arg, Operand> & { out: StridedArray }>;

export interface PointwiseRow<Arg extends string = string> {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly conditions?: readonly Arg[];
  readonly dtypes: readonly DType[];
  readonly result?: 'same' | 'bool' | 'component';
  /** One element, in terms of the operands' elements. */
  readonly eval: (args: Readonly<Record<Arg, Expression>>, dtype: DType) => Expression;
  /** The same for bool operands, which are logical values, where arithmetic means logic. */
  readonly evalBool?: (args: Readonly<Record<Arg, Expression>>) => Expression;
  /** The same for complex operands. Ops whose result is bool or a component give one expression. */
  readonly evalComplex?: (args: Readonly<Record<Arg, ComplexExpression>>) => ComplexExpression | Expression;
  /** What the rule of each operand needs; kept only while that operand wants a gradient. */
  readonly saves?: Readonly<Partial<Record<Arg, readonly (Arg | 'out')[]>>>;
  /** Per operand its rule; null where it has no gradient. A null in place of all: the op is not differentiable. */
  readonly vjp: Readonly<Record<Arg, ((g: StridedArray, saved: PointwiseSaved<Arg>) => StridedArray | null) | null>> | null;
  /** PyTorch's name in `grad_fn=<...>`; the op's own name with Backward0 where nothing is said. */
  readonly gradName?: string;
  /** Whether integer operands are computed in floating point, as for exp and true division. */
  readonly floatResult?: boolean;
}

export type Unary = (<A extends StridedArray>(x: A, out?: A) => A) & { readonly op: PointwiseOp };
export type Binary =
  (<A extends StridedArray>(x: A, y: A | Operand, out?: A) => A)
  & { readonly op: PointwiseOp; readonly reversed: <A extends StridedArray>(x: Operand, y: A) => A };
export type Ternary = 
  (<A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, out?: A) => A) & { readonly op: PointwiseOp };
export type Quaternary =
  (<A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, w: A | Operand, out?: A) => A) & { readonly op: PointwiseOp };

/** Every pointwise op, in the order of their ids. */
export const pointwiseOps: PointwiseOp[] = [];

function define<Arg extends string>(row: PointwiseRow<Arg>): PointwiseOp {
  const conditions: readonly string[] = row.conditions ?? [];
  const supported = new Set(row.dtypes);
  const real = Object.fromEntries(row.args.map((name) => [name, argument(name, conditions.includes(name))])) as Record<Arg, Expression>;
  const logical = Object.fromEntries(row.args.map((name) => [name, argument(name, true)])) as Record<Arg, Expression>;
  const complex = Object.fromEntries(row.args.map((name) => [
    name, conditions.includes(name) ? { re: real[name], im: real[name] } : complexArgument(name),
  ])) as Record<Arg, ComplexExpression>;
  const op: PointwiseOp = {
    name: row.name,
    id: pointwiseOps.length,
    args: row.args,
    conditions,
    dtypes: dtypes.filter((dtype) => supported.has(dtype)),
    result: row.result ?? 'same',
    expression: (dtype) => {
      if (isComplex(dtype)) {
        if (!row.evalComplex) throw new Error(`${row.name} names ${dtype.name} but has no complex form`);
        return row.evalComplex(complex);
      }
      if (dtype.kind === 'bool') {
        if (!row.evalBool) throw new Error(`${row.name} names bool but has no logical form`);
        return row.evalBool(logical);
      }
      return row.eval(real, dtype);
    },
    gradName: row.gradName ?? `${row.name[0].toUpperCase()}${row.name.slice(1)}Backward0`,
    saves: row.args.map((name) => row.saves?.[name] ?? []),
    rules: row.args.map((name) => (row.vjp === null ? null : row.vjp[name] as Rule<never> | null)),
    differentiable: row.vjp !== null && row.args.some((name) => row.vjp![name] !== null),
    floatResult: row.floatResult ?? false,
    supports: (dtype) => supported.has(dtype),
  };
  pointwiseOps.push(op);
  return op;
}

export function unary(row: PointwiseRow<'x'>): Unary {
  const op = define(row);
  return Object.assign(<A extends StridedArray>(x: A, out?: A): A => runPointwise<A>(op, [x], out), { op });
}

export function binary(row: PointwiseRow<'x' | 'y'>): Binary {
  const op = define(row);
  return Object.assign(
    <A extends StridedArray>(x: A, y: A | Operand, out?: A): A => runPointwise<A>(op, [x, y], out),
    { op, reversed: <A extends StridedArray>(x: Operand, y: A): A => runPointwise<A>(op, [x, y]) });
}

export function ternary<Arg extends string>(row: PointwiseRow<Arg>): Ternary {
  const op = define(row);
  return Object.assign(
    <A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, out?: A): A => runPointwise<A>(op, [x, y, z], out),
    { op });
}

export function quaternary<Arg extends string>(row: PointwiseRow<Arg>): Quaternary {
  const op = define(row);
  return Object.assign(
    <A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, w: A | Operand, out?: A): A =>
      runPointwise<A>(op, [x, y, z, w], out),
    { op });
}

/** Sets of dtypes that rows name. */
const real = dtypes.filter((dtype) => !isComplex(dtype) && dtype.kind !== 'bool');
export const floats: readonly DType[] = dtypes.filter((dtype) => dtype.kind === 'float');
export const inexact: readonly DType[] = dtypes.filter((dtype) => dtype.kind === 'float' || dtype.kind === 'complex');
export const integers: readonly DType[] = dtypes.filter((dtype) => dtype.kind === 'int' || dtype.kind === 'uint');
export const integersAndBool: readonly DType[] = dtypes.filter((dtype) => dtype.kind !== 'float' && dtype.kind !== 'complex');
export const numeric: readonly DType[] = real;
export const numericAndComplex: readonly DType[] = dtypes.filter((dtype) => dtype.kind !== 'bool');
export const all: readonly DType[] = dtypes;

