import type { AutogradState, Hook } from '../../autograd/node.ts';
import { ensureState } from '../../autograd/tape.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import type { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { isInexact } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError, pythonTypeName, tupleText, shown } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
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
import { GradFn } from '../autograd/gradFn.ts';
import type { HookHandle } from '../autograd/hooks.ts';
import { hooked } from '../autograd/hooks.ts';
import { addressOf } from './addresses.ts';
import { checkGradient } from './checks.ts';
import { printOptions } from './printing.ts';
import { Size } from './size.ts';

const onlyOne = 'only one element tensors can be converted to Python scalars';

type Mutable = { -readonly [K in 'storage' | 'dtypeCore' | 'geometry' | 'access']: Tensor[K] };

/** What `backward` takes by name. */
export interface BackwardArguments {
  /** Whether the graph is kept for another pass: as `create_graph` unless said. */
  readonly retain_graph?: boolean | null;
  /** Whether the gradients can be differentiated again. */
  readonly create_graph?: boolean;
  /** The leaves whose `grad` is added to: all unless said. */
  readonly inputs?: readonly Tensor[] | null;
}

/**
 * A multi-dimensional array of one dtype that can record how it was computed. Make one with `torch.tensor`, `torch.zeros` and so
 * on. Source: torch.Tensor.
 */
export class Tensor extends StridedArray {
  constructor(storage: Storage, type: DType, layout: Layout) {
    super(storage, type, layout);
  }

  override get species(): Species<this> {
    return Tensor as unknown as Species<this>;
  }

  /**
   * The extents of all dimensions. Source: torch.Tensor.shape.
   * @example
   * torch.zeros(2, 3).shape; // → torch.Size([2, 3])
   */
  get shape(): Size {
    return Size.ofShape(this.geometry.shape);
  }

  /**
   * The shape, or the extent of one dimension. Source: torch.Tensor.size.
   * @example
   * torch.zeros(2, 3).size(-1); // → 3
   */
  size(): Size;
  size(options: { readonly dim: number }): number;
  size(dim: number): number;
  size(dim?: unknown): Size | number {
    return dim === undefined ? this.shape : this.geometry.shape[wrapDimension(dim as number, this.geometry.shape.length)];
  }

  /**
   * Steps between neighbours in elements: of all dimensions or of one. Source: torch.Tensor.stride.
   * @example
   * torch.zeros(2, 3).stride(); // → [3, 1]
   */
  stride(): number[];
  stride(options: { readonly dim: number }): number;
  stride(dim: number): number;
  stride(dim?: unknown): number[] | number {
    const { shape, strides } = this.geometry;
    return dim === undefined ? [...strides] : strides[wrapDimension(dim as number, shape.length)];
  }

  /**
   * The number of dimensions. Source: torch.Tensor.ndim.
   * @example
   * torch.zeros(2, 3).ndim; // → 2
   */
  get ndim(): number {
    return this.geometry.shape.length;
  }

  /**
   * The number of dimensions. Source: torch.Tensor.dim.
   * @example
   * torch.zeros(2, 3).dim(); // → 2
   */
  dim(): number {
    return this.geometry.shape.length;
  }

  /**
   * The number of elements. Source: torch.Tensor.numel.
   * @example
   * torch.zeros(2, 3).numel(); // → 6
   */
  numel(): number {
    return this.geometry.size;
  }

  /**
   * The number of elements: another name of numel. Source: torch.Tensor.nelement.
   * @example
   * torch.zeros(2, 3).nelement(); // → 6
   */
  nelement(): number {
    return this.geometry.size;
  }

  /**
   * The bytes of an element. Source: torch.Tensor.element_size.
   * @example
   * torch.zeros(2, 3).element_size(); // → 4
   */
  element_size(): number {
    return this.dtypeCore.itemsize;
  }

  /**
   * The bytes of an element. Source: torch.Tensor.itemsize.
   * @example
   * torch.zeros(2, { dtype: torch.float64 }).itemsize; // → 8
   */
  get itemsize(): number {
    return this.dtypeCore.itemsize;
  }

  /**
   * The bytes of all elements. Source: torch.Tensor.nbytes.
   * @example
   * torch.zeros(2, 3).nbytes; // → 24
   */
  get nbytes(): number {
    return this.geometry.size * this.dtypeCore.itemsize;
  }

