/**
 * A complex number as JavaScript sees it: an element of a complex array, or one to make arrays of. Source: complex.
 * @example
 * const z = new np.Complex(1, -2);
 * np.array([z, 1]).conj() // → [1.+2.j 1.-0.j]
 * z.im // → -2
 */
export class Complex {
  /** The real part. */
  readonly re: number;
  /** The imaginary part. */
  readonly im: number;

  constructor(re: number, im = 0) {
    this.re = re;
    this.im = im;
  }
}

export type Scalar = number | bigint | boolean | Complex;

export function isScalar(value: unknown): value is Scalar {
  const type = typeof value;
  return type === 'number' || type === 'bigint' || type === 'boolean' || value instanceof Complex;
}
