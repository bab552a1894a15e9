import type { JointRule, Rule, Saved } from '../../autograd/node.ts';
import type { KernelPart } from '../../backend/parts.ts';
import type { DType } from '../../core/dtype.ts';
import { dtypes as allDTypes, float32, isHalf } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';

/** Ops that are not pointwise, each from one row: what its results are, how they come about, and what their gradients are. */

/** What a result has to be. */
export interface ResultSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Parameters of ops that run along one axis. */
export interface AxisParams {
  readonly axis: number;
}

/** Null for an operand that the op goes without. */
export type Operands = readonly (StridedArray | null)[];

/** What rules see: the operands and results that the row saves, by name, and the shapes of all operands in order. */
export type SavedArrays<Name extends string, Optional extends string> =
  Readonly<Record<Exclude<Name, Optional>, StridedArray> & Record<Optional, StridedArray | null>>
  & { readonly shapes: readonly (readonly number[])[] };

/** Turns the gradient of the op's first result into that of one operand. */
export type OperandRule<S, Params> = (gradient: StridedArray, saved: S, params: Params) => StridedArray | null;

/** Gives the gradients of all operands at once, from those of all results; null where there is none. */
export type AllRules<S, Params> = (
  gradients: readonly (StridedArray | null)[], saved: S, params: Params, wanted: readonly boolean[],
) => readonly (StridedArray | null)[];

export interface OpRow<Arg extends string, Optional extends Arg, Result extends string, In extends Operands, Params> {
  /** Also the name of its kernels, where it has any. */
  readonly name: string;
  readonly args: readonly Arg[];
  /** Operands that may be null. */
  readonly optional?: readonly Optional[];
  /** Operands whose dtype is not that of the others: indices, masks. */
  readonly apart?: readonly Arg[];
  /** Dtypes of the other operands; all, unless said. */
  readonly dtypes?: readonly DType[];
  /** Names of the results; `out` where there is one. */
  readonly names?: readonly Result[];
  readonly results: (operands: In, params: Params) => readonly ResultSpec[];
  /**
   * The same in terms of other ops: what runs where there is no kernel, or where it declines, and what kernels are held against. Half
   * floats come as float32, and the results are rounded once.
   */
  readonly composite?: (operands: In, params: Params) => readonly StridedArray[];
  /**
   * The same of operands that are too large to be widened or taken as a whole, part after part. They come as they are, and results are
   * rounded once.
   */
  readonly inParts?: (operands: In, params: Params) => readonly StridedArray[];
  /** Whether elements are only moved, so that half floats need not be widened. */
  readonly moves?: boolean;
  /** Whether rules compute half floats in float32, as the op does, rather than round what they take over; so unless said. */
  readonly widensRules?: boolean;
  /** What the rules need: all of them, or each operand's own. */
  readonly saves?: readonly (Arg | Result)[] | Readonly<Partial<Record<Arg, readonly (Arg | Result)[]>>>;
  /**
   * Gradients: per operand (of the first result, if there are several), null where there is none; or all at once; or the composite's
   * own, which is then run again; or null where the op has none.
   */
  readonly vjp: Readonly<Record<Arg, OperandRule<SavedArrays<Arg | Result, Optional>, Params> | null>>
  | AllRules<SavedArrays<Arg | Result, Optional>, Params> | 'composite' | null;
  /** How many of the results, from the first on, can have a gradient; all where rules are joint, else one. */
  readonly differentiable?: number;
  /** PyTorch's name in `grad_fn=<...>`; the op's own name with Backward0 where nothing is said. */
  readonly gradName?: string;
  /** Where its kernels are if not every program is to have them. */
  readonly part?: KernelPart;
}

/** An op as the runner sees it, made from its row. */
export interface StructuralOp<In extends Operands = Operands, Params = unknown> {
  readonly name: string;
  readonly args: readonly string[];
  readonly apart: readonly boolean[];
  readonly dtypes: ReadonlySet<DType>;
  readonly names: readonly string[];
  // Methods, so that an op of any parameters is an op.
  results(operands: In, params: Params): readonly ResultSpec[];
  readonly composite: ((operands: Operands, params: unknown) => readonly StridedArray[]) | null;
  readonly inParts: ((operands: Operands, params: unknown) => readonly StridedArray[]) | null;
  readonly moves: boolean;
  /** Per operand what its rule needs. */
  readonly saves: readonly (readonly string[])[];
  readonly rules: readonly (Rule<never> | null)[] | JointRule<never> | 'composite' | null;
  readonly differentiable: number;
  readonly gradName: string;
  readonly part: KernelPart;
}

