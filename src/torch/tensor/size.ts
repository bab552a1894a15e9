import { iterable, pythonTypeName } from '../../core/errors.ts';

/**
 * A tensor's shape: an array of numbers that prints as in PyTorch. Source: torch.Size.
 * @example
 * const shape = torch.ones(2, 3).shape;
 * shape; // → torch.Size([2, 3])
 * shape[0]; // → 2
 * shape.numel(); // → 6
 */
export class Size extends Array<number> {
  constructor(sizes?: Iterable<number>) {
    super();
    if (sizes === undefined) return;
    for (const size of iterable(sizes)) {
      if (!Number.isSafeInteger(size)) {
        throw new TypeError(`torch.Size() takes an iterable of 'int' (item ${this.length} is '${pythonTypeName(size)}')`);
      }
      this.push(size);
    }
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** @internal */
  static ofShape(shape: readonly number[]): Size {
    const size = new Size();
    for (let axis = 0; axis < shape.length; axis++) size[axis] = shape[axis];
    return size;
  }

  /** Number of elements of a tensor of this shape. */
  numel(): number {
    return this.reduce((product, extent) => product * extent, 1);
  }

  override toString(): string {
    return `torch.Size([${this.join(', ')}])`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
