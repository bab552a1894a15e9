import { RuntimeError, ValueError, IndexError, pythonTypeName, shown } from '../../../core/errors.ts';
import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import { sameShape } from '../../../core/layout.ts';
import { callable } from '../../../core/callable.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { elements } from '../../../ops/host.ts';
import { indexSelect } from '../../../ops/indexing.ts';
import { concatenate, reshapeTo, squeeze, swapAxes, unsqueeze } from '../../../ops/movement.ts';
import { add } from '../../../ops/pointwise/index.ts';
import type { RecurrentKind } from '../../../ops/recurrent.ts';
import { recur } from '../../../ops/recurrent.ts';
import { selectAxis } from '../../../ops/views.ts';
import { asTensor } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import { dtypeOf, scalarTypeName } from '../../dtypes/dtypes.ts';
import { empty, zeros } from '../../functions/creation.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { dropout as dropOut } from '../functional/dropout.ts';
import { linear } from '../functional/linear.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { PackedSequence } from '../utils/rnn.ts';
import { layer } from './layer.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';

/** Layers that read sequences step by step. */

type Options = [
  num_layers?: number, bias?: boolean, batch_first?: boolean, dropout?: number, bidirectional?: boolean, proj_size?: number, ...Place,
];
const parameters = signature<[mode: string, input_size: number, hidden_size: number, ...Options]>()('RNNBase.__init__', [
  'mode: str, input_size: Any, hidden_size: Any, num_layers=1, bias: Any = True, batch_first: Any = False, dropout: Any = 0.0',
  'bidirectional=False, proj_size=0, device=None, dtype=None',
]);

type OptionNames = ['num_layers', 'bias', 'batch_first', 'dropout', 'bidirectional', 'proj_size', 'device', 'dtype'];
type BaseCall = Call<
  ['mode', 'input_size', 'hidden_size', ...OptionNames], [mode: string, input_size: number, hidden_size: number, ...Options]>;

/** How many times as wide as the state the gates together are. */
const gatesOf: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN_TANH: 1, RNN_RELU: 1 };
const kinds: Readonly<Record<string, RecurrentKind>> = { LSTM: 'lstm', GRU: 'gru', RNN_TANH: 'tanh', RNN_RELU: 'relu' };

function checkType(name: string, value: unknown, type: 'bool' | 'int'): void {
  if (type === 'bool' ? typeof value === 'boolean' : Number.isInteger(value)) return;
  throw new TypeError(`${name} should be of type ${type}, got: ${pythonTypeName(value)}`);
}

function checkSizes({ input_size, hidden_size, num_layers, bias, batch_first, dropout, proj_size }: {
  readonly input_size: number; readonly hidden_size: number; readonly num_layers: number; readonly bias: boolean;
  readonly batch_first: boolean; readonly dropout: number; readonly proj_size: number;
}): void {
  if (typeof dropout !== 'number' || !(dropout >= 0 && dropout <= 1)) {
    throw new ValueError('dropout should be a number in range [0, 1] representing the probability of an element being zeroed');
  }
  if (dropout > 0 && num_layers === 1) {
    warn('dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater than 1, but got '
      + `dropout=${pythonRepr(dropout)} and num_layers=${num_layers}`);
  }
  checkType('bias', bias, 'bool');
  checkType('batch_first', batch_first, 'bool');
  checkType('input_size', input_size, 'int');
  if (input_size <= 0) throw new ValueError('input_size must be greater than zero');
  checkType('hidden_size', hidden_size, 'int');
  if (hidden_size <= 0) throw new ValueError('hidden_size must be greater than zero');
  if (num_layers <= 0) throw new ValueError('num_layers must be greater than zero');
  if (proj_size < 0) throw new ValueError('proj_size should be a positive integer or zero to disable projections');
  if (proj_size >= hidden_size) throw new ValueError('proj_size has to be smaller than hidden_size');
}

/** Sequences and states, all by position or the states by name. */
type States<H> = [hx?: H | null] | [options: { readonly hx?: H | null }];

class RNNBaseModule extends Module {
  /** Which layer it is: LSTM, GRU, RNN_TANH or RNN_RELU. */
  readonly mode: string;
  /** How many features each step of the input has. */
  input_size: number;
  /** How many features the state has. */
  hidden_size: number;
  /** How many layers stand one on the other. */
  num_layers: number;
  /** Whether there are biases. */
  bias: boolean;
  /** Whether batches come before steps in tensors, though not in states. */
  batch_first: boolean;
  /** The probability with which outputs of all layers but the last are left out in training. */
  dropout: number;
  /** Whether each layer reads the sequences backwards too. */
  bidirectional: boolean;
  /** How many features an LSTM's output is projected to; 0 where it is not. */
  proj_size: number;
  [weight: `weight_${string}`]: Parameter;
  [bias: `bias_${string}`]: Parameter;

