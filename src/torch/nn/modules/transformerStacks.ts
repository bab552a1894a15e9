import { gradMode } from '../../../autograd/mode.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import type { Call } from '../../../core/signature.ts';
import { declare, signature } from '../../../core/signature.ts';
import { elementAt, isDeferred } from '../../../ops/host.ts';
import { sliceAxis, unsqueeze } from '../../../ops/movement.ts';
import { eq, ge, logicalAnd, ne, where } from '../../../ops/pointwise/index.ts';
import { all, allAxes } from '../../../ops/reduce.ts';
import { asTensor } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import type { DeviceLike } from '../../device.ts';
import type { dtype as DTypeOf } from '../../dtypes/dtypes.ts';
import { full } from '../../functions/creation.ts';
import { triu } from '../../functions/rearranging.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { copyModule } from '../copying.ts';
import { canonicalMask } from '../functional/multiHeadAttention.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { ModuleList } from './container.ts';
import { layer } from './layer.ts';
import { LayerNorm } from './normalization.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import type { ActivationLike } from './transformer.ts';
import { TransformerDecoderLayer, TransformerEncoderLayer } from './transformer.ts';

/** Layers of transformers, one on the other. */

/** −∞ above the diagonal: what comes later is not seen. */
const subsequentMask = declare<[sz: number, device?: DeviceLike | null, dtype?: DTypeOf | null]>()(
  'nn.Transformer.generate_square_subsequent_mask', 'sz: int, device=None, dtype=None',
  ({ sz, ...place }): Tensor => triu(full([sz, sz], -Infinity, placeOf(place)), 1));

/** Whether a mask is known to hide what comes later. What a device has yet to compute is not waited for. */
function isCausal(mask: Tensor | null, said: boolean | null, length: number): boolean {
  if (said !== null || mask === null) return said === true;
  const causal = subsequentMask(length, mask.device, mask.dtype);
  if (isDeferred(mask) || !sameShape(mask.geometry.shape, causal.geometry.shape)) return false;
  const same = eq(mask, causal);
  return elementAt(all(same, allAxes(same)), 0) === true;
}

/** The number of steps. */
function lengthOf({ geometry: { shape } }: Tensor, batchFirst: boolean): number {
  return shape.length === 3 && batchFirst ? shape[1] : shape[0];
}

/** Whether a layer's attention has batches before sequences; one of a class of its own may have none. */
const isBatchFirst = (first: Module): boolean =>
  (first as { readonly self_attn?: { readonly batch_first?: boolean } }).self_attn?.batch_first === true;

const clones = (one: Module, count: number): ModuleList =>
  new ModuleList(Array.from({ length: count }, () => copyModule(one)));

/** Why sequences cannot be taken without their padding, which PyTorch does where it can; empty where they can. */
function hindrance(first: Module): string {
  const name = 'encoder_layer';
  if (!(first instanceof TransformerEncoderLayer)) return `${name} was not TransformerEncoderLayer`;
  const { self_attn: attention } = first;
  if (first.norm_first) return `${name}.norm_first was True`;
  if (!attention.batch_first) {
    return `${name}.self_attn.batch_first was not True(use batch_first for better inference performance)`;
  }
  if (!attention._qkv_same_embed_dim) return `${name}.self_attn._qkv_same_embed_dim was not True`;
  if (attention.in_proj_bias === null) return `${name}.self_attn was passed bias=False`;
  if (first.activation_relu_or_gelu === 0) return `${name}.activation_relu_or_gelu was not True`;
  if (first.norm1.eps !== first.norm2.eps) return `${name}.norm1.eps was not equal to ${name}.norm2.eps`;
  return attention.num_heads % 2 === 1 ? `${name}.self_attn.num_heads is odd` : '';
}

const ofEncoder = signature<[
  encoder_layer: Module, num_layers: number, norm?: Module | null, enable_nested_tensor?: boolean, mask_check?: boolean,
]>()('TransformerEncoder.__init__', 'encoder_layer, num_layers: int, norm=None, enable_nested_tensor=True, mask_check=True');

