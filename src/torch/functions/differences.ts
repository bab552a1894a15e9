import { bool, isFloating, isInexact, isInteger } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { elements } from '../../ops/host.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { cumsum, sum } from '../../ops/reduce.ts';
import { slopeAlong } from '../../ops/slopes.ts';
import { correlation, covariance } from '../../ops/statistics.ts';
import { distinct } from '../arguments/dims.ts';
import { keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import { floatingType } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Differences of neighbours, areas, slopes, and how variables vary together. */

const part = (x: Tensor, axis: number, start: number, count: number): Tensor => move.sliceAxis(x, axis, start, Math.max(count, 0));

/**
 * Differences of neighbours along a dimension, `n` times over, of the tensor between what is prepended and appended. Also a method.
 * Source: torch.diff.
 * @example
 * torch.diff(torch.tensor([1, 3, 2])); // → tensor([ 2, -1])
 */
export const diff = keyedOut('diff', 'input, n=1, dim=-1, prepend: Tensor = None, append: Tensor = None, *, out=None', (
  input: Tensor, n: number = 1, dim: number = -1, prepend?: Tensor | null, append?: Tensor | null,
): Tensor => {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new RuntimeError('diff expects input to be at least one-dimensional');
  if (n < 0) throw new RuntimeError(`order must be non-negative but got ${n}`);
  const axis = wrapDimension(dim, shape.length);
  const ends = [prepend, append];
  for (const end of ends) {
    if (end && end.ndim !== shape.length) throw new RuntimeError('diff expects prepend or append to be the same dimension as input');
    const wrong = end ? end.geometry.shape.findIndex((extent, i) => i !== axis && extent !== shape[i]) : -1;
    if (wrong >= 0) {
      throw new RuntimeError('diff expects the shape of tensor to prepend or append to match that of input except along the differencing '
        + `dimension; input.size(${wrong}) = ${shape[wrong]}, but got tensor.size(${wrong}) = ${end!.geometry.shape[wrong]}`);
    }
  }
  const pieces = [prepend, input, append].filter((each) => each instanceof Tensor);
  let x = pieces.length > 1 ? move.concatenate(pieces.map((each) => cast(each, input.dtypeCore)), axis) : input;
  if (n === 0) return move.clone(x);
  const extent = x.geometry.shape[axis];
  for (let k = 0; k < Math.min(n, extent); k++) {
    const count = x.geometry.shape[axis] - 1;
    const [after, before] = [part(x, axis, 1, count), part(x, axis, 0, count)];
    x = x.dtypeCore === bool ? ops.logicalXor(after, before) : ops.sub(after, before);
  }
  return x;
});

/** The places of samples along a dimension as the distances between them, broadcast beside `y`. */
function widths(name: string, y: Tensor, x: Tensor, axis: number): Tensor {
  if (x.dtypeCore === bool) throw new NotImplementedError(`${name}: received a bool input for \`x\`, but bool is not supported`);
  if (x.ndim === 1) {
    const [count, extent] = [x.geometry.size, y.geometry.shape[axis]];
    if (count !== extent) throw new RuntimeError(`${name}: There must be one \`x\` value for each sample point`);
    const gaps = ops.sub(part(x, 0, 1, count - 1), part(x, 0, 0, count - 1));
    return move.reshapeTo(gaps, y.geometry.shape.map((_, each) => (each === axis ? Math.max(count - 1, 0) : 1)));
  }
  const along = axis - y.ndim + x.ndim;
  const count = x.geometry.shape[along] - 1;
  return ops.sub(part(x, along, 1, count), part(x, along, 0, count));
}

type Areas = {
  (y: Tensor, options?: { readonly dx?: number; readonly dim?: number }): Tensor;
  (y: Tensor, x: Tensor, options?: { readonly dim?: number }): Tensor;
  (y: Tensor, options: { readonly x: Tensor; readonly dim?: number }): Tensor;
  (options: { readonly y: Tensor; readonly x?: Tensor; readonly dx?: number; readonly dim?: number }): Tensor;
};

/** Trapezia between neighbours; `finish` gathers them. */
function areas(name: string, finish: (areas: Tensor, axis: number) => Tensor): Areas {
  const compute = (y: Tensor, distances: number | Tensor, dim: number): Tensor => {
    if (y.dtypeCore === bool) throw new NotImplementedError(`${name}: received a bool input for \`y\`, but bool is not supported`);
    const axis = wrapDimension(dim, y.ndim);
    const count = (y.geometry.shape[axis] ?? 1) - 1;
    const pairs = y.add(0);
    const heights = part(pairs, axis, 1, count).add(part(pairs, axis, 0, count));
    const sides = distances instanceof Tensor ? heights.mul(widths(name, y, distances, axis)).div(2) : heights.mul(distances / 2);
    return finish(sides, axis);
  };
  return overloaded<Areas>(name,
    ['y: Tensor, x: Tensor, *, dim=-1', (y: Tensor, x: Tensor, dim: number = -1): Tensor => compute(y, x, dim)],
    ['y: Tensor, *, dx: Number = 1, dim=-1', (y: Tensor, dx: number = 1, dim: number = -1): Tensor => compute(y, dx, dim)]);
}
/**
 * The area under samples by trapezia along a dimension, `dx` (1) apart or at the places `x`. Source: torch.trapezoid.
 * @example
 * torch.trapezoid(torch.tensor([1, 2, 4])); // → tensor(4.5000)
 */
export const trapezoid = areas('trapezoid', (sides, axis) => sum(sides, [axis]));
/** As trapezoid. Source: torch.trapz. */
export const trapz = trapezoid;
/**
 * The area under samples up to each of them but the first, by trapezia. Source: torch.cumulative_trapezoid.
 * @example
 * torch.cumulative_trapezoid(torch.tensor([1, 2, 4])); // → tensor([1.5000, 4.5000])
 */
export const cumulative_trapezoid = areas('cumulative_trapezoid', (sides, axis) => cumsum(sides, axis));

type Spacing = number | readonly (number | Tensor)[] | null;
interface GradientOptions {
  readonly spacing?: Spacing;
  readonly dim?: number | readonly number[] | null;
  readonly edge_order?: number;
}
/**
 * The slope at each element along each dimension, or along those of `dim`: central differences inside, one-sided ones of `edge_order` (1)
 * at the ends. Elements are 1 apart, or as `spacing` says: numbers, or tensors of places. Source: torch.gradient.
 * @example
 * torch.gradient(torch.tensor([1, 2, 4, 7])); // → [tensor([1.0000, 1.5000, 2.5000, 3.0000])]
 */
export const gradient = overloaded<(input: Tensor, options?: GradientOptions) => Tensor[]>('gradient',
  ['input, *, spacing=None, dim: int | tuple of ints = None, edge_order=1', (
    input: Tensor, spacing?: Spacing, dim?: number | readonly number[] | null, edge_order: number = 1,
  ): Tensor[] => {
    const { shape } = input.geometry;
    const x = isInexact(input.dtypeCore) ? input : cast(input, floatingType(input.dtypeCore));
    const dims = dim === undefined || dim === null ? shape.map((_, axis) => axis) : [dim].flat() as number[];
    const axes = distinct(dims, shape.length);
    if (edge_order !== 1 && edge_order !== 2) throw new RuntimeError('torch.gradient only supports edge_order=1 and edge_order=2.');
    const given = Array.isArray(spacing) ? spacing as readonly (number | Tensor)[] : axes.map(() => spacing as number ?? 1);
    if (given.length !== axes.length) {
      throw new RuntimeError('torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal to '
        + `'self.dim() = ${shape.length}', since dim argument ${dim === undefined || dim === null ? 'was not given' : 'was given'}, `
        + `but got a list of length ${given.length}`);
    }
    if (axes.some((axis) => shape[axis] < edge_order + 1)) {
      throw new RuntimeError('torch.gradient expected each dimension size to be at least edge_order+1');
    }
    return axes.map((axis, i) => {
      const each = given[i];
      if (!(each instanceof Tensor)) return slopeAlong(x, axis, each, edge_order);
      const places = Float64Array.from(elements(move.detach(each)), Number);
      return slopeAlong(x, axis, places.subarray(1).map((place, k) => place - places[k]), edge_order);
    });
  }]);

function checkTable(name: string, { geometry: { shape } }: Tensor): void {
  if (shape.length > 2) {
    throw new RuntimeError(`${name}(): expected input to have two or fewer dimensions but got an input with ${shape.length} dimensions`);
  }
}

function weightsOf(name: 'fweights' | 'aweights', given: Tensor | null | undefined, count: number): Tensor | null {
  if (given === undefined || given === null) return null;
  if (given.ndim > 1) {
    throw new RuntimeError(`cov(): expected ${name} to have one or fewer dimensions but got ${name} with ${given.ndim} dimensions`);
  }
  const fits = name === 'fweights' ? isInteger(given.dtypeCore) : isFloating(given.dtypeCore);
  if (!fits) {
    const wanted = name === 'fweights' ? 'integral' : 'floating point';
    throw new RuntimeError(
      `cov(): expected ${name} to have ${wanted} dtype but got ${name} with ${scalarTypeName(given.dtypeCore)} dtype`);
  }
  if (given.geometry.size !== count) {
    throw new RuntimeError(
      `cov(): expected ${name} to have the same numel as there are observations in the input but got ${given.geometry.size} != ${count}`);
  }
  if (elements(move.detach(given)).some((each) => Number(each) < 0)) throw new RuntimeError(`cov(): ${name} cannot be negative`);
  return given;
}

/**
 * The covariance matrix of variables in rows, whose observations may have weights; `correction` is taken off their number. Also a
 * method. Source: torch.cov.
 * @example
 * torch.cov(torch.tensor([[1, 2, 3], [3, 2, 1]])); // → tensor([[ 1., -1.],
 *                                                  //           [-1.,  1.]])
 */
export const cov = keyed('cov', 'input, *, correction=1, fweights: Tensor = None, aweights: Tensor = None', (
  input: Tensor, correction: number = 1, fweights?: Tensor | null, aweights?: Tensor | null,
): Tensor => {
  checkTable('cov', input);
  if (input.dtypeCore === bool) throw new NotImplementedError('cov(): bool dtype is not supported for input');
  const given = isInexact(input.dtypeCore) ? input : cast(input, floatingType(input.dtypeCore));
  const x = given.ndim < 2 ? move.reshapeTo(given, [1, given.geometry.size]) : given;
  const count = x.geometry.shape[1];
  const [often, much] = [weightsOf('fweights', fweights, count), weightsOf('aweights', aweights, count)];
  const weights = often === null || much === null ? often ?? much : often.mul(much);
  const total = (values: Tensor): number => elements(move.detach(values)).reduce<number>((sum, each) => sum + Number(each), 0);
  const all = weights === null ? count : total(weights);
  const lost = much === null ? correction : correction * total(weights!.mul(much)) / all;
  const result = covariance(x, Math.max(all - lost, 0), weights && cast(weights, x.dtypeCore));
  return x.geometry.shape[0] === 1 ? move.reshapeTo(result, []) : result;
});

/**
 * The matrix of correlation coefficients of variables in rows. Also a method. Source: torch.corrcoef.
 * @example
 * torch.corrcoef(torch.tensor([[1, 2, 3], [3, 2, 1]])); // → tensor([[ 1., -1.],
 *                                                       //           [-1.,  1.]])
 */
export const corrcoef = keyed('corrcoef', 'input', (input: Tensor): Tensor => {
  checkTable('corrcoef', input);
  const c = cov(input);
  return c.ndim === 0 ? ops.div(c, c) : correlation(c);
});

