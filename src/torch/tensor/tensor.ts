import type { AutogradState, Hook } from '../../autograd/node.ts';
import { ensureState } from '../../autograd/tape.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import type { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { isInexact } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError, pythonTypeName, tupleText } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
import { sameShape } from '../../core/layout.ts';
import type { NestedList } from '../../core/literal.ts';
import { tensorRepr } from '../../core/printing/index.ts';
import { asComplex, isTrue } from '../../core/scalar.ts';
import type { Storage } from '../../core/storage.ts';
import type { Species } from '../../core/strided.ts';
import { StridedArray, writesOf } from '../../core/strided.ts';
import { elementAt, exactScalar, isDeferred, primitiveOf, printSource, toNested } from '../../ops/host.ts';
import { detach, permute, swapAxes } from '../../ops/movement.ts';
import { partsView, selectAxis } from '../../ops/views.ts';
import { strided } from '../constants.ts';
import type { device } from '../device.ts';
import { deviceOf } from '../device.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { defaultDType, dtypeOf } from '../dtypes/dtypes.ts';
import { checkOptions } from '../arguments/options.ts';
import { accumulateFrom } from '../autograd/engine.ts';
import { GradFn, RemovableHandle } from '../autograd/gradFn.ts';
import { printOptions } from './printing.ts';
import { Size } from './size.ts';

const onlyOne = 'only one element tensors can be converted to Python scalars';

type Mutable = { -readonly [K in 'storage' | 'dtypeCore' | 'geometry' | 'access']: Tensor[K] };

export interface BackwardArguments {
  readonly retain_graph?: boolean | null;
  readonly create_graph?: boolean;
  readonly inputs?: readonly Tensor[] | null;
}

/**
 * A multi-dimensional array of one dtype that can record how it was computed.
 * Source: torch.Tensor. Make one with `torch.tensor`, `torch.zeros` and so on.
 */
export class Tensor extends StridedArray {
  constructor(storage: Storage, type: DType, layout: Layout) {
    super(storage, type, layout);
  }

  override get species(): Species<this> {
    return Tensor as unknown as Species<this>;
  }

  get shape(): Size {
    return Size.ofShape(this.geometry.shape);
  }

  /** The shape, or the extent of one dimension. */
  size(): Size;
  size(options: { readonly dim: number }): number;
  size(dim: number): number;
  size(dim?: unknown): Size | number {
    return dim === undefined ? this.shape : this.geometry.shape[wrapDimension(dim as number, this.geometry.shape.length)];
  }

  /** Steps between neighbours in elements: of all dimensions or of one. */
  stride(): number[];
  stride(options: { readonly dim: number }): number;
  stride(dim: number): number;
  stride(dim?: unknown): number[] | number {
    const { shape, strides } = this.geometry;
    return dim === undefined ? [...strides] : strides[wrapDimension(dim as number, shape.length)];
  }

  get ndim(): number {
    return this.geometry.shape.length;
  }

  dim(): number {
    return this.geometry.shape.length;
  }

  numel(): number {
    return this.geometry.size;
  }

  nelement(): number {
    return this.geometry.size;
  }

  element_size(): number {
    return this.dtypeCore.itemsize;
  }

  get itemsize(): number {
    return this.dtypeCore.itemsize;
  }

  get nbytes(): number {
    return this.geometry.size * this.dtypeCore.itemsize;
  }

  storage_offset(): number {
    return this.geometry.offset;
  }

  is_contiguous(): boolean {
    return this.geometry.contiguous;
  }

  get dtype(): dtype {
    return dtypeOf(this.dtypeCore);
  }

  get device(): device {
    return deviceOf(this.storage.device);
  }

  /** How the elements lie in memory: always `torch.strided`. */
  get layout(): typeof strided {
    return strided;
  }

  get is_cuda(): boolean {
    return this.storage.device.type !== 'cpu';
  }

  is_floating_point(): boolean {
    return this.dtypeCore.kind === 'float';
  }

