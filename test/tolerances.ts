/** How far results may be from the real thing, in units in the last place: the one table of tolerances. */

/** Ops that take one correctly rounded step, or none: nothing but equality will do. */
const exact = new Set([
  'conj', 'neg', 'add', 'sub', 'mul', 'div', 'addScaled', 'addcmul', 'addcdiv', 'reciprocal', 'square', 'floorDivide', 'remainder',
  'fmod', 'trunc', 'where', 'maximum', 'minimum', 'fmax', 'fmin', 'clamp', 'relu', 'abs', 'sign', 'sqrt', 'floor', 'ceil', 'rint',
  'copysign', 'nextafter',
]);

/** Elementary functions: float64 within 2 of NumPy, float32 within 2 of the correctly rounded value; complex ones by modulus. */
export function pointwiseTolerance(op: string, dtype: string): number {
  // exp(y · log(x)): the error of the logarithm grows with the exponent.
  if (dtype.startsWith('complex') && op === 'pow') return 32;
  if (dtype.startsWith('complex')) return exact.has(op) && !complexInSteps.has(op) ? 0 : 8;
  if (exact.has(op)) return 0;
  // PyTorch fuses the multiplication and addition where the CPU can, and the difference of near operands magnifies that.
  if (op === 'lerp') return 8;
  return dtype === 'float32' || dtype === 'float64' ? 2 : dtype === 'float16' || dtype === 'bfloat16' ? 1 : 0;
}

/** Complex forms that take several rounded steps, in units of the modulus. */
const complexInSteps = new Set(['mul', 'div', 'addScaled', 'addcmul', 'addcdiv', 'reciprocal', 'square', 'abs', 'sign', 'sqrt']);
