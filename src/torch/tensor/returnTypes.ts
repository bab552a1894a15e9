import type { Tensor } from './tensor.ts';

/** Several tensors under names and in order, as PyTorch's named tuples: `const [values, indices] = x.max(0)`, `x.max(0).values`. */
abstract class ReturnType {
  readonly 0: Tensor;
  readonly 1: Tensor;
  readonly length = 2;
  protected abstract readonly typeName: string;
  protected abstract readonly names: readonly [string, string];

  constructor(first: Tensor, second: Tensor) {
    this[0] = first;
    this[1] = second;
  }

  * [Symbol.iterator](): IterableIterator<Tensor> {
    yield this[0];
    yield this[1];
  }

  toString(): string {
    return `torch.return_types.${this.typeName}(\n${this.names[0]}=${this[0]},\n${this.names[1]}=${this[1]})`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** Values with the places that they came from. */
export class ValuesIndices extends ReturnType {
  protected override readonly names = ['values', 'indices'] as const;
  protected override readonly typeName: string;

  constructor(name: string, values: Tensor, indices: Tensor) {
    super(values, indices);
    this.typeName = name;
  }

  get values(): Tensor {
    return this[0];
  }

  get indices(): Tensor {
    return this[1];
  }
}

/** The smallest and the largest. */
export class MinMax extends ReturnType {
  protected override readonly names = ['min', 'max'] as const;
  protected override readonly typeName = 'aminmax';

  get min(): Tensor {
    return this[0];
  }

  get max(): Tensor {
    return this[1];
  }
}
