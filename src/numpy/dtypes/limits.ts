import { Printed } from '../../core/printed.ts';
import { componentType, integerRange } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { callable } from '../../core/callable.ts';
import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import { pythonSignature } from '../arguments/routine.ts';
import { fromScalar } from '../ndarray/conversion.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { DTypeLike } from './dtype.ts';
import { dtype, dtypeOf } from './dtype.ts';
import { defaultDType } from './promotion.ts';

/** Limits of the number types. */

/** Bits of the fraction and largest exponent. */
const formats: Readonly<Record<number, readonly [number, number]>> = { 2: [10, 15], 4: [23, 127], 8: [52, 1023] };

/** A dtype, or a number that has one. */
type Of = DTypeLike | ndarray | Scalar;

function typeOf(value: unknown): dtype {
  if (isScalar(value)) return dtypeOf(defaultDType(value));
  return value instanceof ndarray && value.ndim === 0 ? value.dtype : dtype(value as DTypeLike);
}

const finfoSignature = pythonSignature('finfo', 'dtype');
const iinfoSignature = pythonSignature('iinfo', 'int_type');

const line = '-'.repeat(63);

/** A value of a floating type is an array of no dimensions in it, and prints as such. */
class FloatInfo extends Printed {
  /** Bits of one number. */
  readonly bits: number;
  /** The real dtype that this is of. */
  readonly dtype: dtype;
  /** What 1 differs by from the next larger number. */
  readonly eps: ndarray;
  /** What 1 differs by from the next smaller number. */
  readonly epsneg: ndarray;
  /** The largest number. */
  readonly max: ndarray;
  /** The smallest number, −max. */
  readonly min: ndarray;
  /** The smallest positive number that has all its digits. */
  readonly smallest_normal: ndarray;
  /** The smallest positive number. */
  readonly smallest_subnormal: ndarray;
  /** The last decimal digit that is always exact. */
  readonly resolution: ndarray;
  /** How many decimal digits are always exact. */
  readonly precision: number;
  /** Bits of the fraction. */
  readonly nmant: number;
  /** Bits of the exponent. */
  readonly nexp: number;
  /** As nexp. */
  readonly iexp: number;
  /** The exponent of smallest_normal. */
  readonly minexp: number;
  /** The exponent from which numbers are infinite. */
  readonly maxexp: number;
  /** The exponent of eps. */
  readonly machep: number;
  /** The exponent of epsneg. */
  readonly negep: number;

  constructor(...args: [dtype: Of] | [options: { readonly dtype: Of }]) {
    super();
    const given = typeOf(finfoSignature.list(args)[0]);
    if (given.kind !== 'f' && given.kind !== 'c') throw new ValueError(`data type <class 'numpy.${given.name}'> not inexact`);
    const real = dtypeOf(componentType(given.core));
    const [fraction, exponent] = formats[real.itemsize];
    const value = (number: number): ndarray => {
      const scalar = fromScalar(number, real.core);
      scalar.flags.writeable = false;
      return scalar;
    };
    this.bits = real.itemsize * 8;
    this.dtype = real;
    this.nmant = fraction;
    this.precision = Math.floor(fraction * Math.log10(2));
    this.nexp = this.bits - fraction - 1;
    this.iexp = this.nexp;
    this.minexp = 1 - exponent;
    this.maxexp = exponent + 1;
    this.machep = -fraction;
    this.negep = -fraction - 1;
    const max = (2 - 2 ** -fraction) * 2 ** exponent;
    this.eps = value(2 ** this.machep);
    this.epsneg = value(2 ** this.negep);
    this.max = value(max);
    this.min = value(-max);
    this.smallest_normal = value(2 ** this.minexp);
    this.smallest_subnormal = value(2 ** (this.minexp - fraction));
    this.resolution = value(Number(`1e-${this.precision}`));
    Object.freeze(this);
  }

  /**
   * The smallest number that has all its digits: `smallest_normal`.
   * @example
   * np.finfo(np.float32).tiny // → 1.1754944e-38
   */
  get tiny(): ndarray {
    return this.smallest_normal;
  }

  override toString(): string {
    const { precision, resolution, machep, eps, negep, epsneg, minexp, maxexp, nexp, smallest_normal, smallest_subnormal, max } = this;
    return `Machine parameters for ${this.dtype.name}\n${line}\n`
      + `precision = ${precision}   resolution = ${resolution}\nmachep = ${machep}   eps =        ${eps}\n`
      + `negep =  ${negep}   epsneg =     ${epsneg}\nminexp = ${minexp}   tiny =       ${smallest_normal}\n`
      + `maxexp = ${maxexp}   max =        ${max}\nnexp =   ${nexp}   min =        -max\n`
      + `smallest_normal = ${smallest_normal}   smallest_subnormal = ${smallest_subnormal}\n${line}\n`;
  }
}

class IntegerInfo extends Printed {
  /** Bits of one number. */
  readonly bits: number;
  /** 'i', or 'u' where no number is negative. */
  readonly kind: 'i' | 'u';
  /** The kind and the bits of one number. */
  readonly key: string;
  /** The dtype that this is of. */
  readonly dtype: dtype;
  /** The smallest number; a bigint where a number would not be exact. */
  readonly min: number | bigint;
  /** The largest number; a bigint where a number would not be exact. */
  readonly max: number | bigint;

  constructor(...args: [int_type: Of] | [options: { readonly int_type: Of }]) {
    super();
    const given = typeOf(iinfoSignature.list(args)[0]);
    if (given.kind !== 'i' && given.kind !== 'u') throw new ValueError(`Invalid integer data type '${given.kind}'.`);
    const [min, max] = integerRange(given.core).map((bound) => {
      const number = Number(bound);
      return Number.isSafeInteger(number) ? number : bound;
    });
    this.bits = given.itemsize * 8;
    this.kind = given.kind;
    this.key = `${given.kind}${this.bits}`;
    this.dtype = given;
    this.min = min;
    this.max = max;
    Object.freeze(this);
  }

  override toString(): string {
    return `Machine parameters for ${this.dtype.name}\n${line}\nmin = ${this.min}\nmax = ${this.max}\n${line}\n`;
  }
}

/**
 * The limits of a floating type: eps, max, min, tiny and so on; of a complex type, those of its parts.
 * Throws a ValueError for other types. Source: numpy.finfo.
 * @example
 * np.finfo(np.float32).eps // → 1.1920929e-07
 */
export const finfo = callable('finfo', FloatInfo);
/**
 * The smallest and the largest value of an integer type; bigints for the 64-bit types' bounds.
 * Throws a ValueError for other types. Source: numpy.iinfo.
 * @example
 * np.iinfo('int8').max // → 127
 */
export const iinfo = callable('iinfo', IntegerInfo);
export type { FloatInfo, IntegerInfo };