  /**
   * Where in its memory the first element lies, in elements. Source: torch.Tensor.storage_offset.
   * @example
   * torch.arange(5).narrow(0, 2, 3).storage_offset(); // → 2
   */
  storage_offset(): number {
    return this.geometry.offset;
  }

  /**
   * Whether the elements lie row by row without gaps. Source: torch.Tensor.is_contiguous.
   * @example
   * torch.zeros(2, 3).t().is_contiguous(); // → false
   */
  is_contiguous(): boolean {
    return this.geometry.contiguous;
  }

  /**
   * The type of the elements. Source: torch.Tensor.dtype.
   * @example
   * torch.tensor([1.5, 2]).dtype; // → torch.float32
   */
  get dtype(): dtype {
    return dtypeOf(this.dtypeCore);
  }

  /**
   * Where the elements lie. Source: torch.Tensor.device.
   * @example
   * torch.zeros(2).device; // → cpu
   */
  get device(): device {
    return deviceOf(this.storage.device);
  }

  /**
   * How the elements lie in memory: always `torch.strided`. Source: torch.Tensor.layout.
   * @example
   * torch.zeros(2).layout; // → torch.strided
   */
  get layout(): typeof strided {
    return strided;
  }

  /**
   * Whether the tensor lies on the GPU. Source: torch.Tensor.is_cuda.
   * @example
   * torch.zeros(2).is_cuda; // → false
   */
  get is_cuda(): boolean {
    return this.storage.device.type !== 'cpu';
  }

  /**
   * Whether the dtype is a floating one. Source: torch.Tensor.is_floating_point.
   * @example
   * torch.tensor([1, 2]).is_floating_point(); // → false
   */
  is_floating_point(): boolean {
    return this.dtypeCore.kind === 'float';
  }

  /**
   * Whether the dtype is a complex one. Source: torch.Tensor.is_complex.
   * @example
   * torch.zeros(2).cfloat().is_complex(); // → true
   */
  is_complex(): boolean {
    return this.dtypeCore.kind === 'complex';
  }

  /** How many in-place writes its memory has seen. */
  get _version(): number {
    return writesOf(this).version;
  }

  /**
   * An address of the first element: those within one memory are byte offsets apart. Source: torch.Tensor.data_ptr.
   * @example
   * const x = torch.zeros(2, 3);
   * x.select(0, 1).data_ptr() - x.data_ptr(); // → 12
   */
  data_ptr(): number {
    return addressOf(this.storage) + this.geometry.offset * this.dtypeCore.itemsize;
  }

  /**
   * The dimensions in reverse order, as a view. Source: torch.Tensor.T.
   * @example
   * torch.arange(4).view(2, 2).T; // → tensor([[0, 2],
   *                               //           [1, 3]])
   */
  get T(): Tensor {
    return permute(this, this.geometry.shape.map((_, axis) => this.geometry.shape.length - 1 - axis)) as Tensor;
  }

  /**
   * The last two dimensions swapped, as a view; a RuntimeError for fewer. Source: torch.Tensor.mT.
   * @example
   * torch.zeros(5, 2, 3).mT.shape; // → torch.Size([5, 3, 2])
   */
  get mT(): Tensor {
    const ndim = this.geometry.shape.length;
    if (ndim < 2) throw new RuntimeError(`tensor.mT is only supported on matrices or batches of matrices. Got ${ndim}-D tensor.`);
    return swapAxes(this, ndim - 2, ndim - 1) as Tensor;
  }

  /**
   * A matrix transposed and conjugated. Source: torch.Tensor.H.
   * @example
   * torch.polar(torch.ones(1, 2), torch.ones(1, 2)).H; // → tensor([[0.5403-0.8415j],
   *                                                    //           [0.5403-0.8415j]])
   */
  get H(): Tensor {
    const ndim = this.geometry.shape.length;
    if (ndim !== 2) throw new RuntimeError(`tensor.H is only supported on matrices (2-D tensors). Got ${ndim}-D tensor.`);
    return this.mT.conj();
  }

  /**
   * The last two dimensions swapped, and conjugated. Source: torch.Tensor.mH.
   * @example
   * torch.zeros(5, 2, 3).cfloat().mH.shape; // → torch.Size([5, 3, 2])
   */
  get mH(): Tensor {
    return this.mT.conj();
  }

  /**
   * The real parts, as a view; a real tensor itself. Source: torch.Tensor.real.
   * @example
   * torch.polar(torch.tensor([2]).float(), torch.tensor([0.5])).real; // → tensor([1.7552])
   */
  get real(): Tensor {
    return this.is_complex() ? selectAxis(partsView(this), this.ndim, 0) as Tensor : this;
  }

