import { int64, isFloating } from '../../../core/dtype.ts';
import { AssertionError, IndexError, RuntimeError, ValueError, listOf, noAttribute, pythonTypeName } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { Printed } from '../../../core/printed.ts';
import { declare, declareMethods, signature } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { elements } from '../../../ops/host.ts';
import { indexSelect } from '../../../ops/indexing.ts';
import { clone, concatenate, contiguous, reshapeTo, sliceAxis, swapAxes } from '../../../ops/movement.ts';
import { argsort } from '../../../ops/sort.ts';
import { selectAxis } from '../../../ops/views.ts';
import { asTensor } from '../../arguments/operands.ts';
import * as dtypes from '../../dtypes/dtypes.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { DeviceLike } from '../../device.ts';
import { tensor } from '../../functions/creation.ts';
import { to as converted } from '../../tensor/conversions.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Callable } from '../../../core/callable.ts';
import { callable } from '../../../core/callable.ts';

/** Sequences of several lengths in one tensor. Source: torch.nn.utils.rnn. */

const parameters = signature<[
  data: Tensor | readonly [Tensor, Tensor], batch_sizes?: Tensor | null, sorted_indices?: Tensor | null, unsorted_indices?: Tensor | null,
]>()('PackedSequence.__init__', 'data, batch_sizes=None, sorted_indices=None, unsorted_indices=None');

class PackedSequenceTuple extends Printed {
  /** The elements of all sequences, those of one step after the other. */
  readonly data: Tensor;
  /** How many sequences each step has, int64. */
  readonly batch_sizes: Tensor;
  /** Where each sequence was before they were sorted by length; null where they came sorted. */
  readonly sorted_indices: Tensor | null;
  /** Where each sequence is now. */
  readonly unsorted_indices: Tensor | null;
  /** How many fields there are: it is a tuple. */
  readonly length = 4;

  constructor(...given: typeof parameters.call) {
    super();
    const { data, batch_sizes, sorted_indices, unsorted_indices } = parameters.read(given);
    const both = batch_sizes === null ? data : [data, batch_sizes];
    if (!Array.isArray(both) || both.length !== 2) throw new AssertionError('Expected data to be a list or tuple of length 2');
    const [first, sizes] = both as [Tensor, Tensor];
    this.data = first;
    this.batch_sizes = sizes;
    if (batch_sizes !== null && asTensor(batch_sizes, 'device').device.type !== 'cpu') {
      throw new ValueError('batch_sizes should always be on CPU. Instances of PackedSequence should never be created manually. They should '
        + 'be instantiated by functions like pack_sequence and pack_padded_sequences in nn.utils.rnn. '
        + 'https://pytorch.org/docs/stable/nn.html#torch.nn.utils.rnn.pack_sequence');
    }
    this.sorted_indices = sorted_indices;
    this.unsorted_indices = unsorted_indices ?? invert_permutation(sorted_indices);
  }

  /**
   * Whether the data is on the GPU.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).is_cuda; // → false
   */
  get is_cuda(): boolean {
    return this.data.is_cuda;
  }

  /**
   * Data in another dtype or on another device, as `Tensor.to` takes them; itself where nothing changes.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).to(torch.float64).data.dtype; // → torch.float64
   */
  to(...target: TargetOf): PackedSequence {
    const data = converted(this.data, ...target);
    if (data === this.data) return this;
    const place = { device: data.device };
    const moved = (index: Tensor | null): Tensor | null => (index === null ? null : converted(index, place));
    return new PackedSequence(data, this.batch_sizes, moved(this.sorted_indices), moved(this.unsorted_indices));
  }

  /**
   * Data on the GPU.
   * @example
   * const packed = nn.utils.rnn.pack_sequence([torch.ones(2)]);
   * if (torch.cuda.is_available()) packed.cuda();
   * packed.is_cuda; // → false
   */
  cuda(device: DeviceLike = 'cuda'): PackedSequence {
    return this.to({ device });
  }

