import type { StridedArray } from '../../../../core/strided.ts';
import type { Kernels } from '../../../kernels.ts';
import { declined } from '../../../kernels.ts';
import type { Temporaries } from '../../../temporaries.ts';
import { heapBytes } from '../../../cpu/heap.ts';
import { convolutionsExports } from '../../gathered.ts';
import type { Stage } from '../../staging.ts';
import { staged } from '../../staging.ts';
import { withTemporaries } from '../../temporaries.ts';

/** Poolings: where windows lie goes to the kernels as a plan (wasm/convolutions/pooling.ts). */

type AveragingParams = Parameters<Kernels['averagePool']>[1];
type Windows = AveragingParams['windows'][number];

const one: Windows = { starts: [0], ends: [1], step: 1 };

/** Three dimensions, those before the given ones of extent 1. */
const three = <T>(list: readonly T[], missing: T): readonly T[] => [...Array.from({ length: 3 - list.length }, () => missing), ...list];

/** The longest run of windows that are equally far apart and hold equally many places: its first, its end, the distance, the places. */
function alike({ starts, ends, step }: Windows): readonly [first: number, last: number, stride: number, kernel: number] {
  let best: readonly [number, number, number, number] = [0, 0, 1, 0];
  const held = (i: number): number => Math.ceil((ends[i] - starts[i]) / step);
  for (let first = 0, next = 0; first < starts.length - 1; first = Math.max(next - 1, first + 1)) {
    const stride = starts[first + 1] - starts[first];
    next = first + 1;
    while (next < starts.length && starts[next] - starts[next - 1] === stride && held(next) === held(first)) next++;
    if (stride > 0 && next - first > best[1] - best[0]) best = [first, next, stride, held(first)];
  }
  return best;
}

function plan(stage: Stage, extents: readonly number[], windows: readonly Windows[]): number {
  const all = three(windows, one);
  const numbers = [
    ...three(extents, 1), ...all.map(({ starts }) => starts.length), ...all.map(({ step }) => step), ...alike(all[2]),
    ...all.flatMap(({ starts, ends }) => [...starts, ...ends]),
  ];
  const address = stage.workspace(4 * numbers.length);
  new Int32Array(heapBytes().buffer, address, numbers.length).set(numbers);
  return address;
}

function listed(stage: Stage, divisors: AveragingParams['divisors'], { dtypeCore: { array, itemsize } }: StridedArray): number {
  const numbers = three(divisors, [1]).flat();
  const address = stage.workspace(itemsize * numbers.length);
  (new array(heapBytes().buffer as ArrayBuffer, address, numbers.length) as Float64Array).set(numbers);
  return address;
}

const isFloat = ({ dtypeCore: { kind } }: StridedArray): boolean => kind === 'float';
const typeOf = ({ dtypeCore: { itemsize } }: StridedArray): 'f32' | 'f64' => (itemsize === 4 ? 'f32' : 'f64');
const compact = (x: StridedArray, temporaries: Temporaries): StridedArray =>
  (x.geometry.contiguous ? x : temporaries.converted(x, x.dtypeCore));

/** The extents that windows move along, and how many images there are. */
function imagesOf(x: StridedArray, dimensions: number): { readonly images: number; readonly extents: readonly number[] } {
  const { shape } = x.geometry;
  const lead = shape.length - dimensions;
  return { images: shape.slice(0, lead).reduce((product, extent) => product * extent, 1), extents: shape.slice(lead) };
}

export const maxPool: Kernels['maxPool'] = ([given], { windows }, [values, indices]) => {
  if (!isFloat(given)) return declined;
  if (values.geometry.size === 0) return undefined;
  withTemporaries((temporaries) => staged((stage) => {
    const x = compact(given, temporaries);
    const { images, extents } = imagesOf(x, windows.length);
    const places = indices as StridedArray | undefined;
    convolutionsExports()[`maxPool_${typeOf(x)}`](
      images, stage.address(x), stage.address(values, 'write'), places === undefined ? 0 : stage.address(places, 'write'),
      plan(stage, extents, windows));
  }));
  return undefined;
};

export const maxPoolValues: Kernels['maxPoolValues'] = maxPool;

export const maxUnpool: Kernels['maxUnpool'] = ([given, givenIndices], { size, adds }, [out]) => {
  if (!isFloat(given)) return declined;
  if (out.geometry.size === 0) return undefined;
  withTemporaries((temporaries) => staged((stage) => {
    const [x, indices] = [given, givenIndices].map((each) => compact(each, temporaries));
    const { images } = imagesOf(x, size.length);
    convolutionsExports()[`maxUnpool_${typeOf(x)}`](
      images, x.geometry.size / images, out.geometry.size / images, stage.address(x), stage.address(indices),
      stage.address(out, 'write'), Number(adds));
  }));
  return undefined;
};

export const averagePool: Kernels['averagePool'] = ([given], { windows, divisors }, [out]) => {
  if (!isFloat(given)) return declined;
  if (out.geometry.size === 0) return undefined;
  withTemporaries((temporaries) => staged((stage) => {
    const x = compact(given, temporaries);
    const { images, extents } = imagesOf(x, windows.length);
    convolutionsExports()[`averagePool_${typeOf(x)}`](
      images, stage.address(x), stage.address(out, 'write'), plan(stage, extents, windows), listed(stage, divisors, x));
  }));
  return undefined;
};

export const averagePoolTurned: Kernels['averagePoolTurned'] = ([given], { windows, divisors }, [out]) => {
  if (!isFloat(given)) return declined;
  if (out.geometry.size === 0) return undefined;
  withTemporaries((temporaries) => staged((stage) => {
    const g = compact(given, temporaries);
    const { images, extents } = imagesOf(g, windows.length);
    const [depth, height, width] = three(extents, 1);
    const shares = temporaries.make(g.geometry.shape, g.dtypeCore);
    const [from, to] = [stage.address(g), stage.address(shares, 'update')];
    const exports = convolutionsExports();
    exports[`dividedPlaces_${typeOf(g)}`](images, from, to, depth, height, width, listed(stage, divisors, g));
    exports[`averagePool_${typeOf(g)}`](
      images, to, stage.address(out, 'write'), plan(stage, extents, windows), 0);
  }));
  return undefined;
};
