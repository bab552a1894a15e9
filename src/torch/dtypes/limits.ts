import { Printed } from '../../core/printed.ts';
import type { DType } from '../../core/dtype.ts';
import { componentType, integerRange, isInexact, isInteger } from '../../core/dtype.ts';
import { builtinSignature } from '../arguments/keyed.ts';
import type { dtype } from './dtypes.ts';
import { defaultDType } from './dtypes.ts';
import { callable } from '../../core/callable.ts';
import { sixDigits } from './sixDigits.ts';

/** What the numbers of a dtype can hold. */

const floatCall = builtinSignature('finfo', 'type: torch.dtype = None');
const integerCall = builtinSignature('iinfo', 'type: torch.dtype');

/** Bits of the fraction, the largest exponent, and decimal digits that are always exact. */
const formats: Readonly<Partial<Record<DType['name'], readonly [number, number, number]>>> = {
  float16: [10, 15, 3], bfloat16: [7, 127, 2], float32: [23, 127, 6], float64: [52, 1023, 15],
};

/**
 * The limits of a floating dtype; of a complex one those of its parts. Source: torch.finfo.
 * @example
 * new torch.finfo(torch.float32).eps; // → 1.1920928955078125e-7
 */
class FloatInfo extends Printed {
  /** Bits of one number. */
  readonly bits: number;
  /** What 1 differs by from the next larger number. */
  readonly eps: number;
  /** The largest number. */
  readonly max: number;
  /** The smallest number, −max. */
  readonly min: number;
  /** The smallest positive number with full precision. */
  readonly smallest_normal: number;
  /** As smallest_normal. */
  readonly tiny: number;
  /** The last decimal digit that is always exact. */
  readonly resolution: number;
  /** The dtype's name. */
  readonly dtype: string;

  constructor(...given: [type?: dtype]) {
    super();
    const [type] = floatCall.list(given) as typeof given;
    const wanted = type?.core ?? defaultDType();
    if (!isInexact(wanted)) {
      throw new TypeError(
        "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'");
    }
    const part = componentType(wanted);
    const [fraction, exponent, digits] = formats[part.name]!;
    this.bits = part.itemsize * 8;
    this.eps = 2 ** -fraction;
    this.max = (2 - 2 ** -fraction) * 2 ** exponent;
    this.min = -this.max;
    this.smallest_normal = 2 ** (1 - exponent);
    this.tiny = this.smallest_normal;
    this.resolution = Number(`1e-${digits}`);
    this.dtype = part.name;
  }

  override toString(): string {
    const { resolution, min, max, eps, smallest_normal, dtype } = this;
    return `finfo(resolution=${sixDigits(resolution)}, min=${sixDigits(min)}, max=${sixDigits(max)}, eps=${sixDigits(eps)}, `
      + `smallest_normal=${sixDigits(smallest_normal)}, tiny=${sixDigits(smallest_normal)}, dtype=${dtype})`;
  }
}

/** The limits of an integer dtype: numbers, and bigints where numbers would round. Source: torch.iinfo. */
class IntegerInfo extends Printed {
  /** Bits of one number. */
  readonly bits: number;
  /** The largest number; a bigint where a number would not be exact. */
  readonly max: number | bigint;
  /** The smallest number; a bigint where a number would not be exact. */
  readonly min: number | bigint;
  /** The dtype's name. */
  readonly dtype: string;

  constructor(...given: [type: dtype]) {
    super();
    const [type] = integerCall.list(given) as typeof given;
    if (!isInteger(type.core)) throw new TypeError("torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'");
    const [low, high] = integerRange(type.core);
    const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
    this.bits = type.itemsize * 8;
    this.min = exact(low);
    this.max = exact(high);
    this.dtype = type.name;
  }

  override toString(): string {
    return `iinfo(min=${this.min}, max=${this.max}, dtype=${this.dtype})`;
  }
}

/** The limits of a floating dtype; of a complex one those of its parts. Source: torch.finfo. */
export const finfo = callable('finfo', FloatInfo);
export type finfo = FloatInfo;
/**
 * The limits of an integer dtype: numbers, and bigints where numbers would not be exact. Source: torch.iinfo.
 * @example
 * torch.iinfo(torch.int8).max; // → 127
 * torch.iinfo(torch.int64).max; // → 9223372036854775807
 */
export const iinfo = callable('iinfo', IntegerInfo);
export type iinfo = IntegerInfo;
