import * as core from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { checkShape, sizeOf } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import * as make from '../../ops/creation.ts';
import { StridedArray } from '../../core/strided.ts';
import { tupleText } from '../../core/errors.ts';
import { indexSelect } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { inPython, keyed } from '../arguments/keyed.ts';
import type { DeviceLike } from '../device.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { FactoryOptions, TensorData } from './creation.ts';
import { as_tensor, factory, factoryText, finish, placeFor, requireGrad, typeFor } from './creation.ts';
import type { Num } from './creation.ts';
import { listText } from '../arguments/sizes.ts';

/** Tensors of data that is there, and of places: of triangles, combinations, and elements by their numbers. */

/**
 * A tensor of any data: itself where it is one, unless another dtype or a copy is asked for. Source: torch.asarray.
 * @example
 * torch.asarray([1, 2]); // → tensor([1, 2])
 */
export const asarray = keyed(
  'asarray', 'obj: object, *, dtype=None, device=None, copy: bool = None, requires_grad: bool = None', (
    obj: TensorData, dtype?: dtype | null, device?: DeviceLike | null, copy?: boolean | null, requires_grad?: boolean | null,
  ): Tensor => {
    const made = as_tensor(obj, dtype, device);
    const shares = obj instanceof StridedArray && made.storage === obj.storage;
    if (copy === false && !shares) throw new ValueError('cannot alias data that is no tensor, or has another dtype or device');
    const own = copy === true && shares ? move.clone(made) : made;
    if (requires_grad) return requireGrad(own.is_leaf ? own : move.detach(own));
    return own.requires_grad && requires_grad === false ? move.detach(own) : own;
  });

/**
 * A vector over the bytes of a buffer, from `offset` bytes on, of `count` elements or all. The bytes are copied. Source: torch.frombuffer.
 * @example
 * torch.frombuffer(new Uint8Array([1, 0, 2, 0]), { dtype: torch.int16 }); // → tensor([1, 2], dtype=torch.int16)
 */
export const frombuffer = factory<{
  (buffer: ArrayBuffer | ArrayBufferView, options: {
    readonly dtype: dtype; readonly count?: number; readonly offset?: number; readonly requires_grad?: boolean;
  }): Tensor;
}, { readonly buffer: ArrayBuffer | ArrayBufferView; readonly count?: number; readonly offset?: number }>('frombuffer', [
  'buffer: object, *, dtype, count=-1, offset=0, requires_grad=False',
  ({ buffer, dtype, count = -1, offset = 0, requires_grad }): Tensor => {
    const bytes = ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);
    const type = dtype!.core;
    if (bytes.length === 0 || count === 0) {
      throw new ValueError(`both buffer length (${bytes.length}) and count (${count}) must not be 0`);
    }
    if (offset < 0 || offset >= bytes.length) {
      throw new ValueError(
        `offset (${offset} bytes) must be non-negative and no greater than buffer length (${bytes.length} bytes) minus 1`);
    }
    const room = bytes.length - offset;
    if (count < 0 && room % type.itemsize !== 0) {
      throw new ValueError(
        `buffer length (${room} bytes) after offset (${offset} bytes) must be a multiple of element size (${type.itemsize})`);
    }
    const length = count < 0 ? room / type.itemsize : count;
    if (length * type.itemsize > room) {
      throw new ValueError(`requested buffer length (${count} * ${type.itemsize} bytes) after offset (${offset} bytes) must not be greater `
        + `than actual buffer length (${bytes.length} bytes)`);
    }
    const made = make.fromTyped(Tensor, bytes.slice(offset, offset + length * type.itemsize), [length], type, placeFor({}));
    return requires_grad ? requireGrad(made) : made;
  },
]);

type RangeOptions = Omit<FactoryOptions, 'pin_memory'>;
type Ends = { readonly start?: Num; readonly end: Num; readonly step?: Num };
/**
 * Steps from `start` up to `end`, which belongs to them. Source: torch.range.
 * @example
 * torch.range(1, 2, 0.5); // → tensor([1.0000, 1.5000, 2.0000])
 */
export const range = factory<{
  (start: Num, end: Num, step?: Num | RangeOptions, options?: RangeOptions): Tensor;
  (options: RangeOptions & Ends): Tensor;
}, Ends>('range', [
  'start: Number, end: Number, step: Number = 1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False', (
  { start = 0, end, step = 1, ...options },
) => {
  const [from, to, by] = [start, end, step].map(Number);
  if (by === 0) throw new RuntimeError('step must be nonzero');
  if (by > 0 !== to >= from && from !== to) throw new RuntimeError('upper bound and lower bound inconsistent with step sign');
  const count = Math.floor((to - from) / by) + 1;
  return finish(make.rampOf(Tensor, count, from, by, typeFor(options), placeFor(options)), options);
}]);

type Rows = { readonly row: number; readonly col: number; readonly offset?: number };
type Triangle = {
  (row: number, col: number, offset?: number | (FactoryOptions & { readonly offset?: number }), options?: FactoryOptions): Tensor;
  (options: FactoryOptions & Rows): Tensor;
};

/** How many elements of a matrix are on its diagonal of that number or below it. */
function sizeOfLower(row: number, col: number, offset: number): number {
  const first = Math.max(-offset, 0);
  const full = Math.min(Math.max(col - 1 - offset, first), row);
  const rising = Math.max(full - first, 0);
  return rising * (first + offset + 1) + rising * (rising - 1) / 2 + Math.max(row - Math.max(full, first), 0) * col;
}

