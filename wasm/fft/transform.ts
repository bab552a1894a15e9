import { bytesOf, get, opposite, put, realOf, imaginaryOf, splat, times } from './lanes';
import { pass5, pass7, pass8 } from './largePasses';
import { passOdd } from './oddPass';
import { pass2, pass3, pass4 } from './passes';
import { Inner, Last } from './twiddles';

/**
 * A transform by its plan (src/backend/fourier.ts says what a plan is made of): rows of `width` complex numbers, one of each transform that
 * lies side by side, `xp` bytes apart where they are read and `yp` where they are written. Both may be the same memory.
 */

// Words of a plan.
const lengthWord: usize = 0;
const stagesWord: usize = 4;
const paddedWord: usize = 8;
const chirpWord: usize = 12;
const spectrumWord: usize = 16;
export const unfoldingWord: usize = 20;
const twiddlesWord: usize = 24;
const factorsWord: usize = 32;

/** Room at the start of the workspace for what a stage of an odd radix keeps. */
const keptBytes: usize = 4096;

// @ts-ignore: decorator
@inline
function offset(plan: usize, word: usize): usize {
  return plan + load<u32>(plan + word);
}

// @ts-ignore: decorator
@inline
export function lengthOf(plan: usize): usize {
  return load<u32>(plan + lengthWord);
}

/** Where a plan has the twiddles by which a real transform is made of one of half its length. */
// @ts-ignore: decorator
@inline
export function unfoldingOf(plan: usize): usize {
  return offset(plan, unfoldingWord);
}

/** Bytes that a transform of so many side by side needs. */
export function workOf<T>(plan: usize, width: usize): usize {
  const padded = <usize>load<u32>(plan + paddedWord);
  return keptBytes + (padded > 0 ? 3 * padded : 2 * lengthOf(plan)) * width * bytesOf<T>();
}

function stage<T, L>(
  radix: usize, x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128,
  scale: v128, roots: usize, kept: usize,
): void {
  switch (<u32>radix) {
    case 2: return pass2<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    case 3: return pass3<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    case 4: return pass4<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    case 5: return pass5<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    case 7: return pass7<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    case 8: return pass8<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale);
    default: return passOdd<T, L>(x, xp, xk, y, yp, yk, inner, m, table, direction, scale, radix, roots, kept);
  }
}

function stages<T>(
  plan: usize, n: usize, x: usize, xp: usize, y: usize, yp: usize, width: usize, work: usize, direction: v128, scale: v128,
): void {
  const count = <usize>load<u32>(plan + stagesWord);
  const row = width * bytesOf<T>();
  const kept = work;
  let to = work + keptBytes;
  let other = to + n * row;
  let table = offset(plan, twiddlesWord);
  // Numbers that belong together by now, and rows of the remaining transforms.
  let inner = row;
  let rest = n;
  let pitch = xp;
  for (let i: usize = 0; i < count; i++) {
    const radix = <usize>load<u32>(plan + factorsWord + 4 * i);
    const roots = table;
    if (radix > 8) table += radix * bytesOf<T>();
    if (i + 1 == count) {
      const parts = n / radix;
      // Of one stage alone, rows are read where they were given.
      const xk = i == 0 ? xp : parts * row;
      if (yp == row) {
        stage<T, Last>(radix, x, 0, xk, y, 0, parts * row, inner, 1, table, direction, scale, roots, kept);
      } else {
        stage<T, Last>(radix, x, row, xk, y, yp, parts * yp, row, parts, table, direction, scale, roots, kept);
      }
      return;
    }
    const m = rest / radix;
    stage<T, Inner>(radix, x, pitch, m * pitch, to, radix * inner, inner, inner, m, table, direction, scale, roots, kept);
    table += m * (radix - 1) * bytesOf<T>();
    rest = m;
    inner *= radix;
    pitch = inner;
    x = to;
    to = other;
    other = x;
  }
  // A transform of one number.
  for (let q: usize = 0; q < row; q += bytesOf<T>()) {
    const half = sizeof<T>() == 4;
    put<T>(y + q, v128.mul<T>(get<T>(x + q, half), scale), half);
  }
}

/** Rows times a table of one number for each. */
function multiplied<T>(
  x: usize, xp: usize, y: usize, yp: usize, width: usize, rows: usize, table: usize, direction: v128, scale: v128,
): void {
  const row = width * bytesOf<T>();
  for (let j: usize = 0; j < rows; j++) {
    const re = v128.mul<T>(realOf<T>(table, j), scale);
    const im = v128.mul<T>(imaginaryOf<T>(table, j, direction), scale);
    let q: usize = 0;
    for (; q + 16 <= row; q += 16) v128.store(y + q, times<T>(v128.load(x + q), re, im));
    if (sizeof<T>() == 4) {
      if (q < row) put<T>(y + q, times<T>(get<T>(x + q, true), re, im), true);
    }
    x += xp;
    y += yp;
  }
}

/**
 * As a convolution with a chirp (Bluestein), by transforms of a length that has small factors: for lengths with large prime factors. The
 * spectrum of the chirp is part of the plan, and has their scale in it.
 */
function convolved<T>(
  plan: usize, padded: usize, x: usize, xp: usize, y: usize, yp: usize, width: usize, work: usize, direction: v128, scale: v128,
): void {
  const n = lengthOf(plan);
  const row = width * bytesOf<T>();
  const rows = work + keptBytes + 2 * padded * row;
  const chirp = offset(plan, chirpWord);
  const one = splat<T>(1);
  multiplied<T>(x, xp, rows, row, width, n, chirp, direction, one);
  memory.fill(rows + n * row, 0, (padded - n) * row);
  stages<T>(plan, padded, rows, row, rows, row, width, work, direction, one);
  // The chirp's spectrum is that of its conjugate, turned as the transform is.
  multiplied<T>(rows, row, rows, row, width, padded, offset(plan, spectrumWord), direction, one);
  stages<T>(plan, padded, rows, row, rows, row, width, work, opposite<T>(direction), one);
  multiplied<T>(rows, row, y, yp, width, n, chirp, direction, scale);
}

export function transform<T>(
  plan: usize, x: usize, xp: usize, y: usize, yp: usize, width: usize, work: usize, direction: v128, scale: v128,
): void {
  const padded = <usize>load<u32>(plan + paddedWord);
  if (padded > 0) convolved<T>(plan, padded, x, xp, y, yp, width, work, direction, scale);
  else stages<T>(plan, lengthOf(plan), x, xp, y, yp, width, work, direction, scale);
}
