import { checkInPlace, isRecorded, record } from '../../autograd/tape.ts';
import { backendOf } from '../../backend/select.ts';
import type { Scalar } from '../../core/complex.ts';
import { bool, scalarTypeName } from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import { RuntimeError, ValueError, inputError } from '../../core/errors.ts';
import type { Dialect, IndexItem, IndexPlan } from '../../core/indexing/index.ts';
import {
  numpyShape, parseIndex, resolveIndex, torchShape, viewLayout,
} from '../../core/indexing/index.ts';
import type { Layout } from '../../core/layout.ts';
import {
  broadcastLayout, broadcastPair, contiguousLayout, sameShape, scalarLayout, sizeOf, stridedLayout,
} from '../../core/layout.ts';
import { StridedArray, viewOf, writesOf } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { emptyLike } from '../dispatch.ts';
import { reshapeTo } from '../movement.ts';
import { register } from '../registry/op.ts';
import { add } from '../pointwise/arithmetic.ts';
import { where } from '../pointwise/comparison.ts';
import { scatterRows } from './access.ts';
import { prepareItems } from './prepare.ts';
import { basicView, takeRows } from './read.ts';

register({ name: 'assign', differentiable: 1 });

export interface AssignOptions {
  /** Add to what is there, once for every time that an element is named, instead of replacing it. */
  readonly accumulate?: boolean;
}

interface SavedRows {
  readonly rows?: StridedArray;
}

/** A layout without the axes of extent 1 that lead it beyond `ndim` axes, or with `all` without any that lead it. */
function stripLeading(layout: Layout, ndim: number, all = false): Layout {
  let lead = 0;
  while (lead < layout.shape.length && layout.shape[lead] === 1 && (all || layout.shape.length - lead > ndim)) lead++;
  return lead === 0 ? layout : stridedLayout(layout.shape.slice(lead), layout.strides.slice(lead), layout.offset);
}

function fits(shape: readonly number[], target: readonly number[]): boolean {
  const common = broadcastPair(shape, target);
  return common !== null && sameShape(common, target);
}

/** The value's layout over the result's shape, by NumPy's rules. */
function numpyValue(value: Layout, plan: IndexPlan, lone: boolean, dtype: DType): Layout {
  const { shape } = value;
  // One element takes an array as its dtype reads one: as a number, or as true or false.
  if (plan.single && shape.length > 0 && !(dtype === bool && value.size === 1)) {
    throw dtype.kind === 'complex' ? new TypeError('only 0-dimensional arrays can be converted to Python scalars')
      : new ValueError('setting an array element with a sequence.');
  }
  const masked = lone && plan.columns.length === 1 && !plan.columns[0].checked && plan.rowAxes.length === 0;
  if (masked && plan.view.identity) {
    // One mask over all axes: the values follow one another along it.
    if (shape.length > 1) {
      throw new TypeError(
        'NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, '
        + `input has ${shape.length} dimensions`);
    }
    const [count] = plan.shape;
    if (shape.length === 1 && shape[0] !== count && shape[0] !== 1) {
      throw new ValueError(
        `NumPy boolean array indexing assignment cannot assign ${shape[0]} input values to the ${count} output values `
        + 'where the mask is true');
    }
  }
  const { length } = plan.shape;
  // Where arrays name nothing, axes beyond theirs of a value that is nothing do not count.
  const nothing = plan.columns.length > 0 && sizeOf(plan.shape) === 0 && shape.length > length && sizeOf(shape.slice(-length)) === 0;
  const stripped = nothing ? stridedLayout(shape.slice(-length), value.strides.slice(-length), value.offset) : stripLeading(value, length);
  if (!fits(stripped.shape, plan.shape)) {
    throw plan.columns.length === 0 ? inputError(stripped.shape, plan.shape)
      : new ValueError(`shape mismatch: value array of shape ${numpyShape(shape)} could not be broadcast to indexing result of shape `
        + numpyShape(plan.shape));
  }
  return broadcastLayout(stripped, plan.shape);
}

