import type { Rule } from '../../autograd/node.ts';
import { isRecorded } from '../../autograd/tape.ts';
import type { Operand } from '../../backend/backend.ts';
import type { DType } from '../../core/dtype.ts';
import { dtypes, isComplex } from '../../core/dtype.ts';
import type { ComplexExpression, Expression } from '../../core/expression.ts';
import { argument, complexArgument, gradientBy, operandsOf } from '../../core/expression.ts';
import { StridedArray } from '../../core/strided.ts';
import { composed, runAlike, runPointwise } from '../dispatch.ts';
import type { PointwiseOp } from './op.ts';

/** What an op may save for its rules: its operands by name, and its result. */
export type PointwiseSaved<Arg extends string> = Readonly<Record<Arg, Operand> & { out: StridedArray }>;

interface RowBase<Arg extends string> {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly conditions?: readonly Arg[];
  readonly dtypes: readonly DType[];
  /**
   * The dtypes that are worth a kernel where kernels are compiled ahead, which all must be loaded; all, unless said. The rest are put
   * together from other ops there.
   */
  readonly compiled?: readonly DType[];
  readonly result?: 'same' | 'bool' | 'component';
  /** One element, in terms of the operands' elements. */
  readonly eval: (args: Readonly<Record<Arg, Expression>>, dtype: DType) => Expression;
  /** The same for bool operands, which are logical values, where arithmetic means logic. */
  readonly evalBool?: (args: Readonly<Record<Arg, Expression>>) => Expression;
  /** The same for complex operands. Ops whose result is bool or a component give one expression. */
  readonly evalComplex?: (args: Readonly<Record<Arg, ComplexExpression>>) => ComplexExpression | Expression;
  /** PyTorch's name in `grad_fn=<...>`; the op's own name with Backward0 where nothing is said. */
  readonly gradName?: string;
  /** Whether integer operands are computed in floating point, as for exp and true division. */
  readonly floatResult?: boolean;
}

/** Gradients as rules, which are written in ops. */
interface RuledRow<Arg extends string> extends RowBase<Arg> {
  /** What the rule of each operand needs; kept only while that operand wants a gradient. */
  readonly saves?: Readonly<Partial<Record<Arg, readonly (Arg | 'out')[]>>>;
  /** Per operand its rule; null where it has no gradient. A null in place of all: the op is not differentiable. */
  readonly vjp: Readonly<Record<Arg, ((g: StridedArray, saved: PointwiseSaved<Arg>) => StridedArray | null) | null>> | null;
}

/** Gradients as expressions: each becomes a kernel of its own, and is computed by the ops of its parts where it is recorded itself. */
interface SlopedRow<Arg extends string> extends RowBase<Arg> {
  /** How fast the result grows with an operand, in terms of the operands and of the result. Operands without one have no gradient. */
  readonly slopes: Readonly<Partial<Record<Arg, (args: Readonly<Record<Arg | 'out', Expression>>) => Expression>>>;
}

export type PointwiseRow<Arg extends string = string> = RuledRow<Arg> | SlopedRow<Arg>;

export type Unary = (<A extends StridedArray>(x: A, out?: A) => A) & { readonly op: PointwiseOp };
export type Binary =
  (<A extends StridedArray>(x: A, y: A | Operand, out?: A) => A)
  & { readonly op: PointwiseOp; readonly reversed: <A extends StridedArray>(x: Operand, y: A) => A };
export type Ternary = 
  (<A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, out?: A) => A) & { readonly op: PointwiseOp };
export type Quaternary =
  (<A extends StridedArray>(x: A | Operand, y: A | Operand, z: A | Operand, w: A | Operand, out?: A) => A) & { readonly op: PointwiseOp };

const ops: PointwiseOp[] = [];

/** Every pointwise op, those of slopes last, in the order of their ids. */
export function pointwiseOps(): readonly PointwiseOp[] {
  // Asking for the slopes makes the ops that they are.
  ops.forEach(({ slopes }) => slopes);
  return ops;
}

/** How gradients are computed: what each operand's rule needs, the rule, and the kernels that rules stand for. */
type Gradients = Pick<PointwiseOp, 'saves' | 'rules' | 'slopes'>;

function ruled<Arg extends string>({ args, saves, vjp }: RuledRow<Arg>): Gradients {
  return {
    saves: args.map((name) => saves?.[name] ?? []),
    rules: args.map((name) => (vjp === null ? null : vjp[name] as Rule<never> | null)),
    slopes: args.map(() => null),
  };
}

