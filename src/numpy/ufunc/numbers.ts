import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { UFuncTypeError } from '../../core/errors.ts';
import { broadcastShapes, contiguousStrides, stridedLayout } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { broadcastTo, clone } from '../../ops/movement.ts';
import { greatestDivisor, logaddexp2, sizeOf } from '../../ops/numbers.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { dtypeClass, loopOrder } from '../dtypes/dtype.ts';
import { floating, halfNextafter, operandArrays } from './loops.ts';
import type { Loop, Operands, UfuncRules } from './ufunc.ts';

/** Loops that look at how numbers are made: of common divisors, of bits, of exponents. They are put together from ops of the registry. */

const integers = loopOrder.filter(core.isInteger);
const loopsOf = (types: readonly DType[], loop: Loop): Map<DType, Loop> => new Map(types.map((type) => [type, loop]));
const choose = (mask: ndarray, one: ndarray | number, other: ndarray): ndarray => ops.where(mask, one, other) as ndarray;
const isAny = (mask: ndarray): boolean => elementAt(any<ndarray>(mask, allAxes(mask)), 0) === true;

/** Sizes without a sign under the shape that both have. */
function sizesOf(operands: Operands): ndarray[] {
  const sizes = operandArrays(operands).map(sizeOf);
  const shape = broadcastShapes(sizes.map((each) => each.shape));
  return sizes.map((each) => broadcastTo<ndarray>(each, shape));
}

export const gcdLoops = loopsOf(integers, (operands) => {
  const [x, y] = sizesOf(operands);
  return cast(greatestDivisor(x, y), operandArrays(operands)[0].dtypeCore);
});

export const lcmLoops = loopsOf(integers, (operands) => {
  const [x, y] = sizesOf(operands);
  return cast(ops.mul<ndarray>(ops.floorDivide<ndarray>(x, greatestDivisor(x, y)), y), operandArrays(operands)[0].dtypeCore);
});

const named = (type: DType | undefined): string => (type === undefined ? 'None' : dtypeClass(type));

/** NumPy's error for what has no loop, by the dtypes of the operands. */
export const refuseAllBut = (name: string, fits: (dtype: DType) => boolean): UfuncRules['refuse'] => (
  dtype, types = [dtype], result,
) => (fits(dtype) ? undefined : new UFuncTypeError(
    `ufunc '${name}' did not contain a loop with signature matching types (${types.map(named).join(', ')}) -> ${named(result)}`));

/** Bits set in words of up to 32, counted in pairs, in fours, in eights, and then over the bytes of a word. */
function countedIn(words: ndarray): ndarray {
  const { itemsize } = words;
  const repeated = (byte: number): number => byte * [0, 1, 0x101, 0, 0x1010101][itemsize];
  const shifted = (x: ndarray, by: number): ndarray => ops.rightShift<ndarray>(x, by);
  const masked = (x: ndarray, byte: number): ndarray => ops.bitwiseAnd<ndarray>(x, repeated(byte));
  const pairs = ops.sub<ndarray>(words, masked(shifted(words, 1), 0x55));
  const fours = ops.add<ndarray>(masked(pairs, 0x33), masked(shifted(pairs, 2), 0x33));
  const eights = masked(ops.add<ndarray>(fours, shifted(fours, 4)), 0x0f);
  return shifted(ops.mul<ndarray>(eights, repeated(1)), 8 * (itemsize - 1));
}

/** The bits that are set in the size of a number; of 64 bits in both halves. */
export const bitCounts = loopsOf(integers, ([x]) => {
  const size = clone<ndarray>(sizeOf(x as ndarray));
  if (size.itemsize < 8) return cast(countedIn(size), core.uint8);
  const { shape, geometry: { offset } } = size;
  const strides = contiguousStrides(shape).map((stride) => 2 * stride);
  const [low, high] = [0, 1].map((half) =>
    countedIn(clone<ndarray>(new ndarray(size.storage, core.uint32, stridedLayout(shape, strides, 2 * offset + half)))));
  return cast(ops.add<ndarray>(low, high), core.uint8);
});

/** From each number to the next one away from 0; of float16 towards infinity, as NumPy has it. */
export const spacings = loopsOf(floating, ([given]) => {
  const x = given as ndarray;
  const up = fullLike<ndarray>(x, Infinity);
  const end = x.dtypeCore === core.float16 ? up : choose(ops.lt<ndarray>(x, 0), -Infinity, up);
  const next = halfNextafter.get(x.dtypeCore)?.([x, end]) ?? ops.nextafter<ndarray>(x, end);
  return choose(ops.isinf<ndarray>(x), NaN, ops.sub<ndarray>(next, x));
});

export const logaddexp2Loops = loopsOf(floating, (operands) => {
  const [x, y] = operandArrays(operands);
  return logaddexp2(x, y);
});

/** x · 2^n: in float64, which holds the rest, and there in steps that neither overflow nor round before the last. */
export const ldexpLoops = loopsOf(floating, (operands) => {
  const [given, exponents] = operandArrays(operands).map((each) => cast(each, core.float64));
  const { dtypeCore: type } = operandArrays(operands)[0];
  let [x, n] = [given, ops.clamp<ndarray>(exponents, -5000, 5000)];
  for (let step = 0; step < 2; step++) {
    const [over, under] = [ops.gt<ndarray>(n, 1023), ops.lt<ndarray>(n, -1022)];
    if (!isAny(over) && !isAny(under)) break;
    const shift = choose(over, 1023, choose(under, -969, ops.mul<ndarray>(n, 0)));
    [x, n] = [ops.mul<ndarray>(x, ops.exp2<ndarray>(shift)), ops.sub<ndarray>(n, shift)];
  }
  return cast(ops.mul<ndarray>(x, ops.exp2<ndarray>(ops.clamp<ndarray>(n, -1022, 1023))), type);
});
