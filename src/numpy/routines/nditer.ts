import type { DType } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError, ValueError, listOf, refuseWrites, shapeText } from '../../core/errors.ts';
import { sizeOf, stridedLayout } from '../../core/layout.ts';
import { Printed } from '../../core/printed.ts';
import { viewOf } from '../../core/strided.ts';
import { cast } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { overlaps } from '../../ops/dispatch.ts';
import { permute, reshapeTo, tryView } from '../../ops/movement.ts';
import { cpu } from '../../core/device.ts';
import { checkRest, parsed, routine } from '../arguments/routine.ts';
import type { DTypeLike, dtype } from '../dtypes/dtype.ts';
import { coreOf, dtypeOf, dtypeRepr } from '../dtypes/dtype.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, promoteTypes } from '../dtypes/promotion.ts';
import { asArray, checkWritable, writeInto } from '../ndarray/conversion.ts';
import { frozen } from '../ndarray/flags.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { IterAxes, OperandAxes } from './nditerAxes.ts';
import type { IterFlag, OperandFlag } from './nditerFlags.ts';
import type { Operand } from './nditerOperands.ts';
import { inCopy } from './nditerOperands.ts';
import { isWriting, readFlags, readOperandFlags, trackingIndices } from './nditerFlags.ts';
import { dump } from './nditerDump.ts';
import { axesOfOperands, broadcastAxes, coalesced, flipped, inMemoryOrder, stridesAlong } from './nditerAxes.ts';

/** Going through several arrays at once, in the order in which they lie in memory. */

interface Settings {
  readonly op: unknown;
  readonly flags: unknown;
  readonly op_flags: unknown;
  readonly op_dtypes: unknown;
  readonly order: unknown;
  readonly casting: unknown;
  readonly op_axes: unknown;
  readonly itershape: unknown;
  readonly buffersize: number;
}

const defaultBuffer = 8192;

/** The iterator over the elements of arrays that go together: what `np.nditer` gives. Source: numpy.nditer. */
class Iteration extends Printed implements IterableIterator<ndarray | ndarray[]> {
  /** The number of arrays. */
  readonly nop: number;
  /** The number of steps that it takes, or of elements where they come in chunks. */
  itersize: number;
  /** Whether indices are kept: with the flags 'c_index' or 'f_index'. */
  readonly has_index: boolean;
  has_multi_index: boolean;
  readonly has_delayed_bufalloc: boolean;
  readonly iterationneedsapi: boolean;
  private parts: readonly Operand[];
  /** Axes in the order of the iteration, fastest last. */
  private axes: readonly IterAxes[];
  /** The shape before axes were put together. */
  private fullShape: readonly number[];
  private readonly columnMajor: boolean;
  /** How many elements come at once, in an array of one axis where they come in chunks. */
  private chunk: number;
  private inChunks: boolean;
  private readonly buffersize: number;
  private position = 0;
  /** Whether `next` has given what is there now. */
  private started = false;
  private closed = false;
  /** Where inner iterations start, which an outer one moves. */
  private offsets: readonly number[];
  private inner: Iteration | null = null;

