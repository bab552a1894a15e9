import { callable } from '../../../core/callable.ts';
import { IndexError, RuntimeError, ValueError } from '../../../core/errors.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { squeeze, unsqueeze } from '../../../ops/movement.ts';
import { add } from '../../../ops/pointwise/index.ts';
import type { RecurrentKind } from '../../../ops/recurrent.ts';
import { recur } from '../../../ops/recurrent.ts';
import { asTensor } from '../../arguments/operands.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { empty, zeros } from '../../functions/creation.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { linear } from '../functional/linear.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { layer } from './layer.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';

/** One step of a recurrent layer, for programs with loops of their own. */

type BaseCall = Call<
  ['input_size', 'hidden_size', 'bias', 'num_chunks', 'device', 'dtype'],
  [input_size: number, hidden_size: number, bias: boolean, num_chunks: number, ...Place]>;
const ofBase = signature<[input_size: number, hidden_size: number, bias: boolean, num_chunks: number, ...Place]>()(
  'RNNCellBase.__init__', 'input_size: int, hidden_size: int, bias: bool, num_chunks: int, device=None, dtype=None');

const absent = null as never;

class RNNCellBaseModule extends Module {
  /** How many features the input has. */
  input_size: number;
  /** How many features the state has. */
  hidden_size: number;
  /** Whether there are biases. */
  bias: boolean;
  /** Of the gates, (gates · hidden_size, input_size). */
  weight_ih: Parameter;
  /** Of the state in the gates, (gates · hidden_size, hidden_size). */
  weight_hh: Parameter;
  /** Of the input's part. Null in a cell without biases; the type is what programs take for granted. */
  bias_ih: Parameter = absent;
  /** Of the state's part. */
  bias_hh: Parameter = absent;

  constructor(...given: BaseCall) {
    super();
    const { input_size, hidden_size, bias, num_chunks, ...place } = ofBase.read(given);
    this.input_size = input_size;
    this.hidden_size = hidden_size;
    this.bias = bias;
    const make = (...shape: number[]): Parameter => new Parameter(empty(shape, placeOf(place)));
    const rows = num_chunks * hidden_size;
    this.weight_ih = make(rows, input_size);
    this.weight_hh = make(rows, hidden_size);
    if (bias) {
      this.bias_ih = make(rows);
      this.bias_hh = make(rows);
    }
    this.reset_parameters();
  }

  /**
   * Draws all weights and biases anew, uniform within 1 / √hidden_size of 0.
   * @example
   * const cell = nn.GRUCell(2, 4);
   * cell.reset_parameters();
   * cell.weight_hh.abs().max().item() <= 0.5; // → true
   */
  reset_parameters(): void {
    const bound = this.hidden_size > 0 ? 1 / Math.sqrt(this.hidden_size) : 0;
    for (const weight of this.parameters()) init.uniform_(weight, -bound, bound);
  }

  override extra_repr(): string {
    return `${this.input_size}, ${this.hidden_size}${this.bias ? '' : ', bias=False'}`;
  }

  /** One step from the states, or from zeros; a batch or a single one. */
  protected advance(kind: RecurrentKind, input: Tensor, hx: readonly Tensor[] | null, count: number): Tensor[] {
    const { name } = this.constructor;
    const { shape } = asTensor(input, 'dim').geometry;
    if (shape.length !== 1 && shape.length !== 2) {
      throw new ValueError(`${name}: Expected input to be 1D or 2D, got ${shape.length}D instead`);
    }
    hx?.forEach((state, i) => {
      const { geometry } = asTensor(state, 'dim');
      if (geometry.shape.length === 1 || geometry.shape.length === 2) return;
      const what = count > 1 ? `hx[${i}]` : 'hidden';
      throw new ValueError(`${name}: Expected ${what} to be 1D or 2D, got ${geometry.shape.length}D instead`);
    });
    const batched = shape.length === 2;
    const rows = batched ? input : unsqueeze(input, 0);
    const states = hx === null
      ? Array.from({ length: count }, () => zeros([rows.geometry.shape[0], this.hidden_size], { dtype: input.dtype, device: input.device }))
      : batched ? hx : hx.map((each) => unsqueeze(each, 0));
    this.check(rows, states);
    const apart = kind === 'gru';
    const { bias_ih, bias_hh } = this;
    const gates = linear(rows, this.weight_ih, apart || bias_ih === null ? bias_ih : add<Tensor>(bias_ih, bias_hh));
    const { last, lastMemory } = recur<Tensor>(
      kind, [gates, states[0], states[1] ?? null, this.weight_hh, apart ? bias_hh : null, null], [rows.geometry.shape[0]], false);
    const results = lastMemory === null ? [last] : [last, lastMemory];
    return batched ? results : results.map((each) => squeeze(each, [0]));
  }

  private check({ geometry: { shape: [count, width] } }: Tensor, states: readonly Tensor[]): void {
    if (width !== this.input_size) {
      throw new RuntimeError(`input has inconsistent input_size: got ${width} expected ${this.input_size}`);
    }
    states.forEach(({ geometry: { shape: [own, extent] }, dtypeCore }, i) => {
      if (own !== count) throw new RuntimeError(`Input batch size ${count} doesn't match hidden${i} batch size ${own}`);
      if (extent !== this.hidden_size) {
        throw new RuntimeError(`hidden${i} has inconsistent hidden_size: got ${extent}, expected ${this.hidden_size}`);
      }
      if (dtypeCore !== this.weight_hh.dtypeCore) {
        throw new RuntimeError(`mat1 and mat2 must have the same dtype, but got ${scalarTypeName(dtypeCore)} and `
          + scalarTypeName(this.weight_hh.dtypeCore));
      }
    });
  }
}