  /**
   * The imaginary parts of a complex tensor, as a view. Source: torch.Tensor.imag.
   * @example
   * torch.polar(torch.tensor([2]).float(), torch.tensor([0.5])).imag; // → tensor([0.9589])
   */
  get imag(): Tensor {
    if (!this.is_complex()) throw new TypeError('imag is not implemented for tensors with non-complex dtypes.');
    return selectAxis(partsView(this), this.ndim, 1) as Tensor;
  }

  // --- autograd ---

  /**
   * Whether what is computed from the tensor is recorded, so that it gets a gradient; may be set on leaves.
   * Source: torch.Tensor.requires_grad.
   * @example
   * const x = torch.ones(2);
   * x.requires_grad = true;
   * x.mul(2).requires_grad; // → true
   */
  get requires_grad(): boolean {
    return this.state?.requiresGrad ?? false;
  }

  set requires_grad(value: boolean) {
    if (typeof value !== 'boolean') throw new RuntimeError('requires_grad must be a bool');
    this.requires_grad_(value);
  }

  /**
   * Turns recording on or off for a leaf; returns the tensor. Not of integers. Source: torch.Tensor.requires_grad_.
   * @example
   * torch.ones(2).requires_grad_(); // → tensor([1., 1.], requires_grad=True)
   */
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

  /**
   * Whether the tensor was made, not computed by a recorded op: backward adds to its `grad`. Source: torch.Tensor.is_leaf.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(2).is_leaf; // → false
   */
  get is_leaf(): boolean {
    return !stateOf(this)?.node;
  }

  /**
   * The accumulated gradient: null before there is one, though the type is that of the programs which read it after.
   * Source: torch.Tensor.grad.
   * @example
   * const x = torch.tensor([1.5, 2], { requires_grad: true });
   * x.pow(2).sum().backward();
   * x.grad; // → tensor([3., 4.])
   */
  get grad(): Tensor {
    const state = stateOf(this);
    if (!state?.grad) return null as never;
    state.privateGrad = false;
    return state.grad as Tensor;
  }

  set grad(value: Tensor | null) {
    if (value !== null) checkGradient(value, this);
    if (value === null && this.state === null) return;
    Object.assign(ensureState(this), { grad: value, privateGrad: false });
  }

  /**
   * The op that made this tensor; null for a leaf, as `grad` is before there is one. Source: torch.Tensor.grad_fn.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(2).grad_fn.name(); // → MulBackward0
   */
  get grad_fn(): GradFn {
    const node = stateOf(this)?.node;
    return node ? new GradFn(node) : null as never;
  }

  /**
   * Keeps the gradient of a tensor that is no leaf in its `grad` as well. Source: torch.Tensor.retain_grad.
   * @example
   * const x = torch.ones(2, { requires_grad: true });
   * const y = x.mul(3);
   * y.retain_grad();
   * y.pow(2).sum().backward();
   * y.grad; // → tensor([6., 6.])
   */
  retain_grad(): void {
    if (!this.requires_grad) throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
    ensureState(this).retainsGrad = true;
  }

  /**
   * Whether a tensor that is no leaf keeps its gradient. Source: torch.Tensor.retains_grad.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(3).retains_grad; // → false
   */
  get retains_grad(): boolean {
    return !this.is_leaf && (stateOf(this)?.retainsGrad ?? false);
  }

  /**
   * Calls `hook` with the gradient when it is computed; what it returns replaces the gradient. Source: torch.Tensor.register_hook.
   * @example
   * const x = torch.ones(2, { requires_grad: true });
   * const handle = x.register_hook((gradient) => gradient.mul(10));
   * x.sum().backward();
   * x.grad; // → tensor([10., 10.])
   * handle.remove();
   */
  register_hook(hook: (gradient: Tensor) => Tensor | null | undefined | void): HookHandle {
    if (!this.requires_grad) throw new RuntimeError('cannot register a hook on a tensor that doesn\'t require gradient');
    const state: AutogradState = ensureState(this);
    return hooked(state.hooks ??= new Map(), hook as Hook);
  }