  constructor({ op, flags: givenFlags, op_flags, op_dtypes, order, casting = 'safe', op_axes, itershape, buffersize }: Settings) {
    super();
    const flags = readFlags(givenFlags);
    const list: readonly unknown[] = Array.isArray(op) ? op : [op];
    if (list.length === 0) throw new ValueError('Must provide at least one operand');
    const given = list.map((each) => (each === null || each === undefined ? null : asArray(each as ArrayLike)));
    const perOperand = readOperandFlags(op_flags, given);
    const memory = checkRest(casting, order ?? 'K') ?? 'K';
    const rule = casting as Casting;
    const mapping = axesOfOperands(given, op_axes, itershape);
    const shape = broadcastAxes(given, mapping, itershape);
    this.checkShapes(given, perOperand, mapping, shape, flags);
    const size = sizeOf(shape);
    if (size === 0 && !flags.has('zerosize_ok')) throw new ValueError('Iteration of zero-sized operands is not enabled');
    const dtypes = this.dtypesOf(given, perOperand, op_dtypes, flags, rule);
    const { ordered, forced } = inMemoryOrder(given, mapping, shape, memory);
    const operands = given.map((each, i) => each ?? this.allocated(dtypes[i], mapping[i], shape, ordered));
    const known = operands.map((each, i) => stridesAlong(each, mapping[i], shape));
    let axes: IterAxes[] = ordered.map((axis) => ({
      axis, extent: shape[axis], flipped: false, strides: known.map((strides) => strides[axis]),
    }));
    let starts = operands.map(({ geometry: { offset } }) => offset);
    if (!forced && given.every((each) => each !== null)) [axes, starts] = flipped(axes, starts);
    this.columnMajor = flags.has('f_index');
    this.has_index = flags.has('c_index') || this.columnMajor;
    this.has_multi_index = flags.has('multi_index');
    if (!this.has_multi_index) axes = coalesced(axes, this.has_index ? this.indexStrides(shape) : null);
    this.axes = axes;
    this.fullShape = shape;
    this.nop = list.length;
    this.itersize = size;
    [this.has_delayed_bufalloc, this.iterationneedsapi] = [flags.has('delay_bufalloc') && flags.has('buffered'), false];
    const buffered = flags.has('buffered');
    const writers = operands.filter((_, i) => isWriting(perOperand[i]));
    this.parts = operands.map((array, i): Operand => {
      const writes = isWriting(perOperand[i]);
      const extents = axes.map(({ extent }) => extent);
      const strides = axes.map((each) => each.strides[i]);
      const own = viewOf<ndarray>(array, stridedLayout(extents, strides, size === 0 ? 0 : starts[i]));
      const type = dtypes[i] ?? array.dtypeCore;
      const clashes = flags.has('copy_if_overlap') && !writes && writers.some((each) => overlaps(each, array));
      // Chunks that do not lie one step apart come from a copy, as they come from a buffer in NumPy.
      const scattered = buffered && flags.has('external_loop') && tryView<ndarray>(own, [size]) === null;
      if (type === array.dtypeCore && !clashes && !scattered) {
        return { array, view: writes ? own : frozen(viewOf<ndarray>(own, own.geometry)), writes, goesBack: null };
      }
      if (writes && own.geometry.strides.some((stride, k) => stride === 0 && extents[k] > 1)) {
        throw new NotImplementedError('nditer: an operand that is reduced cannot be of another dtype, or come in chunks, here');
      }
      return inCopy(array, own, type, writes);
    });
    this.offsets = this.parts.map(({ view }) => view.geometry.offset);
    this.inChunks = flags.has('external_loop');
    this.buffersize = !buffered ? 0 : buffersize > 0 ? buffersize : defaultBuffer;
    this.chunk = this.chunkSize();
  }

  private chunkSize(): number {
    if (!this.inChunks) return 1;
    return this.buffersize > 0 ? this.buffersize : this.axes.at(-1)?.extent ?? 1;
  }

  private checkShapes(
    given: readonly (ndarray | null)[], flags: readonly ReadonlySet<string>[], mapping: readonly OperandAxes[], shape: readonly number[],
    iterator: ReadonlySet<string>,
  ): void {
    given.forEach((each, i) => {
      if (each === null) {
        if (!flags[i].has('allocate')) {
          throw new ValueError("Iterator operand was None, but automatic allocation as an output wasn't requested");
        }
        return;
      }
      const wrong = shape.findIndex((extent, axis) => {
        const own = mapping[i][axis] < 0 ? 1 : each.shape[mapping[i][axis]];
        return own !== extent;
      });
      if (isWriting(flags[i])) checkWritable(each, 'operand array with iterator write flag set');
      if (wrong < 0) return;
      if (flags[i].has('no_broadcast')) {
        throw new ValueError(
          `non-broadcastable operand with shape ${shapeText(each.shape)} doesn't match the broadcast shape ${shapeText(shape)}`);
      }
      if (isWriting(flags[i]) && !iterator.has('reduce_ok')) {
        const own = mapping[i].map((axis) => (axis < 0 ? 1 : each.shape[axis]));
        const last = shape.map((extent, axis) => own[axis] !== extent).lastIndexOf(true);
        throw new ValueError(`output operand requires a reduction along dimension ${shape.length - 1 - last}, `
          + 'but the reduction is not enabled. The dimension size of 1 does not match the expected output shape.');
      }
    });
  }