  constructor(...given: BaseCall) {
    super();
    const values = parameters.read(given);
    const { mode, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, ...place } = values;
    checkSizes(values);
    if (!Object.hasOwn(gatesOf, mode)) throw new ValueError(`Unrecognized RNN mode: ${mode}`);
    this.mode = mode;
    this.input_size = input_size;
    this.hidden_size = hidden_size;
    this.num_layers = num_layers;
    this.bias = bias;
    this.batch_first = batch_first;
    this.dropout = dropout;
    this.bidirectional = bidirectional;
    this.proj_size = proj_size;
    const rows = gatesOf[mode] * hidden_size;
    const [outputs, directions] = [this.stateSize, this.directions];
    const make = (shape: number[]): Parameter => new Parameter(empty(shape, placeOf(place)));
    for (let i = 0; i < num_layers; i++) {
      for (let direction = 0; direction < directions; direction++) {
        const end = suffix(i, direction);
        this[`weight_ih_${end}`] = make([rows, i === 0 ? input_size : outputs * directions]);
        this[`weight_hh_${end}`] = make([rows, outputs]);
        if (bias) {
          this[`bias_ih_${end}`] = make([rows]);
          this[`bias_hh_${end}`] = make([rows]);
        }
        if (proj_size > 0) this[`weight_hr_${end}`] = make([proj_size, hidden_size]);
      }
    }
    this.reset_parameters();
  }

  private get directions(): number {
    return this.bidirectional ? 2 : 1;
  }

  private get stateSize(): number {
    return this.proj_size > 0 ? this.proj_size : this.hidden_size;
  }

  /**
   * Draws all weights and biases anew, uniform within 1 / √hidden_size of 0.
   * @example
   * const layer = nn.GRU(2, 4);
   * layer.reset_parameters();
   * layer.weight_hh_l0.abs().max().item() <= 0.5; // → true
   */
  reset_parameters(): void {
    const bound = 1 / Math.sqrt(this.hidden_size);
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }

  /**
   * Does nothing: weights need not lie together here.
   * @example
   * nn.GRU(2, 4).flatten_parameters(); // → null
   */
  flatten_parameters(): null {
    return null;
  }

  /**
   * The weights and biases of each layer and direction.
   * @example
   * nn.LSTM(2, 3, { bias: false }).all_weights[0].map((each) => each.shape); // → [torch.Size([12, 2]), torch.Size([12, 3])]
   */
  get all_weights(): Parameter[][] {
    const names = ['weight_ih', 'weight_hh', ...this.bias ? ['bias_ih', 'bias_hh'] : [], ...this.proj_size > 0 ? ['weight_hr'] : []];
    return Array.from({ length: this.num_layers * this.directions }, (_, i) => {
      const end = suffix(Math.floor(i / this.directions), i % this.directions);
      return names.map((name) => this[`${name}_${end}` as `weight_${string}`]);
    });
  }

  override forward(...given: [input: Tensor | PackedSequence, ...rest: unknown[]]): unknown {
    const [input, hx] = given;
    if (this.mode === 'LSTM') return this.read(input, hx as readonly Tensor[] | null | undefined);
    const [output, states] = this.read(input, hx === null || hx === undefined ? null : [hx as Tensor]);
    return [output, states[0]];
  }

  private read(input: Tensor | PackedSequence, hx: readonly Tensor[] | null | undefined): [Tensor | PackedSequence, readonly Tensor[]] {
    if (input instanceof PackedSequence) return this.readPacked(input, hx ?? null);
    const { shape } = asTensor(input, 'dim').geometry;
    const name = this.constructor.name;
    if (shape.length !== 2 && shape.length !== 3) {
      const what = this.mode.startsWith('RNN') ? 'tensor ' : '';
      throw new ValueError(`${name}: Expected input to be 2D or 3D, got ${shape.length}D ${what}instead`);
    }
    const batched = shape.length === 3;
    const batch = batched ? input : unsqueeze(input, this.batch_first ? 0 : 1);
    const states = hx ? this.batchedStates(hx, batched) : null;
    this.checkInput(batch, 3);
    const steps = this.batch_first ? swapAxes(batch, 0, 1) : batch;
    const [length, count] = steps.geometry.shape;
    if (states !== null) this.checkStates(states, count);
    if (length === 0) throw new RuntimeError('Expected sequence length to be larger than 0 in RNN');
    const rows = reshapeTo(steps, [length * count, this.input_size]);
    const { out, last } = this.compute(rows, Array.from({ length }, () => count), states);
    const all = reshapeTo(out, [length, count, out.geometry.shape[1]]);
    const output = this.batch_first ? swapAxes(all, 0, 1) : all;
    return batched ? [output, last] : [squeeze(output, [this.batch_first ? 0 : 1]), last.map((each) => squeeze(each, [1]))];
  }

