import { Printed } from '../../core/printed.ts';
import { arrayRepr, scalarRepr } from '../../core/printing/index.ts';
import { printSource } from '../../ops/host.ts';
import { currentOptions } from '../ndarray/printing.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What comes in parts: in order, as `const [q, r] = np.linalg.qr(x)`, and under names, as NumPy's named tuples. */
abstract class Parts extends Printed {
  abstract readonly length: number;
  protected abstract readonly names: readonly string[];

  abstract [Symbol.iterator](): IterableIterator<ndarray>;

  override toString(): string {
    const options = currentOptions();
    const repr = (part: ndarray): string => (part.ndim === 0 ? scalarRepr(printSource(part)) : arrayRepr(printSource(part), options));
    const parts = Array.from(this, (part, i) => `${this.names[i]}=${repr(part)}`);
    return `${this.constructor.name}(${parts.join(', ')})`;
  }
}

abstract class Pair extends Parts {
  /** The first of the two. */
  readonly 0: ndarray;
  /** The second of the two. */
  readonly 1: ndarray;
  readonly length = 2;

  constructor(first: ndarray, second: ndarray) {
    super();
    this[0] = first;
    this[1] = second;
  }

  * [Symbol.iterator](): IterableIterator<ndarray> {
    yield this[0];
    yield this[1];
  }
}

abstract class Eigen extends Pair {
  protected override readonly names = ['eigenvalues', 'eigenvectors'];

  /** The eigenvalues, each as often as it occurs. */
  get eigenvalues(): ndarray {
    return this[0];
  }

  /** The eigenvectors, of length 1, as columns in the order of the eigenvalues. */
  get eigenvectors(): ndarray {
    return this[1];
  }
}

/** Eigenvalues and eigenvectors of a matrix. Source: numpy.linalg.eig. */
export class EigResult extends Eigen {}

/** Those of a symmetric or Hermitian matrix, in ascending order. Source: numpy.linalg.eigh. */
export class EighResult extends Eigen {}

/** A matrix as the product of a unitary and a triangular one. Source: numpy.linalg.qr. */
export class QRResult extends Pair {
  protected override readonly names = ['Q', 'R'];

  /** The unitary matrix. */
  get Q(): ndarray {
    return this[0];
  }

  /** The upper triangle. */
  get R(): ndarray {
    return this[1];
  }
}

/** A determinant as its sign and the logarithm of its absolute value. Source: numpy.linalg.slogdet. */
export class SlogdetResult extends Pair {
  protected override readonly names = ['sign', 'logabsdet'];

  /** 1, −1 or 0; of complex matrices a number of modulus 1, or 0. */
  get sign(): ndarray {
    return this[0];
  }

  /** The logarithm of the absolute value, −inf where that is 0. */
  get logabsdet(): ndarray {
    return this[1];
  }
}

/** A matrix as the product of a unitary, a diagonal and another unitary one. Source: numpy.linalg.svd. */
export class SVDResult extends Parts {
  /** The first of the three. */
  readonly 0: ndarray;
  /** The second of the three. */
  readonly 1: ndarray;
  /** The third. */
  readonly 2: ndarray;
  readonly length = 3;
  protected override readonly names = ['U', 'S', 'Vh'];

  constructor(u: ndarray, s: ndarray, vh: ndarray) {
    super();
    this[0] = u;
    this[1] = s;
    this[2] = vh;
  }

  /** The left singular vectors, as columns. */
  get U(): ndarray {
    return this[0];
  }

  /** The singular values, in descending order. */
  get S(): ndarray {
    return this[1];
  }

  /** The right singular vectors, as rows, conjugated. */
  get Vh(): ndarray {
    return this[2];
  }

  * [Symbol.iterator](): IterableIterator<ndarray> {
    yield this[0];
    yield this[1];
    yield this[2];
  }
}
