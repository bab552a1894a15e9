import type { Kernel } from '../../backend/kernels.ts';
import { fft as part } from '../../backend/parts.ts';
import { complex128, complex64, complexTypeOf, componentType } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { realView } from '../components.ts';
import { mul } from '../pointwise/arithmetic.ts';
import { floats } from '../pointwise/row.ts';
import type { AxisParams } from '../registry/op.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { complexTransform, fromSpectrum, spectrum } from './composites.ts';
import { spectrumWeights } from './constants.ts';

/**
 * Discrete Fourier transforms. `forward` ones have negative exponents, and the sums are multiplied by `scale`. Axes are normalised, no
 * extent of theirs is 0, and arrays are trimmed or padded before.
 */

interface Direction {
  readonly forward: boolean;
  readonly scale: number;
}

export interface ComplexParams extends Direction {
  /** In the order in which they are transformed. */
  readonly axes: readonly number[];
}

export interface SpectrumParams extends Direction, AxisParams {
  /** Whether numbers are left out that are the conjugates of others: those beyond half the length. */
  readonly onesided: boolean;
}

export interface RealParams extends Direction, AxisParams {
  /** How many real numbers the one side of a spectrum stands for. */
  readonly length: number;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    fftC2C: Kernel<ComplexParams>;
    fftR2C: Kernel<SpectrumParams>;
    fftC2R: Kernel<RealParams>;
  }
}

type One = readonly [StridedArray];

const withExtent = ({ geometry: { shape } }: StridedArray, axis: number, extent: number): number[] =>
  shape.map((each, i) => (i === axis ? extent : each));

const half = (extent: number): number => Math.floor(extent / 2) + 1;

const complexOp = structural({
  name: 'fftC2C', args: ['x'], dtypes: [complex64, complex128], part,
  results: (operands: One, _: ComplexParams) => likeFirst(operands),
  composite: ([x], { axes, forward, scale }) => [complexTransform(x, axes, forward, scale)],
  vjp: { x: (g, _, { axes, forward, scale }) => fftC2C(g, axes, !forward, scale) },
});

const spectrumOp = structural({
  name: 'fftR2C', args: ['x'], dtypes: floats, part,
  results: ([x]: One, { axis, onesided }: SpectrumParams) => {
    const extent = x.geometry.shape[axis];
    return [{ shape: withExtent(x, axis, onesided ? half(extent) : extent), dtype: complexTypeOf(x.dtypeCore) }];
  },
  composite: ([x], { axis, forward, onesided, scale }) => [spectrum(x, axis, forward, onesided, scale)],
  vjp: {
    x: (g, { shapes: [shape] }, { axis, forward, onesided, scale }) => {
      if (!onesided) return realView(fftC2C(g, [axis], !forward, scale));
      // Each of the numbers counts once here, where the inverse takes most of them twice.
      return fftC2R(mul(g, spectrumWeights(g, axis, shape[axis], 0.5)), axis, shape[axis], !forward, scale);
    },
  },
});

const realOp = structural({
  name: 'fftC2R', args: ['x'], dtypes: [complex64, complex128], part,
  results: ([x]: One, { axis, length }: RealParams) => [{ shape: withExtent(x, axis, length), dtype: componentType(x.dtypeCore) }],
  composite: ([x], { axis, length, forward, scale }) => [fromSpectrum(x, axis, length, forward, scale)],
  vjp: {
    x: (g, _, { axis, length, forward, scale }) => {
      const out = fftR2C(g, axis, !forward, true, scale);
      return mul(out, spectrumWeights(out, axis, length, 2));
    },
  },
});

/** Of complex numbers along axes, one after the other. */
export function fftC2C<A extends StridedArray>(x: A, axes: readonly number[], forward: boolean, scale = 1): A {
  return run(complexOp, [x], { axes, forward, scale })[0];
}

/** Of real numbers along an axis: all of the spectrum, or the numbers up to half the length. */
export function fftR2C<A extends StridedArray>(x: A, axis: number, forward: boolean, onesided: boolean, scale = 1): A {
  return run(spectrumOp, [x], { axis, forward, onesided, scale })[0];
}

/** The `length` real numbers whose spectrum is x as far as half the length, and beyond that its mirror image. */
export function fftC2R<A extends StridedArray>(x: A, axis: number, length: number, forward: boolean, scale = 1): A {
  return run(realOp, [x], { axis, length, forward, scale })[0];
}
