import { describe, expect, test, vi } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import * as outOfScope from '../../src/numpy/outOfScope.ts';

/** What NumPy has and the package means not to have says so, and what to do instead. */

const refused = np.exceptions.NotImplementedError;
const entries = Object.entries(outOfScope);
const functions = entries.filter(([, value]) => typeof value === 'function') as unknown as readonly (readonly [string, () => never])[];
type Space = Readonly<Record<string, unknown>>;
const namespaces = entries.filter(([, value]) => typeof value !== 'function') as unknown as readonly (readonly [string, Space])[];

describe('names out of scope', () => {
  test('are exported by numpy under its names', () => {
    for (const [name, value] of entries) {
      expect((np as unknown as Readonly<Record<string, unknown>>)[name === 'void_' ? 'void' : name]).toBe(value);
    }
  });

  test.each(functions)('np.%s throws when it is called, and as a dtype', (name, call) => {
    const own = name === 'void_' ? 'void' : name;
    expect(() => call()).toThrow(refused);
    expect(() => call()).toThrow(new RegExp(`^np\\.${own}: .{20}`));
    expect(() => np.zeros(3, { dtype: call as never })).toThrow(refused);
  });

  test.each(namespaces)('np.%s throws for every name', (name, space) => {
    expect(() => space.array).toThrow(refused);
    expect(() => space.array).toThrow(`np.${name}.array: `);
    // What looks at a module does not fall over it.
    expect(Object.keys(space)).toEqual([]);
    expect(() => String(typeof space)).not.toThrow();
  });

  test('classes of dtypes that are not here as well', () => {
    expect(() => np.dtypes.StrDType()).toThrow(refused);
    expect(() => np.dtype(np.dtypes.ObjectDType as never)).toThrow(refused);
    expect(() => (np.dtypes.Int8DType as (...args: unknown[]) => unknown)(1)).toThrow(TypeError);
  });

  test('pickles are refused', () => {
    expect(() => np.arange(3).dump('x')).toThrow(refused);
    expect(() => np.arange(3).dumps()).toThrow('np.save(file, x)');
    expect(() => (np.arange(3).dump as () => never)()).toThrow(TypeError);
  });
});

describe('what it runs on', () => {
  test('is printed, and given by name', () => {
    const spy = vi.spyOn(console, 'log').mockImplementation(() => {});
    np.show_config();
    np.show_runtime();
    const [config, runtime] = spy.mock.calls.map(([text]) => String(text));
    spy.mockRestore();
    expect(config).toContain('kernels: WebAssembly with SIMD');
    expect(runtime).toContain(`engine: Node ${process.version}`);
    expect(Object.keys(np.show_config('dicts') as object)).toContain('BLAS');
    expect(() => np.show_config('x' as never)).toThrow("Invalid `mode`, use 'stdout' or 'dicts'");
  });
});