type EncoderForward = [src: Tensor, mask?: Tensor | null, src_key_padding_mask?: Tensor | null, is_causal?: boolean | null];
type Called = (...inputs: readonly unknown[]) => Tensor;

class TransformerEncoderModule extends Module {
  /** Copies of the layer. */
  layers: ModuleList;
  /** How many there are. */
  num_layers: number;
  /** What is behind the last; null where nothing is. */
  norm: Module | null;
  /** Whether padding may be left out, which makes its outputs 0 in evaluation. */
  enable_nested_tensor: boolean;
  /** The same, where the layers are such that it can be. */
  use_nested_tensor: boolean;
  /** Whether padding is left out only where it stands behind. */
  mask_check: boolean;

  constructor(...given: typeof ofEncoder.call) {
    super();
    const { encoder_layer, num_layers, norm, enable_nested_tensor, mask_check } = ofEncoder.read(given);
    this.layers = clones(encoder_layer, num_layers);
    this.num_layers = num_layers;
    this.norm = norm;
    this.enable_nested_tensor = enable_nested_tensor;
    this.use_nested_tensor = enable_nested_tensor;
    this.mask_check = mask_check;
    const reason = hindrance(encoder_layer);
    if (enable_nested_tensor && reason !== '') {
      warn(`enable_nested_tensor is True, but self.use_nested_tensor is False because ${reason}`);
      this.use_nested_tensor = false;
    }
  }

  override forward(...given: Call<['src', 'mask', 'src_key_padding_mask', 'is_causal'], EncoderForward>): Tensor {
    const [src, givenMask = null, givenPadding = null, is_causal = null] = given as unknown as EncoderForward;
    const padding = canonicalMask(givenPadding, 'src_key_padding_mask', src, givenMask, 'mask');
    const mask = canonicalMask(givenMask, 'mask', src);
    const first = this.layers[0];
    const causal = isCausal(mask, is_causal, lengthOf(src, isBatchFirst(first)));
    const through = [...this.layers].reduce<Tensor>((x, each) =>
      (each as unknown as Called)(x, { src_mask: mask, is_causal: causal, src_key_padding_mask: padding }), src);
    const output = padding === null || mask !== null ? through : this.withoutPadding(through, src, padding);
    return this.norm === null ? output : (this.norm as unknown as Called)(output);
  }

  /** Where PyTorch computes without the padding, its outputs are 0. */
  private withoutPadding(output: Tensor, src: Tensor, padding: Tensor): Tensor {
    const records = gradMode.enabled && [src, ...this.layers[0].parameters()].some(({ requires_grad }) => requires_grad);
    if (!this.use_nested_tensor || this.layers[0].training || src.geometry.shape.length !== 3 || records) return output;
    const hidden = ne(padding, 0);
    const { shape: [, length] } = hidden.geometry;
    const [before, after] = [sliceAxis(hidden, 1, 0, length - 1), sliceAxis(hidden, 1, 1, length - 1)];
    const behind = all(ge(after, before), [0, 1], true);
    return where(unsqueeze(this.mask_check ? logicalAnd(hidden, behind) : hidden, 2), 0, output) as Tensor;
  }
}

/**
 * Copies of a TransformerEncoderLayer, one on the other, and a normalisation behind. Source: torch.nn.TransformerEncoder.
 * @example
 * const encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, { batch_first: true }), 3);
 * encoder(torch.ones(3, 5, 8)).shape; // → torch.Size([3, 5, 8])
 */
export const TransformerEncoder = layer('TransformerEncoder', TransformerEncoderModule,
  'src: Any, mask=None, src_key_padding_mask=None, is_causal=None');
export type TransformerEncoder = TransformerEncoderModule;

