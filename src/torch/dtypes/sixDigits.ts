/** Six significant digits, as C++ streams write numbers. */
export function sixDigits(value: number): string {
  const size = Math.abs(value);
  if (size === Infinity || (size >= 1e-4 && size < 1e6)) return String(Number(value.toPrecision(6)));
  const [digits, exponent] = value.toExponential(5).split('e');
  return `${Number(digits)}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
