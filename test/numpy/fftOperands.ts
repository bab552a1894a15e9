import * as np from '../../src/numpy/index.ts';

/** The operands of test/fixtures/fft/generate.py, which follow from their shape and dtype, in several layouts. */

export type Layout = 'rows' | 'columns' | 'spaced' | 'reversed' | 'offset';
export type Described = readonly [shape: readonly number[], dtype: string, layout: Layout];

function valuesOf(places: np.ndarray, dtype: string): np.ndarray {
  const waves = np.remainder(np.multiply(places, 37), 401);
  if (dtype === 'bool') return np.equal(np.remainder(waves, 3), 0);
  if (/int/.test(dtype)) return np.subtract(np.remainder(np.multiply(places, 37), 101), dtype.startsWith('u') ? 0 : 50);
  const real = np.divide(np.subtract(waves, 200), 64);
  if (!dtype.startsWith('complex')) return real;
  const imaginary = np.divide(np.subtract(np.remainder(np.multiply(places, 53), 307), 150), 64);
  return np.add(real, np.multiply(imaginary, new np.Complex(0, 1)));
}

/** Elements that lie elsewhere in memory, in the same order. */
function placed(x: np.ndarray, layout: Layout): np.ndarray {
  switch (layout) {
    case 'rows': return x;
    case 'columns': return x.T.copy().T;
    case 'spaced': return np.stack([x, x], { axis: -1 }).at('...', 1) as np.ndarray;
    case 'reversed': return np.flip(np.flip(x).copy());
    case 'offset': return np.concatenate([x, x]).at(`${x.shape[0]}:`) as np.ndarray;
  }
}

export function operandOf([shape, dtype, layout]: Described): np.ndarray {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return placed(valuesOf(np.arange(size), dtype).astype(dtype).reshape(shape), layout);
}
