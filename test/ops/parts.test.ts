import { afterEach, describe, expect, it } from 'vitest';
import { partLimits } from '../../src/core/parts.ts';
import { trackAllocations } from '../../src/core/storage.ts';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';
import { structuralOps } from '../../src/ops/registry/op.ts';
import { listen } from '../../src/ops/registry/listener.ts';

/**
 * Reductions of arrays that are too large to be converted or staged whole go part after part. Here the limits are so low that every array
 * is: results are those of the whole, exactly, since all numbers are whole and all counts powers of two, and no temporary is large.
 */

const limits = { ...partLimits };
afterEach(() => void Object.assign(partLimits, limits));

const low = 300;

function inParts<T>(body: () => T): T {
  Object.assign(partLimits, { converted: low, whole: low });
  try {
    return body();
  } finally {
    Object.assign(partLimits, limits);
  }
}

const shape = [4, 8, 16];
const values = Array.from({ length: 512 }, (_, i) => ((i * 37) % 11) - 5);
const signs = Array.from({ length: 512 }, (_, i) => (i % 64 === 5 ? 2 : 1));
/** Their mean is 0 along every axis. */
const balanced = Array.from({ length: 512 }, (_, i) => {
  const place = [i >> 7, (i >> 4) & 7, i & 15];
  return (place.reduce((sum, each) => sum + each, 0) % 2 === 0 ? 1 : -1) * (place.reduce((sum, each) => sum + (each >> 1), 0) % 4);
});
const sparse = Array.from({ length: 512 }, (_, i) => (i % 97 === 3 ? 1 : 0));

const axes = [null, 0, 1, 2, [0, 1], [0, 2], [1, 2], [0, 1, 2]];

type Options = { axis?: number | readonly number[] | null; keepdims?: boolean; where?: np.ndarray };
type Reduction = (x: np.ndarray, options: Options) => np.ndarray;

const numpyReductions: Record<string, Reduction> = {
  sum: (x, options) => np.sum(x, options),
  prod: (x, options) => np.prod(x, options),
  any: (x, options) => np.any(x, options),
  all: (x, options) => np.all(x, options),
  mean: (x, options) => np.mean(x, options),
  var: (x, options) => np.var(x, options),
  std: (x, options) => np.std(x, options),
  max: (x, { where, ...options }) => np.max(x, where === undefined ? options : { ...options, where, initial: 3 }),
  min: (x, { where, ...options }) => np.min(x, where === undefined ? options : { ...options, where, initial: 3 }),
};

/** Arrays that lie in memory in every way. */
const layouts: Record<string, (x: np.ndarray) => np.ndarray> = {
  contiguous: (x) => x,
  transposed: (x) => x.T,
  reversed: (x) => x.at('::-1', ':', '::-1'),
  spread: (x) => np.repeat(x, 2, 1).at(':', '::2'),
  broadcast: (x) => np.broadcast_to(x.at(':', '0:1'), shape),
};

/** An array to the bit, as what is compared without an expectation for each. */
const bits = (x: np.ndarray): string => `${x.dtype.name} ${x.shape.join()} ${Buffer.from(x.tobytes()).toString('hex')}`;

/** Every layout and axis with all options where FLAMBEAU_THOROUGH=1 asks for it, else with one that the next will not have. */
const thorough = process.env.FLAMBEAU_THOROUGH === '1';

describe('NumPy', () => {
  let turn = 0;
  for (const dtype of ['bool', 'int8', 'uint16', 'int64', 'float16', 'float32', 'float64', 'complex64'] as const) {
    for (const [name, reduce] of Object.entries(numpyReductions)) {
      it(`${name} of ${dtype}`, () => {
        const list = { prod: signs, var: balanced, std: balanced, any: sparse, all: sparse }[name] ?? values;
        const whole = np.array(list).reshape(shape).astype(dtype);
        const where = np.array(values.map((value) => value > -4)).reshape(shape);
        const wrong: string[] = [];
        for (const [kind, layOut] of Object.entries(layouts)) {
          const x = layOut(whole);
          for (const axis of axes) {
            turn++;
            for (const [i, options] of [{ axis }, { axis, keepdims: true }, { axis, where: layOut(where) }].entries()) {
              if (!thorough && (turn + i) % 3 !== 0) continue;
              // The count of a mask is no power of two.
              if (options.where !== undefined && ['mean', 'var', 'std'].includes(name)) continue;
              const expected = reduce(x, options);
              const found = inParts(() => reduce(x, options));
              if (bits(found) !== bits(expected)) wrong.push(`${kind} ${JSON.stringify(axis)} ${Object.keys(options).join()}: ${found}`);
            }
          }
        }
        expect(wrong).toEqual([]);
      });
    }
  }

  it('positions of extremes, the first of several and NaN before all', () => {
    for (const dtype of ['bool', 'int8', 'float16', 'float64', 'complex64'] as const) {
      for (const missing of [[], [400, 77]]) {
        const whole = np.array(values).astype(dtype === 'bool' || dtype === 'int8' ? dtype : 'float64');
        if (dtype !== 'bool' && dtype !== 'int8') for (const place of missing) whole.set([place], NaN);
        for (const [kind, layOut] of Object.entries(layouts)) {
          const x = layOut(whole.astype(dtype).reshape(shape));
          for (const axis of [null, 0, 1, 2]) {
            for (const find of [np.argmax, np.argmin]) {
              expect(inParts(() => find(x, { axis })).tolist(), `${dtype} ${kind} ${axis}`).toEqual(find(x, { axis }).tolist());
            }
          }
        }
      }
    }
  });

  it('means and variances of those that a mask leaves', () => {
    const x = np.array(values.map((value) => value * 2)).reshape(shape).astype('int8');
    const where = np.array(values.map((_, i) => i % 2 === 0)).reshape(shape);
    for (const axis of axes) {
      for (const reduce of [np.mean, np.var, np.std]) {
        expect(inParts(() => reduce(x, { axis, where })).tolist()).toEqual(reduce(x, { axis, where }).tolist());
      }
    }
  });

  it('numbers of elements that are not 0', () => {
    for (const dtype of ['bool', 'int8', 'float16', 'float64'] as const) {
      const x = np.array(sparse.map((value) => value / 2)).reshape(shape).astype(dtype);
      for (const axis of axes) {
        expect(inParts(() => np.count_nonzero(x, { axis })).tolist()).toEqual(np.count_nonzero(x, { axis }).tolist());
      }
    }
  });
});

