import { bool, isFloating } from '../../../core/dtype.ts';
import { AssertionError, RuntimeError } from '../../../core/errors.ts';
import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import { sameShape } from '../../../core/layout.ts';
import { Signature } from '../../../core/signature.ts';
import { fullLike } from '../../../ops/creation.ts';
import { maskedFill } from '../../../ops/indexing.ts';
import { broadcastTo, concatenate, permute, reshapeTo, sliceAxis, squeeze, unsqueeze } from '../../../ops/movement.ts';
import { add } from '../../../ops/pointwise/index.ts';
import { mean } from '../../../ops/reduce.ts';
import { softmax } from '../../../ops/softmax.ts';
import { selectAxis } from '../../../ops/views.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { scaled_dot_product_attention, scoresOf } from './attention.ts';
import { dropout } from './dropout.ts';
import { linear } from './linear.ts';

/** Attention by several heads, each of a projection of its own. */

const shapeOf = ({ geometry: { shape } }: Tensor): readonly number[] => shape;
const rankOf = (x: Tensor): number => shapeOf(x).length;
const tuple = (shape: readonly number[]): string => pythonRepr(new PythonTuple(shape));
const size = (shape: readonly number[]): string => `torch.Size([${shape.join(', ')}])`;

/** A mask to be added: where a boolean one is true, −∞. */
export function canonicalMask(
  mask: Tensor | null, name: string, { dtypeCore: type }: Tensor, other: Tensor | null = null, otherName = '',
): Tensor | null {
  if (mask === null) return null;
  if (mask.dtypeCore !== bool && !isFloating(mask.dtypeCore)) {
    throw new AssertionError(`only bool and floating types of ${name} are supported`);
  }
  if (other !== null && other.dtypeCore !== mask.dtypeCore) {
    warn(`Support for mismatched ${name} and ${otherName} is deprecated. Use same type for both instead.`);
  }
  return mask.dtypeCore === bool ? maskedFill(fullLike(mask, 0, type), mask, -Infinity) : mask;
}

