import type { DType } from '../../core/dtype.ts';
import { int64, isFloating } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { elements } from '../../ops/host.ts';
import { scatterAlong } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { QuantileMethod } from '../../ops/quantiles.ts';
import { nanQuantile, quantile as quantilesOf } from '../../ops/quantiles.ts';
import { allAxes, minMax, sum } from '../../ops/reduce.ts';
import { searchSorted } from '../../ops/search.ts';
import { keyedOut, overloaded } from '../arguments/keyed.ts';
import type { PairOut } from '../arguments/pairs.ts';
import { intoPair } from '../arguments/pairs.ts';
import { listText } from '../arguments/sizes.ts';
import { cTypeName, dtypeOf, scalarTypeName } from '../dtypes/dtypes.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { linspace } from './creation.ts';
import { Histogram, Histograms } from '../tensor/returnTypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** How elements are distributed: quantiles and histograms. Each function but the last is also a method. */

const interpolations: readonly string[] = ['linear', 'lower', 'higher', 'midpoint', 'nearest'];

function quantileFunction(name: string, find: typeof quantilesOf) {
  return keyedOut(name, "input, q: float | Tensor, dim: int = None, keepdim=False, *, interpolation='linear', out=None", (
    input: Tensor, q: number | Tensor, dim?: number | null, keepdim: boolean = false, interpolation: string = 'linear',
  ): Tensor => {
    const { dtypeCore: type, geometry: { size, shape } } = input;
    if (size === 0) throw new RuntimeError('quantile() input tensor must be non-empty');
    if (type.kind !== 'float' || type.itemsize < 4) throw new RuntimeError('quantile() input tensor must be either float or double dtype');
    if (q instanceof Tensor) {
      if (q.ndim > 1) throw new RuntimeError('quantile() q must be a scalar or 1D tensor');
      if (q.dtypeCore !== type) throw new RuntimeError('quantile() q tensor must be same dtype as the input tensor');
    }
    if (!interpolations.includes(interpolation)) {
      throw new RuntimeError(
        `quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ${interpolation}`);
    }
    const places = q instanceof Tensor ? elements(move.detach(q)).map(Number) : [q];
    if (places.some((each) => !(each >= 0 && each <= 1))) {
      throw new RuntimeError(q instanceof Tensor ? 'quantile() q values must be in the range [0, 1]'
        : `quantile() q must be in the range [0, 1] but got ${q}`);
    }
    const axes = dim === undefined || dim === null ? allAxes(input) : shape.length === 0 ? [] : [wrapDimension(dim, shape.length)];
    // Of no dimensions it is a vector of one element.
    const x = shape.length === 0 ? move.reshapeTo(input, [1]) : input;
    const found = find(x, places, shape.length === 0 ? [0] : axes, keepdim && shape.length > 0, interpolation as QuantileMethod, type);
    return q instanceof Tensor && q.ndim === 1 ? found : move.reshapeTo(found, found.geometry.shape.slice(1));
  });
}
/**
 * The elements below which the parts `q` of all lie, over all or along a dimension; between two by `interpolation`. With a vector of
 * parts the results lie along a new first dimension. Source: torch.quantile.
 * @example
 * torch.quantile(torch.tensor([1.5, 2, 4]), 0.25); // → tensor(1.7500)
 */
export const quantile = quantileFunction('quantile', quantilesOf);
/**
 * As quantile, NaN left out. Source: torch.nanquantile.
 * @example
 * torch.nanquantile(torch.tensor([1.5, NaN, 4]), 0.5); // → tensor(2.7500)
 */
export const nanquantile = quantileFunction('nanquantile',
  (x, q, axes, keepdims, method = 'linear', type = x.dtypeCore) => nanQuantile(x, q, axes, keepdims, method, type));

/** The ends of what is counted: as given, or those of the elements where they do not differ. */
function rangeOf(name: string, input: Tensor, low: number, high: number): [number, number] {
  if (low > high) throw new RuntimeError(`${name}: max must be larger than min`);
  if (low !== high) return [low, high];
  if (input.geometry.size === 0) return [low, high + 1];
  const x = move.detach(input);
  const ends = minMax(x, allAxes(x)).map((each) => Number(elements(each)[0]));
  if (!ends.every(Number.isFinite)) {
    const shown = ends.map((each) => pythonRepr(each).replace(/\.0$/, ''));
    throw new RuntimeError(`${name}: range of [${shown.join(', ')}] is not finite`);
  }
  return ends as [number, number];
}

