/** Logarithms of factorials and of the gamma function, to as many digits as NumPy's distributions have them. */
import { log } from './math.ts';

/** Coefficients of Stirling's series. */
const stirling = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4, -1.917526917526918e-3,
  6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
];

/** log Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const steps = x < 7 ? Math.trunc(7 - x) : 0;
  let at = x + steps;
  const square = (1 / at) * (1 / at);
  let series = stirling[9];
  for (let k = 8; k >= 0; k--) series = series * square + stirling[k];
  let sum = series / at + 0.5 * 1.8378770664093453 + (at - 0.5) * log(at) - at;
  for (let k = 0; k < steps; k++) {
    sum -= log(at - 1);
    at -= 1;
  }
  return sum;
}

/** log(k!) for k below 126, made at first use. */
let table: Float64Array | undefined;

/** log(k) = log(k - 1) + 2 artanh(1 / (2k - 1)), added up as integers in units of 2^-120. */
function makeTable(): Float64Array {
  const made = new Float64Array(126);
  const scale = 1n << 120n;
  let logarithm = 0n;
  let sum = 0n;
  for (let k = 2n; k < 126n; k++) {
    const odd = 2n * k - 1n;
    for (let power = scale / odd, order = 1n; power > 0n; power /= odd * odd, order += 2n) logarithm += 2n * power / order;
    sum += logarithm;
    made[Number(k)] = Number(sum) * 2 ** -120;
  }
  return made;
}

/** log(k!) for whole k. */
export function logFactorial(k: number): number {
  if (k < 126) return (table ??= makeTable())[k];
  return (k + 0.5) * log(k) - k + (0.9189385332046728 + (1 / k) * (1 / 12 - 1 / (360 * k * k)));
}
