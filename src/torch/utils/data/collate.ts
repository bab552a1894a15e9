import { int64, float64 } from '../../../core/dtype.ts';
import { IndexError, RuntimeError, lengthOf, listOf, pythonTypeName } from '../../../core/errors.ts';
import { StridedArray } from '../../../core/strided.ts';
import { as_tensor, tensor } from '../../functions/creation.ts';
import { dtypeOf } from '../../dtypes/dtypes.ts';
import { stack } from '../../functions/joining.ts';
import { dictOf, isOptions } from '../../arguments/options.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** Samples into batches. */

/** What `default_collate` makes of a list of samples of one type. */
export type Collated<T> =
  T extends StridedArray | number | boolean | bigint | ArrayBufferView ? Tensor
    : T extends string ? string[]
      : T extends readonly unknown[] ? { -readonly [K in keyof T]: Collated<T[K]> }
        : T extends object ? { [K in keyof T]: Collated<T[K]> }
          : never;

/**
 * A batch of a list of samples: tensors are stacked, numbers become a tensor (int64 where all are whole, else float64), lists
 * and objects are collated member by member, strings stay. Source: torch.utils.data.default_collate.
 * @example
 * torch.utils.data.default_collate([[1, 0.5], [2, 1.5]]); // → [tensor([1, 2]), tensor([0.5000, 1.5000], dtype=torch.float64)]
 */
export function default_collate<T>(batch: readonly T[]): Collated<T> {
  return collate(listOf(batch)) as Collated<T>;
}

/** Throws where lists lie in one another without end, or so deep that it makes no difference. */
function checkDepth(depth: number): void {
  if (depth > 128) throw new RuntimeError('maximum recursion depth exceeded');
}

function collate(batch: readonly unknown[], depth = 0): unknown {
  checkDepth(depth);
  if (batch.length === 0) throw new IndexError('list index out of range');
  const [first] = batch;
  if (first instanceof Tensor) return stack(batch as readonly Tensor[]);
  if (first instanceof StridedArray || ArrayBuffer.isView(first)) return stack(batch.map((each) => as_tensor(each as StridedArray)));
  switch (typeof first) {
    case 'number': return tensor(batch as number[], { dtype: dtypeOf((batch as number[]).every(Number.isInteger) ? int64 : float64) });
    case 'bigint':
    case 'boolean': return tensor(batch as boolean[]);
    case 'string': return [...batch];
    default:
  }
  if (Array.isArray(first)) {
    if (batch.some((each) => lengthOf(each) !== first.length)) {
      throw new RuntimeError('each element in list of batch should be of equal size');
    }
    return first.map((_, i) => collate(batch.map((each) => (each as readonly unknown[])[i]), depth + 1));
  }
  if (isOptions(first)) {
    const column = (key: string): unknown[] => batch.map((each) => dictOf(each as Record<string, unknown>)[key]);
    return Object.fromEntries(Object.keys(first).map((key) => [key, collate(column(key), depth + 1)]));
  }
  throw new TypeError(
    `default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class '${pythonTypeName(first)}'>`);
}

/**
 * Samples as they are, but NumPy's arrays and typed arrays as tensors: what a loader without batches does.
 * Source: torch.utils.data.default_convert.
 * @example
 * torch.utils.data.default_convert([new Float32Array([0.5]), 'a']); // → [tensor([0.5000]), 'a']
 */
export function default_convert(data: unknown): unknown {
  return convert(data, 0);
}

function convert(data: unknown, depth: number): unknown {
  checkDepth(depth);
  if (data instanceof Tensor) return data;
  if (data instanceof StridedArray || ArrayBuffer.isView(data)) return as_tensor(data as StridedArray);
  if (Array.isArray(data)) return data.map((each) => convert(each, depth + 1));
  if (isOptions(data)) return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, convert(value, depth + 1)]));
  return data;
}