  /** The dtype that each operand is to have, undefined for its own. */
  private dtypesOf(
    given: readonly (ndarray | null)[], flags: readonly ReadonlySet<string>[], asked: unknown, iterator: ReadonlySet<string>, rule: Casting,
  ): (DType | undefined)[] {
    const listed: readonly unknown[] = Array.isArray(asked) ? asked : given.map(() => asked);
    const wanted = listed.map((each) => coreOf(each as DTypeLike | null));
    const read = given.filter((each, i): each is ndarray => each !== null && !(flags[i].has('writeonly')));
    const missing = given.some((each, i) => each === null && wanted[i] === undefined);
    if (iterator.has('common_dtype') || missing) {
      if (read.length === 0) throw new TypeError('no arrays or types available to calculate result type');
      const common = promoteTypes(read.map((each) => each.dtypeCore));
      given.forEach((each, i) => {
        if (iterator.has('common_dtype') || each === null) wanted[i] ??= common;
      });
    }
    given.forEach((each, i) => {
      const type = wanted[i];
      if (each === null || type === undefined || type === each.dtypeCore) return;
      const [reads, writes] = [!flags[i].has('writeonly'), isWriting(flags[i])];
      if (!iterator.has('buffered') && !flags[i].has('copy') && !flags[i].has('updateifcopy')) {
        throw new TypeError('Iterator operand required copying or buffering, but neither copying nor buffering was enabled');
      }
      if (reads && !castAllowed(each.dtypeCore, type, rule)) {
        throw new TypeError(`Iterator operand ${i} dtype could not be cast from ${dtypeRepr(each.dtypeCore)} to ${dtypeRepr(type)} `
          + `according to the rule '${rule}'`);
      }
      if (writes && !castAllowed(type, each.dtypeCore, rule)) {
        throw new TypeError(`Iterator requested dtype could not be cast from ${dtypeRepr(type)} to ${dtypeRepr(each.dtypeCore)}, `
          + `the operand ${i} dtype, according to the rule '${rule}'`);
      }
    });
    return wanted;
  }

  /** An array for results, whose axes lie in memory as they are gone through. */
  private allocated(type: DType | undefined, mapping: OperandAxes, shape: readonly number[], ordered: readonly number[]): ndarray {
    const own = ordered.filter((axis) => mapping[axis] >= 0);
    const made = empty(ndarray, own.map((axis) => shape[axis]), type!, cpu);
    const places = own.map((axis) => mapping[axis]);
    return permute<ndarray>(made, places.map((_, axis) => places.indexOf(axis)));
  }

  /** How far the tracked index goes along each axis of the whole shape. */
  private indexStrides(shape: readonly number[]): number[] {
    return shape.map((_, axis) => sizeOf(this.columnMajor ? shape.slice(0, axis) : shape.slice(axis + 1)));
  }

  /** The arrays that are gone through, those made for results among them. */
  get operands(): ndarray[] {
    return this.parts.map(({ array }) => array);
  }

  get dtypes(): dtype[] {
    return this.parts.map(({ view }) => dtypeOf(view.dtypeCore));
  }

  /** The operands with their axes as they are gone through. */
  get itviews(): ndarray[] {
    if (this.buffersize > 0) throw new ValueError('cannot provide an iterator view when buffering is enabled');
    return this.parts.map(({ view }) => view);
  }