/** A kernel for each operand that has a slope: of the result's gradient `g` and what the slope names. */
function sloped<Arg extends string>(row: SlopedRow<Arg>): Gradients {
  const args = [...row.args, 'out' as const];
  const conditions: readonly string[] = row.conditions ?? [];
  type Named = Record<Arg | 'out', Expression>;
  const named = Object.fromEntries(args.map((name) => [name, argument(name, conditions.includes(name))])) as Named;
  const several = Object.keys(row.slopes).length > 1;
  const slopes = row.args.map((name) => {
    const slope = row.slopes[name];
    if (slope === undefined) return null;
    const gradient = gradientBy(argument('g'), slope(named));
    const names = operandsOf(gradient);
    return define({
      name: `${row.name}Slope${several ? `${name[0].toUpperCase()}${name.slice(1)}` : ''}`,
      args: ['g', ...args.filter((each) => names.has(each))], conditions: conditions.filter((each) => names.has(each)),
      dtypes: row.dtypes.filter(({ kind }) => kind === 'float'), vjp: null,
      ...(row.compiled ? { compiled: row.compiled } : {}),
      eval: () => gradient,
    });
  });
  return {
    slopes,
    saves: slopes.map((op) => op?.args.slice(1) ?? []),
    rules: slopes.map((op) => op && ((g: StridedArray, saved: Readonly<Record<string, Operand>>) => {
      const operands = [g, ...op.args.slice(1).map((name) => saved[name])];
      return isRecorded(operands) ? composed(op, operands) : runPointwise(op, operands);
    })),
  };
}

/** What a row computes for one dtype, its operands being of the kind that the dtype computes with. */
function expressionOf<Arg extends string>(row: PointwiseRow<Arg>, dtype: DType): Expression | ComplexExpression {
  const { name, args, conditions = [] } = row;
  const isCondition = (arg: Arg): boolean => conditions.includes(arg);
  const named = <T>(make: (arg: Arg) => T): Record<Arg, T> => Object.fromEntries(args.map((arg) => [arg, make(arg)])) as Record<Arg, T>;
  const real = (arg: Arg): Expression => argument(arg, isCondition(arg));
  if (isComplex(dtype)) {
    if (!row.evalComplex) throw new Error(`${name} names ${dtype.name} but has no complex form`);
    return row.evalComplex(named((arg) => (isCondition(arg) ? { re: real(arg), im: real(arg) } : complexArgument(arg))));
  }
  if (dtype.kind === 'bool') {
    if (!row.evalBool) throw new Error(`${name} names bool but has no logical form`);
    return row.evalBool(named((arg) => argument(arg, true)));
  }
  return row.eval(named(real), dtype);
}

function define<Arg extends string>(row: PointwiseRow<Arg>): PointwiseOp {
  const supported = new Set(row.dtypes);
  let gradients: Gradients | undefined;
  // When first asked for: most programs use few ops, and fewer gradients.
  const known = (): Gradients => (gradients ??= 'slopes' in row ? sloped(row) : ruled(row));
  const op: PointwiseOp = {
    name: row.name,
    id: ops.length,
    args: row.args,
    conditions: row.conditions ?? [],
    dtypes: row.dtypes,
    compiled: row.compiled ?? row.dtypes,
    result: row.result ?? 'same',
    expression: (dtype) => expressionOf(row, dtype),
    gradName: row.gradName ?? `${row.name[0].toUpperCase()}${row.name.slice(1)}Backward0`,
    get saves() { return known().saves; },
    get rules() { return known().rules; },
    get slopes() { return known().slopes; },
    differentiable: 'slopes' in row || (row.vjp !== null && row.args.some((name) => row.vjp![name] !== null)),
    floatResult: row.floatResult ?? false,
    supports: (dtype) => supported.has(dtype),
  };
  ops.push(op);
  return op;
}

export function unary(row: PointwiseRow<'x'>): Unary {
  const op = define(row);
  return Object.assign(
    <A extends StridedArray>(x: A, out?: A): A => (out === undefined ? runAlike(op, x) : null) ?? runPointwise<A>(op, [x], out), { op });
}

export function binary(row: PointwiseRow<'x' | 'y'>): Binary {
  const op = define(row);
  return Object.assign(
    <A extends StridedArray>(x: A, y: A | Operand, out?: A): A =>
      (out === undefined && y instanceof StridedArray ? runAlike(op, x, y as A) : null) ?? runPointwise<A>(op, [x, y], out),
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
/** What numbers are computed in unless memory is scarce. */
export const usual: readonly DType[] = dtypes.filter(({ kind, itemsize }) => kind !== 'bool' && kind !== 'uint' && itemsize >= 4);
export const numericAndComplex: readonly DType[] = dtypes.filter((dtype) => dtype.kind !== 'bool');
export const all: readonly DType[] = dtypes;

