import { Printed } from '../../core/printed.ts';
import type { Tensor } from './tensor.ts';

/** Several tensors under names and in order, as PyTorch's named tuples: `const [values, indices] = x.max(0)`, `x.max(0).values`. */
abstract class ReturnType extends Printed {
  /** The first of the two. */
  readonly 0: Tensor;
  /** The second of the two. */
  readonly 1: Tensor;
  readonly length = 2;
  protected abstract readonly typeName: string;
  protected abstract readonly names: readonly [string, string];

  constructor(first: Tensor, second: Tensor) {
    super();
    this[0] = first;
    this[1] = second;
  }

  * [Symbol.iterator](): IterableIterator<Tensor> {
    yield this[0];
    yield this[1];
  }

  override toString(): string {
    return `torch.return_types.${this.typeName}(\n${this.names[0]}=${this[0]},\n${this.names[1]}=${this[1]})`;
  }
}

/**
 * Values with the places that they came from, under names and in order. Source: torch.return_types.
 * @example
 * const best = torch.tensor([3, 5, 4]).max(0);
 * best.values; // → tensor(5)
 * best.indices; // → tensor(1)
 * const [values] = best;
 * values.item(); // → 5
 */
export class ValuesIndices extends ReturnType {
  protected override readonly names = ['values', 'indices'] as const;
  protected override readonly typeName: string;

  constructor(name: string, values: Tensor, indices: Tensor) {
    super(values, indices);
    this.typeName = name;
  }

  /** The values. */
  get values(): Tensor {
    return this[0];
  }

  /** Where each was, int64. */
  get indices(): Tensor {
    return this[1];
  }
}

/**
 * The smallest and the largest, under names and in order. Source: torch.return_types.
 * @example
 * const range = torch.aminmax(torch.tensor([3, 5, 4]));
 * range.min; // → tensor(3)
 * range.max; // → tensor(5)
 */
export class MinMax extends ReturnType {
  protected override readonly names = ['min', 'max'] as const;
  protected override readonly typeName = 'aminmax';

  /** The smallest. */
  get min(): Tensor {
    return this[0];
  }

  /** The largest. */
  get max(): Tensor {
    return this[1];
  }
}