  /**
   * Data on the CPU, as soon as its values are known.
   * @example
   * (await nn.utils.rnn.pack_sequence([torch.ones(2)]).cpu()).data; // → tensor([1., 1.])
   */
  async cpu(): Promise<PackedSequence> {
    const [data, sorted, unsorted] = await Promise.all(
      [this.data, this.sorted_indices, this.unsorted_indices].map(async (each) => (each === null ? null : each.cpu())));
    return data === this.data ? this : new PackedSequence(data!, this.batch_sizes, sorted, unsorted);
  }

  /**
   * Data in float64.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).double().data.dtype; // → torch.float64
   */
  double(): PackedSequence {
    return this.to({ dtype: dtypes.float64 });
  }

  /**
   * Data in float32.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).float().data.dtype; // → torch.float32
   */
  float(): PackedSequence {
    return this.to({ dtype: dtypes.float32 });
  }

  /**
   * Data in float16.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).half().data.dtype; // → torch.float16
   */
  half(): PackedSequence {
    return this.to({ dtype: dtypes.float16 });
  }

  /**
   * Data in int64.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).long().data.dtype; // → torch.int64
   */
  long(): PackedSequence {
    return this.to({ dtype: dtypes.int64 });
  }

  /**
   * Data in int32.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).int().data.dtype; // → torch.int32
   */
  int(): PackedSequence {
    return this.to({ dtype: dtypes.int32 });
  }

  /**
   * Data in int16.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).short().data.dtype; // → torch.int16
   */
  short(): PackedSequence {
    return this.to({ dtype: dtypes.int16 });
  }

  /**
   * Data in int8.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).char().data.dtype; // → torch.int8
   */
  char(): PackedSequence {
    return this.to({ dtype: dtypes.int8 });
  }

  /**
   * Data in uint8.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).byte().data.dtype; // → torch.uint8
   */
  byte(): PackedSequence {
    return this.to({ dtype: dtypes.uint8 });
  }

  /**
   * False: no memory is pinned here.
   * @example
   * nn.utils.rnn.pack_sequence([torch.ones(2)]).is_pinned(); // → false
   */
  is_pinned(): boolean {
    return false;
  }

  * [Symbol.iterator](): IterableIterator<Tensor | null> {
    yield this.data;
    yield this.batch_sizes;
    yield this.sorted_indices;
    yield this.unsorted_indices;
  }

  override toString(): string {
    const fields = ['data', 'batch_sizes', 'sorted_indices', 'unsorted_indices'] as const;
    return `PackedSequence(${fields.map((name) => `${name}=${this[name] === null ? 'None' : String(this[name])}`).join(', ')})`;
  }
}

type TargetOf = Parameters<typeof converted> extends [Tensor, ...infer Rest] ? Rest : never;

/**
 * Sequences of several lengths without padding, step by step: what recurrent layers take in place of a tensor. Made by
 * pack_padded_sequence and pack_sequence. Source: torch.nn.utils.rnn.PackedSequence.
 * @example
 * const packed = nn.utils.rnn.pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])]);
 * packed.data; // → tensor([1, 4, 2, 3])
 * packed.batch_sizes; // → tensor([2, 1, 1])
 */
export const PackedSequence: Callable<typeof PackedSequenceTuple> = callable(
  'PackedSequence', declareMethods(PackedSequenceTuple, 'PackedSequence', {
    double: '', float: '', half: '', long: '', int: '', short: '', char: '', byte: '', is_pinned: '', cpu: '', cuda: 'device=None',
  }),
);
export type PackedSequence = PackedSequenceTuple;

/**
 * The permutation that undoes another: int64 of the same length; None of None.
 * Source: torch.nn.utils.rnn.invert_permutation.
 * @example
 * nn.utils.rnn.invert_permutation(torch.tensor([2, 0, 1])); // → tensor([1, 2, 0])
 */
export const invert_permutation = declare<[permutation: Tensor | null]>()(
  'nn.utils.rnn.invert_permutation', 'permutation: Tensor | None', ({ permutation }): Tensor | null =>
    (permutation === null ? null : argsort(permutation, 0)));

