import { FloatingPointError, NameError } from '../../core/errors.ts';
import { warn } from '../../core/warnings.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What is done about divisions by zero, overflows and the like: nothing, unless a program asks for it. */

export type ErrorMode = 'ignore' | 'warn' | 'raise' | 'call' | 'print' | 'log';
export type ErrorKind = 'divide' | 'over' | 'under' | 'invalid';
export type ErrorModes = { readonly [K in ErrorKind]: ErrorMode };

/** Called with what happened and with the sum of all that did: 1 for divide, 2 for over, 4 for under, 8 for invalid. */
export type ErrorCall = (what: string, flags: number) => void;
/** What writes what happened to a log. */
export interface ErrorLog {
  write(message: string): unknown;
}

/** In the order in which they are told. */
export const errorKinds: readonly (readonly [kind: ErrorKind, bit: number, words: string])[] = [
  ['divide', 1, 'divide by zero'], ['over', 2, 'overflow'], ['under', 4, 'underflow'], ['invalid', 8, 'invalid value'],
];

export interface ErrorState {
  readonly modes: ErrorModes;
  readonly call: ErrorCall | ErrorLog | null;
}

/** Looks at what is computed, where somebody wants to know. */
export interface Watcher {
  /** A ufunc's result for the values of its call: the operands, then `out` and `where`. */
  computed(name: string, values: readonly unknown[], compute: () => ndarray): ndarray;
  /** A sum or product of elements, along axes or running. */
  folded(name: 'reduce' | 'accumulate', given: ndarray, result: ndarray, axes: readonly number[]): void;
  /** The elements in another dtype. */
  converted(given: ndarray, result: ndarray): void;
  /** What happens within is told under a name of its own. */
  within<T>(name: string, body: () => T): T;
}

/** Null as long as all is ignored: the one thing that a computation asks then. */
export let watcher: Watcher | null = null;

const ignoring: ErrorModes = { divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' };
let state: ErrorState = { modes: ignoring, call: null };
/** What has been warned of since the state was set, as Python tells a warning once for each place. */
let told = new Set<string>();

export const currentState = (): ErrorState => state;

export function useState(next: ErrorState, watching: Watcher): void {
  state = next;
  told = new Set();
  watcher = Object.values(next.modes).some((mode) => mode !== 'ignore') ? watching : null;
}

/** Which kinds somebody wants to know of, as bits. */
export const wantedBits = (): number => errorKinds.reduce((bits, [kind, bit]) => (state.modes[kind] === 'ignore' ? bits : bits | bit), 0);

/** Does what is to be done about what happened in a computation. */
export function tell(bits: number, name: string): void {
  const { modes, call } = state;
  for (const [kind, bit, words] of errorKinds) {
    if ((bits & bit) === 0) continue;
    const message = `${words} encountered in ${name}`;
    switch (modes[kind]) {
      case 'ignore': break;
      case 'raise': throw new FloatingPointError(message);
      case 'warn':
      case 'print': {
        const text = modes[kind] === 'warn' ? `RuntimeWarning: ${message}` : `Warning: ${message}`;
        if (modes[kind] === 'print' || !told.has(text)) warn(text);
        told.add(text);
        break;
      }
      case 'call':
        if (typeof call !== 'function') {
          throw new NameError(`python callback specified for ${words} (in  ${name}) but no function found.`);
        }
        call(words, bits);
        break;
      case 'log':
        if (call === null || typeof call === 'function') {
          throw new NameError(`log specified for ${words} (in ${name}) but no object with write method found.`);
        }
        call.write(`Warning: ${message}\n`);
        break;
    }
  }
}