/** The rows and columns of a triangle's elements, row by row. */
const triangle = (
  name: string, countOf: (row: number, col: number, offset: number) => number,
  within: (row: number, offset: number, col: number) => readonly [number, number],
): Triangle =>
  factory<Triangle, Rows>(name, [`row: int, col: int, offset=0, *, ${factoryText}`, ({ row, col, offset = 0, ...options }): Tensor => {
    if (row < 0) throw new RuntimeError(`row must be non-negative, got${row}`);
    if (col < 0) throw new RuntimeError(`col must be non-negative, got${col}`);
    const count = countOf(row, col, offset);
    checkShape([2, count], core.int64);
    const values = new Float64Array(2 * count);
    const firstRow = Math.max(1 - within(0, offset, col)[1], 0);
    for (let i = firstRow, at = 0; at < count; i++) {
      const [first, end] = within(i, offset, col);
      for (let column = Math.max(first, 0); column < Math.min(end, col); column++, at++) {
        values[at] = i;
        values[count + at] = column;
      }
    }
    const made = make.vectorOf(Tensor, 2 * count, (i) => values[i], typeFor(options, () => core.int64), placeFor(options));
    return finish(move.reshapeTo(made, [2, count]), options);
  }]);
/**
 * Where the lower triangle of a matrix is: rows and columns of its elements. Source: torch.tril_indices.
 * @example
 * torch.tril_indices(2, 2); // → tensor([[0, 1, 1],
 *                           //           [0, 0, 1]])
 */
export const tril_indices = triangle('tril_indices', sizeOfLower, (row, offset) => [0, row + offset + 1]);
/**
 * Where the upper triangle of a matrix is: rows and columns of its elements. Source: torch.triu_indices.
 * @example
 * torch.triu_indices(2, 2); // → tensor([[0, 0, 1],
 *                           //           [0, 1, 1]])
 */
export const triu_indices = triangle(
  'triu_indices', (row, col, offset) => row * col - sizeOfLower(row, col, offset - 1), (row, offset, col) => [row + offset, col],
);

/** In how many ways k of n can be chosen. */
function choices(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < Math.min(k, n - k) && ways < Infinity; i++) ways = ways * (n - i) / (i + 1);
  return k > n ? 0 : Math.round(ways);
}

/**
 * All combinations of `r` elements of a vector, in their order. Source: torch.combinations.
 * @example
 * torch.combinations(torch.tensor([1, 2, 3])); // → tensor([[1, 2],
 *                                              //           [1, 3],
 *                                              //           [2, 3]])
 */
export const combinations = keyed('combinations', 'input, r=2, with_replacement=False', (
  input: Tensor, r: number = 2, with_replacement: boolean = false,
): Tensor => {
  if (input.geometry.shape.length !== 1) {
    throw new RuntimeError(`Expect a 1D vector, but got shape ${listText(input.geometry.shape)}`);
  }
  if (r < 0) throw new RuntimeError(`Expect a non-negative number, but got ${r}`);
  const n = input.geometry.size;
  if (r === 0) return make.empty(Tensor, [0], input.dtypeCore, input.storage.device);
  const count = choices(with_replacement && n > 0 ? n + r - 1 : n, r);
  checkShape([count, r], core.int64);
  if (count === 0) return make.empty(Tensor, [0, r], input.dtypeCore, input.storage.device);
  let places: number[][] = Array.from({ length: n }, (_, i) => [i]);
  for (let k = 1; k < r; k++) {
    places = places.flatMap((each) => {
      const from = each[k - 1] + (with_replacement ? 0 : 1);
      return Array.from({ length: Math.max(n - from, 0) }, (_, i) => [...each, from + i]);
    });
  }
  const flat = places.flat();
  const index = make.vectorOf(Tensor, flat.length, (i) => flat[i], core.int64, input.storage.device);
  return move.reshapeTo(indexSelect(input, 0, index), [places.length, r]);
});

/**
 * The places in a tensor of a shape that numbers of elements stand for, one tensor for each dimension. Source: torch.unravel_index.
 * @example
 * torch.unravel_index(torch.tensor([4, 1]), [3, 2]); // → [tensor([2, 0]), tensor([0, 1])]
 */
export const unravel_index = keyed('unravel_index', 'indices: object, shape: object', (
  indices: Tensor, given: number | readonly number[],
): Tensor[] => {
  if (!(indices instanceof Tensor) || !core.isInteger(indices.dtypeCore)) {
    throw new TypeError(`expected 'indices' to be integer dtype, but got ${String((indices as Tensor).dtype)}`);
  }
  const shape = typeof given === 'number' ? [given] : given;
  if (shape.some((extent) => extent < 0)) {
    throw new ValueError(`'shape' cannot have negative values, but got ${tupleText(shape)}`);
  }
  return shape.map((extent, axis) =>
    ops.remainder(ops.floorDivide<Tensor>(indices, Math.max(sizeOf(shape.slice(axis + 1)), 1)), extent) as Tensor);
}, inPython);

/**
 * Powers of the elements of a vector in rows, from the highest on unless `increasing`. Source: torch.vander.
 * @example
 * torch.vander(torch.tensor([1, 2, 3])); // → tensor([[1, 1, 1],
 *                                        //           [4, 2, 1],
 *                                        //           [9, 3, 1]])
 */
export const vander = keyed('vander', 'x: Tensor, N: int = None, increasing=False', (
  x: Tensor, N?: number | null, increasing: boolean = false,
): Tensor => {
  const { shape } = x.geometry;
  if (shape.length !== 1) throw new RuntimeError('x must be a one-dimensional tensor.');
  const count = N ?? shape[0];
  if (count < 0) throw new RuntimeError('N must be non-negative.');
  const type = core.isInexact(x.dtypeCore) ? x.dtypeCore : core.int64;
  const exponents = make.rampOf(Tensor, count, increasing ? 0 : count - 1, increasing ? 1 : -1, type, x.storage.device);
  return ops.pow(move.unsqueeze(cast(x, type), 1), exponents);
});