interface Inputs {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** Whether there is a batch; refuses what has another rank. */
function isBatched({ query, key, value }: Inputs, padding: Tensor | null, mask: Tensor | null, heads: number): boolean {
  const rank = rankOf(query);
  if (rank !== 2 && rank !== 3) {
    throw new AssertionError(`query should be unbatched 2D or batched 3D tensor but received ${rank}-D query tensor`);
  }
  const start = rank === 3 ? 'For batched (3-D) `query`, expected' : 'For unbatched (2-D) `query`, expected';
  if (rankOf(key) !== rank || rankOf(value) !== rank) {
    throw new AssertionError(
      `${start} \`key\` and \`value\` to be ${rank}-D but found ${rankOf(key)}-D and ${rankOf(value)}-D tensors respectively`);
  }
  if (padding !== null && rankOf(padding) !== rank - 1) {
    throw new AssertionError(`${start} \`key_padding_mask\` to be \`None\` or ${rank - 1}-D but found ${rankOf(padding)}-D tensor instead`);
  }
  if (mask !== null && rankOf(mask) !== 2 && rankOf(mask) !== 3) {
    throw new AssertionError(`${start} \`attn_mask\` to be \`None\`, 2-D or 3-D but found ${rankOf(mask)}-D tensor instead`);
  }
  if (rank === 2 && mask !== null && rankOf(mask) === 3) {
    const wanted = [heads, shapeOf(query)[0], shapeOf(key)[0]];
    if (!sameShape(shapeOf(mask), wanted)) {
      throw new AssertionError(`Expected \`attn_mask\` shape to be ${tuple(wanted)} but got ${size(shapeOf(mask))}`);
    }
  }
  return rank === 3;
}

/** Rows of weights or biases, part after part. */
function partsOf(x: Tensor | null, count: number, start = 0): Tensor[] {
  if (x === null) return [];
  const width = shapeOf(x)[0] / 3;
  return Array.from({ length: count }, (_, i) => sliceAxis(x, 0, (start + i) * width, width));
}

/** (…, parts · E) as one tensor (…, E) for each part. */
function apart(x: Tensor, parts: number): Tensor[] {
  const shape = shapeOf(x);
  const rank = shape.length;
  const split = reshapeTo(x, [...shape.slice(0, -1), parts, shape[rank - 1] / parts]);
  const first = permute(split, [rank - 1, ...shape.slice(0, -1).map((_, i) => i), rank]);
  return Array.from({ length: parts }, (_, i) => selectAxis(first, 0, i));
}

/** Projections by weights that lie together; inputs that are the same are multiplied once. */
function projectedPacked({ query, key, value }: Inputs, weight: Tensor, bias: Tensor | null): Tensor[] {
  if (key === value && query === key) return apart(linear(query, weight, bias), 3);
  const [ofQuery, ofKey, ofValue] = partsOf(weight, 3);
  const [b0 = null, b1 = null, b2 = null] = partsOf(bias, 3);
  if (key !== value) return [linear(query, ofQuery, b0), linear(key, ofKey, b1), linear(value, ofValue, b2)];
  const extent = shapeOf(weight)[0];
  const both = (x: Tensor | null): Tensor | null => x && sliceAxis(x, 0, extent / 3, (extent * 2) / 3);
  return [linear(query, ofQuery, b0), ...apart(linear(key, both(weight)!, both(bias)), 2)];
}

function projectedApart({ query, key, value }: Inputs, weights: readonly Tensor[], bias: Tensor | null): Tensor[] {
  const words = ['query', 'key', 'value'];
  const biases = partsOf(bias, 3);
  const features = shapeOf(query).at(-1)!;
  const inputs = [query, key, value];
  weights.forEach((weight, i) => {
    const wanted = [features, shapeOf(inputs[i]).at(-1)!];
    if (!sameShape(shapeOf(weight), wanted)) {
      throw new AssertionError(`expecting ${words[i]} weights shape of ${tuple(wanted)}, but got ${size(shapeOf(weight))}`);
    }
  });
  biases.forEach((each, i) => {
    if (!sameShape(shapeOf(each), [features])) {
      throw new AssertionError(`expecting ${words[i]} bias shape of ${tuple([features])}, but got ${size(shapeOf(each))}`);
    }
  });
  return inputs.map((input, i) => linear(input, weights[i], biases[i] ?? null));
}

/** One column of zeros more. */
function padded(mask: Tensor | null): Tensor | null {
  if (mask === null) return null;
  const last = rankOf(mask) - 1;
  return concatenate([mask, fullLike(sliceAxis(mask, last, 0, 1), 0)], last);
}

/** A mask for each head, which must be (L, S) or have one for each. */
function maskOfHeads(mask: Tensor, rows: number, columns: number, batch: number): Tensor {
  const rank = rankOf(mask);
  const wanted = rank === 2 ? [rows, columns] : [batch, rows, columns];
  if (!sameShape(shapeOf(mask), wanted)) {
    throw new RuntimeError(`The shape of the ${rank}D attn_mask is ${size(shapeOf(mask))}, but should be ${tuple(wanted)}.`);
  }
  return rank === 2 ? unsqueeze(mask, 0) : mask;
}

function missing(name: string, separate: boolean): AssertionError {
  return new AssertionError(`use_separate_proj_weight is ${separate ? 'True' : 'False'} but ${name} is None`);
}

function checkStatic(name: string, { geometry: { shape } }: Tensor, batch: number, width: number): void {
  if (shape[0] !== batch) throw new AssertionError(`expecting ${name}.size(0) of ${batch}, but got ${shape[0]}`);
  if (shape[2] !== width) throw new AssertionError(`expecting ${name}.size(2) of ${width}, but got ${shape[2]}`);
}

/** With the biases of keys and values as one more element of each sequence. */
function withBiases(inputs: readonly Tensor[], biases: readonly (Tensor | null)[], batch: number): Tensor[] {
  return inputs.map((x, i) => {
    const bias = biases[i]!;
    return concatenate([x, broadcastTo(bias, [1, batch, shapeOf(bias)[2]])], 0);
  });
}

interface Required extends Inputs {
  readonly embed_dim_to_check: number;
  readonly num_heads: number;
  readonly in_proj_weight: Tensor | null;
  readonly in_proj_bias: Tensor | null;
  readonly bias_k: Tensor | null;
  readonly bias_v: Tensor | null;
  readonly add_zero_attn: boolean;
  readonly dropout_p: number;
  readonly out_proj_weight: Tensor;
  readonly out_proj_bias: Tensor | null;
}

interface Optional {
  readonly training: boolean;
  readonly key_padding_mask: Tensor | null;
  readonly need_weights: boolean;
  readonly attn_mask: Tensor | null;
  readonly use_separate_proj_weight: boolean;
  readonly q_proj_weight: Tensor | null;
  readonly k_proj_weight: Tensor | null;
  readonly v_proj_weight: Tensor | null;
  readonly static_k: Tensor | null;
  readonly static_v: Tensor | null;
  readonly average_attn_weights: boolean;
  readonly is_causal: boolean;
}

/** The weights' type is what programs take for granted, who have asked for them. */
type Attended = [output: Tensor, weights: Tensor];

/** What the function computes from its values by name. */
export function attend(given: Required & Optional): Attended {
  const { num_heads: heads, embed_dim_to_check, need_weights, static_k, static_v, bias_k, bias_v, use_separate_proj_weight } = given;
  const batched = isBatched(given, given.key_padding_mask, given.attn_mask, heads);
  const inputs = batched ? given : withBatch(given);
  const { query, key } = inputs;
  const [rows, count, features] = shapeOf(query);
  let padding = canonicalMask(given.key_padding_mask, 'key_padding_mask', query, given.attn_mask, 'attn_mask');
  if (padding !== null && !batched) padding = unsqueeze(padding, 0);
  if (given.is_causal && given.attn_mask === null) {
    throw new RuntimeError('Need attn_mask if specifying the is_causal hint. You may use the Transformer module method '
      + '`generate_square_subsequent_mask` to create this mask.');
  }
  // The hint says what the mask is, which then need not be read.
  const causal = given.is_causal && padding === null && !need_weights;
  let mask = causal ? null : canonicalMask(given.attn_mask, 'attn_mask', query);
  if (features !== embed_dim_to_check) {
    throw new AssertionError(`was expecting embedding dimension of ${embed_dim_to_check}, but got ${features}`);
  }
  const width = Math.floor(features / heads);
  if (width * heads !== features) throw new AssertionError(`embed_dim ${features} not divisible by num_heads ${heads}`);
  let [q, k, v] = projections(given, inputs, use_separate_proj_weight);
  if (mask !== null) mask = maskOfHeads(mask, rows, shapeOf(key)[0], count * heads);
  if (bias_k !== null && bias_v !== null) {
    if (static_k !== null) throw new AssertionError('bias cannot be added to static key.');
    if (static_v !== null) throw new AssertionError('bias cannot be added to static value.');
    [k, v] = withBiases([k, v], [bias_k, bias_v], count);
    [mask, padding] = [padded(mask), padded(padding)];
  } else if (bias_k !== null || bias_v !== null) {
    const [there, lacking] = bias_k === null ? ['bias_v', 'bias_k'] : ['bias_k', 'bias_v'];
    throw new AssertionError(`${there} is set but ${lacking} is None`);
  }
  /** (S, N, E) as (N, heads, S, E / heads). */
  const byHead = (x: Tensor): Tensor => permute(reshapeTo(x, [shapeOf(x)[0], count, heads, width]), [1, 2, 0, 3]);
  const known = (name: string, x: Tensor): Tensor => {
    checkStatic(name, x, count * heads, width);
    return reshapeTo(x, [count, heads, shapeOf(x)[1], width]);
  };
  q = byHead(q);
  k = static_k === null ? byHead(k) : known('static_k', static_k);
  v = static_v === null ? byHead(v) : known('static_v', static_v);
  if (given.add_zero_attn) {
    const withZero = (x: Tensor): Tensor => concatenate([x, fullLike(sliceAxis(x, 2, 0, 1), 0)], 2);
    [k, v] = [withZero(k), withZero(v)];
    [mask, padding] = [padded(mask), padded(padding)];
  }
  const columns = shapeOf(k)[2];
  const whole = mask && (shapeOf(mask)[0] === 1 ? unsqueeze(mask, 0) : reshapeTo(mask, [count, heads, rows, columns]));
  const merged = mergedMask(whole, padding, count, columns);
  const dropped = given.training ? given.dropout_p : 0;
  const weights = need_weights ? weightsOf(q, k, merged) : null;
  const kept = weights !== null && dropped > 0 ? dropout(weights, dropped) : weights;
  const attended = kept === null ? scaled_dot_product_attention(q, k, v, merged, dropped, causal) : kept.matmul(v);
  const output = linear(reshapeTo(permute(attended, [2, 0, 1, 3]), [rows, count, features]), given.out_proj_weight, given.out_proj_bias);
  const shown = kept && (given.average_attn_weights ? mean(kept, [1]) : kept);
  // The type is what programs take for granted.
  return [batched ? output : squeeze(output, [1]), (batched ? shown : shown && squeeze(shown, [0])) as Tensor];
}

type Positions = [
  query: Tensor, key: Tensor, value: Tensor, embed_dim_to_check: number, num_heads: number, in_proj_weight: Tensor | null,
  in_proj_bias: Tensor | null, bias_k: Tensor | null, bias_v: Tensor | null, add_zero_attn: boolean, dropout_p: number,
  out_proj_weight: Tensor, out_proj_bias: Tensor | null,
];

const parameters = new Signature<readonly string[], readonly unknown[], unknown>('nn.functional.multi_head_attention_forward', [
  'query: Tensor, key: Tensor, value: Tensor, embed_dim_to_check: int, num_heads: int, in_proj_weight: Tensor | None',
  'in_proj_bias: Tensor | None, bias_k: Tensor | None, bias_v: Tensor | None, add_zero_attn: bool, dropout_p: float',
  'out_proj_weight: Tensor, out_proj_bias: Tensor | None, training=True, key_padding_mask: Tensor = None, need_weights=True',
  'attn_mask: Tensor = None, use_separate_proj_weight=False, q_proj_weight: Tensor = None, k_proj_weight: Tensor = None',
  'v_proj_weight: Tensor = None, static_k: Tensor = None, static_v: Tensor = None, average_attn_weights=True, is_causal=False',
]);

/**
 * What nn.MultiheadAttention computes, its weights given: query (L, N, E), key (S, N, E) and value, or without N, to the output
 * (L, N, E) and the weights (N, L, S), null unless need_weights. Source: torch.nn.functional.multi_head_attention_forward.
 * @example
 * const x = torch.ones(3, 2, 4);
 * const w = torch.eye(4);
 * const [out, weights] = nn.functional.multi_head_attention_forward(
 *   x, x, x, 4, 2, torch.cat([w, w, w]), torch.zeros(12), null, null, false, 0, w, torch.zeros(4));
 * [out.shape, weights.shape]; // → [torch.Size([3, 2, 4]), torch.Size([2, 3, 3])]
 */
export const multi_head_attention_forward = (...given:
  | [
    ...Positions, training?: boolean, key_padding_mask?: Tensor | null, need_weights?: boolean, attn_mask?: Tensor | null,
    use_separate_proj_weight?: boolean, q_proj_weight?: Tensor | null, k_proj_weight?: Tensor | null, v_proj_weight?: Tensor | null,
    static_k?: Tensor | null, static_v?: Tensor | null, average_attn_weights?: boolean, is_causal?: boolean,
  ]
  | [...Positions, options: Partial<Optional>] | [options: Required & Partial<Optional>]): Attended =>
  attend(parameters.read(given) as Required & Optional);

function mergedMask(mask: Tensor | null, padding: Tensor | null, count: number, columns: number): Tensor | null {
  if (padding === null) return mask;
  const { geometry: { shape } } = padding;
  if (!sameShape(shape, [count, columns])) {
    throw new AssertionError(shape[0] === count ? `Expected key_padded_mask.shape[1] to be ${columns}, but got ${shape[1]}`
      : `Expected key_padded_mask.shape[0] to be ${count}, but got ${shape[0]}`);
  }
  const own = reshapeTo(padding, [count, 1, 1, columns]);
  return mask === null ? own : add(mask, own);
}

/** The weights themselves: what sees nothing is NaN, as in PyTorch. */
function weightsOf(q: Tensor, k: Tensor, mask: Tensor | null): Tensor {
  const scores = scoresOf(q, k, Math.sqrt(1 / shapeOf(q)[3]));
  return softmax(mask === null ? scores : add(scores, mask), 3);
}

/** The same with a batch of one. What was the same tensor stays so. */
function withBatch({ query, key, value }: Inputs): Inputs {
  const one = unsqueeze(query, 1);
  const ofKey = key === query ? one : unsqueeze(key, 1);
  return { query: one, key: ofKey, value: value === key ? ofKey : unsqueeze(value, 1) };
}

interface Projections {
  readonly in_proj_weight: Tensor | null;
  readonly in_proj_bias: Tensor | null;
  readonly q_proj_weight: Tensor | null;
  readonly k_proj_weight: Tensor | null;
  readonly v_proj_weight: Tensor | null;
}

function projections(
  { in_proj_weight, in_proj_bias, q_proj_weight, k_proj_weight, v_proj_weight }: Projections, inputs: Inputs, separate: boolean,
): Tensor[] {
  const [ofKey, ofValue] = [shapeOf(inputs.key), shapeOf(inputs.value)];
  if (!separate) {
    if (!sameShape(ofKey, ofValue)) throw new AssertionError(`key shape ${size(ofKey)} does not match value shape ${size(ofValue)}`);
    if (in_proj_weight === null) throw missing('in_proj_weight', false);
    return projectedPacked(inputs, in_proj_weight, in_proj_bias);
  }
  if (!sameShape(ofKey.slice(0, 2), ofValue.slice(0, 2))) {
    throw new AssertionError(`key's sequence and batch dims ${size(ofKey.slice(0, 2))} do not match value's ${size(ofValue.slice(0, 2))}`);
  }
  if (q_proj_weight === null) throw missing('q_proj_weight', true);
  if (k_proj_weight === null) throw missing('k_proj_weight', true);
  if (v_proj_weight === null) throw missing('v_proj_weight', true);
  return projectedApart(inputs, [q_proj_weight, k_proj_weight, v_proj_weight], in_proj_bias);
}
