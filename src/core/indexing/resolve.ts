import { IndexError } from '../errors.ts';
import { broadcastPair } from '../layout.ts';
import type { StridedArray } from '../strided.ts';
import type { Dialect, HostItem, SliceItem } from './items.ts';
import { indexMessages } from './messages.ts';
import type { IndexMessages } from './messages.ts';
import type { BasicView } from './view.ts';
import { sliceRange } from './view.ts';

/** One index array of the advanced part: it takes the place of one axis of the view, or a mask that of several. */
export interface IndexColumn {
  /** The first of the view's axes that it indexes, and their extents. */
  readonly axis: number;
  readonly extents: readonly number[];
  readonly shape: readonly number[];
  /** Indices, or a mask's row-major positions over its extents. */
  readonly values: () => ArrayLike<number | bigint>;
  /** Whether the values come from a user and may be negative or out of bounds. */
  readonly checked: boolean;
  /** The index array itself where the host does not know its values. */
  readonly unread: StridedArray | null;
  /** The number that an error names: NumPy's is the array's axis, PyTorch's counts the index arrays. */
  readonly reportedAxis: number;
}

/** How PyTorch names the view. */
export type ViewName = 'AliasBackward0' | 'SelectBackward0' | 'SliceBackward0' | 'UnsqueezeBackward0';

/** An index applied to a shape. */
export interface IndexPlan {
  readonly dialect: Dialect;
  readonly view: BasicView;
  readonly viewName: ViewName;
  readonly columns: readonly IndexColumn[];
  /** The broadcast shape of the columns. */
  readonly indexShape: readonly number[];
  /** The view's axes that no column indexes, in order. */
  readonly rowAxes: readonly number[];
  /** Before which of the row axes the columns' shape stands in the result. */
  readonly position: number;
  readonly shape: readonly number[];
  /** NumPy copies although the index is basic, because an array without axes took part. */
  readonly copies: boolean;
  /** Whether every axis was indexed by an integer, so that the result is one element. */
  readonly single: boolean;
}

function axesOf(item: HostItem): number {
  switch (item.kind) {
    case 'integer': case 'slice': case 'integers': return 1;
    case 'mask': return item.shape.length;
    default: return 0;
  }
}

const isArrayLike = (item: HostItem): boolean =>
  item.kind === 'integers' || item.kind === 'mask' || item.kind === 'truth';

function checkCount(items: readonly HostItem[], ndim: number, count: number, dialect: Dialect): void {
  if (dialect === 'numpy' && items.filter((item) => item.kind === 'ellipsis').length > 1) {
    throw new IndexError("an index can only have a single ellipsis ('...')");
  }
  if (count <= ndim) return;
  if (dialect === 'torch' && ndim === 0 && items.length === 1 && items[0].kind === 'integer') {
    throw new IndexError('invalid index of a 0-dim tensor. Use `tensor.item()` in Python or '
      + '`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number');
  }
  throw indexMessages[dialect].tooMany(ndim, count);
}

/** Collects the view's axes item by item. */
class ViewBuilder {
  readonly shape: number[] = [];
  readonly sources: number[] = [];
  readonly steps: number[] = [];
  readonly starts: number[];
  private readonly source: readonly number[];
  /** The next axis of the indexed array. */
  axis = 0;
  viewName: ViewName = 'AliasBackward0';

  constructor(source: readonly number[]) {
    this.source = source;
    this.starts = source.map(() => 0);
  }

  get extent(): number {
    return this.source[this.axis];
  }

  slice(item: SliceItem, dialect: Dialect): void {
    const { extent } = this;
    const { start, count, step } = sliceRange(item, extent, dialect);
    // As written, not as it turns out: that is how PyTorch decides whether there is anything to slice.
    const whole = (item.start ?? 0) === 0 && (item.stop ?? extent) >= extent && (item.step ?? 1) === 1;
    if (!whole) this.viewName = 'SliceBackward0';
    this.starts[this.axis] = start;
    this.push(count, this.axis++, step);
  }

  whole(count: number): void {
    for (let i = 0; i < count; i++) this.push(this.extent, this.axis++, 1);
  }

  select(index: number): void {
    this.starts[this.axis++] = index;
    this.viewName = 'SelectBackward0';
  }

  insert(): void {
    this.push(1, -1, 0);
    this.viewName = 'UnsqueezeBackward0';
  }

  private push(extent: number, source: number, step: number): void {
    this.shape.push(extent);
    this.sources.push(source);
    this.steps.push(step);
  }

  finish(): BasicView {
    // Where nothing was selected, sliced or inserted, the axes correspond one to one.
    const identity = this.viewName === 'AliasBackward0';
    return { shape: this.shape, sources: this.sources, steps: this.steps, starts: this.starts, identity };
  }
}

/** The index of one element, counted from the start. */
function wrapped(value: number | bigint, extent: number): number | null {
  const index = Number(value);
  if (index < -extent || index >= extent) return null;
  return index < 0 ? index + extent : index;
}

function checkMask(dialect: Dialect, mask: readonly number[], axis: number, shape: readonly number[]): void {
  for (let i = 0; i < mask.length; i++) {
    // NumPy lets an axis without elements pass.
    if (mask[i] !== shape[axis + i] && !(dialect === 'numpy' && mask[i] === 0)) {
      throw indexMessages[dialect].maskShape(mask, axis, shape, i);
    }
  }
}

/** NumPy finds a wrong mask before a wrong integer. */
function checkMasks(items: readonly HostItem[], shape: readonly number[], hidden: number): void {
  let axis = 0;
  for (const item of items) {
    if (item.kind === 'mask') checkMask('numpy', item.shape, axis, shape);
    axis += item.kind === 'ellipsis' ? hidden : axesOf(item);
  }
}

