import '../../src/runtime/start.ts';
import * as np from '../../src/numpy/index.ts';
import { excluded } from './excludedNumpy.ts';
import type { Library } from './library.ts';
import { find } from './library.ts';

function make(path: string, ...args: readonly unknown[]): unknown {
  const found = find(np, path);
  return typeof found === 'function' ? Reflect.construct(found, args) : undefined;
}

function call(path: string, ...args: readonly unknown[]): unknown {
  const found = find(np, path);
  return typeof found === 'function' ? (found as (...each: readonly unknown[]) => unknown)(...args) : undefined;
}

export const numpy: Library = {
  title: 'NumPy',
  names: 'numpy.json',
  namespace: np,
  excluded,
  instances: {
    'numpy.broadcast': () => call('numpy.broadcast', [1], [1]),
    'numpy.dtype': () => np.dtype('float64'),
    'numpy.finfo': () => np.finfo('float64'),
    'numpy.flatiter': () => np.array([1]).flat,
    'numpy.iinfo': () => np.iinfo('int64'),
    'numpy.ndarray': () => np.array([1]),
    'numpy.nditer': () => call('numpy.nditer', [1]),
    'numpy.poly1d': () => call('numpy.poly1d', [1]),
    'numpy.polynomial.Polynomial': () => make('numpy.polynomial.Polynomial', [1]),
    'numpy.random.Generator': () => np.random.default_rng(0),
    'numpy.random.SeedSequence': () => make('numpy.random.SeedSequence', 0),
    'numpy.ufunc': () => np.add,
    'numpy.vectorize': () => call('numpy.vectorize', Math.abs),
  },
};