  private readPacked({ data, batch_sizes, sorted_indices, unsorted_indices }: PackedSequence, hx: readonly Tensor[] | null):
  [PackedSequence, readonly Tensor[]] {
    const ordered = (states: readonly Tensor[], order: Tensor | null): readonly Tensor[] =>
      (order === null ? states : states.map((each) => indexSelect(each, 1, order)));
    const sizes = elements(batch_sizes).map(Number);
    const states = hx && ordered(hx, sorted_indices);
    this.checkInput(data, 2);
    if (states !== null) this.checkStates(states, sizes[0]);
    const { out, last } = this.compute(data, sizes, states);
    return [new PackedSequence(out, batch_sizes, sorted_indices, unsorted_indices), ordered(last, unsorted_indices)];
  }

  /** The states with an axis of sequences. */
  private batchedStates(hx: readonly Tensor[], batched: boolean): readonly Tensor[] {
    const lstm = this.mode === 'LSTM';
    if (lstm && hx instanceof Tensor && hx.geometry.shape[0] < 2) {
      throw new IndexError(`index 1 is out of bounds for dimension 0 with size ${hx.geometry.shape[0]}`);
    }
    const states = lstm ? [hx[0], hx[1]] : hx;
    const ranks = states.map((state) => asTensor(state, 'dim').geometry.shape.length);
    const wanted = batched ? 3 : 2;
    if (ranks.some((rank) => rank !== wanted)) {
      const own = lstm ? `hx and cx should also be ${wanted}-D but got (${ranks.map((rank) => `${rank}-D`).join(', ')}) tensors`
        : `hx should also be ${wanted}-D but got ${ranks[0]}-D tensor`;
      throw new RuntimeError(`For ${batched ? 'batched 3' : 'unbatched 2'}-D input, ${own}`);
    }
    return batched ? states : states.map((each) => unsqueeze(each, 1));
  }

  private checkInput(input: Tensor, rank: number): void {
    const type = this.weight_ih_l0.dtypeCore;
    if (input.dtypeCore !== type) {
      const [own, wanted] = [input.dtype, dtypeOf(type)].map(String);
      throw new ValueError(`RNN input dtype (${own}) does not match weight dtype (${wanted}). `
        + `Convert input: input.to(${wanted}), or convert model: model.to(${own})`);
    }
    const { shape } = input.geometry;
    if (shape.length !== rank) throw new RuntimeError(`input must have ${rank} dimensions, got ${shape.length}`);
    const extent = shape[rank - 1];
    if (extent !== this.input_size) {
      throw new RuntimeError(`input.size(-1) must be equal to input_size. Expected ${this.input_size}, got ${extent}`);
    }
  }

  private checkStates(states: readonly Tensor[], count: number): void {
    states.forEach((state, i) => {
      const wanted = [this.num_layers * this.directions, count, i === 0 ? this.stateSize : this.hidden_size];
      if (!sameShape(state.geometry.shape, wanted)) {
        throw new RuntimeError(`Expected hidden${this.mode === 'LSTM' ? `[${i}]` : ''} size ${pythonRepr(new PythonTuple(wanted))}, `
          + `got [${state.geometry.shape.join(', ')}]`);
      }
      if (state.dtypeCore !== this.weight_ih_l0.dtypeCore) {
        throw new RuntimeError(`mat1 and mat2 must have the same dtype, but got ${scalarTypeName(state.dtypeCore)} and `
          + scalarTypeName(this.weight_ih_l0.dtypeCore));
      }
    });
  }