type TorchReduction = (x: torch.Tensor, dim: number[]) => torch.Tensor | readonly torch.Tensor[];

const torchReductions: Record<string, TorchReduction> = {
  sum: (x, dim) => x.sum(dim),
  mean: (x, dim) => x.mean(dim),
  nansum: (x, dim) => torch.nansum(x, dim),
  nanmean: (x, dim) => torch.nanmean(x, dim),
  amax: (x, dim) => x.amax(dim),
  amin: (x, dim) => x.amin(dim),
  var: (x, dim) => x.var(dim, { correction: 0 }),
  std: (x, dim) => x.std(dim, { correction: 0 }),
  var_mean: (x, dim) => torch.var_mean(x, dim, { correction: 0 }),
  any: (x, dim) => torch.any(x, dim),
  all: (x, dim) => torch.all(x, dim),
  argmax: (x, dim) => (dim.length > 2 ? torch.argmax(x) : torch.argmax(x, dim[0])),
  ...Object.fromEntries([0, 1, 2, 3, Infinity, -Infinity].map((order) =>
    [`norm ${order}`, (x: torch.Tensor, dim: number[]) => torch.norm(x, order, dim)])),
};

describe('PyTorch', () => {
  for (const type of [torch.bool, torch.int8, torch.float16, torch.bfloat16, torch.float32, torch.float64]) {
    for (const [name, reduce] of Object.entries(torchReductions)) {
      it(`${name} of ${String(type)}`, () => {
        const numbers = torch.tensor(name.startsWith('norm') ? values.map((value) => Math.abs(value % 3))
          : name.startsWith('var') || name === 'std' ? balanced : values);
        const x = numbers.reshape(shape).to(type);
        for (const dim of [[0], [1], [2], [0, 1], [0, 1, 2]]) {
          const attempt = (): unknown => {
            try {
              return [reduce(x, dim)].flat().map((each) => [String((each as torch.Tensor).dtype), (each as torch.Tensor).tolist()]);
            } catch (error) {
              return String(error);
            }
          };
          const expected = attempt();
          expect(inParts(attempt), String(dim)).toEqual(expected);
        }
      });
    }
  }
});

describe('parts', () => {
  it('stay below the limit, whatever the reduction', () => {
    const x = np.array(values).reshape(shape).astype('int8');
    const half = torch.tensor(values).reshape(shape).to(torch.float16);
    const runs: [string, () => unknown][] = [['argmax', () => np.argmax(x)], ['count_nonzero', () => np.count_nonzero(x)]];
    for (const [name, reduce] of Object.entries(numpyReductions)) runs.push([name, () => reduce(x, { axis: null })]);
    for (const [name, reduce] of Object.entries(torchReductions)) runs.push([`torch ${name}`, () => reduce(half, [0, 1, 2])]);
    for (const [name, run] of runs) {
      let largest = 0;
      inParts(() => trackAllocations(({ byteLength }) => { largest = Math.max(largest, byteLength); }, run));
      expect(largest, name).toBeLessThanOrEqual(low);
    }
  });

  it('end where the pairwise sums of NumPy do', () => {
    const x = np.sqrt(np.arange(1000));
    Object.assign(partLimits, { converted: 1600, whole: 1600 });
    const found = x.sum().item();
    Object.assign(partLimits, limits);
    expect(found).toBe(x.sum().item());
  });

  it('are not made where a gradient is to flow', () => {
    const x = torch.tensor(values).to(torch.float32).requires_grad_();
    inParts(() => torch.mean(x, { dtype: torch.float64 }).backward());
    expect(x.grad!.tolist()).toEqual(values.map(() => 1 / values.length));
  });

  it('are what every op that folds its operand knows', () => {
    const folding = ['sum', 'mean', 'prod', 'min', 'max', 'any', 'all', 'argmin', 'argmax', 'variance', 'standardDeviation', 'varianceMean',
      'deviationMean', 'nanSum', 'nanMean', 'vectorNorm'];
    for (const name of folding) expect(structuralOps.get(name), name).toHaveProperty('inParts', expect.any(Function));
    const seen: string[] = [];
    const stop = listen({ begin: ({ name }) => void seen.push(name), end: () => {} });
    inParts(() => torch.tensor(values).to(torch.float16).sum());
    stop();
    expect(seen.filter((name) => name === 'sum').length).toBeGreaterThan(4);
  });
});