const ofDecoder = signature<[decoder_layer: Module, num_layers: number, norm?: Module | null]>()(
  'TransformerDecoder.__init__', 'decoder_layer, num_layers: int, norm=None');

type DecoderForward = [
  tgt: Tensor, memory: Tensor, tgt_mask?: Tensor | null, memory_mask?: Tensor | null, tgt_key_padding_mask?: Tensor | null,
  memory_key_padding_mask?: Tensor | null, tgt_is_causal?: boolean | null, memory_is_causal?: boolean,
];
type DecoderNames = [
  'tgt', 'memory', 'tgt_mask', 'memory_mask', 'tgt_key_padding_mask', 'memory_key_padding_mask', 'tgt_is_causal', 'memory_is_causal',
];

class TransformerDecoderModule extends Module {
  /** Copies of the layer. */
  layers: ModuleList;
  /** How many there are. */
  num_layers: number;
  /** What is behind the last; null where nothing is. */
  norm: Module | null;

  constructor(...given: typeof ofDecoder.call) {
    super();
    const { decoder_layer, num_layers, norm } = ofDecoder.read(given);
    this.layers = clones(decoder_layer, num_layers);
    this.num_layers = num_layers;
    this.norm = norm;
  }

  override forward(...given: Call<DecoderNames, DecoderForward>): Tensor {
    const [
      tgt, memory, tgt_mask = null, memory_mask = null, tgt_key_padding_mask = null, memory_key_padding_mask = null, tgt_is_causal = null,
      memory_is_causal = false,
    ] = given as unknown as DecoderForward;
    const causal = isCausal(tgt_mask, tgt_is_causal, lengthOf(tgt, isBatchFirst(this.layers[0])));
    const options = {
      tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask, tgt_is_causal: causal, memory_is_causal,
    };
    const output = [...this.layers].reduce<Tensor>((x, each) => (each as unknown as Called)(x, memory, options), tgt);
    return this.norm === null ? output : (this.norm as unknown as Called)(output);
  }
}

/**
 * Copies of a TransformerDecoderLayer, one on the other, and a normalisation behind. Source: torch.nn.TransformerDecoder.
 * @example
 * const decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2), 3);
 * decoder(torch.ones(4, 3, 8), torch.ones(5, 3, 8)).shape; // → torch.Size([4, 3, 8])
 */
export const TransformerDecoder = layer('TransformerDecoder', TransformerDecoderModule,
  'tgt: Any, memory: Any, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, '
  + 'memory_is_causal=False');
export type TransformerDecoder = TransformerDecoderModule;

const ofTransformer = signature<[
  d_model?: number, nhead?: number, num_encoder_layers?: number, num_decoder_layers?: number, dim_feedforward?: number, dropout?: number,
  activation?: ActivationLike | string, custom_encoder?: Module | null, custom_decoder?: Module | null, layer_norm_eps?: number,
  batch_first?: boolean, norm_first?: boolean, bias?: boolean, ...Place,
]>()('Transformer.__init__', [
  "d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation: Any = 'relu'",
  'custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None',
]);

type TransformerForward = [
  src: Tensor, tgt: Tensor, src_mask?: Tensor | null, tgt_mask?: Tensor | null, memory_mask?: Tensor | null,
  src_key_padding_mask?: Tensor | null, tgt_key_padding_mask?: Tensor | null, memory_key_padding_mask?: Tensor | null,
  src_is_causal?: boolean | null, tgt_is_causal?: boolean | null, memory_is_causal?: boolean,
];
type TransformerNames = [
  'src', 'tgt', 'src_mask', 'tgt_mask', 'memory_mask', 'src_key_padding_mask', 'tgt_key_padding_mask', 'memory_key_padding_mask',
  'src_is_causal', 'tgt_is_causal', 'memory_is_causal',
];

class TransformerModule extends Module {
  /** What reads the source. */
  encoder: Module;
  /** What writes the target. */
  decoder: Module;
  /** How many features there are. */
  d_model: number;
  /** How many heads each attention has. */
  nhead: number;
  /** Whether batches come before sequences. */
  batch_first: boolean;

