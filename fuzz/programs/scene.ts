import type * as np from 'flambeau/numpy';
import type { Draws } from '../draws.ts';
import { Run } from './execute.ts';
import type { Action, DTypeName, Expression, Input } from './program.ts';
import { dtypeNames, integer, variable } from './program.ts';
import type { Flavour } from './values.ts';
import { drawElements, drawScalar, isInexact, kindOf, sizeOf } from './values.ts';

/** A program while it is drawn: its arrays as they are by then, and what to draw statements from. */

export interface Variable {
  readonly name: string;
  readonly array: np.ndarray;
}

/** How a statement is drawn: null where it does not suit the arrays that are there. */
export type Row = (scene: Scene) => Action | null;

/** How often an argument is drawn that does not fit, so that both sides have to refuse it. */
const wrong = 0.02;
const most = 200;

export const dtypeOf = (array: np.ndarray): DTypeName => array.dtype.name as DTypeName;

export class Scene {
  readonly draws: Draws;
  readonly run = new Run();
  readonly inputs: Input[] = [];

  constructor(draws: Draws) {
    this.draws = draws;
    for (let i = draws.between(1, 3); i > 0; i--) this.fresh(this.shape(), this.dtype());
  }

  wrong(): boolean {
    return this.draws.chance(wrong);
  }

  dtype(): DTypeName {
    return this.draws.weighted<DTypeName>(dtypeNames.map((name) =>
      [name === 'float64' || name === 'int64' ? 4 : name === 'float32' || name === 'bool' || name === 'int32' ? 2 : 1, name]));
  }

  extent(): number {
    return this.draws.chance(0.03) ? 0 : this.draws.between(1, 4);
  }

  shape(least = 0, most = 4): number[] {
    const weights = ([[1, 0], [4, 1], [6, 2], [3, 3], [0.7, 4]] as const).filter(([, ndim]) => ndim >= least && ndim <= most);
    const ndim = this.draws.weighted(weights);
    return Array.from({ length: ndim }, () => this.extent());
  }

  flavour(): Flavour {
    return this.draws.weighted<Flavour>([[10, 'plain'], [1, 'special'], [1.5, 'extreme']]);
  }

  /** A new array of the program's beginning. */
  fresh(shape: readonly number[], dtype: DTypeName, flavour: Flavour = this.flavour()): Variable {
    return this.add({ ...drawElements(this.draws, dtype, shape, flavour), fortran: shape.length > 1 && this.draws.chance(0.1) });
  }

  /** Integers between two bounds, both included. */
  freshIntegers(shape: readonly number[], low: number, high: number, dtype: DTypeName = 'int64'): Variable {
    const values = BigInt64Array.from({ length: sizeOf(shape) }, () => BigInt(this.draws.between(low, high)));
    const bytes = Buffer.from(dtype === 'int64' ? values.buffer : Int32Array.from(values, Number).buffer).toString('base64');
    return this.add({ dtype: dtype === 'int64' ? 'int64' : 'int32', shape, bytes, fortran: false });
  }

  freshMask(shape: readonly number[]): Variable {
    return this.fresh(shape, 'bool');
  }

  private add(input: Omit<Input, 'name'>): Variable {
    const named = { ...input, name: `a${this.inputs.length}` };
    this.inputs.push(named);
    return { name: named.name, array: this.run.input(named) };
  }

  variables(accept: (array: np.ndarray) => boolean = () => true): Variable[] {
    return [...this.run.arrays].filter(([, array]) => array.size <= most && accept(array)).map(([name, array]) => ({ name, array }));
  }

  /** One of the arrays that are there, late ones more often; null where none will do. */
  find(accept: (array: np.ndarray) => boolean = () => true): Variable | null {
    const list = this.variables(accept);
    if (list.length === 0) return null;
    return this.draws.chance(0.5) ? this.draws.pick(list) : this.draws.pick(list.slice(-3));
  }

  /** An array of that kind: one that is there, or a new one. */
  need(accept: (array: np.ndarray) => boolean, make: () => Variable): Variable {
    return this.find(accept) ?? make();
  }

  any(): Variable {
    return this.need(() => true, () => this.fresh(this.shape(0, 2), this.dtype()));
  }