function checkBins(bins: number): void {
  if (bins <= 0) throw new RuntimeError(`torch.histogram(): bins must be > 0, but got ${bins} for dimension 0`);
}

/** How often each place comes, or the sum of its weights; those beyond the last are left out. */
function counted(places: Tensor, weights: Tensor, count: number): Tensor {
  const zeros = full(Tensor, [count + 1], 0, weights.dtypeCore, weights.storage.device);
  const [index, values] = [places, weights].map((each) => move.reshapeTo(each, [each.geometry.size]));
  return move.sliceAxis(scatterAlong(zeros, 0, index, values, 'torch', { accumulate: true }), 0, 0, count);
}

const onesLike = (x: Tensor): Tensor => full(Tensor, x.geometry.shape, 1, x.dtypeCore, x.storage.device);

/**
 * How many elements lie in each of `bins` equal parts from `min` to `max`, or of the elements' own range. Source: torch.histc.
 * @example
 * torch.histc(torch.tensor([1, 2, 1.5]), 4, 0, 3); // → tensor([0., 1., 2., 0.])
 */
export const histc = keyedOut('histc', 'input, bins=100, min: Number = 0, max: Number = 0, *, out=None', (
  input: Tensor, bins: number = 100, low: number = 0, high: number = 0,
): Tensor => {
  if (!isFloating(input.dtypeCore)) {
    throw new NotImplementedError(`"histogram_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  }
  checkBins(bins);
  let [first, last] = rangeOf('torch.histc', input, low, high);
  if (first === last) [first, last] = [first - 1, last + 1];
  const x = move.detach(input);
  const scaled = ops.floor(ops.mul(ops.div(ops.sub(x, first), last - first), bins));
  const inside = ops.logicalAnd(ops.ge(x, first), ops.le(x, last));
  const places = ops.where(inside, ops.clamp<Tensor>(scaled, 0, bins - 1), bins) as Tensor;
  return counted(cast(places, int64), onesLike(x), bins);
});

/** The bin of each value between edges, the last of which belongs to its bin; beyond them `edges.length − 1`. */
function binOf(values: Tensor, edges: Tensor): Tensor {
  const bins = edges.geometry.size - 1;
  const places = ops.sub<Tensor>(searchSorted(edges, values, true), 1);
  const [first, last] = [0, bins].map((place) => move.sliceAxis(edges, 0, place, 1));
  const inside = ops.logicalAnd(ops.ge(values, first), ops.le(values, last));
  return ops.where(inside, ops.minimum<Tensor>(places, bins - 1), bins) as Tensor;
}

/** Edges are a vector of the input's dtype. */
function checkEdges(x: Tensor, { dtypeCore, geometry: { shape, size } }: Tensor, dimension: number): void {
  if (dtypeCore !== x.dtypeCore) {
    throw new RuntimeError('torch.histogramdd: input tensor and bins tensors should have the same dtype, but got input with dtype '
      + `${cTypeName(x.dtypeCore)} and bins for dimension ${dimension} with dtype ${cTypeName(dtypeCore)}`);
  }
  if (shape.length !== 1) {
    throw new RuntimeError(`torch.histogramdd: bins tensor should have one dimension, but got ${shape.length} dimensions in the bins `
      + `tensor for dimension ${dimension}`);
  }
  if (size === 0) {
    throw new RuntimeError('torch.histogramdd: bins tensor should have at least 1 element, but got 0 elements in the bins tensor for '
      + `dimension ${dimension}`);
  }
  if (size === 1) throw new RuntimeError(`torch.histogram(): bins must be > 0, but got 0 for dimension ${dimension}`);
}

/** A weight for each point; both as PyTorch lays them out. */
function checkWeight(x: Tensor, points: readonly number[], weight: Tensor | null | undefined, shape: readonly number[]): void {
  if (!weight) return;
  if (!sameShape(points.slice(0, -1), shape)) {
    throw new RuntimeError('torch.histogramdd: if weight tensor is provided it should have the same shape as the input tensor excluding '
      + `its innermost dimension, but got input with shape ${listText(points)} and weight with shape ${listText(shape)}`);
  }
  if (weight.dtypeCore !== x.dtypeCore) {
    throw new RuntimeError('torch.histogramdd: if weight tensor is provided, input tensor and weight tensor should have the same dtype, '
      + `but got input(${cTypeName(x.dtypeCore)}), and weight(${cTypeName(weight.dtypeCore)})`);
  }
}

function edgesOf(x: Tensor, bins: number, range: readonly number[] | null | undefined, name: string): Tensor {
  checkBins(bins);
  let [first, last] = range ?? rangeOf(name, x, 0, 0);
  if (first > last) throw new RuntimeError(`${name}: min should not exceed max, but got min ${first} max ${last} for dimension 0`);
  if (first === last) [first, last] = [first - 0.5, last + 0.5];
  return linspace(first, last, bins + 1, { dtype: dtypeOf(x.dtypeCore), device: x.device });
}

function density(hist: Tensor, edges: readonly Tensor[]): Tensor {
  const shares = ops.div(hist, sum(hist, allAxes(hist)));
  return edges.reduce((result, each, axis) => {
    const count = each.geometry.size - 1;
    const widths = ops.sub(move.sliceAxis(each, 0, 1, count), move.sliceAxis(each, 0, 0, count));
    return ops.div(result, move.reshapeTo(widths, hist.geometry.shape.map((_, i) => (i === axis ? count : 1))));
  }, shares);
}

function binned(input: Tensor, edges: Tensor, weight: Tensor | null | undefined, dense: boolean): Histogram {
  const x = move.detach(input);
  if (!isFloating(x.dtypeCore)) throw new NotImplementedError(`"histogramdd" not implemented for '${scalarTypeName(x.dtypeCore)}'`);
  checkEdges(x, edges, 0);
  checkWeight(x, [x.geometry.size, 1], weight, [weight?.geometry.size ?? 0]);
  const hist = counted(binOf(x, edges), weight ? move.detach(weight) : onesLike(x), edges.geometry.size - 1);
  return new Histogram(dense ? density(hist, [edges]) : hist, edges);
}

const outText = 'out: tuple of Tensors (2) = None';
const counts = {
  make: (hist: Tensor, edges: Tensor): Histogram => new Histogram(hist, edges), parts: ['hist', 'bin_edges'],
  words: (_: string, from: DType, to: DType, part: string): string => 'torch.histogram: input tensor and '
    + `${part} tensor should have the same dtype, but got input ${cTypeName(from)} and ${part} ${cTypeName(to)}`
    + (part === 'hist' ? '' : ' for dimension 0'),
} as const;

export interface HistogramOptions extends PairOut {
  readonly weight?: Tensor | null;
  readonly density?: boolean;
}
/**
 * How many elements, or how much `weight`, each bin has, and the bins' edges: so many bins over `range` or the elements' own, or those
 * between given edges. With `density` the area under it is 1. Source: torch.histogram.
 * @example
 * torch.histogram(torch.tensor([1, 2, 1.5]), 2).hist; // → tensor([1., 2.])
 */
export const histogram = overloaded<{
  (input: Tensor, bins: Tensor, options?: HistogramOptions): Histogram;
  (input: Tensor, bins?: number | (HistogramOptions & { readonly bins?: number | Tensor; readonly range?: readonly number[] | null }),
    options?: HistogramOptions & { readonly range?: readonly number[] | null }): Histogram;
}>('histogram',
  [`input, bins: Tensor, *, weight: Tensor = None, density=False, ${outText}`, (
    input: Tensor, bins: Tensor, weight?: Tensor | null, dense: boolean = false, out?: readonly Tensor[],
  ): Histogram => intoPair('histogram', binned(input, bins, weight, dense), out, input, counts)],
  [`input, bins=100, *, range: tuple of floats = None, weight: Tensor = None, density=False, ${outText}`, (
    input: Tensor, bins: number = 100, range?: readonly number[] | null, weight?: Tensor | null, dense: boolean = false,
    out?: readonly Tensor[],
  ): Histogram =>
    intoPair('histogram', binned(input, edgesOf(move.detach(input), bins, range, 'histogram'), weight, dense), out, input, counts)]);

type Bins = number | readonly number[] | readonly Tensor[];

/** One number of bins for all dimensions, one for each, or the edges of each. */
function binsOf(given: Bins, depth: number): readonly (number | Tensor)[] {
  if (typeof given === 'number') return new Array<number>(depth).fill(given);
  const ofNumbers = typeof given[0] === 'number' && Number.isInteger(given[0]);
  const wrong = given.findIndex((each) => !(ofNumbers ? Number.isInteger(each) : each instanceof Tensor));
  if (wrong >= 0) {
    const type = pythonTypeName(given[wrong]);
    throw new TypeError(ofNumbers ? `histogramdd(): argument 'bins' failed to unpack the object at pos ${wrong + 1} with error `
      + `"type must be tuple of ints,but got ${type}"` : `expected Tensor as element ${wrong} in argument 1, but got ${type}`);
  }
  if (given.length !== depth) {
    throw new RuntimeError(ofNumbers ? 'histogramdd: The size of bins must be equal to the innermost dimension of the input.'
      : `torch.histogramdd: expected ${depth} sequences of bin edges for a ${depth}-dimensional histogram but got ${given.length}`);
  }
  return given;
}

const overPoints = (bins: string): string =>
  `input, bins: ${bins}, range: tuple of floats = None, weight: Tensor = None, density=False`;

interface PointsOptions {
  readonly range?: readonly number[] | null;
  readonly weight?: Tensor | null;
  readonly density?: boolean;
}
interface HistogramOfPoints {
  (input: Tensor, bins: Bins, options?: PointsOptions): Histograms;
  (input: Tensor, bins: Bins, range: readonly number[] | null, weight?: Tensor | PointsOptions | null,
    density?: boolean | PointsOptions): Histograms;
  (input: Tensor, options: PointsOptions & { readonly bins: Bins }): Histograms;
  (options: PointsOptions & { readonly input: Tensor; readonly bins: Bins }): Histograms;
}

function countedPoints(
  input: Tensor, bins: Bins, range?: readonly number[] | null, weight?: Tensor | null, dense: boolean = false,
): Histograms {
  const x = move.detach(input);
  const { shape } = x.geometry;
  if (shape.length < 2) {
    throw new RuntimeError(`torch.histogramdd: input tensor should have at least 2 dimensions, but got ${shape.length}`);
  }
  const list = binsOf(bins, shape[shape.length - 1]);
  list.forEach((each, i) => {
    if (each instanceof Tensor) checkEdges(x, each, i);
  });
  checkWeight(x, shape, weight, weight?.geometry.shape ?? []);
  const columns = list.map((_, i) => move.sliceAxis(x, shape.length - 1, i, 1));
  const edges = list.map((each, i) => (each instanceof Tensor ? each
    : edgesOf(columns[i], each, range ? range.slice(2 * i, 2 * i + 2) : null, 'torch.histogramdd')));
  const extents = edges.map((each) => each.geometry.size - 1);
  const total = extents.reduce((product, each) => product * each, 1);
  let [cells, outside] = [null, null] as [Tensor | null, Tensor | null];
  columns.forEach((column, i) => {
    const own = binOf(column, edges[i]);
    const beyond = ops.eq(own, extents[i]);
    cells = cells === null ? own : ops.add(ops.mul<Tensor>(cells, extents[i]), own);
    outside = outside === null ? beyond : ops.logicalOr(outside, beyond);
  });
  const flat = counted(ops.where(outside!, total, cells!) as Tensor, weight ? move.detach(weight) : onesLike(columns[0]), total);
  const hist = move.reshapeTo(flat, extents);
  return new Histograms(dense ? density(hist, edges) : hist, edges);
}

/**
 * The same of points in several dimensions, which are the rows of a matrix: the counts and a list of edges for each dimension. `bins` are
 * their numbers or edges, `range` the ends of all dimensions one after another. Source: torch.histogramdd.
 * @example
 * torch.histogramdd(torch.tensor([[0.5, 1], [1, 2]]), [2, 2]).hist; // → tensor([[1., 0.],
 *                                                                   //           [0., 1.]])
 */
export const histogramdd = overloaded<HistogramOfPoints>('histogramdd',
  [overPoints('int'), countedPoints], [overPoints('tuple of ints'), countedPoints], [overPoints('tuple of Tensors'), countedPoints]);

