import type { BitStream } from './bitSource.ts';

/** A stream of standard numbers, of which the distributions make theirs: `Generator`'s and the legacy one make them in their own ways. */
export interface Deviates {
  readonly bit_generator: BitStream;
  /** Uniform in [0, 1). */
  nextDouble(): number;
  /** Normal with mean 0 and standard deviation 1. */
  nextNormal(): number;
  /** Exponential with mean 1. */
  nextExponential(): number;
}

/** What draws from a float32 stream. */
export interface FloatDeviates {
  nextFloat(): number;
  nextNormalFloat(): number;
  nextExponentialFloat(): number;
}