/**
 * Where the columns' shape stands among the remaining axes: in the columns' place where they are neighbours, else in
 * front. For NumPy an integer is such a column too, and anything written between two columns parts them; for PyTorch
 * integers have gone by then, and only axes between them count.
 */
function columnsPosition(
  items: readonly HostItem[], before: readonly number[], columns: readonly IndexColumn[], dialect: Dialect,
): number {
  if (dialect === 'torch') {
    const joined = columns.every((column, i) =>
      i === 0 || columns[i - 1].axis + columns[i - 1].extents.length === column.axis);
    return joined ? columns[0].axis : 0;
  }
  let first = -1;
  let last = -1;
  let members = 0;
  items.forEach((item, i) => {
    if (!isArrayLike(item) && item.kind !== 'integer') return;
    if (first < 0) first = i;
    last = i;
    members++;
  });
  return last - first + 1 === members ? before[first] : 0;
}

function broadcastColumns(columns: readonly IndexColumn[], messages: IndexMessages): readonly number[] {
  let common: readonly number[] = columns[0].shape;
  for (let i = 1; i < columns.length; i++) {
    const next = broadcastPair(common, columns[i].shape);
    if (next === null) throw messages.noBroadcast(columns.map((column) => column.shape));
    common = next;
  }
  return common;
}

/** Applies items to a shape. Every refusal but that of a single value within an index array happens here. */
export function resolveIndex(items: readonly HostItem[], shape: readonly number[], dialect: Dialect): IndexPlan {
  const messages = indexMessages[dialect];
  const count = items.reduce((sum, item) => sum + axesOf(item), 0);
  checkCount(items, shape.length, count, dialect);
  const hidden = shape.length - count;
  if (dialect === 'numpy') checkMasks(items, shape, hidden);

  const advanced = items.some((item) => isArrayLike(item) && !(item.kind === 'integers' && item.shape.length === 0));
  const view = new ViewBuilder(shape);
  const columns: IndexColumn[] = [];
  /** Per item how many row axes came before it. */
  const before: number[] = [];
  let columnAxes = 0;
  let copies = false;
  let ordinal = 0;
  items.forEach((item, i) => {
    before.push(view.shape.length - columnAxes);
    switch (item.kind) {
      case 'ellipsis':
        if (view.axis + hidden > shape.length) throw messages.tooMany(shape.length, count);
        view.whole(hidden);
        break;
      case 'newaxis':
        view.insert();
        break;
      case 'slice':
        view.slice(item, dialect);
        break;
      case 'integer': {
        if (view.axis >= shape.length) throw messages.tooMany(shape.length, count);
        const index = wrapped(item.value, view.extent);
        if (index === null) throw messages.outOfBounds(item.value, dialect === 'torch' ? i : view.axis, view.extent);
        view.select(index);
        break;
      }
      case 'integers': {
        if (view.axis >= shape.length) throw messages.tooMany(shape.length, count);
        if (item.shape.length === 0) {
          const index = wrapped(item.values[0], view.extent);
          if (index === null) {
            throw messages.outOfBounds(item.values[0], dialect === 'torch' ? i : view.axis, view.extent);
          }
          view.select(index);
          copies ||= dialect === 'numpy';
          break;
        }
        columns.push({
          axis: view.shape.length, extents: [view.extent], shape: item.shape, values: () => item.values, checked: true,
          unread: item.unread ?? null, reportedAxis: dialect === 'torch' ? ordinal++ : view.axis,
        });
        view.whole(1);
        columnAxes++;
        break;
      }
      case 'truth':
        columns.push({
          axis: view.shape.length, extents: [1], shape: [item.value ? 1 : 0], values: () => (item.value ? [0] : []),
          checked: false, unread: null, reportedAxis: -1,
        });
        ordinal++;
        view.insert();
        columnAxes++;
        break;
      case 'mask': {
        const axis = view.shape.length;
        const maskNdim = item.shape.length;
        const { axis: source } = view;
        view.whole(maskNdim);
        if (dialect === 'torch') {
          const rest = shape.slice(source + maskNdim);
          checkMask(dialect, item.shape, axis, [...view.shape, ...rest]);
        }
        columns.push({
          axis, extents: view.shape.slice(axis), shape: [item.positions.count], values: item.positions.values,
          checked: false, unread: null, reportedAxis: -1,
        });
        ordinal += maskNdim;
        columnAxes += maskNdim;
        break;
      }
    }
  });
  view.whole(shape.length - view.axis);
  const finished = view.finish();
  // PyTorch takes a lone slice for one even where it keeps everything.
  if (items.length === 1 && items[0].kind === 'slice') view.viewName = 'SliceBackward0';
  const indexed = new Set<number>();
  for (const { axis, extents } of columns) extents.forEach((_, i) => indexed.add(axis + i));
  const rowAxes = view.shape.map((_, axis) => axis).filter((axis) => !indexed.has(axis));
  const indexShape = columns.length > 0 ? broadcastColumns(columns, messages) : [];
  const position = columns.length > 0 ? columnsPosition(items, before, columns, dialect) : 0;
  const rows = rowAxes.map((axis) => view.shape[axis]);
  return {
    dialect, view: finished, viewName: view.viewName, columns, indexShape, rowAxes, position,
    shape: [...rows.slice(0, position), ...indexShape, ...rows.slice(position)],
    copies: copies && !advanced,
    single: !advanced && rows.length === 0
      && items.every((item) => item.kind === 'integer' || item.kind === 'integers'),
  };
}
