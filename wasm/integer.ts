/** Integer arithmetic that must not trap: a divisor of 0 gives 0, as in NumPy, and the smallest value divided by -1 wraps. */

@inline export function floorDivideInteger<T>(x: T, y: T): T {
  if (y == 0) return 0 as T;
  if (isSigned<T>()) {
    if (y == (-1 as T)) return (0 - x) as T;
    const quotient = (x / y) as T;
    return (quotient - ((x % y != 0 && (x < 0) != (y < 0)) ? 1 : 0)) as T;
  }
  return (x / y) as T;
}

@inline export function floorModInteger<T>(x: T, y: T): T {
  if (y == 0) return 0 as T;
  if (isSigned<T>()) {
    if (y == (-1 as T)) return 0 as T;
    const rest = (x % y) as T;
    return (rest != 0 && (rest < 0) != (y < 0)) ? (rest + y) as T : rest;
  }
  return (x % y) as T;
}

@inline export function fmodInteger<T>(x: T, y: T): T {
  if (y == 0) return 0 as T;
  if (isSigned<T>()) {
    if (y == (-1 as T)) return 0 as T;
  }
  return (x % y) as T;
}

/** Square and multiply, wrapping. A negative power is 0 but for the bases 1 and -1; façades refuse it before. */
@inline export function powInteger<T>(x: T, y: T): T {
  if (isSigned<T>()) {
    if (y < 0) return (x == 1 ? 1 : x == (-1 as T) ? ((y & 1) != 0 ? -1 : 1) : 0) as T;
  }
  let result = 1 as T;
  let base = x;
  let power = y;
  while (power != 0) {
    if ((power & 1) != 0) result = (result * base) as T;
    base = (base * base) as T;
    power = (power >> 1) as T;
  }
  return result;
}

@inline export function shiftLeftInteger<T>(x: T, y: T): T {
  const width = (sizeof<T>() * 8) as T;
  if (isSigned<T>()) {
    if (y < 0) return 0 as T;
  }
  return y >= width ? 0 as T : (x << y) as T;
}

@inline export function shiftRightInteger<T>(x: T, y: T): T {
  const width = (sizeof<T>() * 8) as T;
  if (isSigned<T>()) {
    if (y < 0 || y >= width) return (x < 0 ? -1 : 0) as T;
  } else if (y >= width) return 0 as T;
  return (x >> y) as T;
}