  /** Of at least so many axes, and elements where those are needed. */
  atLeast(ndim: number): Variable {
    return this.need((array) => array.ndim >= ndim, () => this.fresh(this.shape(ndim), this.dtype()));
  }

  axis(ndim: number): Expression {
    if (this.wrong()) return integer(this.draws.pick([ndim, -ndim - 1, ndim + 3]));
    if (ndim === 0) return integer(this.draws.pick([0, -1]));
    return integer(this.draws.between(-ndim, ndim - 1));
  }

  /** One axis, several, or none at all. */
  axes(ndim: number): Expression | undefined {
    const { draws } = this;
    return draws.weighted<() => Expression | undefined>([
      [3, () => undefined],
      [0.5, () => ({ none: true })],
      [6, () => this.axis(ndim)],
      [1.5, () => ({ tuple: draws.shuffled(Array.from({ length: ndim }, (_, i) => i)).slice(0, draws.between(0, ndim)).map(
        (each) => integer(draws.chance(0.3) ? each - ndim : each)) })],
      [wrong, () => ({ tuple: [integer(0), integer(0)] })],
    ])();
  }

  /** A shape that broadcasts with the given one, and mostly to it. */
  besides(shape: readonly number[]): number[] {
    const { draws } = this;
    const lead = draws.chance(0.3) ? draws.between(0, shape.length) : 0;
    const result = shape.slice(lead).map((extent) => (draws.chance(0.15) ? 1 : extent));
    if (this.wrong() && result.length > 0) result[draws.below(result.length)] += 1;
    if (draws.chance(0.05) && result.length < 3) result.unshift(draws.between(1, 2));
    return result;
  }

  /** A second operand: an array that is there, a new one, a scalar or a list. */
  operand(shape: readonly number[], beside: DTypeName, accept: (dtype: DTypeName) => boolean = () => true): Expression {
    const { draws } = this;
    const broadcasts = (array: np.ndarray): boolean => accept(dtypeOf(array)) && array.shape.length <= shape.length + 1
      && array.shape.every((extent, i) => {
        const other = shape[shape.length - array.shape.length + i];
        return other === undefined || extent === other || extent === 1 || other === 1;
      });
    return draws.weighted<() => Expression>([
      [5, () => variable((this.find(broadcasts) ?? this.fresh(this.besides(shape), this.accepted(accept, beside))).name)],
      [4, () => variable(this.fresh(this.besides(shape), this.accepted(accept, beside)).name)],
      [4, () => drawScalar(draws, beside)],
      [0.7, () => ({ list: Array.from({ length: shape.at(-1) ?? 2 }, () => drawScalar(draws, beside)) })],
    ])();
  }

  private accepted(accept: (dtype: DTypeName) => boolean, beside: DTypeName): DTypeName {
    if (this.draws.chance(0.4) && accept(beside)) return beside;
    const candidates = dtypeNames.filter(accept);
    const drawn = this.dtype();
    return candidates.includes(drawn) ? drawn : this.draws.pick(candidates);
  }

  mask(shape: readonly number[]): Expression {
    return variable(this.need((array) => dtypeOf(array) === 'bool' && String(array.shape) === String(shape),
      () => this.freshMask(this.besides(shape))).name);
  }
}

/** The elements as they are: those of a complex array are pairs. */
const itemsOf = (array: np.ndarray): np.Item[] => [...array.flat];

/** Whether every element is finite, and in reach of a dtype: what NumPy leaves to the processor otherwise is not compared. */
export function convertible(array: np.ndarray, to: DTypeName): boolean {
  if (!isInexact(dtypeOf(array)) || isInexact(to) || to === 'bool') return true;
  const bound = kindOf(to) === 'uint' ? 200 : 100;
  return itemsOf(array).every((each) => {
    const value = typeof each === 'object' ? each.re : Number(each);
    return Number.isFinite(value) && value > (kindOf(to) === 'uint' ? -1 : -bound) && value < bound;
  });
}

export const hasNaN = (array: np.ndarray): boolean => isInexact(dtypeOf(array)) && itemsOf(array).some((each) =>
  (typeof each === 'object' ? Number.isNaN(each.re) || Number.isNaN(each.im) : Number.isNaN(each)));