  is_complex(): boolean {
    return this.dtypeCore.kind === 'complex';
  }

  /** How many in-place writes its memory has seen. */
  get _version(): number {
    return writesOf(this).version;
  }

  /** Where the first element lies: equal for tensors that begin at the same element, a byte offset apart within one memory. */
  data_ptr(): number {
    return placeOf(this.storage) + this.geometry.offset * this.dtypeCore.itemsize;
  }

  /** The dimensions in reverse order, as a view. */
  get T(): Tensor {
    return permute(this, this.geometry.shape.map((_, axis) => this.geometry.shape.length - 1 - axis)) as Tensor;
  }

  /** The last two dimensions swapped, as a view. */
  get mT(): Tensor {
    const ndim = this.geometry.shape.length;
    if (ndim < 2) throw new RuntimeError(`tensor.mT is only supported on matrices or batches of matrices. Got ${ndim}-D tensor.`);
    return swapAxes(this, ndim - 2, ndim - 1) as Tensor;
  }

  /** A matrix transposed and conjugated. */
  get H(): Tensor {
    const ndim = this.geometry.shape.length;
    if (ndim !== 2) throw new RuntimeError(`tensor.H is only supported on matrices (2-D tensors). Got ${ndim}-D tensor.`);
    return this.mT.conj();
  }

  /** The last two dimensions swapped, and conjugated. */
  get mH(): Tensor {
    return this.mT.conj();
  }

  /** The real parts, as a view; a real tensor itself. */
  get real(): Tensor {
    return this.is_complex() ? selectAxis(partsView(this), this.ndim, 0) as Tensor : this;
  }

  /** The imaginary parts of a complex tensor, as a view. */
  get imag(): Tensor {
    if (!this.is_complex()) throw new TypeError('imag is not implemented for tensors with non-complex dtypes.');
    return selectAxis(partsView(this), this.ndim, 1) as Tensor;
  }

  // --- autograd ---

  get requires_grad(): boolean {
    return this.state?.requiresGrad ?? false;
  }

  set requires_grad(value: boolean) {
    this.requires_grad_(value);
  }

  /** Turns recording on or off for a leaf. */
  requires_grad_(options: { readonly mode?: boolean }): this;
  requires_grad_(mode?: boolean): this;
  requires_grad_(mode: unknown = true): this {
    const value = mode as boolean;
    const state = stateOf(this);
    if (value && !isInexact(this.dtypeCore)) {
      throw new RuntimeError('only Tensors of floating point dtype can require gradients');
    }
    if (!value && state?.node) {
      throw new RuntimeError(
        'you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph '
        + "that doesn't require differentiation use var_no_grad = var.detach().");
    }
    if (value || state !== null) ensureState(this).requiresGrad = value;
    return this;
  }

  get is_leaf(): boolean {
    return !stateOf(this)?.node;
  }

  /** The accumulated gradient: null before there is one, though the type is that of the programs which read it after. */
  get grad(): Tensor {
    const state = stateOf(this);
    if (!state?.grad) return null as never;
    state.privateGrad = false;
    return state.grad as Tensor;
  }

  set grad(value: Tensor | null) {
    if (value !== null && !sameShape(value.geometry.shape, this.geometry.shape)) {
      throw new RuntimeError(
        `attempting to assign a gradient of size '${sizes(value)}' to a tensor of size '${sizes(this)}'. `
        + 'Please ensure that the gradient and the tensor are the same size');
    }
    if (value !== null && value.dtypeCore !== this.dtypeCore) {
      throw new RuntimeError(
        `attempting to assign a gradient with dtype '${value.dtype}' to a tensor with dtype '${this.dtype}'. `
        + "The gradient must match the tensor's dtype.");
    }
    if (value === null && this.state === null) return;
    Object.assign(ensureState(this), { grad: value, privateGrad: false });
  }