  get ndim(): number {
    return this.axes.length;
  }

  /** With 'multi_index' the shape of the operands together; else of the axes as they are gone through, the fastest first. */
  get shape(): readonly number[] {
    this.checkUnfinished();
    return this.has_multi_index ? this.fullShape : this.axes.map(({ extent }) => extent).reverse();
  }

  get finished(): boolean {
    return this.position >= this.itersize;
  }

  /** The number of operands. */
  get length(): number {
    return this.nop;
  }

  get iterrange(): readonly [number, number] {
    return [0, this.itersize];
  }

  /** How many elements have been passed. */
  get iterindex(): number {
    this.checkUnfinished();
    return this.position;
  }

  set iterindex(value: number) {
    if (!(Number.isInteger(value) && value >= 0 && value < this.itersize)) {
      throw new IndexError('Iterator GotoIterIndex called with an iterindex outside the iteration range');
    }
    this.goTo(value);
  }

  /** Where along each axis, in the order of the operands' axes. */
  get multi_index(): number[] {
    this.checkUnfinished();
    if (!this.has_multi_index) throw new ValueError('Iterator is not tracking a multi-index');
    const index = new Array<number>(this.fullShape.length).fill(0);
    this.coordinates().forEach((each, i) => {
      const { axis, extent, flipped: turned } = this.axes[i];
      index[axis] = turned ? extent - 1 - each : each;
    });
    return index;
  }

  set multi_index(index: readonly number[]) {
    if (!this.has_multi_index) throw new ValueError('Iterator is not tracking a multi-index');
    if (index.length !== this.fullShape.length) throw new ValueError('Wrong number of indices');
    let position = 0;
    for (const { axis, extent, flipped: turned } of this.axes) {
      const at = index[axis];
      if (!(at >= 0 && at < extent)) throw new IndexError('Iterator GotoMultiIndex called with an out-of-bounds multi-index');
      position = position * extent + (turned ? extent - 1 - at : at);
    }
    this.goTo(position);
  }

  /** The position of the element in row-major order, or with 'f_index' in column-major order. */
  get index(): number {
    this.checkUnfinished();
    if (!this.has_index) throw new ValueError('Iterator does not have an index');
    const steps = this.indexStrides(this.fullShape);
    // What is tracked along axes that were put together goes by the fastest of them.
    return this.coordinates().reduce((sum, each, i) => {
      const { axis, extent, flipped: turned } = this.axes[i];
      return sum + (turned ? extent - 1 - each : each) * steps[axis];
    }, 0);
  }

  private coordinates(): number[] {
    let rest = this.position;
    const found = new Array<number>(this.axes.length);
    for (let i = this.axes.length - 1; i >= 0; i--) {
      const { extent } = this.axes[i];
      found[i] = rest % extent;
      rest = Math.floor(rest / extent);
    }
    return found;
  }

  private offsetsNow(): number[] {
    const place = this.coordinates();
    return this.parts.map(({ view: { geometry: { strides } } }, i) =>
      place.reduce((sum, each, k) => sum + each * strides[k], this.offsets[i]));
  }

  /** What an operand shows now: one element, or a chunk of them. */
  private shown(i: number, at: readonly number[]): ndarray {
    const { view } = this.parts[i];
    if (!this.inChunks) return viewOf<ndarray>(view, stridedLayout([], [], at[i]));
    const last = this.axes.at(-1);
    if (last === undefined) return viewOf<ndarray>(view, stridedLayout([1], [1], at[i]));
    const count = Math.min(this.chunk, this.itersize - this.position);
    if (last.extent >= count && this.position % last.extent + count <= last.extent) {
      return viewOf<ndarray>(view, stridedLayout([count], [view.geometry.strides[this.axes.length - 1]], at[i]));
    }
    return reshapeTo<ndarray>(view, [this.itersize]).at(`${this.position}:${this.position + count}`);
  }