/** An op without a row: a view, or a function that records by itself what it does. */
export interface NamedOp {
  readonly name: string;
  readonly differentiable: number;
}

/** A view, which is called as such. */
export interface ViewOp extends NamedOp {
  show<A extends StridedArray>(x: A, params: unknown): A;
}

/** Every op that is not pointwise, by name. */
export const structuralOps = new Map<string, StructuralOp | ViewOp | NamedOp>();

export function register<O extends NamedOp>(op: O): O {
  if (structuralOps.has(op.name)) throw new Error(`two ops are named ${op.name}`);
  structuralOps.set(op.name, op);
  return op;
}

export const gradNameOf = (name: string): string => `${name[0].toUpperCase()}${name.slice(1)}Backward0`;

/** Half floats as float32. */
export function widened<V>(value: V): V {
  const array = value as StridedArray | null;
  return array !== null && isHalf(array.dtypeCore) ? cast(array, float32) as V : value;
}

interface Kept extends Saved {
  readonly params: unknown;
}

/** Rules compute in float32 too, and the tape rounds what they give to the operand's dtype. */
function widenedSaved(saved: Kept, names: readonly string[]): Kept {
  const wide: Record<string, unknown> = { ...saved };
  for (const name of names) if (wide[name]) wide[name] = widened(wide[name]);
  return wide as Kept;
}

type Saves = readonly string[] | Readonly<Record<string, readonly string[] | undefined>>;

const savedFor = (saves: Saves, arg: string): readonly string[] => ('map' in saves ? saves as readonly string[] : saves[arg] ?? []);

/** The rule of results that are like the first operand. */
export const likeFirst = ([x]: readonly [StridedArray, ...Operands]): readonly ResultSpec[] =>
  [{ shape: x.geometry.shape, dtype: x.dtypeCore }];

/** An op's definition; what it gives is called through `run`. */
export function structural<
  const Arg extends string, const In extends Operands, Params, const Optional extends Arg = never, const Result extends string = 'out',
>(row: OpRow<Arg, Optional, Result, In, Params>): StructuralOp<In, Params> {
  const { name, args, vjp, saves = [] } = row;
  const widens = row.widensRules ?? row.moves !== true;
  const all = [...args, ...row.names ?? ['out']];
  const prepare = (saved: Kept): Kept => (widens ? widenedSaved(saved, all) : saved);
  let rules: StructuralOp['rules'];
  if (typeof vjp === 'function') {
    const joint: JointRule<Kept> = (gradients, saved, wanted) =>
      vjp(widens ? gradients.map(widened) : gradients, prepare(saved) as never, saved.params as Params, wanted);
    rules = joint as JointRule<never>;
  } else if (vjp === null || vjp === 'composite') {
    rules = vjp as 'composite' | null;
  } else {
    const each = vjp;
    rules = args.map((arg) => {
      const rule = each[arg];
      if (rule === null) return null;
      const own: Rule<Kept> = (g, saved) => rule(widens ? widened(g) : g, prepare(saved) as never, saved.params as Params);
      return own as Rule<never>;
    });
  }
  return register({
    name, args, rules,
    apart: args.map((arg) => row.apart?.includes(arg) ?? false),
    dtypes: new Set(row.dtypes ?? allDTypes),
    names: row.names ?? ['out'],
    results: row.results,
    composite: (row.composite ?? null) as StructuralOp['composite'],
    inParts: (row.inParts ?? null) as StructuralOp['inParts'],
    moves: row.moves ?? false,
    saves: args.map((arg) => (vjp === 'composite' ? args : savedFor(saves as Saves, arg))),
    differentiable: vjp === null ? 0 : row.differentiable ?? (typeof vjp === 'object' ? 1 : row.names?.length ?? 1),
    gradName: row.gradName ?? gradNameOf(name),
    part: row.part ?? {},
  });
}

/** One op for each name. */
export function fromNames<Name extends string, T>(names: readonly Name[], make: (name: Name) => T): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;
}
