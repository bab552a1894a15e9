import { afterEach, describe, expect, test, vi } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import { fixture, run } from './support.ts';

/** Floating-point errors are found where NumPy finds them, told in its words, and dealt with as was asked for. */

/** One sign for each kind: + where it is found, and ? where it is not compared; and what is said to have met it, if anything did. */
const cases = fixture<readonly (readonly [code: string, signs: string, where: string])[]>('errorState.json');
const kinds = ['divide', 'over', 'under', 'invalid'] as const;
const words = ['divide by zero', 'overflow', 'underflow', 'invalid value'];

function messageOf(code: string, kind: (typeof kinds)[number]): string | null {
  try {
    np.errstate({ [kind]: 'raise' }, () => run(code));
    return null;
  } catch (error) {
    expect((error as Error).name).toBe('FloatingPointError');
    return (error as Error).message;
  }
}

describe('what is found', () => {
  test.each(cases)('%s', (code, signs, where) => {
    kinds.forEach((kind, i) => {
      const expected = signs[i] === '+' ? `${words[i]} encountered in ${where}` : null;
      if (signs[i] !== '?') expect([kind, messageOf(code, kind)]).toEqual([kind, expected]);
    });
  });
});

const unset = { divide: 'ignore', over: 'ignore', under: 'ignore', invalid: 'ignore' } as const;

describe('what is done about it', () => {
  afterEach(() => {
    np.seterr({ all: 'ignore' });
    np.seterrcall(null);
    vi.restoreAllMocks();
  });

  test('nothing at first', () => {
    expect(np.geterr()).toEqual(unset);
    expect(np.geterrcall()).toBe(null);
    const spy = vi.spyOn(console, 'warn').mockImplementation(() => {});
    np.divide([1, 0], 0);
    expect(spy).not.toHaveBeenCalled();
  });

  test('seterr sets by place and by name, and gives what was', () => {
    expect(np.seterr('raise')).toEqual(unset);
    expect(np.geterr()).toEqual({ divide: 'raise', over: 'raise', under: 'raise', invalid: 'raise' });
    expect(np.seterr({ all: 'ignore', over: 'warn' })).toEqual({ divide: 'raise', over: 'raise', under: 'raise', invalid: 'raise' });
    expect(np.seterr(null, 'print')).toEqual({ ...unset, over: 'warn' });
    expect(np.geterr()).toEqual({ ...unset, divide: 'print', over: 'warn' });
    expect(() => np.seterr({ all: 'foo' as never })).toThrow(new np.exceptions.ValueError("invalid error mode 'foo'"));
    expect(() => np.seterr({ divide: 3 as never })).toThrow(new np.exceptions.ValueError('invalid error mode 3'));
    expect(() => np.seterr({ foo: 'raise' } as never)).toThrow(new TypeError("seterr() got an unexpected keyword argument 'foo'"));
    expect(np.geterr()).toEqual({ ...unset, divide: 'print', over: 'warn' });
  });

  test('errstate puts back what was, after an error too', () => {
    np.seterr({ over: 'warn' });
    expect(() => np.errstate({ divide: 'raise' }, () => np.divide(1, 0))).toThrow(np.exceptions.FloatingPointError);
    expect(np.geterr()).toEqual({ ...unset, over: 'warn' });
    expect(np.errstate({ all: 'ignore' }, () => np.errstate({ under: 'log' }, () => np.geterr()))).toEqual({ ...unset, under: 'log' });
    const state = np.errstate({ invalid: 'raise' });
    expect(() => np.sqrt(-1)).toThrow('invalid value encountered in sqrt');
    state[Symbol.dispose]();
    expect(np.sqrt(-1).item()).toBeNaN();
    expect(() => np.errstate('raise' as never)).toThrow(TypeError);
    expect(() => np.errstate({ foo: 'raise' } as never)).toThrow("errstate() got an unexpected keyword argument 'foo'");
    expect(() => np.errstate({}, 3 as never)).toThrow("'int' object is not callable");
    expect(np.geterr()).toEqual({ ...unset, over: 'warn' });
  });

  test('call gets the words and all flags; log a line', () => {
    const calls: unknown[] = [];
    const lines: string[] = [];
    const call = (what: string, flags: number): void => void calls.push([what, flags]);
    expect(np.seterrcall(call)).toBe(null);
    np.errstate({ all: 'call' }, () => {
      np.divide([1, 0], [0, 0]);
      np.exp(1000);
    });
    expect(calls).toEqual([['divide by zero', 9], ['invalid value', 9], ['overflow', 2]]);
    const log = { write: (line: string): void => void lines.push(line) };
    expect(np.seterrcall(log)).toBe(call);
    expect(np.geterrcall()).toBe(log);
    np.errstate({ all: 'log' }, () => np.divide(1, 0));
    expect(lines).toEqual(['Warning: divide by zero encountered in divide\n']);
    np.errstate({ all: 'call', call }, () => np.divide(-1, 0));
    expect(calls.at(-1)).toEqual(['divide by zero', 1]);
    np.seterrcall(null);
    expect(() => np.errstate({ all: 'call' }, () => np.divide(1, 0)))
      .toThrow(new np.exceptions.NameError('python callback specified for divide by zero (in  divide) but no function found.'));
    expect(() => np.errstate({ all: 'log' }, () => np.divide(1, 0)))
      .toThrow(new np.exceptions.NameError('log specified for divide by zero (in divide) but no object with write method found.'));
    expect(() => np.seterrcall(3 as never)).toThrow(new TypeError('python object must be callable or have a callable write method'));
    expect(() => (np.seterrcall as unknown as () => void)()).toThrow(TypeError);
  });

  test('a warning comes once, a print every time', () => {
    const spy = vi.spyOn(console, 'warn').mockImplementation(() => {});
    np.seterr({ divide: 'warn', invalid: 'print' });
    for (let i = 0; i < 3; i++) np.divide([1, 0], 0);
    np.log(0);
    expect(spy.mock.calls.flat()).toEqual([
      'RuntimeWarning: divide by zero encountered in divide', 'Warning: invalid value encountered in divide',
      'Warning: invalid value encountered in divide', 'Warning: invalid value encountered in divide',
      'RuntimeWarning: divide by zero encountered in log',
    ]);
  });

  test('what a result overwrites is looked at before, and it is written', () => {
    const x = np.array([0, 4, -1]).astype('float64');
    expect(() => np.errstate({ divide: 'raise' }, () => x.log_())).toThrow('divide by zero encountered in log');
    expect(x.at(0).item()).toBe(-Infinity);
    const y = np.array([np.inf, 1]);
    np.errstate({ all: 'raise' }, () => y.mul_(2));
    expect(String(y)).toBe('[inf  2.]');
  });

  test('the size of buffers is kept', () => {
    expect(np.getbufsize()).toBe(8192);
    expect(np.setbufsize(16)).toBe(8192);
    expect(np.setbufsize({ size: 8192 })).toBe(16);
    expect(() => np.setbufsize(-1)).toThrow(new np.exceptions.ValueError('buffer size must be non-negative'));
    expect(() => np.setbufsize(10)).toThrow(new np.exceptions.ValueError('Buffer size, 10, is not a multiple of 16'));
    expect(() => np.setbufsize(1e9)).toThrow(new np.exceptions.ValueError('Buffer size, 1000000000, is too big'));
    expect(() => np.setbufsize(16.5)).toThrow(new TypeError("'float' object cannot be interpreted as an integer"));
    expect(np.getbufsize()).toBe(8192);
  });
});
