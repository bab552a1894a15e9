import { ValueError, checkCallable, shown } from '../../core/errors.ts';
import { isOptions } from '../arguments/options.ts';
import { index as integerOf, pythonSignature, routine } from '../arguments/routine.ts';
import type { ErrorCall, ErrorKind, ErrorLog, ErrorMode, ErrorModes } from '../ufunc/errorState.ts';
import { currentState, errorKinds, useState } from '../ufunc/errorState.ts';
import { watching } from '../ufunc/watching.ts';

/** What is done where a computation divides by zero, overflows or has no value. */

export type { ErrorCall, ErrorKind, ErrorLog, ErrorMode, ErrorModes };

const modeNames: readonly unknown[] = ['ignore', 'warn', 'raise', 'call', 'print', 'log'];

type Given = readonly [all: unknown, divide: unknown, over: unknown, under: unknown, invalid: unknown];

function changed([all, ...each]: Given): ErrorModes {
  const read = (mode: unknown): ErrorMode => {
    if (modeNames.includes(mode)) return mode as ErrorMode;
    throw new ValueError(`invalid error mode ${typeof mode === 'string' ? `'${mode}'` : shown(mode)}`);
  };
  const modes = { ...currentState().modes };
  errorKinds.forEach(([kind], i) => {
    const mode = each[i] ?? all;
    if (mode !== undefined && mode !== null) modes[kind] = read(mode);
  });
  return modes;
}

/** The changes of a call. */
export interface ErrorChanges {
  /** For all kinds that are not named themselves. */
  readonly all?: ErrorMode | null;
  readonly divide?: ErrorMode | null;
  readonly over?: ErrorMode | null;
  readonly under?: ErrorMode | null;
  readonly invalid?: ErrorMode | null;
}

const modesText = 'all: Any=None, divide: Any=None, over: Any=None, under: Any=None, invalid: Any=None';

/**
 * Sets what is done about divisions by zero, overflow, underflow and results without a value, and gives what was done before: 'ignore',
 * which is what is done about all of them at first, 'warn', 'raise' a FloatingPointError, 'call' or 'log' what seterrcall names, 'print'.
 * Ufuncs, their reductions and astype heed it, and take longer for it where something is not ignored. Source: numpy.seterr.
 * @example
 * const before = np.seterr({ divide: 'raise' });
 * np.divide([1, 2], 0) // → FloatingPointError: divide by zero encountered in divide
 * np.seterr(before).divide // → raise
 */
export const seterr = routine('seterr', modesText, (
  ...modes: [all?: ErrorMode | null, divide?: ErrorMode | null, over?: ErrorMode | null, under?: ErrorMode | null,
    invalid?: ErrorMode | null]
): ErrorModes => {
  const { modes: before, call } = currentState();
  useState({ modes: changed(modes as unknown as Given), call }, watching);
  return before;
});

/**
 * What is done about each kind of floating-point error. Source: numpy.geterr.
 * @example
 * np.errstate({ over: 'warn' }, () => np.geterr().over) // → warn
 */
export const geterr = routine('geterr', '', (): ErrorModes => ({ ...currentState().modes }));

function checkCall(call: unknown): asserts call is ErrorCall | ErrorLog | null {
  const writes = typeof call === 'object' && call !== null && typeof (call as Partial<ErrorLog>).write === 'function';
  if (call !== null && typeof call !== 'function' && !writes) {
    throw new TypeError('python object must be callable or have a callable write method');
  }
}

/**
 * Sets what 'call' calls, with what happened and the sum of all that did (1 for divide, 2 for over, 4 for under, 8 for invalid), or an
 * object that 'log' writes to, and gives the one before. Source: numpy.seterrcall.
 * @example
 * const met: string[] = [];
 * np.seterrcall((what, flags) => met.push(`${what} ${flags}`));
 * np.errstate({ all: 'call' }, () => np.divide([1, 0], 0));
 * np.seterrcall(null);
 * met // → ['divide by zero 9', 'invalid value 9']
 */
export const seterrcall = routine('seterrcall', 'func: object', (func: ErrorCall | ErrorLog | null): ErrorCall | ErrorLog | null => {
  checkCall(func);
  const { modes, call: before } = currentState();
  useState({ modes, call: func }, watching);
  return before;
});

/**
 * What 'call' calls and 'log' writes to, null if nothing. Source: numpy.geterrcall.
 * @example
 * np.geterrcall() // → null
 */
export const geterrcall = routine('geterrcall', '', (): ErrorCall | ErrorLog | null => currentState().call);

const stated = pythonSignature('errstate', `*, call: Any=None, ${modesText}`);

/** The changes of errstate, with what is called for as long. */
export interface ErrorStateChanges extends ErrorChanges {
  readonly call?: ErrorCall | ErrorLog | null;
}

/**
 * Runs a function with floating-point errors handled otherwise, or, without one, until the returned object is disposed
 * (`using _ = np.errstate({ invalid: 'raise' })`). Source: numpy.errstate.
 * @example
 * np.errstate({ invalid: 'raise' }, () => np.sqrt(-1)) // → FloatingPointError: invalid value encountered in sqrt
 */
export function errstate<T>(changes: ErrorStateChanges, body: () => T): T;
export function errstate(changes?: ErrorStateChanges): Disposable;
export function errstate<T>(...args: readonly unknown[]): T | Disposable {
  const body = args.length > 1 ? args.at(-1) : undefined;
  if (body !== undefined) checkCallable(body);
  const given = body === undefined ? args : args.slice(0, -1);
  const [call, ...modes] = stated.list(given);
  const [options] = given;
  const before = currentState();
  if (call !== undefined) checkCall(call);
  const named = isOptions(options) && options.call !== undefined;
  useState({ modes: changed(modes as unknown as Given), call: named ? (call as ErrorCall | undefined) ?? null : before.call }, watching);
  const restore = (): void => useState(before, watching);
  if (body === undefined) return { [Symbol.dispose]: restore };
  try {
    return (body as unknown as () => T)();
  } finally {
    restore();
  }
}

let bufferSize = 8192;

/**
 * Keeps the size that NumPy's buffers would have, in elements, and gives the one before; here it makes no difference, since operands of
 * other dtypes are converted whole. Source: numpy.setbufsize.
 * @example
 * np.setbufsize(16384) // → 8192
 * np.setbufsize(8192) // → 16384
 */
export const setbufsize = routine('setbufsize', 'size: Any', (size: number): number => {
  const wanted = integerOf(size);
  if (wanted < 0) throw new ValueError('buffer size must be non-negative');
  if (wanted > 1e7) throw new ValueError(`Buffer size, ${wanted}, is too big`);
  if (wanted < 5) throw new ValueError(`Buffer size, ${wanted}, is too small`);
  if (wanted % 16 !== 0) throw new ValueError(`Buffer size, ${wanted}, is not a multiple of 16`);
  const before = bufferSize;
  bufferSize = wanted;
  return before;
});

/**
 * The size that setbufsize keeps, in elements. Source: numpy.getbufsize.
 * @example
 * np.getbufsize() // → 8192
 */
export const getbufsize = routine('getbufsize', '', (): number => bufferSize);