  /** The op that made this tensor; null for a leaf, as `grad` is before there is one. */
  get grad_fn(): GradFn {
    const node = stateOf(this)?.node;
    return node ? new GradFn(node) : null as never;
  }

  retain_grad(): void {
    if (!this.requires_grad) throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
    ensureState(this).retainsGrad = true;
  }

  get retains_grad(): boolean {
    return !this.is_leaf && (stateOf(this)?.retainsGrad ?? false);
  }

  /** Calls `hook` with the gradient when it is computed; what it returns replaces the gradient. */
  register_hook(hook: (gradient: Tensor) => Tensor | null | undefined | void): RemovableHandle {
    if (!this.requires_grad) throw new RuntimeError('cannot register a hook on a tensor that doesn\'t require gradient');
    const state: AutogradState = ensureState(this);
    const hooks = (state.hooks ??= []);
    hooks.push(hook as Hook);
    return new RemovableHandle(hooks, hook as Hook);
  }

  /**
   * Computes the gradients of all leaves that this tensor was computed from and adds them to their `grad`.
   * `gradient` has this tensor's shape; it may be left out for a single element. Source: torch.Tensor.backward.
   */
  backward(options: BackwardArguments & { readonly gradient?: Tensor | null }): void;
  backward(gradient: Tensor | null | undefined, options: BackwardArguments): void;
  backward(gradient?: Tensor | null, retain_graph?: boolean | null, create_graph?: boolean, inputs?: readonly Tensor[] | null): void;
  backward(
    gradient?: unknown, retain_graph?: unknown, create_graph: boolean = false, inputs?: readonly Tensor[] | null,
  ): void {
    const seed = (gradient ?? null) as Tensor | null;
    const retainGraph = (retain_graph ?? create_graph) as boolean;
    accumulateFrom<Tensor>([this], [seed], { retainGraph, createGraph: create_graph, inputs: inputs ?? undefined });
  }

  /** The same values, outside of the graph. Shares memory. */
  detach(): Tensor {
    return detach(this) as Tensor;
  }

  /**
   * The same values outside of the graph, whose in-place writes the graph does not see. Assigning another tensor puts this one on its
   * memory: who holds this one sees the new values.
   */
  get data(): Tensor {
    const values = detach(this) as Tensor;
    values.access = { ...values.access!, counter: { version: 0 } };
    return values;
  }

  set data(value: Tensor) {
    if (!(value instanceof Tensor)) throw new TypeError(`Variable data has to be a tensor, but got ${pythonTypeName(value)}`);
    if (this.requires_grad && !isInexact(value.dtypeCore)) {
      throw new RuntimeError('data set to a tensor that requires gradients must be floating point or complex dtype');
    }
    // The count of writes is the tensor's, not its memory's, and so goes on; a scope that the memory was made in leaves it.
    const { version } = writesOf(this);
    const { storage, dtypeCore, geometry } = value;
    storage.pinned = true;
    const access = { isView: false, readOnly: false, counter: { version }, owner: null, guessed: false };
    Object.assign(this as Mutable, { storage, dtypeCore, geometry, access });
  }

  // --- values ---

  /**
   * The value of a single-element tensor. Of a bool tensor it is true or false, of a complex one a Complex, as in Python; `toBoolean` and
   * `toComplex` have these types. Source: torch.Tensor.item.
   */
  item(): number {
    if (this.geometry.size !== 1) {
      throw new RuntimeError(`a Tensor with ${this.geometry.size} elements cannot be converted to Scalar`);
    }
    return exactScalar(elementAt(this, this.geometry.offset)) as number;
  }

  /**
   * Python's `bool(x)`: whether the one element is not 0. JavaScript takes every object for true, so this is how a tensor decides.
   * @example
   * if (torch.tensor([1, 2]).eq(2).any().toBoolean()) console.log('found'); // → found
   */
  toBoolean(): boolean {
    const { size, offset } = this.geometry;
    if (size !== 1) throw new RuntimeError(`Boolean value of Tensor with ${size === 0 ? 'no values' : 'more than one value'} is ambiguous`);
    return isTrue(elementAt(this, offset));
  }