  /**
   * One of the operands as it is now, Python's `it[0]`: an array of no dimensions, and with 'external_loop' one of one.
   * @example
   * np.nditer([1, 2, 3]).at(2) // → 3
   */
  at(operand: number): ndarray {
    this.checkUnfinished();
    if (!(Number.isInteger(operand) && operand >= -this.nop && operand < this.nop)) {
      throw new IndexError(`Iterator operand index ${operand} is out of bounds`);
    }
    return this.shown(operand < 0 ? operand + this.nop : operand, this.offsetsNow());
  }

  /** The operand as it is now, or all of them in a list where there are several. */
  get value(): ndarray | ndarray[] {
    this.checkUnfinished();
    const at = this.offsetsNow();
    const all = this.parts.map((_, i) => this.shown(i, at));
    return this.nop === 1 ? all[0] : all;
  }

  /** Goes on to the next elements, and says whether there are any. */
  iternext(): boolean {
    this.move(Math.min(this.position + this.chunk, this.itersize));
    if (!this.finished) return true;
    this.flush();
    return false;
  }

  private goTo(position: number): void {
    this.started = false;
    this.move(position);
  }

  private move(position: number): void {
    this.position = position;
    if (this.inner !== null && !this.finished) this.inner.start(this.offsetsNow());
  }

  /** Has an inner iteration start where this one is. @internal */
  lead(inner: Iteration): void {
    this.inner = inner;
    if (!this.finished) inner.start(this.offsetsNow());
  }

  private start(offsets: readonly number[]): void {
    this.offsets = offsets;
    this.goTo(0);
  }

  /** Starts again from the first elements. */
  reset(): void {
    this.checkOpen();
    this.flush();
    this.goTo(0);
  }

  private flush(): void {
    for (const { goesBack } of this.parts) if (goesBack !== null) writeInto(goesBack.to, cast(goesBack.from, goesBack.to.dtypeCore));
  }

