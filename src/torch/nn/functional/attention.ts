import { bool, isFloating } from '../../../core/dtype.ts';
import { IndexError, RuntimeError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { broadcastTo, reshapeTo, swapAxes, unsqueeze } from '../../../ops/movement.ts';
import { add, eq, logicalNot, where } from '../../../ops/pointwise/index.ts';
import { all, any } from '../../../ops/reduce.ts';
import { softmax } from '../../../ops/softmax.ts';
import { bool as boolean, scalarTypeName } from '../../dtypes/dtypes.ts';
import { ones } from '../../functions/creation.ts';
import { tril } from '../../functions/rearranging.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { dropout } from './dropout.ts';
import { checkFloating } from './support.ts';

/** Attention: averages of values, weighted by how well their keys fit a query. */

const shapeOf = ({ geometry: { shape } }: Tensor): readonly number[] => shape;
const rankOf = (x: Tensor): number => shapeOf(x).length;

/** C++'s names of element types, by which errors speak here. */
const plainNames: Readonly<Record<string, string>> = {
  float32: 'float', float64: 'double', float16: 'c10::Half', bfloat16: 'c10::BFloat16', int64: 'long int', int32: 'int', bool: 'bool',
  int16: 'short int', int8: 'signed char', uint8: 'unsigned char', complex64: 'c10::complex<float>', complex128: 'c10::complex<double>',
};
const plainName = ({ dtypeCore: { name } }: Tensor): string => plainNames[name] ?? name;

interface Masked {
  readonly scores: Tensor;
  /** Where a query may see no key at all, whose weights are 0; null where that cannot be. */
  readonly blind: Tensor | null;
}

/** Scores without what a mask hides: boolean ones say what may be seen, others are added. */
function masked(scores: Tensor, mask: Tensor): Masked {
  const last = [rankOf(mask) - 1];
  if (mask.dtypeCore === bool) {
    const blind = logicalNot(any(mask, last, true));
    // What is blind is computed all the same, of scores that are finite, so that gradients are 0 and not NaN.
    const hidden = where(blind, 0, full(scores.species, [], -Infinity, scores.dtypeCore, scores.storage.device)) as Tensor;
    return { scores: where(mask, scores, hidden) as Tensor, blind };
  }
  const blind = all(eq(mask, -Infinity), last, true);
  return { scores: add(scores, cast(where(blind, 0, mask) as Tensor, scores.dtypeCore)), blind };
}

/** As many heads of keys and values as of queries: each is used several times in a row. */
function repeatHeads(x: Tensor, heads: number): Tensor {
  const shape = shapeOf(x);
  const axis = shape.length - 3;
  const times = heads / shape[axis];
  if (times === 1) return x;
  const apart = unsqueeze(x, axis + 1);
  const repeated = broadcastTo(apart, [...shape.slice(0, axis + 1), times, ...shape.slice(axis + 1)]);
  return reshapeTo(repeated, [...shape.slice(0, axis), heads, ...shape.slice(axis + 1)]);
}

function checkOperands(query: Tensor, key: Tensor, value: Tensor): void {
  const operands = [query, key, value];
  const named = (text: (x: Tensor) => string | number, what: string): string =>
    `query.${what}: ${text(query)} key.${what}: ${text(key)} and value.${what}: ${text(value)} instead.`;
  if (operands.some((each) => rankOf(each) < 2)) {
    throw new RuntimeError(`Expected query, key, and value to all be  at least 2 dimensional, but got ${named(rankOf, 'dim')}`);
  }
  if (operands.some(({ dtypeCore }) => dtypeCore !== query.dtypeCore)) {
    throw new RuntimeError(`Expected query, key, and value to have the same dtype, but got ${named(plainName, 'dtype')}`);
  }
  if (query.dtypeCore.kind === 'complex') checkFloating('softmax_lastdim_kernel_impl', query.dtypeCore);
  if (!isFloating(query.dtypeCore)) {
    throw new RuntimeError(`expected scalar type Float but found ${scalarTypeName(query.dtypeCore)}`);
  }
}

function checkMask(query: Tensor, mask: Tensor): void {
  if (mask.dtypeCore !== bool && mask.dtypeCore !== query.dtypeCore && mask.dtypeCore.name !== 'float32') {
    throw new RuntimeError('Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: '
      + `${plainName(mask)} and  query.dtype: ${plainName(query)} instead.`);
  }
}

function headsOf(query: Tensor, key: Tensor, value: Tensor): number {
  const rank = Math.min(rankOf(query), rankOf(key), rankOf(value));
  if (rank < 3) throw new IndexError(`Dimension out of range (expected to be in range of [-${rank}, ${rank - 1}], but got -3)`);
  const heads = shapeOf(query).at(-3)!;
  if ([key, value].some((each) => heads % shapeOf(each).at(-3)! !== 0)) {
    throw new RuntimeError('Number of heads in key and value must divide the number of heads in query');
  }
  return heads;
}

/** How well each query fits each key. */
export function scoresOf(query: Tensor, key: Tensor, scale: number): Tensor {
  const rank = rankOf(key);
  return query.mul(scale).matmul(swapAxes(key, rank - 2, rank - 1));
}

/**
 * softmax(query · keyᵀ · scale + mask) · value: (…, L, E), (…, S, E) and (…, S, V) to (…, L, V). A boolean mask says what may be seen,
 * another is added; `is_causal` hides what comes later. scale is 1 / √E unless given; with enable_gqa several heads of queries share
 * those of keys and values. Source: torch.nn.functional.scaled_dot_product_attention.
 * @example
 * const x = torch.tensor([[1, 0], [0, 1]]).float();
 * nn.functional.scaled_dot_product_attention(x, x, x, { is_causal: true }); // → tensor([[1.0000, 0.0000],
 *                                                                           //           [0.3302, 0.6698]])
 */
export const scaled_dot_product_attention = declare<[
  query: Tensor, key: Tensor, value: Tensor, attn_mask?: Tensor | null, dropout_p?: number, is_causal?: boolean,
], { readonly scale?: number | null; readonly enable_gqa?: boolean }>()('nn.functional.scaled_dot_product_attention', [
  'query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor = None, dropout_p=0.0, is_causal=False',
  '*, scale: float = None, enable_gqa=False',
], ({ query, key: givenKey, value: givenValue, attn_mask, dropout_p, is_causal, scale, enable_gqa }): Tensor => {
  checkOperands(query, givenKey, givenValue);
  if (attn_mask !== null) checkMask(query, attn_mask);
  if (attn_mask !== null && is_causal) {
    throw new RuntimeError('_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True');
  }
  if (!(dropout_p >= 0 && dropout_p <= 1)) {
    throw new RuntimeError(`dropout probability has to be between 0 and 1, but got ${dropout_p}`);
  }
  const heads = enable_gqa ? headsOf(query, givenKey, givenValue) : 0;
  const [key, value] = enable_gqa ? [repeatHeads(givenKey, heads), repeatHeads(givenValue, heads)] : [givenKey, givenValue];
  const [rows, width] = shapeOf(query).slice(-2);
  const columns = shapeOf(key).at(-2)!;
  const plain = scoresOf(query, key, scale ?? (width === 0 ? 1 : 1 / Math.sqrt(width)));
  const mask = is_causal ? tril(ones([rows, columns], { dtype: boolean, device: query.device })) : attn_mask;
  const { scores, blind } = mask === null ? { scores: plain, blind: null } : masked(plain, mask);
  const weights = softmax(scores, rankOf(scores) - 1);
  // A causal mask shows each query the first key.
  const seen = blind === null || is_causal ? weights : where(blind, 0, weights) as Tensor;
  return (dropout_p > 0 ? dropout(seen, dropout_p) : seen).matmul(value);
});