/** The same by PyTorch's rules. */
function torchValue(value: Layout, plan: IndexPlan, dtype: DType): Layout {
  const stripped = stripLeading(value, plan.shape.length, true);
  const { shape } = stripped;
  if (fits(shape, plan.shape)) return broadcastLayout(stripped, plan.shape);
  if (plan.columns.length > 0) {
    throw new RuntimeError(
      `shape mismatch: value tensor of shape ${torchShape(shape)} cannot be broadcast to indexing result of shape `
      + torchShape(plan.shape));
  }
  if (shape.length > plan.shape.length) {
    throw new RuntimeError(
      `expand(torch.${scalarTypeName(dtype)}Tensor{${torchShape(shape)}}, size=${torchShape(plan.shape)}): `
      + `the number of sizes provided (${plan.shape.length}) must be greater or equal to `
      + `the number of dimensions in the tensor (${shape.length})`);
  }
  const lead = plan.shape.length - shape.length;
  let wrong = shape.length - 1;
  while (shape[wrong] === plan.shape[lead + wrong] || shape[wrong] === 1) wrong--;
  throw new RuntimeError(
    `The expanded size of the tensor (${plan.shape[lead + wrong]}) must match the existing size (${shape[wrong]}) at `
    + `non-singleton dimension ${lead + wrong}.  Target sizes: ${torchShape(plan.shape)}.  `
    + `Tensor sizes: ${torchShape(shape)}`);
}

/** Whether one place in memory is several of the array's elements, as broadcasting makes it. */
export function repeatsElements({ shape, strides, size }: Layout): boolean {
  return size > 1 && shape.some((extent, axis) => extent > 1 && strides[axis] === 0);
}

/** Whether NumPy would not write into an array: one that was made read-only, or that broadcasting gave. */
export function isReadOnly(array: StridedArray): boolean {
  return (array.access !== null && array.access.readOnly) || repeatsElements(array.geometry);
}

/** PyTorch's refusal to write values where elements share their memory. */
export function sharedMemoryError(withInput = false): Error {
  const what = withInput ? 'some elements of the input tensor and the written-to tensor refer'
    : 'more than one element of the written-to tensor refers';
  return new RuntimeError(
    `unsupported operation: ${what} to a single memory location. Please clone() the tensor before performing the operation.`);
}

/** A copy of a value that lies in the storage that is written, so that it is read as it was before. */
export function independent(value: StridedArray, target: StridedArray): StridedArray {
  if (value.storage !== target.storage) return value;
  const copy = new StridedArray(
    backendOf(value.storage.device).allocate(value.geometry.size, value.dtypeCore), value.dtypeCore,
    contiguousLayout(value.geometry.shape));
  backendOf(value.storage.device).cast(value, copy);
  return copy;
}

/** One value as an array without axes, for kernels that read arrays. */
export function scalarArray(like: StridedArray, value: Scalar): StridedArray {
  const backend = backendOf(like.storage.device);
  const array = new StridedArray(backend.allocate(1, like.dtypeCore), like.dtypeCore, scalarLayout);
  backend.fill(array, value);
  return array;
}

/** Writes where the plan says, `value` having the result's shape or being a scalar. */
export function write(
  array: StridedArray, plan: IndexPlan, rows: StridedArray | null, value: StridedArray | Scalar, accumulate: boolean,
): void {
  const backend = backendOf(array.storage.device);
  const view = new StridedArray(array.storage, array.dtypeCore, viewLayout(array.geometry, plan.view));
  if (rows !== null) {
    if (value instanceof StridedArray) {
      scatterRows(view, plan, rows, value, accumulate);
    } else {
      const one = scalarArray(array, value);
      scatterRows(view, plan, rows, one, accumulate);
      one.storage.free();
    }
  } else if (accumulate) {
    backend.pointwise(add.op, [view, value], array.dtypeCore, view);
  } else if (value instanceof StridedArray) {
    backend.cast(value, view);
  } else {
    backend.fill(view, value);
  }
}

/** A copy of `g` with zeros where the plan writes: the gradient of what the array held before. */
export function zeroed<A extends StridedArray>(g: A, plan: IndexPlan, rows: StridedArray | null): A {
  const out = emptyLike(g, contiguousLayout(g.geometry.shape));
  backendOf(g.storage.device).cast(g, out);
  write(out, plan, rows, 0, false);
  return record(out, 'IndexPutBackward0', [g],
    [(gg: StridedArray, saved: SavedRows) => zeroed(gg, plan, saved.rows ?? null)], rows === null ? {} : { rows });
}

/** What the plan reads of `g`, under the value's own number of axes. */
function valueGradient(g: StridedArray, plan: IndexPlan, rows: StridedArray | null, ndim: number): StridedArray {
  const view = plan.view.identity ? g : basicView(g, plan);
  const read = rows === null ? view : takeRows(view, plan, rows);
  const lead = ndim - plan.shape.length;
  return lead > 0 ? reshapeTo(read, [...new Array<number>(lead).fill(1), ...plan.shape]) : read;
}