  /** Writes back what was changed in copies, and ends. */
  close(): void {
    if (!this.closed) this.flush();
    this.closed = true;
    this.position = this.itersize;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Each element, or chunk, in its turn; of several operands in a list. */
  next(): IteratorResult<ndarray | ndarray[], undefined> {
    if (this.started && !this.finished) this.iternext();
    this.started = true;
    return this.finished ? { done: true, value: undefined } : { done: false, value: this.value };
  }

  /** What is left, since it is itself what goes through it. */
  [Symbol.iterator](): this {
    return this;
  }

  private checkUnfinished(): void {
    if (this.finished) throw new ValueError('Iterator is past the end');
  }

  private checkOpen(): void {
    if (this.closed) throw new ValueError('Iterator is invalid');
  }

  /** What is gone through, along other axes: by operand their steps and where they start. */
  private goAlong(axes: readonly IterAxes[], steps: readonly (readonly number[])[], starts: readonly number[]): void {
    this.axes = axes;
    const extents = axes.map(({ extent }) => extent);
    this.parts = this.parts.map((part, i) => {
      const view = viewOf<ndarray>(part.view, stridedLayout(extents, steps[i], starts[i]));
      return { ...part, view: part.writes ? view : frozen(view) };
    });
    this.itersize = sizeOf(extents);
    this.offsets = starts;
    this.chunk = this.chunkSize();
    this.goTo(0);
  }

  /**
   * Another one at the same place, which goes on by itself through the same arrays. Source: numpy.nditer.copy.
   * @example
   * const it = np.nditer(np.array([1, 2, 3]));
   * it.iternext();
   * const other = it.copy();
   * other.iternext();
   * [it.iterindex, other.iterindex] // → [1, 2]
   */
  copy(): Iteration {
    this.checkOpen();
    return Object.assign(Object.create(Iteration.prototype) as Iteration, this);
  }

  /**
   * Goes on in chunks, from the start, as with the flag 'external_loop'. Source: numpy.nditer.enable_external_loop.
   * @example
   * const it = np.nditer(np.array([1, 2, 3]));
   * it.enable_external_loop();
   * [...it].map(String) // → ['[1 2 3]']
   */
  enable_external_loop(): void {
    this.checkOpen();
    if (this.has_index || this.has_multi_index) throw trackingIndices();
    this.inChunks = true;
    this.parts = this.parts.map((part) => (
      this.buffersize === 0 || part.goesBack !== null || tryView<ndarray>(part.view, [this.itersize]) !== null ? part
        : inCopy(part.array, part.view, part.view.dtypeCore, part.writes)));
    this.offsets = this.parts.map(({ view }) => view.geometry.offset);
    this.chunk = this.chunkSize();
    this.reset();
  }

  /**
   * Keeps no indices by axes any more, so that axes are gone through together where they can be, from the start.
   * Source: numpy.nditer.remove_multi_index.
   * @example
   * const it = np.nditer(np.ones([2, 3]), ['multi_index']);
   * it.remove_multi_index();
   * [it.ndim, it.shape] // → [1, [6]]
   */
  remove_multi_index(): void {
    this.checkOpen();
    this.reset();
    if (!this.has_multi_index) return;
    this.has_multi_index = false;
    const own = this.axes.map((each, axis) => ({ ...each, strides: this.parts.map(({ view }) => view.geometry.strides[axis]) }));
    const together = coalesced(own, this.has_index ? this.indexStrides(this.fullShape) : null);
    this.goAlong(together, this.parts.map((_, i) => together.map(({ strides }) => strides[i])), this.offsets);
  }

  /**
   * Leaves an axis out, at its first index, and starts again. Source: numpy.nditer.remove_axis.
   * @example
   * const it = np.nditer(np.array([[1, 2], [3, 4]]), ['multi_index']);
   * it.remove_axis(1);
   * [...it].map(String) // → ['1', '3']
   */
  remove_axis(axis: number): void {
    this.checkOpen();
    if (!this.has_multi_index) throw new RuntimeError('Iterator RemoveAxis may only be called if a multi-index is being tracked');
    if (this.has_index) throw new RuntimeError('Iterator RemoveAxis may not be called on an index is being tracked');
    if (this.buffersize > 0) throw new RuntimeError('Iterator RemoveAxis may not be called on a buffered iterator');
    if (!(axis >= 0 && axis < this.fullShape.length)) throw new ValueError('axis out of bounds in iterator RemoveAxis');
    this.reset();
    const place = this.axes.findIndex((each) => each.axis === axis);
    const { extent, flipped: turned } = this.axes[place];
    // NumPy reads what is not there.
    if (extent === 0) throw new ValueError('nditer: an axis without elements cannot be taken out of an iteration');
    const left = this.axes.filter((_, i) => i !== place).map((each) => (each.axis > axis ? { ...each, axis: each.axis - 1 } : each));
    const strides = this.parts.map(({ view }) => view.geometry.strides);
    this.fullShape = this.fullShape.filter((_, i) => i !== axis);
    this.goAlong(left, strides.map((steps) => steps.filter((_, i) => i !== place)),
      this.offsets.map((offset, i) => (turned ? offset + strides[i][place] * (extent - 1) : offset)));
  }

  /** Prints what the iterator goes by, in NumPy's form without addresses. Source: numpy.nditer.debug_print. */
  debug_print(): void {
    // oxlint-disable-next-line no-console
    console.log(this.closed ? 'Iterator: (nil)' : dump({
      axes: this.axes, parts: this.parts, place: this.coordinates(), itersize: this.itersize, position: this.position, flags: {
        HASINDEX: this.has_index, HASMULTIINDEX: this.has_multi_index, EXLOOP: this.inChunks, BUFFER: this.buffersize > 0,
      },
    }));
  }

  override toString(): string {
    return '<numpy.nditer object>';
  }
}
/** Made as a value, so that programs without it go without. */
const Refusing = refuseWrites(Iteration, 'numpy.nditer');

export type { Iteration as NdIter, IterFlag, OperandFlag };

const iterText = [
  'op, flags: Any=None, op_flags: Any=None, op_dtypes: Any=None', "order: Any='K', casting: Any='safe', op_axes: Any=None",
  'itershape: Any=None, buffersize: int=0',
] as const;

type Operands = ArrayLike | readonly (ArrayLike | null)[] | null;

/**
 * Goes through the elements of an array, or of several that broadcast, in the order in which they lie in memory: `for (const x of
 * np.nditer(a))`. A list is several operands; null among them is an array for results. What is gone through shows the elements
 * themselves, so that with `op_flags: ['readwrite']` `x.set(['...'], value)` writes them. Source: numpy.nditer.
 * @example
 * const it = np.nditer([[1, 2], [3, 4]].map((row) => np.array(row)), null, [['readonly'], ['readonly']]);
 * for (const [x, y] of it as Iterable<np.ndarray[]>) console.log(x.add(y).item()); // → 4
 *                                                                                  //   6
 */
export const nditer = routine('nditer', iterText, (
  op: Operands, flags?: readonly IterFlag[] | null, op_flags?: readonly OperandFlag[] | readonly (readonly OperandFlag[])[] | null,
  op_dtypes?: DTypeLike | readonly (DTypeLike | null)[] | null, order?: 'C' | 'F' | 'A' | 'K', casting?: Casting,
  op_axes?: readonly (readonly number[] | null)[] | null, itershape?: readonly number[] | null, buffersize: number = 0,
): Iteration => new Refusing({ op, flags, op_flags, op_dtypes, order, casting, op_axes, itershape, buffersize }), parsed);

/**
 * Iterators within each other, each over some of the axes: the inner ones start anew for every step of those around them.
 * Source: numpy.nested_iters.
 * @example
 * const [rows, columns] = np.nested_iters(np.array([[1, 2], [3, 4]]), [[0], [1]]);
 * for (const _ of rows) console.log([...columns].join()); // → 1,2
 *                                                         //   3,4
 */
export const nested_iters = routine('nested_iters', [
  'op, axes: iterable, flags: Any=None, op_flags: Any=None, op_dtypes: Any=None', "order: Any='K', casting: Any='safe', buffersize: int=0",
], (
  op: Operands, axes: readonly (readonly number[])[], flags?: readonly IterFlag[] | null,
  op_flags?: readonly OperandFlag[] | readonly (readonly OperandFlag[])[] | null,
  op_dtypes?: DTypeLike | readonly (DTypeLike | null)[] | null, order?: 'C' | 'F' | 'A' | 'K', casting?: Casting, buffersize: number = 0,
): Iteration[] => {
  const levels = axes.map((each) => listOf(each));
  if (levels.length < 2) throw new ValueError('axes must have at least 2 entries for nested iteration');
  const used = levels.flat();
  if (new Set(used).size !== used.length) throw new ValueError('An axis is used more than once');
  const operands: readonly unknown[] = Array.isArray(op) ? op : [op];
  const arrays = operands.map((each) => {
    if (each === null || each === undefined) {
      throw new NotImplementedError('nested_iters: give the arrays for results, they are not made here');
    }
    return asArray(each as ArrayLike);
  });
  const iterators = levels.map((level, depth) => {
    const innermost = depth === levels.length - 1;
    const given = innermost ? flags : flags?.filter((flag) => flag !== 'external_loop' && flag !== 'buffered');
    if (op_dtypes && op_dtypes.length > 0) throw new NotImplementedError('nested_iters: arrays are gone through in their own dtypes here');
    return new Refusing({
      op: arrays, flags: given, op_flags, op_dtypes: null, order, casting, op_axes: arrays.map(() => level), itershape: null,
      buffersize,
    });
  });
  iterators.forEach((each, i) => {
    if (i + 1 < iterators.length) each.lead(iterators[i + 1]);
  });
  return iterators;
}, parsed);

