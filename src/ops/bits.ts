import type { Kernel } from '../backend/kernels.ts';
import { bool, uint8 } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { vectorOf } from './creation.ts';
import { copyInto, emptyLike, fillInto } from './dispatch.ts';
import { reshapeTo, sliceAxis, unsqueeze } from './movement.ts';
import { bitwiseAnd, leftShift, rightShift } from './pointwise/bitwise.ts';
import { sumAs } from './reduce.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Bits in bytes, along the last axis. */

type One = readonly [StridedArray];

interface BitParams {
  /** Whether the first bit is the lowest of its byte. */
  readonly little: boolean;
}

declare module '../backend/kernels.ts' {
  interface Kernels {
    packBits: Kernel<BitParams>;
    unpackBits: Kernel<BitParams>;
  }
}

/** By how much each bit of a byte is shifted. */
const shifts = ({ species, storage: { device } }: StridedArray, { little }: BitParams): StridedArray =>
  vectorOf(species, 8, (place) => (little ? place : 7 - place), uint8, device);

const bytesFor = ([x]: One): number[] => [...x.geometry.shape.slice(0, -1), Math.ceil(x.geometry.shape.at(-1)! / 8)];

const packOp = structural({
  name: 'packBits', args: ['x'], dtypes: [bool],
  results: (operands: One, _: BitParams) => [{ shape: bytesFor(operands), dtype: uint8 }],
  composite: ([x], params) => {
    const shape = bytesFor([x]);
    const last = shape.length - 1;
    const padded = emptyLike(x, contiguousLayout([...shape.slice(0, last), 8 * shape[last]]), uint8);
    fillInto(padded, 0);
    copyInto(x, sliceAxis(padded, last, 0, x.geometry.shape[last]));
    return [sumAs(leftShift(reshapeTo(padded, [...shape, 8]), shifts(x, params)), uint8, [last + 1])];
  },
  vjp: null,
});

/** Truths as the bits of bytes, the last of which is filled up with zeros. */
export function packBits<A extends StridedArray>(x: A, little: boolean): A {
  return run(packOp, [x], { little })[0];
}

const unpackOp = structural({
  name: 'unpackBits', args: ['x'], dtypes: [uint8],
  results: ([x]: One, _: BitParams) =>
    [{ shape: [...x.geometry.shape.slice(0, -1), 8 * x.geometry.shape.at(-1)!], dtype: uint8 }],
  composite: ([x], params) => {
    const { shape } = x.geometry;
    const bits = bitwiseAnd(rightShift(unsqueeze(x, shape.length), shifts(x, params)), 1);
    return [reshapeTo(bits, [...shape.slice(0, -1), 8 * shape.at(-1)!])];
  },
  vjp: null,
});

/** The bits of bytes, each as a byte that is 0 or 1. */
export function unpackBits<A extends StridedArray>(x: A, little: boolean): A {
  return run(unpackOp, [x], { little })[0];
}