  constructor(...given: typeof ofTransformer.call) {
    super();
    const {
      d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, activation, custom_encoder, custom_decoder,
      layer_norm_eps: eps, batch_first, norm_first, bias, device, dtype,
    } = ofTransformer.read(given);
    const norm = (): Module => new LayerNorm(d_model, eps, true, bias, device, dtype);
    const options = { dim_feedforward, dropout, activation, layer_norm_eps: eps, batch_first, norm_first, bias, device, dtype };
    this.encoder = custom_encoder
      ?? new TransformerEncoder(new TransformerEncoderLayer(d_model, nhead, options), num_encoder_layers, norm());
    this.decoder = custom_decoder
      ?? new TransformerDecoder(new TransformerDecoderLayer(d_model, nhead, options), num_decoder_layers, norm());
    this._reset_parameters();
    this.d_model = d_model;
    this.nhead = nhead;
    this.batch_first = batch_first;
  }

  /** Draws all matrices anew. */
  _reset_parameters(): void {
    for (const parameter of this.parameters()) if (parameter.ndim > 1) init.xavier_uniform_(parameter);
  }

  /**
   * A mask (sz, sz) that hides what comes later: −∞ above the diagonal, 0 elsewhere.
   * @example
   * nn.Transformer.generate_square_subsequent_mask(2); // → tensor([[0., -inf],
   *                                                    //           [0., 0.]])
   */
  static generate_square_subsequent_mask(...given: Parameters<typeof subsequentMask>): Tensor {
    return subsequentMask(...given);
  }

  /**
   * A mask (sz, sz) that hides what comes later: −∞ above the diagonal, 0 elsewhere.
   * @example
   * nn.Transformer(8, 2, 1, 1).generate_square_subsequent_mask(2); // → tensor([[0., -inf],
   *                                                                //           [0., 0.]])
   */
  generate_square_subsequent_mask(...given: Parameters<typeof subsequentMask>): Tensor {
    return subsequentMask(...given);
  }

  override forward(...given: Call<TransformerNames, TransformerForward>): Tensor {
    const [
      src, tgt, src_mask = null, tgt_mask = null, memory_mask = null, src_key_padding_mask = null, tgt_key_padding_mask = null,
      memory_key_padding_mask = null, src_is_causal = null, tgt_is_causal = null, memory_is_causal = false,
    ] = given as unknown as TransformerForward;
    const [from, to] = [src, tgt].map((each) => asTensor(each, 'dim').geometry.shape);
    const axis = this.batch_first ? 0 : 1;
    if (from.length === 3 && from[axis] !== to[axis]) throw new RuntimeError('the batch number of src and tgt must be equal');
    if (from.at(-1) !== this.d_model || to.at(-1) !== this.d_model) {
      throw new RuntimeError('the feature number of src and tgt must be equal to d_model');
    }
    const memory = (this.encoder as unknown as Called)(src, { mask: src_mask, src_key_padding_mask, is_causal: src_is_causal });
    return (this.decoder as unknown as Called)(tgt, memory, {
      tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask, tgt_is_causal, memory_is_causal,
    });
  }
}

/**
 * An encoder of a source (S, N, d_model) and a decoder of a target (T, N, d_model), to (T, N, d_model); N first where batch_first.
 * Source: torch.nn.Transformer.
 * @example
 * const model = nn.Transformer(8, 2, { num_encoder_layers: 1, num_decoder_layers: 1, dim_feedforward: 16 });
 * model(torch.ones(5, 3, 8), torch.ones(4, 3, 8)).shape; // → torch.Size([4, 3, 8])
 */
export const Transformer = layer('Transformer', TransformerModule,
  'src: Any, tgt: Any, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, '
  + 'memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False');
export type Transformer = TransformerModule;