/** The numbers of a list of lengths, whole. */
function lengthsOf(lengths: Tensor | readonly number[]): number[] {
  const list = lengths instanceof Tensor ? lengths : tensor(lengths.map((each) => Math.trunc(each)), { dtype: dtypes.int64 });
  const { geometry: { shape }, device, dtypeCore } = list;
  if (shape.length !== 1 || device.type !== 'cpu') {
    throw new RuntimeError(`'lengths' argument should be a 1D CPU int64 tensor, but got ${shape.length}D ${device.type} `
      + `${scalarTypeName(lengths instanceof Tensor ? int64 : dtypeCore)} tensor`);
  }
  return elements(list).map((each) => Math.trunc(Number(each)));
}

const integers = (values: readonly number[], device?: DeviceLike): Tensor =>
  tensor(values, { dtype: dtypes.int64, ...(device === undefined ? {} : { device }) });

/** How many sequences are as long as each step. */
function sizesOf(lengths: readonly number[]): number[] {
  const longest = Math.max(...lengths);
  return Array.from({ length: longest }, (_, step) => lengths.filter((each) => each > step).length);
}

/** The axes of steps and of sequences as one. */
function asRows(x: Tensor): Tensor {
  const [steps, count, ...rest] = x.geometry.shape;
  return reshapeTo(x, [steps * count, ...rest]);
}

/**
 * Packs sequences that were padded to one length: (T, B, *), or (B, T, *) where batch_first, of the given lengths, which fall unless
 * enforce_sorted is false. Source: torch.nn.utils.rnn.pack_padded_sequence.
 * @example
 * const padded = torch.tensor([[1, 2, 3], [4, 0, 0]]);
 * nn.utils.rnn.pack_padded_sequence(padded, [3, 1], { batch_first: true }).data; // → tensor([1, 4, 2, 3])
 */
export const pack_padded_sequence = declare<[
  input: Tensor, lengths: Tensor | readonly number[], batch_first?: boolean, enforce_sorted?: boolean,
]>()('nn.utils.rnn.pack_padded_sequence', 'input, lengths: object, batch_first=False, enforce_sorted=True',
  ({ input, lengths: given, batch_first, enforce_sorted }): PackedSequence => {
  const lengths = lengthsOf(given);
  const { shape } = input.geometry;
  if (shape.length < 2) {
    throw new IndexError('Dimension out of range (expected to be in range of '
      + `[-${Math.max(shape.length, 1)}, ${Math.max(shape.length, 1) - 1}], but got 1)`);
  }
  if (input.geometry.size === 0) throw new RuntimeError('Cannot pack empty tensors.');
  const [steps, count] = batch_first ? [shape[1], shape[0]] : shape;
  if (lengths.length !== count) {
    throw new RuntimeError(`Expected \`len(lengths)\` to be equal to batch_size, but got ${lengths.length} (batch_size=${count})`);
  }
  const order = lengths.map((_, i) => i);
  if (!enforce_sorted) order.sort((a, b) => lengths[b] - lengths[a]);
  else if (lengths.some((length, i) => i > 0 && length > lengths[i - 1])) {
    throw new RuntimeError('`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass '
      + '`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX '
      + 'exportability.');
  }
  if (lengths.some((length) => length <= 0)) {
    throw new RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0");
  }
  const sizes = sizesOf(lengths);
  const places = sizes.slice(0, steps).flatMap((size, step) =>
    order.slice(0, size).map((sequence) => (batch_first ? sequence * steps + step : step * count + sequence)));
  const { device } = input;
  const data = indexSelect(asRows(input), 0, integers(places, device));
  return new PackedSequence(data, integers(sizes), enforce_sorted ? null : integers(order, device));
});

function packed(sequence: PackedSequence): PackedSequence {
  if (sequence instanceof PackedSequenceTuple) return sequence;
  throw noAttribute(sequence, 'batch_sizes');
}

