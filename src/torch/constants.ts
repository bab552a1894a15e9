import { Printed } from '../core/printed.ts';

/** Numbers by name. */

/**
 * The circle's circumference over its diameter. Source: torch.pi.
 * @example
 * torch.pi; // → 3.141592653589793
 */
export const pi = Math.PI;
/**
 * Euler's number. Source: torch.e.
 * @example
 * torch.e; // → 2.718281828459045
 */
export const e = Math.E;
/**
 * Positive infinity. Source: torch.inf.
 * @example
 * torch.tensor([1, torch.inf]); // → tensor([1., inf])
 */
export const inf = Infinity;
/**
 * Not a number, which is not even equal to itself. Source: torch.nan.
 * @example
 * torch.tensor([1, torch.nan]).isnan(); // → tensor([False,  True])
 */
export const nan = NaN;
/**
 * A new dimension in an index. Source: torch.newaxis.
 * @example
 * torch.arange(3).at(torch.newaxis).shape; // → torch.Size([1, 3])
 */
export const newaxis = null;

/** What is known by its name alone. */
class Named extends Printed {
  private readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  override toString(): string {
    return this.name;
  }
}

/** How the elements of a tensor are kept: all of them, reached by strides. */
class Layout extends Named {}

/**
 * The layout of every tensor: its elements lie in memory at strides. Source: torch.strided.
 * @example
 * torch.ones(2).layout; // → torch.strided
 */
export const strided = new Layout('torch.strided');

/**
 * In which order a copy has its dimensions in memory: one of the two below. Source: torch.memory_format.
 * @example
 * torch.preserve_format; // → torch.preserve_format
 */
export class MemoryFormat extends Named {}

/**
 * Row by row: what tensors are copied into where nothing else is said. Source: torch.contiguous_format.
 * @example
 * torch.ones(2, 3).t().contiguous({ memory_format: torch.contiguous_format }).stride(); // → [2, 1]
 */
export const contiguous_format = new MemoryFormat('torch.contiguous_format');
/**
 * As the tensor has its dimensions in memory. Source: torch.preserve_format.
 * @example
 * torch.ones(2, 3).clone({ memory_format: torch.preserve_format }).stride(); // → [3, 1]
 */
export const preserve_format = new MemoryFormat('torch.preserve_format');