  /** All layers over the rows of all steps. */
  private compute(rows: Tensor, sizes: readonly number[], states: readonly Tensor[] | null): { out: Tensor; last: readonly Tensor[] } {
    const { directions, mode } = this;
    const kind = kinds[mode];
    const like = { dtype: rows.dtype, device: rows.device };
    const initial = states ?? [this.stateSize, this.hidden_size].slice(0, kind === 'lstm' ? 2 : 1)
      .map((width) => zeros([1, sizes[0], width], like));
    const last: Tensor[][] = initial.map(() => []);
    let input = rows;
    for (let i = 0; i < this.num_layers; i++) {
      const outputs: Tensor[] = [];
      for (let direction = 0; direction < directions; direction++) {
        const place = states === null ? 0 : i * directions + direction;
        const [h, c = null] = initial.map((each) => selectAxis(each, 0, place));
        const end = suffix(i, direction);
        const [ofInput, ofState] = this.bias ? [this[`bias_ih_${end}`], this[`bias_hh_${end}`]] : [null, null];
        // A GRU's candidates multiply the state's part, bias and all, by a gate.
        const apart = kind === 'gru';
        const gates = linear(input, this[`weight_ih_${end}`], apart || ofInput === null ? ofInput : add<Tensor>(ofInput, ofState!));
        const found = recur<Tensor>(kind, [
          gates, h, c, this[`weight_hh_${end}`], apart ? ofState : null, this.proj_size > 0 ? this[`weight_hr_${end}`] : null,
        ], sizes, direction === 1);
        outputs.push(found.out);
        last[0].push(unsqueeze(found.last, 0));
        if (found.lastMemory !== null) last[1].push(unsqueeze(found.lastMemory, 0));
      }
      input = outputs.length === 1 ? outputs[0] : concatenate(outputs, 1);
      if (this.dropout > 0 && this.training && i < this.num_layers - 1) input = dropOut(input, this.dropout);
    }
    return { out: input, last: last.map((each) => concatenate(each, 0)) };
  }

  override extra_repr(): string {
    const { proj_size, num_layers, bias, batch_first, dropout, bidirectional } = this;
    return [
      `${this.input_size}, ${this.hidden_size}`,
      ...(proj_size === 0 ? [] : [`proj_size=${proj_size}`]), ...(num_layers === 1 ? [] : [`num_layers=${num_layers}`]),
      ...(bias ? [] : ['bias=False']), ...(batch_first ? ['batch_first=True'] : []),
      ...(dropout === 0 ? [] : [`dropout=${pythonRepr(dropout)}`]), ...(bidirectional ? ['bidirectional=True'] : []),
    ].join(', ');
  }
}

const suffix = (index: number, direction: number): string => `l${index}${direction === 1 ? '_reverse' : ''}`;

/**
 * What RNN, LSTM and GRU have in common: their weights, and how they read sequences. Source: torch.nn.RNNBase.
 * @example
 * nn.GRU(2, 3) instanceof nn.RNNBase; // → true
 */
export const RNNBase = callable('RNNBase', RNNBaseModule);
export type RNNBase = RNNBaseModule;

/** The arguments of the base's constructor; projections are an LSTM's alone. */
function withoutProjection(given: readonly unknown[]): readonly unknown[] {
  const options = given.at(-1);
  if (typeof options === 'object' && options !== null && 'proj_size' in options) {
    throw new ValueError('proj_size argument is only supported for LSTM, not RNN or GRU');
  }
  return given;
}

type Unprojected = [
  num_layers?: number, bias?: boolean, batch_first?: boolean, dropout?: number, bidirectional?: boolean, ...Place,
];
type UnprojectedNames = ['num_layers', 'bias', 'batch_first', 'dropout', 'bidirectional', 'device', 'dtype'];

type LSTMCall = Call<['input_size', 'hidden_size', ...OptionNames], [input_size: number, hidden_size: number, ...Options]>;

/** Signatures of its own come before the module's. */
interface LSTMModule {
  (input: Tensor, ...states: States<[Tensor, Tensor]>): [output: Tensor, hx: [Tensor, Tensor]];
  (input: PackedSequence, ...states: States<[Tensor, Tensor]>): [output: PackedSequence, hx: [Tensor, Tensor]];
  (options: { readonly input: Tensor; readonly hx?: [Tensor, Tensor] | null }): [output: Tensor, hx: [Tensor, Tensor]];
}
class LSTMModule extends RNNBaseModule {
  constructor(...given: LSTMCall) {
    super(...['LSTM', ...given] as BaseCall);
  }
}