/**
 * What RNNCell, LSTMCell and GRUCell have in common: their weights. Source: torch.nn.RNNCellBase.
 * @example
 * nn.LSTMCell(2, 3) instanceof nn.RNNCellBase; // → true
 */
export const RNNCellBase = callable('RNNCellBase', RNNCellBaseModule);
export type RNNCellBase = RNNCellBaseModule;

type Forward<H> = [input: Tensor, hx?: H | null] | [input: Tensor, options: { readonly hx?: H | null }]
  | [options: { readonly input: Tensor; readonly hx?: H | null }];

/** What `forward` is given, in order, once its signature has read it. */
type Ordered<H> = readonly [input: Tensor, hx?: H | null];

const cell = (name: string) => signature<[input_size: number, hidden_size: number, bias?: boolean, ...Place]>()(
  `${name}.__init__`, 'input_size: int, hidden_size: int, bias=True, device=None, dtype=None');
const ofRNN = signature<[input_size: number, hidden_size: number, bias?: boolean, nonlinearity?: string, ...Place]>()(
  'RNNCell.__init__', "input_size: int, hidden_size: int, bias=True, nonlinearity='tanh', device=None, dtype=None");
const ofLSTM = cell('LSTMCell');
const ofGRU = cell('GRUCell');

class RNNCellModule extends RNNCellBaseModule {
  /** What the sums go through: tanh or relu. */
  nonlinearity: string;

  constructor(...given: typeof ofRNN.call) {
    const { input_size, hidden_size, bias, nonlinearity, device, dtype } = ofRNN.read(given);
    super(input_size, hidden_size, bias, 1, device, dtype);
    this.nonlinearity = nonlinearity;
  }

  override forward(...given: Forward<Tensor>): Tensor {
    const [input, hx] = given as unknown as Ordered<Tensor>;
    const { nonlinearity } = this;
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu') throw new RuntimeError(`Unknown nonlinearity: ${nonlinearity}`);
    return this.advance(nonlinearity, input, hx ? [hx] : null, 1)[0];
  }

  override extra_repr(): string {
    return `${super.extra_repr()}${this.nonlinearity === 'tanh' ? '' : `, nonlinearity=${this.nonlinearity}`}`;
  }
}

/**
 * One step of Elman's layer: tanh(W·x + b + U·h + c), or relu of it. (N, input_size) to (N, hidden_size), or without N.
 * Source: torch.nn.RNNCell.
 * @example
 * const cell = nn.RNNCell(2, 3);
 * cell(torch.ones(4, 2), torch.zeros(4, 3)).shape; // → torch.Size([4, 3])
 */
export const RNNCell = layer('RNNCell', RNNCellModule, 'input: Any, hx=None');
export type RNNCell = RNNCellModule;

class LSTMCellModule extends RNNCellBaseModule {
  constructor(...given: typeof ofLSTM.call) {
    const { input_size, hidden_size, bias, device, dtype } = ofLSTM.read(given);
    super(input_size, hidden_size, bias, 4, device, dtype);
  }

  override forward(...given: Forward<readonly [Tensor, Tensor]>): [h: Tensor, c: Tensor] {
    const [input, hx] = given as unknown as Ordered<readonly [Tensor, Tensor]>;
    if (hx instanceof Tensor && hx.geometry.shape[0] < 2) {
      throw new IndexError(`index 1 is out of bounds for dimension 0 with size ${hx.geometry.shape[0]}`);
    }
    return this.advance('lstm', input, hx ? [hx[0], hx[1]] : null, 2) as [Tensor, Tensor];
  }
}

/**
 * One step of a long short-term memory: from (N, input_size) and the states (h, c) the next states, or without N.
 * Source: torch.nn.LSTMCell.
 * @example
 * const [h, c] = nn.LSTMCell(2, 3)(torch.ones(4, 2));
 * [h.shape, c.shape]; // → [torch.Size([4, 3]), torch.Size([4, 3])]
 */
export const LSTMCell = layer('LSTMCell', LSTMCellModule, 'input: Any, hx=None');
export type LSTMCell = LSTMCellModule;

class GRUCellModule extends RNNCellBaseModule {
  constructor(...given: typeof ofGRU.call) {
    const { input_size, hidden_size, bias, device, dtype } = ofGRU.read(given);
    super(input_size, hidden_size, bias, 3, device, dtype);
  }

  override forward(...given: Forward<Tensor>): Tensor {
    const [input, hx] = given as unknown as Ordered<Tensor>;
    return this.advance('gru', input, hx ? [hx] : null, 1)[0];
  }
}

/**
 * One step of gated recurrent units: (N, input_size) to (N, hidden_size), or without N. Source: torch.nn.GRUCell.
 * @example
 * nn.GRUCell(2, 3)(torch.ones(4, 2)).shape; // → torch.Size([4, 3])
 */
export const GRUCell = layer('GRUCell', GRUCellModule, 'input: Any, hx=None');
export type GRUCell = GRUCellModule;