/**
 * Undoes pack_padded_sequence: the padded sequences, filled with padding_value and total_length long where that is given, and their
 * lengths. Source: torch.nn.utils.rnn.pad_packed_sequence.
 * @example
 * const packed = nn.utils.rnn.pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])]);
 * const [padded, lengths] = nn.utils.rnn.pad_packed_sequence(packed, { batch_first: true });
 * padded; // → tensor([[1, 2, 3],
 *         //           [4, 0, 0]])
 * lengths; // → tensor([3, 1])
 */
export const pad_packed_sequence = declare<[
  sequence: PackedSequence, batch_first?: boolean, padding_value?: number, total_length?: number | null,
]>()('nn.utils.rnn.pad_packed_sequence', 'sequence, batch_first=False, padding_value=0.0, total_length: int | None = None',
  ({ sequence, batch_first, padding_value, total_length }): [padded: Tensor, lengths: Tensor] => {
  const { data } = packed(sequence);
  const sizes = elements(sequence.batch_sizes).map(Number);
  if (total_length !== null && total_length < sizes.length) {
    throw new ValueError('Expected total_length to be at least the length of the longest sequence in input, but got '
      + `total_length=${total_length} and max sequence length being ${sizes.length}`);
  }
  const steps = total_length ?? sizes.length;
  const count = sizes[0] ?? 0;
  const order = sequence.unsorted_indices === null ? Array.from({ length: count }, (_, i) => i)
    : elements(sequence.unsorted_indices).map(Number);
  const starts: number[] = [];
  sizes.forEach((_, step) => starts.push(step === 0 ? 0 : starts[step - 1] + sizes[step - 1]));
  const [total, ...rest] = data.geometry.shape;
  // One row more, which stands wherever nothing else does.
  const filler = full(Tensor, [1, ...rest], filling(data, padding_value), data.dtypeCore, data.storage.device);
  const place = (step: number, row: number): number => (step < sizes.length && row < sizes[step] ? starts[step] + row : total);
  const all = (length: number): number[] => Array.from({ length }, (_, i) => i);
  const places = batch_first ? order.flatMap((row) => all(steps).map((step) => place(step, row)))
    : all(steps).flatMap((step) => order.map((row) => place(step, row)));
  const found = indexSelect(concatenate([data, filler], 0), 0, integers(places, data.device));
  const lengths = order.map((row) => sizes.filter((each) => each > row).length);
  return [reshapeTo(found, [...batch_first ? [count, steps] : [steps, count], ...rest]), integers(lengths)];
});

const filling = ({ dtypeCore }: Tensor, value: number): number =>
  (isFloating(dtypeCore) || dtypeCore.kind === 'complex' ? value : Math.trunc(value));

/**
 * Tensors (L, *) of several lengths in one, filled with padding_value: (T, B, *), or (B, T, *) where batch_first. The filling stands
 * behind, or before where padding_side is 'left'. Source: torch.nn.utils.rnn.pad_sequence.
 * @example
 * nn.utils.rnn.pad_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])], { batch_first: true }); // → tensor([[1, 2, 3],
 *                                                                                                 //           [4, 0, 0]])
 */
