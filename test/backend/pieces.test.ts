import { afterEach, describe, expect, it } from 'vitest';
import type { CpuStorage } from '../../src/backend/cpu/storage.ts';
import { pool } from '../../src/backend/cpu/pool.ts';
import { partLimits } from '../../src/core/parts.ts';
import { getMemoryBudget, setMemoryBudget } from '../../src/runtime/memory.ts';
import * as np from '../../src/numpy/index.ts';

/**
 * Arrays beyond the heap are taken into it piece by piece. Here nothing but scratch fits in the heap and pieces are tiny: every result is
 * what it is within the heap, in every layout.
 */

const limits = { ...partLimits };
const budget = getMemoryBudget();
afterEach(() => {
  Object.assign(partLimits, limits);
  setMemoryBudget(budget);
});

const staged = 160;

function beyondTheHeap<T>(body: () => T): T {
  setMemoryBudget(0);
  partLimits.staged = staged;
  try {
    return body();
  } finally {
    Object.assign(partLimits, limits);
    setMemoryBudget(budget);
  }
}

const shape = [6, 5, 8];
const dtypes = ['bool', 'int8', 'uint16', 'int32', 'int64', 'float16', 'float32', 'float64', 'complex64', 'complex128'] as const;

const made = (dtype: string, salt = 0): np.ndarray =>
  np.array(Array.from({ length: 240 }, (_, i) => ((i * 29 + salt * 7) % 13) - (dtype.startsWith('u') ? 0 : 6)))
    .astype(dtype).reshape(shape);

const layouts: Record<string, (x: np.ndarray) => np.ndarray> = {
  contiguous: (x) => x,
  transposed: (x) => x.transpose(2, 1, 0).copy({ order: 'C' }).transpose(2, 1, 0),
  reversed: (x) => x.at('::-1', ':', '::-1'),
  spread: (x) => np.repeat(x, 2, 2).at(':', ':', '::2'),
};

type Step = (x: np.ndarray, y: np.ndarray) => unknown;
const steps: Record<string, Step> = {
  add: (x, y) => np.add(x, y),
  'add of a row': (x, y) => np.add(x, y.at(0, 0)),
  'add of a number': (x) => np.add(x, 1),
  equal: (x, y) => np.equal(x, y),
  where: (x, y) => np.where(np.equal(x, y), x, 0),
  'in place': (x, y) => np.add(x, y, { out: x }),
  'in place, overlapping': (x) => np.add(x.at('1:'), x.at(':-1'), { out: x.at('1:') }),
  cast: (x) => x.astype('float32'),
  'cast of a transposed array': (x) => x.transpose(1, 2, 0).astype('complex128'),
  copy: (x) => x.copy({ order: 'C' }),
  'copy of a transposed array': (x) => x.T.copy({ order: 'C' }),
  'copy into a part': (x, y) => {
    x.set([':', '1:4'], y.at(':', '1:4'));
    return x;
  },
  'fill of a part': (x) => {
    x.set([':', '::2', '1:'], 1);
    return x;
  },
  take: (x) => x.at([5, 0, 3, 3]),
  'take along the last axis': (x) => np.take(x, np.array([[7, 0], [-1, 2]]), { axis: 2 }),
  'take of the flat array': (x) => np.take(x, np.array([239, 0, 17])),
  'take of two axes': (x) => x.at([1, 5], ':', [0, 7]),
  put: (x, y) => {
    x.set([[4, 1]], y.at('2:4'));
    return x;
  },
  'put along the last axis': (x, y) => {
    x.set(['...', [6, 0]], y.at('...', '1:3'));
    return x;
  },
  'elements of a mask': (x, y) => x.at(np.equal(x, y)),
  'write through a mask': (x, y) => {
    x.set([np.equal(x, y)], 1);
    return x;
  },
  nonzero: (x) => np.nonzero(x),
  concatenate: (x, y) => np.concatenate([x, y], { axis: 1 }),
  roll: (x) => np.roll(x, 3, { axis: 1 }),
};

/** Arrays to the bit. */
const plain = (value: unknown): unknown => (Array.isArray(value) ? value.map(plain)
  : value instanceof np.ndarray ? `${value.dtype.name} ${value.shape.join()} ${Buffer.from(value.tobytes()).toString('hex')}` : value);

describe('pieces of arrays beyond the heap', () => {
  for (const dtype of dtypes) {
    for (const [name, step] of Object.entries(steps)) {
      it(`${name}, ${dtype}`, () => {
        for (const [kind, layOut] of Object.entries(layouts)) {
          const outcome = (): unknown => {
            try {
              return plain(step(layOut(made(dtype)), layOut(made(dtype, 1))));
            } catch (error) {
              return String(error);
            }
          };
          const expected = outcome();
          expect(beyondTheHeap(outcome), kind).toEqual(expected);
        }
      });
    }
  }

  it('really lie beyond the heap, and take little of it', () => {
    beyondTheHeap(() => {
      const [x, y] = [made('float64'), made('float64', 1)];
      expect((x.storage as CpuStorage).lease).toBe(null);
      const before = pool.bytesReserved;
      const large = np.zeros(2 ** 20, { dtype: 'int8' });
      np.add(large, large, { out: large });
      expect(pool.bytesReserved - before).toBeLessThan(2 ** 16);
      expect(np.add(x, y).shape).toEqual(shape);
    });
  });
});
