/** Programs in neither language: what is drawn, run on both sides, printed in both, and made shorter. */

export const dtypeNames = [
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64',
  'complex128',
] as const;
export type DTypeName = typeof dtypeNames[number];

/** A literal or the name of an array; numbers are text, so that they pass through JSON as they are. */
export type Expression =
  | { readonly variable: string }
  | { readonly integer: string }
  | { readonly real: string }
  | { readonly complex: readonly [string, string] }
  | { readonly truth: boolean }
  | { readonly none: true }
  | { readonly text: string }
  | { readonly dtype: DTypeName }
  | { readonly list: readonly Expression[] }
  | { readonly tuple: readonly Expression[] }
  | { readonly slice: readonly [start: string | null, stop: string | null, step: string | null]; readonly object?: boolean }
  | { readonly ellipsis: true };

export type Named = Readonly<Record<string, Expression>>;

export type Action =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly named: Named }
  | { readonly kind: 'method'; readonly on: string; readonly name: string; readonly args: readonly Expression[]; readonly named: Named }
  /** A method of a random generator that is made anew: `default_rng(3).normal(...)`. */
  | { readonly kind: 'random'; readonly maker: 'default_rng' | 'RandomState'; readonly seed: number; readonly name: string;
    readonly args: readonly Expression[]; readonly named: Named }
  | { readonly kind: 'attribute'; readonly on: string; readonly name: string }
  | { readonly kind: 'read'; readonly on: string; readonly index: readonly Expression[] }
  | { readonly kind: 'write'; readonly on: string; readonly index: readonly Expression[]; readonly value: Expression }
  /** A method that stands for one of Python's operators: `add` for `+`. */
  | { readonly kind: 'operator'; readonly on: string; readonly name: string; readonly value: Expression | null }
  /** The same in place: `add` for `+=`. */
  | { readonly kind: 'update'; readonly on: string; readonly name: string; readonly value: Expression };

/** A result of several arrays gives them the names `target_0`, `target_1` and so on. */
export interface Statement {
  readonly target: string;
  readonly action: Action;
}

/** An array as bytes: row-major, little-endian, in base64. */
export interface Snapshot {
  readonly dtype: DTypeName;
  readonly shape: readonly number[];
  readonly bytes: string;
  /** Of a result: how far the next element lies along each axis, in bytes, and 0 where there is none. */
  readonly strides?: readonly number[];
}

export interface Input extends Snapshot {
  readonly name: string;
  /** Laid out with the first axis changing fastest. */
  readonly fortran: boolean;
}

export interface Program {
  readonly inputs: readonly Input[];
  readonly statements: readonly Statement[];
}

/** Python's operators by the names of Flambeau's methods. */
export const operators: Readonly<Record<string, string>> = {
  add: '+', sub: '-', mul: '*', div: '/', floor_divide: '//', mod: '%', pow: '**', matmul: '@', bitwise_and: '&', bitwise_or: '|',
  bitwise_xor: '^', left_shift: '<<', right_shift: '>>', lt: '<', le: '<=', gt: '>', ge: '>=', eq: '==', ne: '!=',
};
export const unaryOperators: Readonly<Record<string, string>> = { neg: '-', positive: '+', invert: '~', abs: 'abs' };

export const variable = (name: string): Expression => ({ variable: name });
export const integer = (value: number | bigint): Expression => ({ integer: String(value) });
export const truth = (value: boolean): Expression => ({ truth: value });
export const text = (value: string): Expression => ({ text: value });
export const tuple = (values: readonly number[]): Expression => ({ tuple: values.map(integer) });
export const none: Expression = { none: true };

export const call = (name: string, args: readonly Expression[], named: Named = {}): Action => ({ kind: 'call', name, args, named });

/** What a statement calls, in the words that differences are grouped by. */
export function actionName(action: Action): string {
  switch (action.kind) {
    case 'call': return `np.${action.name}`;
    case 'method': return `ndarray.${action.name}`;
    case 'random': return `${action.maker}.${action.name}`;
    case 'attribute': return `ndarray.${action.name}`;
    case 'read': return 'x[...]';
    case 'write': return 'x[...] = y';
    case 'operator': return action.value === null ? `${unaryOperators[action.name]}x` : `x ${operators[action.name]} y`;
    case 'update': return `x ${operators[action.name]}= y`;
  }
}

/** The variables that an expression names. */
export function variablesOf(expression: Expression): string[] {
  if ('variable' in expression) return [expression.variable];
  if ('list' in expression) return expression.list.flatMap(variablesOf);
  if ('tuple' in expression) return expression.tuple.flatMap(variablesOf);
  return [];
}

/** Every expression that an action holds. */
export function expressionsOf(action: Action): readonly Expression[] {
  switch (action.kind) {
    case 'call':
    case 'random':
    case 'method': return [...action.args, ...Object.values(action.named)];
    case 'attribute': return [];
    case 'read': return action.index;
    case 'write': return [...action.index, action.value];
    case 'operator': return action.value === null ? [] : [action.value];
    case 'update': return [action.value];
  }
}

export function usedBy(action: Action): string[] {
  return [...('on' in action ? [action.on] : []), ...expressionsOf(action).flatMap(variablesOf)];
}
