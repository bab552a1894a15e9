import { AssertionError, ValueError } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { swapAxes } from '../../../ops/movement.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attend } from '../functional/multiHeadAttention.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { layer } from './layer.ts';
import type { Linear as LinearLayer } from './linear.ts';
import { Linear } from './linear.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';

/** Linear, under the name that the attention's last layer is shown by. */
const NonDynamicallyQuantizableLinear = callable('NonDynamicallyQuantizableLinear', class extends Linear {});

const parameters = signature<[
  embed_dim: number, num_heads: number, dropout?: number, bias?: boolean, add_bias_kv?: boolean, add_zero_attn?: boolean,
  kdim?: number | null, vdim?: number | null, batch_first?: boolean, ...Place,
]>()('MultiheadAttention.__init__', [
  'embed_dim: int, num_heads: int, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim: int = None, vdim: int = None',
  'batch_first=False, device=None, dtype=None',
]);

type Forward = [
  query: Tensor, key: Tensor, value: Tensor, key_padding_mask?: Tensor | null, need_weights?: boolean, attn_mask?: Tensor | null,
  average_attn_weights?: boolean, is_causal?: boolean,
];
type ForwardCall = Call<
  ['query', 'key', 'value', 'key_padding_mask', 'need_weights', 'attn_mask', 'average_attn_weights', 'is_causal'], Forward>;

const absent = null as never;

class MultiheadAttentionModule extends Module {
  /** How many features queries have, and what comes out. */
  embed_dim: number;
  /** How many features keys have. */
  kdim: number;
  /** How many features values have. */
  vdim: number;
  /** Whether keys and values have as many features as queries. */
  _qkv_same_embed_dim: boolean;
  /** How many heads there are; each has its share of the features. */
  num_heads: number;
  /** The probability with which weights are left out in training. */
  dropout: number;
  /** Whether batches come before sequences. */
  batch_first: boolean;
  /** How many features each head has. */
  head_dim: number;
  /** Of queries, where the three have weights apart; the type is what programs take for granted. */
  q_proj_weight: Parameter = absent;
  /** Of keys. */
  k_proj_weight: Parameter = absent;
  /** Of values. */
  v_proj_weight: Parameter = absent;
  /** Of all three, (3 · embed_dim, embed_dim). */
  in_proj_weight: Parameter = absent;
  /** Of all three, (3 · embed_dim). */
  in_proj_bias: Parameter = absent;
  /** What all heads have found becomes the output. */
  out_proj: LinearLayer;
  /** One more key of every sequence. */
  bias_k: Parameter = absent;
  /** One more value of every sequence. */
  bias_v: Parameter = absent;
  /** Whether every sequence has one more key and value of zeros. */
  add_zero_attn: boolean;

  constructor(...given: typeof parameters.call) {
    const values = parameters.read(given);
    const { embed_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim, batch_first, ...place } = values;
    if (embed_dim <= 0 || num_heads <= 0) {
      throw new ValueError(
        `embed_dim and num_heads must be greater than 0, got embed_dim=${embed_dim} and num_heads=${num_heads} instead`);
    }
    super();
    this.embed_dim = embed_dim;
    this.kdim = kdim ?? embed_dim;
    this.vdim = vdim ?? embed_dim;
    this._qkv_same_embed_dim = this.kdim === embed_dim && this.vdim === embed_dim;
    this.num_heads = num_heads;
    this.dropout = dropout;
    this.batch_first = batch_first;
    this.head_dim = Math.floor(embed_dim / num_heads);
    if (this.head_dim * num_heads !== embed_dim) throw new AssertionError('embed_dim must be divisible by num_heads');
    const make = (...shape: number[]): Parameter => new Parameter(empty(shape, placeOf(place)));
    if (this._qkv_same_embed_dim) {
      this.in_proj_weight = make(3 * embed_dim, embed_dim);
    } else {
      this.q_proj_weight = make(embed_dim, embed_dim);
      this.k_proj_weight = make(embed_dim, this.kdim);
      this.v_proj_weight = make(embed_dim, this.vdim);
    }
    if (bias) this.in_proj_bias = make(3 * embed_dim);
    this.out_proj = new NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias, place.device, place.dtype);
    if (add_bias_kv) {
      this.bias_k = make(1, 1, embed_dim);
      this.bias_v = make(1, 1, embed_dim);
    }
    this.add_zero_attn = add_zero_attn;
    this._reset_parameters();
  }

  /** Draws the weights anew; biases become 0. */
  _reset_parameters(): void {
    const weights = this._qkv_same_embed_dim ? [this.in_proj_weight] : [this.q_proj_weight, this.k_proj_weight, this.v_proj_weight];
    for (const weight of weights) init.xavier_uniform_(weight);
    if (this.in_proj_bias !== null) {
      init.constant_(this.in_proj_bias, 0);
      init.constant_(this.out_proj.bias, 0);
    }
    if (this.bias_k !== null) init.xavier_normal_(this.bias_k);
    if (this.bias_v !== null) init.xavier_normal_(this.bias_v);
  }

  override forward(...given: ForwardCall): [output: Tensor, weights: Tensor] {
    const [
      query, key, value, key_padding_mask = null, need_weights = true, attn_mask = null, average_attn_weights = true, is_causal = false,
    ] = given as unknown as Forward;
    const turns = this.batch_first && query.geometry.shape.length === 3;
    const turned = (x: Tensor): Tensor => (turns ? swapAxes(x, 0, 1) : x);
    // What was one tensor stays one, so that its projections are one product.
    const q = turned(query);
    const k = key === query ? q : turned(key);
    const v = value === key ? k : turned(value);
    const [output, weights] = attend({
      query: q, key: k, value: v, embed_dim_to_check: this.embed_dim, num_heads: this.num_heads, in_proj_weight: this.in_proj_weight,
      in_proj_bias: this.in_proj_bias, bias_k: this.bias_k, bias_v: this.bias_v, add_zero_attn: this.add_zero_attn, dropout_p: this.dropout,
      out_proj_weight: this.out_proj.weight, out_proj_bias: this.out_proj.bias, training: this.training, key_padding_mask, need_weights,
      attn_mask, use_separate_proj_weight: !this._qkv_same_embed_dim, q_proj_weight: this.q_proj_weight,
      k_proj_weight: this.k_proj_weight, v_proj_weight: this.v_proj_weight, static_k: null, static_v: null, average_attn_weights, is_causal,
    });
    return [turned(output), weights];
  }
}

/**
 * Attention by several heads: of queries (L, N, E), keys (S, N, kdim) and values (S, N, vdim), also (N, …) where batch_first and without N,
 * the output (L, N, E) and the weights (N, L, S), which are null without need_weights. Masks hide where they are true, or are added.
 * Source: torch.nn.MultiheadAttention.
 * @example
 * const attention = nn.MultiheadAttention(4, 2, { batch_first: true });
 * const x = torch.ones(3, 5, 4);
 * const [out, weights] = attention(x, x, x);
 * [out.shape, weights.shape]; // → [torch.Size([3, 5, 4]), torch.Size([3, 5, 5])]
 */
export const MultiheadAttention = layer('MultiheadAttention', MultiheadAttentionModule,
  'query: Any, key: Any, value: Any, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False');
export type MultiheadAttention = MultiheadAttentionModule;
