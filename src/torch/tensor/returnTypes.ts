import { Printed } from '../../core/printed.ts';
import type { Tensor } from './tensor.ts';

/** Several tensors under names and in order, as PyTorch's named tuples: `const [values, indices] = x.max(0)`, `x.max(0).values`. */
abstract class ReturnType extends Printed {
  /** The first of them. */
  readonly 0: Tensor;
  /** The second of them. */
  readonly 1: Tensor;
  readonly length: number;
  protected abstract readonly typeName: string;
  protected abstract readonly names: readonly string[];
  private readonly parts: readonly Tensor[];

  constructor(...parts: readonly [Tensor, Tensor, ...Tensor[]]) {
    super();
    [this[0], this[1]] = parts;
    this.length = parts.length;
    this.parts = parts;
    for (let i = 2; i < parts.length; i++) Object.defineProperty(this, i, { value: parts[i], enumerable: true });
  }

  * [Symbol.iterator](): IterableIterator<Tensor> {
    yield* this.parts;
  }

  override toString(): string {
    return `torch.return_types.${this.typeName}(\n${this.parts.map((part, i) => `${this.names[i]}=${part}`).join(',\n')})`;
  }
}

type Places<Names extends readonly string[]> = { readonly [K in keyof Names & `${number}`]: Tensor };

/** Tensors under names and in order, as a function of PyTorch returns them. */
export type NamedTensors<Names extends readonly string[]> =
  ReturnType & { readonly [K in Names[number]]: Tensor } & Places<Names>;

/** The named tuple of a function of PyTorch's, by its name and those of its parts. */
export function returnType<const Names extends readonly string[]>(
  typeName: string, ...names: Names
): (...parts: readonly [Tensor, Tensor, ...Tensor[]]) => NamedTensors<Names> {
  class Named extends ReturnType {
    protected override readonly names = names;
    protected override readonly typeName = typeName;
  }
  names.forEach((name, i) => Object.defineProperty(Named.prototype, name, {
    get(this: Readonly<Record<number, Tensor>>) {
      return this[i];
    },
  }));
  return (...parts) => new Named(...parts) as unknown as NamedTensors<Names>;
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

/**
 * Fractions and the powers of 2 that they are times, under names and in order. Source: torch.return_types.
 * @example
 * const { mantissa, exponent } = torch.frexp(torch.tensor([6.5]));
 * torch.ldexp(mantissa, exponent); // → tensor([6.5000])
 * torch.frexp(torch.tensor([6.5])).mantissa; // → tensor([0.8125])
 * torch.frexp(torch.tensor([6.5])).exponent; // → tensor([3], dtype=torch.int32)
 */
export class FrExp extends ReturnType {
  protected override readonly names = ['mantissa', 'exponent'] as const;
  protected override readonly typeName = 'frexp';

  /** The fractions, from a half to 1. */
  get mantissa(): Tensor {
    return this[0];
  }

  /** The powers of 2. */
  get exponent(): Tensor {
    return this[1];
  }
}

/**
 * Counts and the edges of what was counted, under names and in order. Source: torch.return_types.
 * @example
 * const counted = torch.histogram(torch.tensor([1, 2, 1.5]), 2);
 * counted.hist; // → tensor([1., 2.])
 * counted.bin_edges; // → tensor([1.0000, 1.5000, 2.0000])
 */
export class Histogram extends ReturnType {
  protected override readonly names = ['hist', 'bin_edges'] as const;
  protected override readonly typeName = 'histogram';

  /** How many elements lie in each bin, or their weight. */
  get hist(): Tensor {
    return this[0];
  }

  /** Where bins begin and end. */
  get bin_edges(): Tensor {
    return this[1];
  }
}

/**
 * Counts in several dimensions and the edges along each, under names and in order. Source: torch.return_types.
 * @example
 * torch.histogramdd(torch.tensor([[0.5, 1], [1, 2]]), [1, 2]).bin_edges.length; // → 2
 */
export class Histograms extends Printed {
  /** How many points lie in each bin, or their weight. */
  readonly hist: Tensor;
  /** Where bins begin and end along each dimension. */
  readonly bin_edges: readonly Tensor[];

  constructor(hist: Tensor, bin_edges: readonly Tensor[]) {
    super();
    this.hist = hist;
    this.bin_edges = bin_edges;
  }

  * [Symbol.iterator](): IterableIterator<Tensor | readonly Tensor[]> {
    yield this.hist;
    yield this.bin_edges;
  }

  override toString(): string {
    return `torch.return_types.histogramdd(\nhist=${this.hist},\nbin_edges=(${this.bin_edges.join(', ')}))`;
  }
}