  /** Python's `complex(x)`: the one element with its imaginary part, which is 0 for real numbers. */
  toComplex(): Complex {
    if (this.geometry.size !== 1) throw new ValueError(onlyOne);
    return asComplex(elementAt(this, this.geometry.offset));
  }

  /** As `item`, for 64-bit integers of any size. */
  toBigInt(): bigint {
    if (this.geometry.size !== 1 || (this.dtypeCore.kind !== 'int' && this.dtypeCore.kind !== 'uint')) {
      throw new RuntimeError(`toBigInt() takes one integer, not ${this.geometry.size} elements of ${this.dtype}`);
    }
    return BigInt(elementAt(this, this.geometry.offset) as number | bigint);
  }

  /**
   * Nested lists; with `bigint` 64-bit integers come as bigints. The type is what the place calls for, `number[]` where nothing says: it
   * cannot know the dimensions.
   */
  tolist<T extends NestedList = number[]>(options: { bigint?: boolean } = {}): T {
    checkOptions('tolist', options, ['bigint']);
    return toNested(this, options.bigint ?? false) as T;
  }

  get length(): number {
    if (this.geometry.shape.length === 0) throw new TypeError('len() of a 0-d tensor');
    return this.geometry.shape[0];
  }

  * [Symbol.iterator](): IterableIterator<Tensor> {
    if (this.geometry.shape.length === 0) throw new TypeError('iteration over a 0-d tensor');
    for (let i = 0; i < this.geometry.shape[0]; i++) yield this.at(i);
  }

  toJSON(): NestedList {
    return this.tolist();
  }

  override toString(): string {
    const state = stateOf(this);
    // As PyTorch prints tensors without data.
    if (isDeferred(this)) {
      const type = this.dtypeCore === defaultDType() ? '' : `, dtype=${String(this.dtype)}`;
      const grad = state?.node ? `, grad_fn=<${state.node.name}>` : this.requires_grad ? ', requires_grad=True' : '';
      return `tensor(..., device='${String(this.device)}', size=${tupleText(this.geometry.shape)}${type}${grad})`;
    }
    return tensorRepr(printSource(this), {
      ...(this.storage.device.type === 'cpu' ? {} : { device: String(this.device) }),
      requiresGrad: this.requires_grad && !state?.node,
      ...(state?.node ? { gradFn: state.node.name } : {}),
      defaultDtype: defaultDType().name,
      print: printOptions.current,
    });
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The number of one element, so that `+x` is Python's `float(x)`; text for `${x}`. Operators do not work on more elements. */
  [Symbol.toPrimitive](hint: string): number | boolean | string {
    return primitiveOf(this, hint, onlyOne);
  }

  /** Gives the memory back at once; every tensor on it becomes unusable. */
  [Symbol.dispose](): void {
    this.storage.free();
  }
}

const sizes = ({ geometry: layout }: Tensor): string => `[${layout.shape.join(', ')}]`;

const places = new WeakMap<Storage, number>();
let nextPlace = 4096;

/** A place in an address space of our own: JavaScript shows no addresses, and memory may move out of the heap. */
function placeOf(storage: Storage): number {
  let place = places.get(storage);
  if (place === undefined) {
    place = nextPlace;
    places.set(storage, place);
    nextPlace += Math.ceil((storage.byteLength + 1) / 64) * 64;
  }
  return place;
}

export function wrapDimension(dim: number, ndim: number): number {
  const extent = Math.max(ndim, 1);
  if (!Number.isInteger(dim)) throw new TypeError(`dimension must be an int, not ${String(dim)}`);
  if (dim < -extent || dim >= extent) {
    throw new IndexError(`Dimension out of range (expected to be in range of [${-extent}, ${extent - 1}], but got ${dim})`);
  }
  return dim < 0 ? dim + extent : dim;
}