/** `x[mask] = scalar`, in one pass over the array, where one unread mask is all there is. */
function assignMasked(array: StridedArray, mask: StridedArray, value: Scalar, dialect: Dialect): void {
  const { shape } = mask.geometry;
  // Only for its refusals: how many elements are true does not matter here.
  const plan = resolveIndex(
    [{ kind: 'mask', shape, positions: { count: 0, device: null, values: () => [] } }], array.geometry.shape, dialect);
  checkInPlace(array);
  if (array.geometry.size === 0 || mask.geometry.size === 0) return;
  const trailing = plan.rowAxes.map(() => 1);
  const truth = cast(mask, bool);
  const { geometry: layout } = truth;
  const condition = independent(
    viewOf(truth, stridedLayout([...shape, ...trailing], [...layout.strides, ...trailing], layout.offset)), array);
  backendOf(array.storage.device).pointwise(where.op, [condition, value, array], array.dtypeCore, array);
  writesOf(array).version++;
  record(array, 'MaskedFillBackward0', [array],
    [(g: StridedArray, saved: { condition: StridedArray }) => where(saved.condition, 0, g) as StridedArray],
    { condition });
}

/** PyTorch's name of the write: a copy through a view, or the op that writes into the array itself. */
function writeName({ view, columns }: IndexPlan, value: StridedArray | Scalar): string {
  if (!view.identity) return 'CopySlices';
  if (columns.length === 0) {
    if (!(value instanceof StridedArray)) return 'FillBackward2';
    return value.geometry.shape.length === 0 && view.shape.length > 0 ? 'FillBackward3' : 'CopyBackwards';
  }
  if (value instanceof StridedArray || columns.length > 1) return 'IndexPutBackward0';
  return columns[0].checked ? 'IndexFillBackward0' : 'MaskedFillBackward0';
}

function loneMask(items: readonly IndexItem[], array: StridedArray): StridedArray | null {
  const [item] = items;
  return items.length === 1 && item.kind === 'array' && item.mask && item.array.geometry.shape.length > 0
    && item.array.storage.device === array.storage.device ? item.array : null;
}

/**
 * `x[...] = value`. A value that is an array has the array's dtype; it is read as it was before anything is written,
 * and nothing is written where anything is wrong. Where an element is named twice the later value stays.
 */
export function assign(
  array: StridedArray, items: readonly unknown[], value: StridedArray | Scalar, dialect: Dialect,
  options: AssignOptions = {},
): void {
  const { accumulate = false } = options;
  if (dialect === 'numpy' && isReadOnly(array)) throw new ValueError('assignment destination is read-only');
  const parsed = parseIndex(items, dialect);
  if (value instanceof StridedArray && value.dtypeCore !== array.dtypeCore) {
    throw new TypeError(
      `a value of dtype ${value.dtypeCore.name} cannot be written into ${array.dtypeCore.name}; cast it first`);
  }
  const mask = loneMask(parsed, array);
  if (mask !== null && !(value instanceof StridedArray) && !accumulate) {
    assignMasked(array, mask, value, dialect);
    return;
  }
  const prepared = prepareItems(array, parsed, dialect);
  const { plan } = prepared;
  // PyTorch does not even look at the value.
  if (dialect === 'torch' && parsed.length === 1 && parsed[0].kind === 'truth' && !parsed[0].value) return;
  let given = value;
  if (value instanceof StridedArray) {
    given = viewOf(value, dialect === 'numpy'
      ? numpyValue(value.geometry, plan, parsed.length === 1, array.dtypeCore) : torchValue(value.geometry, plan, value.dtypeCore));
    if (plan.columns.length === 0 && repeatsElements(viewLayout(array.geometry, plan.view))) throw sharedMemoryError();
  }
  const rows = prepared.rows();
  checkInPlace(array);
  const source = given instanceof StridedArray ? independent(given, array) : given;
  if (sizeOf(plan.shape) > 0) write(array, plan, rows, source, accumulate);
  writesOf(array).version++;
  if (isRecorded([array, value])) {
    const ndim = value instanceof StridedArray ? value.geometry.shape.length : 0;
    record(array, writeName(plan, value), [array, value], [
      accumulate ? (g: StridedArray) => g : (g: StridedArray, saved: SavedRows) => zeroed(g, plan, saved.rows ?? null),
      (g: StridedArray, saved: SavedRows) => valueGradient(g, plan, saved.rows ?? null, ndim),
    ], rows === null ? {} : { rows });
  } else {
    rows?.storage.free();
    if (source instanceof StridedArray && source !== given) source.storage.free();
  }
}