/**
 * A long short-term memory: (T, N, input_size) to (T, N, hidden_size), and the last states (h, c). Also (N, T, …) where batch_first,
 * (T, …), and packed sequences. Source: torch.nn.LSTM.
 * @example
 * const layer = nn.LSTM(2, 3, { num_layers: 2, bidirectional: true });
 * const [out, [h, c]] = layer(torch.ones(5, 4, 2));
 * [out.shape, h.shape, c.shape]; // → [torch.Size([5, 4, 6]), torch.Size([4, 4, 3]), torch.Size([4, 4, 3])]
 */
export const LSTM = layer('LSTM', LSTMModule, 'input: Any, hx=None');
export type LSTM = LSTMModule;

type GRUCall = Call<['input_size', 'hidden_size', ...UnprojectedNames], [input_size: number, hidden_size: number, ...Unprojected]>;

/** Signatures of its own come before the module's. */
interface GRUModule {
  (input: Tensor, ...states: States<Tensor>): [output: Tensor, hx: Tensor];
  (input: PackedSequence, ...states: States<Tensor>): [output: PackedSequence, hx: Tensor];
  (options: { readonly input: Tensor; readonly hx?: Tensor | null }): [output: Tensor, hx: Tensor];
}
class GRUModule extends RNNBaseModule {
  constructor(...given: GRUCall) {
    super(...['GRU', ...withoutProjection(given)] as BaseCall);
  }
}

/**
 * Gated recurrent units: (T, N, input_size) to (T, N, hidden_size), and the last state. Shapes and packed sequences as for LSTM.
 * Source: torch.nn.GRU.
 * @example
 * const [out, h] = nn.GRU(2, 3, { batch_first: true })(torch.ones(4, 5, 2));
 * [out.shape, h.shape]; // → [torch.Size([4, 5, 3]), torch.Size([1, 4, 3])]
 */
export const GRU = layer('GRU', GRUModule, 'input: Any, hx=None');
export type GRU = GRUModule;

type RNNCall = Call<
  ['input_size', 'hidden_size', 'num_layers', 'nonlinearity', 'bias', 'batch_first', 'dropout', 'bidirectional', 'device', 'dtype'],
  [
    input_size: number, hidden_size: number, num_layers?: number, nonlinearity?: string, bias?: boolean, batch_first?: boolean,
    dropout?: number, bidirectional?: boolean, ...Place,
  ]>;

/** The mode, and the arguments without the nonlinearity, which stands fourth or among those by name. */
function modeOf(given: readonly unknown[]): [nonlinearity: unknown, rest: readonly unknown[]] {
  const options = given.at(-1);
  const named = typeof options === 'object' && options !== null ? options as Readonly<Record<string, unknown>> : null;
  if ((named === null ? given.length : given.length - 1) > 3) return [given[3], [...given.slice(0, 3), ...given.slice(4)]];
  if (named === null) return ['tanh', given];
  const { nonlinearity = 'tanh', ...others } = named;
  return [nonlinearity, [...given.slice(0, -1), others]];
}

/** Signatures of its own come before the module's. */
interface RNNModule {
  (input: Tensor, ...states: States<Tensor>): [output: Tensor, hx: Tensor];
  (input: PackedSequence, ...states: States<Tensor>): [output: PackedSequence, hx: Tensor];
  (options: { readonly input: Tensor; readonly hx?: Tensor | null }): [output: Tensor, hx: Tensor];
}
class RNNModule extends RNNBaseModule {
  /** What a step's sums go through: tanh or relu. */
  nonlinearity: string;

  constructor(...given: RNNCall) {
    const [nonlinearity, rest] = modeOf(withoutProjection(given));
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu') {
      throw new ValueError(`Unknown nonlinearity '${shown(nonlinearity)}'. Select from 'tanh' or 'relu'.`);
    }
    super(...[`RNN_${nonlinearity.toUpperCase()}`, ...rest] as BaseCall);
    this.nonlinearity = nonlinearity;
  }
}

/**
 * Elman's recurrent layer, of tanh or relu: (T, N, input_size) to (T, N, hidden_size), and the last state. Shapes and packed sequences as
 * for LSTM. Source: torch.nn.RNN.
 * @example
 * const [out, h] = nn.RNN(2, 3, { nonlinearity: 'relu' })(torch.ones(5, 2));
 * [out.shape, h.shape]; // → [torch.Size([5, 3]), torch.Size([1, 3])]
 */
export const RNN = layer('RNN', RNNModule, 'input: Any, hx=None');
export type RNN = RNNModule;
