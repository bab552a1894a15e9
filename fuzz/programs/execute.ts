import * as np from 'flambeau/numpy';
import type { Action, Expression, Input, Named, Snapshot, Statement } from './program.ts';

/** Programs on Flambeau. */

type Callable = (...args: readonly unknown[]) => unknown;

/** A function by its name, or a method of one by both: `add.reduce`. */
const functionOf = (name: string): Callable =>
  name.split('.').reduce<unknown>((of, part) => (of as Record<string, unknown>)[part], np) as Callable;

const realValue = (written: string): number =>
  (({ nan: NaN, inf: Infinity, '-inf': -Infinity }) as Record<string, number>)[written] ?? Number(written);

function integerValue(written: string): number | bigint {
  const value = Number(written);
  return Number.isSafeInteger(value) ? value : BigInt(written);
}

/** `1:`, `::-1`: without the second colon where there is no step. */
export const sliceText = (bounds: readonly (string | null)[]): string =>
  (bounds[2] === null ? bounds.slice(0, 2) : bounds).map((each) => each ?? '').join(':');

export class Run {
  readonly arrays = new Map<string, np.ndarray>();

  input({ name, dtype, shape, bytes, fortran }: Input): np.ndarray {
    const flat = np.frombuffer(Buffer.from(bytes, 'base64'), { dtype });
    const made = flat.reshape([...shape]).copy();
    const array = fortran ? np.asfortranarray(made) : made;
    this.arrays.set(name, array);
    return array;
  }

  value(expression: Expression): unknown {
    if ('variable' in expression) return this.array(expression.variable);
    if ('integer' in expression) return integerValue(expression.integer);
    if ('real' in expression) return realValue(expression.real);
    if ('complex' in expression) return new np.Complex(realValue(expression.complex[0]), realValue(expression.complex[1]));
    if ('truth' in expression) return expression.truth;
    if ('none' in expression) return null;
    if ('text' in expression) return expression.text;
    if ('dtype' in expression) return expression.dtype;
    if ('list' in expression) return expression.list.map((each) => this.value(each));
    if ('tuple' in expression) return expression.tuple.map((each) => this.value(each));
    if ('ellipsis' in expression) return '...';
    if (expression.object) return np.slice(...expression.slice.map((each) => (each === null ? null : integerValue(each))));
    return sliceText(expression.slice);
  }

  array(name: string): np.ndarray {
    const array = this.arrays.get(name);
    if (array === undefined) throw new Error(`the program has no ${name}`);
    return array;
  }

  private args(args: readonly Expression[], named: Named): unknown[] {
    const values = args.map((each) => this.value(each));
    const entries = Object.entries(named).map(([name, each]) => [name, this.value(each)] as const);
    return entries.length === 0 ? values : [...values, Object.fromEntries(entries)];
  }

  private evaluate(action: Action): unknown {
    if (action.kind === 'call') return functionOf(action.name)(...this.args(action.args, action.named));
    if (action.kind === 'random') {
      const made = action.maker === 'default_rng' ? np.random.default_rng(action.seed) : new np.random.RandomState(action.seed);
      return (made as unknown as Record<string, Callable>)[action.name](...this.args(action.args, action.named));
    }
    const x = this.array(action.on);
    const methods = x as unknown as Record<string, Callable>;
    switch (action.kind) {
      case 'method': return methods[action.name](...this.args(action.args, action.named));
      case 'attribute': return methods[action.name];
      case 'read': return x.at(...action.index.map((each) => this.value(each)) as np.Index[]);
      case 'write': return x.set(action.index.map((each) => this.value(each)) as np.Index[], this.value(action.value) as np.ArrayLike);
      case 'operator': return methods[action.name](...(action.value === null ? [] : [this.value(action.value)]));
      case 'update': return methods[`${action.name}_`](this.value(action.value));
    }
  }

  /** Computes a statement and names what it gives; throws what it throws. */
  statement({ target, action }: Statement): ReadonlyMap<string, np.ndarray> {
    const result = this.evaluate(action);
    const made = new Map<string, np.ndarray>();
    if (Array.isArray(result) && (result.length === 0 || result.some((each) => each instanceof np.ndarray))) {
      result.forEach((each: unknown, i) => made.set(`${target}_${i}`, np.asarray(each as np.ArrayLike)));
    } else if (result instanceof np.ndarray) {
      made.set(target, result);
    } else if (result !== undefined && result !== null) {
      made.set(target, np.array(result as np.ArrayLike));
    }
    for (const [name, array] of made) this.arrays.set(name, array);
    return made;
  }
}

export function snapshot(array: np.ndarray): Snapshot {
  const { dtype, shape } = array;
  const strides = shape.map((extent, axis) => (extent > 1 ? array.strides[axis] : 0));
  return { dtype: dtype.name as Snapshot['dtype'], shape: [...shape], bytes: Buffer.from(array.tobytes()).toString('base64'), strides };
}

/** What Python calls the class of an error. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