export const pad_sequence = declare<[
  sequences: Iterable<Tensor>, batch_first?: boolean, padding_value?: number, padding_side?: string,
]>()('nn.utils.rnn.pad_sequence', "sequences, batch_first=False, padding_value=0.0, padding_side='right'",
  ({ sequences: given, batch_first, padding_value, padding_side }): Tensor => {
  if (given === null || typeof (given as Partial<Iterable<Tensor>>)[Symbol.iterator] !== 'function') {
    throw new RuntimeError(
      `pad_sequence: Expected iterable for input sequences, but got arg of type: <class '${pythonTypeName(given)}'>`);
  }
  const sequences = listOf(given);
  sequences.forEach((sequence, i) => {
    if (!(sequence instanceof Tensor)) {
      throw new TypeError(`expected Tensor as element ${i} in argument 0, but got ${pythonTypeName(sequence)}`);
    }
  });
  if (padding_side !== 'left' && padding_side !== 'right') {
    throw new RuntimeError(`Expected padding_side to be one of left or right, but got ${padding_side}.`);
  }
  if (sequences.length === 0) throw new RuntimeError('received an empty list of sequences');
  const [{ dtypeCore: type, geometry: { shape: [, ...rest] }, storage: { device } }] = sequences;
  const longest = Math.max(...sequences.map(({ geometry: { shape } }) => shape[0]));
  const parts = sequences.flatMap((sequence) => {
    const [length, ...own] = sequence.geometry.shape;
    if (!sameShape(own, rest)) throw unlike(rest, own);
    if (length === longest) return [cast(sequence, type)];
    const filler = full(Tensor, [longest - length, ...rest], filling(sequences[0], padding_value), type, device);
    return padding_side === 'left' ? [filler, cast(sequence, type)] : [cast(sequence, type), filler];
  });
  const padded = reshapeTo(concatenate(parts, 0), [sequences.length, longest, ...rest]);
  return batch_first ? padded : contiguous(swapAxes(padded, 0, 1));
});

function unlike(wanted: readonly number[], own: readonly number[]): RuntimeError {
  const place = wanted.findIndex((extent, i) => extent !== own[i]);
  return new RuntimeError(`The size of tensor a (${wanted[place]}) must match the size of tensor b (${own[place] ?? 0}) at non-singleton `
    + `dimension ${place + 1}`);
}

/**
 * Undoes pad_sequence: a list of tensors without the filling. Source: torch.nn.utils.rnn.unpad_sequence.
 * @example
 * const padded = torch.tensor([[1, 2, 3], [4, 0, 0]]);
 * nn.utils.rnn.unpad_sequence(padded, torch.tensor([3, 1]), { batch_first: true }); // → [tensor([1, 2, 3]), tensor([4])]
 */
export const unpad_sequence = declare<[padded_sequences: Tensor, lengths: Tensor, batch_first?: boolean]>()(
  'nn.utils.rnn.unpad_sequence', 'padded_sequences: Tensor, lengths: Tensor, batch_first=False',
  ({ padded_sequences, lengths, batch_first }): Tensor[] => {
  const sequences = batch_first ? padded_sequences : swapAxes(padded_sequences, 0, 1);
  const counts = elements(lengths).map(Number);
  const [count, longest] = sequences.geometry.shape;
  if (counts.length !== count) throw new ValueError(`zip() argument 2 is ${counts.length < count ? 'shorter' : 'longer'} than argument 1`);
  return counts.map((length, i) => clone(sliceAxis(selectAxis(sequences, 0, i), 0, 0, Math.min(Math.max(Math.ceil(length), 0), longest))));
});

/**
 * Packs tensors (L, *) of several lengths, which fall unless enforce_sorted is false. Source: torch.nn.utils.rnn.pack_sequence.
 * @example
 * nn.utils.rnn.pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])]).data; // → tensor([1, 4, 2, 3])
 */
export const pack_sequence = declare<[sequences: Iterable<Tensor>, enforce_sorted?: boolean]>()(
  'nn.utils.rnn.pack_sequence', 'sequences: iterable, enforce_sorted=True', ({ sequences, enforce_sorted }): PackedSequence => {
  const list = sequences as readonly Tensor[];
  const lengths = list.map((each) => asTensor(each, 'size').geometry.shape[0]);
  return pack_padded_sequence(pad_sequence(list), lengths, { enforce_sorted });
});

/**
 * The sequences of a packed one, in their first order. Source: torch.nn.utils.rnn.unpack_sequence.
 * @example
 * const packed = nn.utils.rnn.pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])]);
 * nn.utils.rnn.unpack_sequence(packed); // → [tensor([1, 2, 3]), tensor([4])]
 */
export const unpack_sequence = declare<[packed_sequences: PackedSequence]>()(
  'nn.utils.rnn.unpack_sequence', 'packed_sequences', ({ packed_sequences }): Tensor[] => {
  const [padded, lengths] = pad_packed_sequence(packed_sequences, true);
  return unpad_sequence(padded, lengths, true);
});