  /**
   * Computes the gradients of all leaves that this tensor was computed from and adds them to their `grad`. `gradient` has this
   * tensor's shape; it may be left out for a single element. Source: torch.Tensor.backward.
   * @example
   * const x = torch.tensor([1.5, 2], { requires_grad: true });
   * x.mul(3).backward(torch.tensor([1, 10]).float());
   * x.grad; // → tensor([ 3., 30.])
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

  /**
   * The same values, outside of the graph. Shares memory. Source: torch.Tensor.detach.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(2).detach(); // → tensor([2., 2.])
   */
  detach(): Tensor {
    return detach(this) as Tensor;
  }

  /**
   * The same values outside of the graph, whose in-place writes the graph does not see. Assigning another tensor puts this one on
   * its memory: who holds this one sees the new values. Source: torch.Tensor.data.
   * @example
   * const w = torch.ones(2, { requires_grad: true });
   * w.data = torch.tensor([0.5, 2]);
   * w; // → tensor([0.5000, 2.0000], requires_grad=True)
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
   * The value of a single-element tensor. Of a bool tensor it is true or false, of a complex one a Complex, as in Python;
   * `toBoolean` and `toComplex` have these types. Source: torch.Tensor.item.
   * @example
   * torch.tensor([1.5, 2]).sum().item(); // → 3.5
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

  /**
   * Python's `complex(x)`: the one element with its imaginary part, which is 0 for real numbers.
   * @example
   * torch.tensor(1.5).toComplex().im; // → 0
   */
  toComplex(): Complex {
    if (this.geometry.size !== 1) throw new ValueError(onlyOne);
    return asComplex(elementAt(this, this.geometry.offset));
  }

  /**
   * As `item`, for 64-bit integers of any size.
   * @example
   * torch.tensor([2n ** 62n + 1n]).toBigInt(); // → 4611686018427387905
   */
  toBigInt(): bigint {
    if (this.geometry.size !== 1 || (this.dtypeCore.kind !== 'int' && this.dtypeCore.kind !== 'uint')) {
      throw new RuntimeError(`toBigInt() takes one integer, not ${this.geometry.size} elements of ${this.dtype}`);
    }
    return BigInt(elementAt(this, this.geometry.offset) as number | bigint);
  }

  /**
   * Nested lists; with `bigint` 64-bit integers come as bigints. The type is what the place calls for, `number[]` where nothing
   * says: it cannot know the dimensions. Source: torch.Tensor.tolist.
   * @example
   * const rows: number[][] = torch.arange(4).view(2, 2).tolist();
   * rows; // → [[0, 1], [2, 3]]
   */
  tolist<T extends NestedList = number[]>(options: { bigint?: boolean } = {}): T {
    checkOptions('tolist', options, ['bigint']);
    return toNested(this, options.bigint ?? false) as T;
  }

  /**
   * The extent of the first dimension: Python's `len(x)`. A TypeError for a tensor without dimensions.
   * @example
   * torch.zeros(2, 3).length; // → 2
   */
  get length(): number {
    if (this.geometry.shape.length === 0) throw new TypeError('len() of a 0-d tensor');
    return this.geometry.shape[0];
  }

  /** The tensors along the first dimension, in order. Those of no dimensions are not iterable, see ndarray. */
  get [Symbol.iterator](): () => IterableIterator<Tensor> {
    return this.geometry.shape.length === 0 ? undefined as never : parts;
  }

  /** As `tolist`, for JSON.stringify. */
  toJSON(): NestedList {
    return this.tolist();
  }

  /** As Python prints the tensor. */
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

  /** The number of one element, so that `+x` is Python's `float(x)`; text for `${x}`. Operators do not work on more elements. */
  [Symbol.toPrimitive](hint: string): number | boolean | string {
    return primitiveOf(this, hint, onlyOne);
  }

  /** Gives the memory back at once; every tensor on it becomes unusable. */
  [Symbol.dispose](): void {
    this.storage.free();
  }
}

function * parts(this: Tensor): IterableIterator<Tensor> {
  for (let i = 0; i < this.geometry.shape[0]; i++) yield this.at(i);
}

export function wrapDimension(dim: number, ndim: number): number {
  const extent = Math.max(ndim, 1);
  if (!Number.isInteger(dim)) throw new TypeError(`dimension must be an int, not ${shown(dim)}`);
  if (dim < -extent || dim >= extent) {
    throw new IndexError(`Dimension out of range (expected to be in range of [${-extent}, ${extent - 1}], but got ${dim})`);
  }
  return dim < 0 ? dim + extent : dim;
}
