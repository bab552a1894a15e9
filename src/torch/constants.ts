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

/** How the elements of a tensor are kept: all of them, reached by strides. */
class StridedLayout {
  toString(): string {
    return 'torch.strided';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** The layout of every tensor. Source: torch.strided. */
export const strided = new StridedLayout();
