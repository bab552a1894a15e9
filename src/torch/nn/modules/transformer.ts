import { RuntimeError } from '../../../core/errors.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { add } from '../../../ops/pointwise/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gelu, relu } from '../functional/activation.ts';
import { canonicalMask } from '../functional/multiHeadAttention.ts';
import { Module } from '../module.ts';
import { GELU, ReLU } from './activation.ts';
import type { MultiheadAttention as Attention } from './attention.ts';
import { MultiheadAttention } from './attention.ts';
import type { Dropout as DropoutLayer } from './dropout.ts';
import { Dropout } from './dropout.ts';
import { layer } from './layer.ts';
import type { Linear as LinearLayer } from './linear.ts';
import { Linear } from './linear.ts';
import type { LayerNorm as NormLayer } from './normalization.ts';
import { LayerNorm } from './normalization.ts';
import type { Place } from './place.ts';

/** Transformers: attention and small networks, one layer on the other. */

/** A function of tensors, or a module. */
export type ActivationLike = ((input: Tensor) => Tensor) | Module;

function functionOf(activation: ActivationLike | string): ActivationLike {
  if (activation === 'relu') return relu;
  if (activation === 'gelu') return gelu;
  if (typeof activation === 'string') throw new RuntimeError(`activation should be relu/gelu, not ${activation}`);
  return activation;
}

const applied = (activation: ActivationLike, x: Tensor): Tensor => (activation as (input: Tensor) => Tensor)(x);

type LayerParameters = [
  d_model: number, nhead: number, dim_feedforward?: number, dropout?: number, activation?: ActivationLike | string, layer_norm_eps?: number,
  batch_first?: boolean, norm_first?: boolean, bias?: boolean, ...Place,
];
const ofLayer = (name: string) => signature<LayerParameters>()(`${name}.__init__`, [
  "d_model: int, nhead: int, dim_feedforward=2048, dropout=0.1, activation: Any = 'relu', layer_norm_eps=1e-05, batch_first=False",
  'norm_first=False, bias=True, device=None, dtype=None',
]);
const ofEncoderLayer = ofLayer('TransformerEncoderLayer');
const ofDecoderLayer = ofLayer('TransformerDecoderLayer');

type EncoderLayerForward = [src: Tensor, src_mask?: Tensor | null, src_key_padding_mask?: Tensor | null, is_causal?: boolean];

class TransformerEncoderLayerModule extends Module {
  /** Attention of the sequence to itself. */
  self_attn: Attention;
  /** From d_model to dim_feedforward. */
  linear1: LinearLayer;
  /** Between the linear layers. */
  dropout: DropoutLayer;
  /** From dim_feedforward to d_model. */
  linear2: LinearLayer;
  /** Whether is normalised before each part, and not behind. */
  norm_first: boolean;
  /** Of the attention. */
  norm1: NormLayer;
  /** Of the linear layers. */
  norm2: NormLayer;
  /** Behind the attention. */
  dropout1: DropoutLayer;
  /** Behind the linear layers. */
  dropout2: DropoutLayer;
  /** 1 where the activation is relu, 2 where it is gelu, else 0. */
  activation_relu_or_gelu: number;
  /** Between the linear layers. */
  activation: ActivationLike;

  constructor(...given: typeof ofEncoderLayer.call) {
    super();
    const values = ofEncoderLayer.read(given);
    const { d_model, nhead, dim_feedforward, dropout, layer_norm_eps: eps, batch_first, norm_first, bias, device, dtype: type } = values;
    const place = [device, type] as const;
    this.self_attn = new MultiheadAttention(d_model, nhead, { dropout, bias, batch_first, device, dtype: type });
    this.linear1 = new Linear(d_model, dim_feedforward, bias, ...place);
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dim_feedforward, d_model, bias, ...place);
    this.norm_first = norm_first;
    this.norm1 = new LayerNorm(d_model, eps, true, bias, ...place);
    this.norm2 = new LayerNorm(d_model, eps, true, bias, ...place);
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    const activation = functionOf(values.activation);
    this.activation_relu_or_gelu = activation === relu || activation instanceof ReLU ? 1
      : activation === gelu || activation instanceof GELU ? 2 : 0;
    this.activation = activation;
  }

  override forward(...given: Call<['src', 'src_mask', 'src_key_padding_mask', 'is_causal'], EncoderLayerForward>): Tensor {
    const [src, src_mask = null, src_key_padding_mask = null, is_causal = false] = given as unknown as EncoderLayerForward;
    const padding = canonicalMask(src_key_padding_mask, 'src_key_padding_mask', src, src_mask, 'src_mask');
    const mask = canonicalMask(src_mask, 'src_mask', src);
    const attention = (x: Tensor): Tensor => {
      const [found] = this.self_attn(x, x, x, { attn_mask: mask, key_padding_mask: padding, need_weights: false, is_causal });
      return this.dropout1(found);
    };
    const network = (x: Tensor): Tensor => this.dropout2(this.linear2(this.dropout(applied(this.activation, this.linear1(x)))));
    if (this.norm_first) {
      const attended = add(src, attention(this.norm1(src)));
      return add(attended, network(this.norm2(attended)));
    }
    const attended = this.norm1(add(src, attention(src)));
    return this.norm2(add(attended, network(attended)));
  }
}

