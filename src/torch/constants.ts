/** Numbers by name. */

/** The circle's circumference over its diameter. Source: torch.pi. */
export const pi = Math.PI;
/** Euler's number. Source: torch.e. */
export const e = Math.E;
/** Infinity. Source: torch.inf. */
export const inf = Infinity;
/** Not a number. Source: torch.nan. */
export const nan = NaN;
/** A new dimension in an index. Source: torch.newaxis. */
export const newaxis = null;

/** What is known by its name alone. */
class Named {
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return this.name;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.name;
  }
}

/** How the elements of a tensor are kept: all of them, reached by strides. */
class Layout extends Named {}

/** The layout of every tensor. Source: torch.strided. */
export const strided = new Layout('torch.strided');

/** In which order a copy has its dimensions in memory. Source: torch.memory_format. */
export class MemoryFormat extends Named {}

/** Row by row. Source: torch.contiguous_format. */
export const contiguous_format = new MemoryFormat('torch.contiguous_format');
/** As the tensor has them. Source: torch.preserve_format. */
export const preserve_format = new MemoryFormat('torch.preserve_format');
