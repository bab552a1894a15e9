/**
 * Conversions of one element, by NumPy's rules: integers wrap; a float outside the integer's range, or NaN, becomes
 * what the hardware's truncating conversion gives there: the smallest value of the 32- or 64-bit integer it goes
 * through, of which narrower types take the low bits. C leaves those cases undefined. NumPy on x86 gives the same but
 * for uint32, where its vector loops and its scalar loop disagree; here that goes through int64, as in the scalar loop.
 */
import { doubleToHalf, floatToHalf } from './half';

@inline function toInt32(value: f64): i32 {
  return value > -2147483649.0 && value < 2147483648.0 ? <i32>value : i32.MIN_VALUE;
}

@inline function toInt64(value: f64): i64 {
  return value >= -9223372036854775808.0 && value < 9223372036854775808.0 ? <i64>value : i64.MIN_VALUE;
}

@inline function toUint64(value: f64): u64 {
  return value < 9223372036854775808.0 || value != value
    ? <u64>toInt64(value) : <u64>toInt64(value - 9223372036854775808.0) ^ 0x8000000000000000;
}

@inline export function convert<From, To>(value: From): To {
  if (isFloat<From>() && isInteger<To>()) {
    if (sizeof<To>() == 8) return (isSigned<To>() ? toInt64(<f64>value) : toUint64(<f64>value)) as To;
    if (sizeof<To>() == 4 && !isSigned<To>()) return <To>toInt64(<f64>value);
    return <To>toInt32(<f64>value);
  }
  return <To>value;
}

@inline export function toHalf<From>(value: From): u16 {
  if (sizeof<From>() == 8 && isFloat<From>()) return doubleToHalf(<f64>value);
  return floatToHalf(<f32>value);
}