/**
 * Attention of a sequence to itself, then two linear layers, each added to its input and normalised: (S, N, d_model), or (N, S, d_model)
 * where batch_first, to the same. Source: torch.nn.TransformerEncoderLayer.
 * @example
 * const layer = nn.TransformerEncoderLayer(8, 2, { dim_feedforward: 16, batch_first: true });
 * layer(torch.ones(3, 5, 8)).shape; // → torch.Size([3, 5, 8])
 */
export const TransformerEncoderLayer = layer('TransformerEncoderLayer', TransformerEncoderLayerModule,
  'src: Any, src_mask=None, src_key_padding_mask=None, is_causal=False');
export type TransformerEncoderLayer = TransformerEncoderLayerModule;

type DecoderLayerForward = [
  tgt: Tensor, memory: Tensor, tgt_mask?: Tensor | null, memory_mask?: Tensor | null, tgt_key_padding_mask?: Tensor | null,
  memory_key_padding_mask?: Tensor | null, tgt_is_causal?: boolean, memory_is_causal?: boolean,
];
type DecoderNames = [
  'tgt', 'memory', 'tgt_mask', 'memory_mask', 'tgt_key_padding_mask', 'memory_key_padding_mask', 'tgt_is_causal', 'memory_is_causal',
];

class TransformerDecoderLayerModule extends Module {
  /** Attention of the sequence to itself. */
  self_attn: Attention;
  /** Attention of the sequence to what was encoded. */
  multihead_attn: Attention;
  /** From d_model to dim_feedforward. */
  linear1: LinearLayer;
  /** Between the linear layers. */
  dropout: DropoutLayer;
  /** From dim_feedforward to d_model. */
  linear2: LinearLayer;
  /** Whether is normalised before each part, and not behind. */
  norm_first: boolean;
  /** Of the attention to itself. */
  norm1: NormLayer;
  /** Of the attention to what was encoded. */
  norm2: NormLayer;
  /** Of the linear layers. */
  norm3: NormLayer;
  /** Behind the attention to itself. */
  dropout1: DropoutLayer;
  /** Behind the attention to what was encoded. */
  dropout2: DropoutLayer;
  /** Behind the linear layers. */
  dropout3: DropoutLayer;
  /** Between the linear layers. */
  activation: ActivationLike;

  constructor(...given: typeof ofDecoderLayer.call) {
    super();
    const values = ofDecoderLayer.read(given);
    const { d_model, nhead, dim_feedforward, dropout, layer_norm_eps: eps, batch_first, norm_first, bias, device, dtype: type } = values;
    const place = [device, type] as const;
    const options = { dropout, bias, batch_first, device, dtype: type };
    this.self_attn = new MultiheadAttention(d_model, nhead, options);
    this.multihead_attn = new MultiheadAttention(d_model, nhead, options);
    this.linear1 = new Linear(d_model, dim_feedforward, bias, ...place);
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dim_feedforward, d_model, bias, ...place);
    this.norm_first = norm_first;
    this.norm1 = new LayerNorm(d_model, eps, true, bias, ...place);
    this.norm2 = new LayerNorm(d_model, eps, true, bias, ...place);
    this.norm3 = new LayerNorm(d_model, eps, true, bias, ...place);
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    this.dropout3 = new Dropout(dropout);
    this.activation = functionOf(values.activation);
  }

  override forward(...given: Call<DecoderNames, DecoderLayerForward>): Tensor {
    const [
      tgt, memory, tgt_mask = null, memory_mask = null, tgt_key_padding_mask = null, memory_key_padding_mask = null, tgt_is_causal = false,
      memory_is_causal = false,
    ] = given as unknown as DecoderLayerForward;
    const own = { attn_mask: tgt_mask, key_padding_mask: tgt_key_padding_mask, is_causal: tgt_is_causal, need_weights: false };
    const other = { attn_mask: memory_mask, key_padding_mask: memory_key_padding_mask, is_causal: memory_is_causal, need_weights: false };
    const toItself = (x: Tensor): Tensor => this.dropout1(this.self_attn(x, x, x, own)[0]);
    const toMemory = (x: Tensor): Tensor => this.dropout2(this.multihead_attn(x, memory, memory, other)[0]);
    const network = (x: Tensor): Tensor => this.dropout3(this.linear2(this.dropout(applied(this.activation, this.linear1(x)))));
    const parts = [[toItself, this.norm1], [toMemory, this.norm2], [network, this.norm3]] as const;
    return parts.reduce((x, [part, norm]) => (this.norm_first ? add(x, part(norm(x))) : norm(add(x, part(x)))), tgt);
  }
}

/**
 * As TransformerEncoderLayer, with attention to what was encoded in between: (T, N, d_model) and the memory (S, N, d_model) to
 * (T, N, d_model). Source: torch.nn.TransformerDecoderLayer.
 * @example
 * const layer = nn.TransformerDecoderLayer(8, 2, { dim_feedforward: 16 });
 * layer(torch.ones(4, 3, 8), torch.ones(5, 3, 8)).shape; // → torch.Size([4, 3, 8])
 */
export const TransformerDecoderLayer = layer('TransformerDecoderLayer', TransformerDecoderLayerModule,
  'tgt: Any, memory: Any, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, '
  + 'memory_is_causal=False');
export type TransformerDecoderLayer = TransformerDecoderLayerModule;
