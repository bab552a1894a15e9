import { bytesOf, conjugation, directionOf, get, imaginaryOf, put, realOf, splat, times, turn } from './lanes';
import { lengthOf, transform, unfoldingOf, workOf } from './transform';

/**
 * Transforms from and to real numbers. One of an even length is that of complex numbers of half the length, whose parts are the elements
 * at even and at odd places; one of an odd length is computed as a complex one. As everywhere, rows are of `width` transforms side by side.
 */

/** Bytes that a real transform of so many side by side needs. */
export function realWorkOf<T>(plan: usize, width: usize): usize {
  return workOf<T>(plan, width) + lengthOf(plan) * width * bytesOf<T>();
}

/** Numbers in two vectors, out of their parts in two others, and back. */
// @ts-ignore: decorator
@inline
function interleavedLow<T>(re: v128, im: v128): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(re, im, 0, 2);
  return v128.shuffle<f32>(re, im, 0, 4, 1, 5);
}

// @ts-ignore: decorator
@inline
function interleavedHigh<T>(re: v128, im: v128): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(re, im, 1, 3);
  return v128.shuffle<f32>(re, im, 2, 6, 3, 7);
}

// @ts-ignore: decorator
@inline
function realParts<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(a, b, 0, 2);
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function imaginaryParts<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(a, b, 1, 3);
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/** Real rows as complex ones: two as the parts of one where the length is even, else with imaginary parts of 0. */
function paired<T>(x: usize, sx: usize, rows: usize, width: usize, count: usize, even: bool): void {
  const step = even ? sx * 2 : sx;
  const bytes = width * sizeof<T>();
  for (let j: usize = 0; j < count; j++) {
    let b: usize = 0;
    for (; b + 16 <= bytes; b += 16) {
      const re = v128.load(x + b);
      const im = even ? v128.load(x + sx + b) : i64x2(0, 0);
      v128.store(rows, interleavedLow<T>(re, im));
      v128.store(rows, interleavedHigh<T>(re, im), 16);
      rows += 32;
    }
    for (; b < bytes; b += sizeof<T>()) {
      store<T>(rows, load<T>(x + b));
      store<T>(rows, even ? load<T>(x + sx + b) : <T>0, sizeof<T>());
      rows += bytesOf<T>();
    }
    x += step;
  }
}

function unpaired<T>(rows: usize, out: usize, so: usize, width: usize, count: usize, even: bool): void {
  const step = even ? so * 2 : so;
  const bytes = width * sizeof<T>();
  for (let j: usize = 0; j < count; j++) {
    let b: usize = 0;
    for (; b + 16 <= bytes; b += 16) {
      const first = v128.load(rows);
      const second = v128.load(rows, 16);
      v128.store(out + b, realParts<T>(first, second));
      if (even) v128.store(out + so + b, imaginaryParts<T>(first, second));
      rows += 32;
    }
    for (; b < bytes; b += sizeof<T>()) {
      store<T>(out + b, load<T>(rows));
      if (even) store<T>(out + so + b, load<T>(rows, sizeof<T>()));
      rows += bytesOf<T>();
    }
    out += step;
  }
}

/** Zeros of either sign as those without one: a conjugate's would show where complex arithmetic has none. */
// @ts-ignore: decorator
@inline
export function unsigned<T>(a: v128): v128 {
  return v128.add<T>(a, i64x2(0, 0));
}

// @ts-ignore: decorator
@inline
function halvesSwapped(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0);
}

// @ts-ignore: decorator
@inline
function evenLanes(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 0, 0, 2, 2);
}

// @ts-ignore: decorator
@inline
function oddLanes(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 1, 1, 3, 3);
}

/** Numbers 0 and h of the spectrum, which are real, from number 0 of the half transform, and all others in pairs. */
function unfolded<T>(
  table: usize, h: usize, rows: usize, out: usize, so: usize, width: usize, flip: v128, scale: v128,
): void {
  const row = width * bytesOf<T>();
  const half = v128.mul<T>(scale, splat<T>(0.5));
  const factor = v128.extract_lane<T>(scale, 0);
  const forward = directionOf<T>(true);
  const conjugate = conjugation<T>();
  for (let q: usize = 0; q < row; q += bytesOf<T>()) {
    const re = load<T>(rows + q);
    const im = load<T>(rows + q, sizeof<T>());
    store<T>(out + q, (re + im) * factor);
    store<T>(out + q, <T>0, sizeof<T>());
    store<T>(out + h * so + q, (re - im) * factor);
    store<T>(out + h * so + q, <T>0, sizeof<T>());
  }
  let k: usize = 1;
  if (sizeof<T>() == 4) {
    // Two at a time, where a number is half a vector.
    for (; width == 1 && so == 8 && k * 2 + 2 < h; k += 2) {
      const a = v128.load(rows + k * 8);
      const b = v128.xor(halvesSwapped(v128.load(rows + (h - k - 1) * 8)), conjugate);
      const twiddles = v128.load(table + k * 8);
      const sum = v128.mul<T>(v128.add<T>(a, b), half);
      const difference = v128.mul<T>(v128.sub<T>(a, b), half);
      const side = turn<T>(times<T>(difference, evenLanes(twiddles), v128.xor(oddLanes(twiddles), forward)), forward);
      v128.store(out + k * 8, unsigned<T>(v128.xor(v128.add<T>(sum, side), flip)));
      const mirror = unsigned<T>(v128.xor(v128.xor(v128.sub<T>(sum, side), conjugate), flip));
      v128.store(out + (h - k - 1) * 8, halvesSwapped(mirror));
    }
  }
  for (; k * 2 <= h; k++) {
    const low = rows + k * row;
    const high = rows + (h - k) * row;
    const re = realOf<T>(table, k);
    const im = imaginaryOf<T>(table, k, forward);
    const toLow = out + k * so;
    const toHigh = out + (h - k) * so;
    for (let q: usize = 0; q < row; q += 16) {
      const part = sizeof<T>() == 4 && row - q < 16;
      const a = get<T>(low + q, part);
      const b = v128.xor(get<T>(high + q, part), conjugate);
      const sum = v128.mul<T>(v128.add<T>(a, b), half);
      const side = turn<T>(times<T>(v128.mul<T>(v128.sub<T>(a, b), half), re, im), forward);
      put<T>(toLow + q, unsigned<T>(v128.xor(v128.add<T>(sum, side), flip)), part);
      put<T>(toHigh + q, unsigned<T>(v128.xor(v128.xor(v128.sub<T>(sum, side), conjugate), flip)), part);
    }
  }
}

/** The other way round, for the inverse half transform. */
function folded<T>(
  table: usize, h: usize, x: usize, sx: usize, rows: usize, width: usize, flip: v128,
): void {
  const row = width * bytesOf<T>();
  const backward = directionOf<T>(false);
  const conjugate = conjugation<T>();
  for (let q: usize = 0; q < row; q += bytesOf<T>()) {
    const first = load<T>(x + q);
    const last = load<T>(x + h * sx + q);
    store<T>(rows + q, first + last);
    store<T>(rows + q, first - last, sizeof<T>());
  }
  let k: usize = 1;
  if (sizeof<T>() == 4) {
    for (; width == 1 && sx == 8 && k * 2 + 2 < h; k += 2) {
      const a = v128.xor(v128.load(x + k * 8), flip);
      const b = v128.xor(v128.xor(halvesSwapped(v128.load(x + (h - k - 1) * 8)), conjugate), flip);
      const twiddles = v128.load(table + k * 8);
      const sum = v128.add<T>(a, b);
      const side = turn<T>(times<T>(v128.sub<T>(a, b), evenLanes(twiddles), v128.xor(oddLanes(twiddles), backward)), backward);
      v128.store(rows + k * 8, v128.add<T>(sum, side));
      v128.store(rows + (h - k - 1) * 8, halvesSwapped(v128.xor(v128.sub<T>(sum, side), conjugate)));
    }
  }
  for (; k * 2 <= h; k++) {
    const low = x + k * sx;
    const high = x + (h - k) * sx;
    const re = realOf<T>(table, k);
    const im = imaginaryOf<T>(table, k, backward);
    const toLow = rows + k * row;
    const toHigh = rows + (h - k) * row;
    for (let q: usize = 0; q < row; q += 16) {
      const part = sizeof<T>() == 4 && row - q < 16;
      const a = v128.xor(get<T>(low + q, part), flip);
      const b = v128.xor(v128.xor(get<T>(high + q, part), conjugate), flip);
      const sum = v128.add<T>(a, b);
      const side = turn<T>(times<T>(v128.sub<T>(a, b), re, im), backward);
      put<T>(toLow + q, v128.add<T>(sum, side), part);
      put<T>(toHigh + q, v128.xor(v128.sub<T>(sum, side), conjugate), part);
    }
  }
}

// @ts-ignore: decorator
@inline
export function flipOf<T>(needed: bool): v128 {
  return needed ? conjugation<T>() : i64x2(0, 0);
}

/** Numbers `first` up to `end` as the conjugates of those that mirror them. */
export function mirrored<T>(x: usize, sx: usize, out: usize, so: usize, n: usize, first: usize, width: usize): void {
  const row = width * bytesOf<T>();
  const conjugate = conjugation<T>();
  for (let k = first; k < n; k++) {
    const from = x + (n - k) * sx;
    const to = out + k * so;
    for (let q: usize = 0; q < row; q += 16) {
      const part = sizeof<T>() == 4 && row - q < 16;
      put<T>(to + q, unsigned<T>(v128.xor(get<T>(from + q, part), conjugate)), part);
    }
  }
}

/** The spectrum of `n` real numbers: as far as `n / 2`, or `whole`. The plan is of half the length where that is even. */
export function spectrumOf<T>(
  plan: usize, n: usize, x: usize, sx: usize, out: usize, so: usize, width: usize, work: usize, forward: bool, whole: bool, factor: f64,
): void {
  const row = width * bytesOf<T>();
  const length = lengthOf(plan);
  const rows = work + workOf<T>(plan, width);
  const even = (n & 1) == 0;
  const scale = splat<T>(factor);
  if (even && width == 1 && sx == sizeof<T>()) {
    transform<T>(plan, x, row, rows, row, width, work, directionOf<T>(true), splat<T>(1));
  } else {
    paired<T>(x, sx, rows, width, length, even);
    transform<T>(plan, rows, row, rows, row, width, work, directionOf<T>(even || forward), even ? splat<T>(1) : scale);
  }
  if (even) {
    unfolded<T>(unfoldingOf(plan), length, rows, out, so, width, flipOf<T>(!forward), scale);
  } else {
    for (let k: usize = 0; k * 2 < n; k++) {
      for (let q: usize = 0; q < row; q += 16) {
        const part = sizeof<T>() == 4 && row - q < 16;
        put<T>(out + k * so + q, get<T>(rows + k * row + q, part), part);
      }
    }
    for (let q: usize = 0; q < row; q += bytesOf<T>()) store<T>(out + q, <T>0, sizeof<T>());
  }
  if (whole) mirrored<T>(out, so, out, so, n, (n >> 1) + 1, width);
}

/** The `n` real numbers of a spectrum of which the numbers as far as `n / 2` are given. */
export function realFrom<T>(
  plan: usize, n: usize, x: usize, sx: usize, out: usize, so: usize, width: usize, work: usize, forward: bool, factor: f64,
): void {
  const row = width * bytesOf<T>();
  const length = lengthOf(plan);
  const rows = work + workOf<T>(plan, width);
  const even = (n & 1) == 0;
  const flip = flipOf<T>(forward);
  if (even) {
    folded<T>(unfoldingOf(plan), length, x, sx, rows, width, flip);
  } else {
    for (let k: usize = 0; k * 2 < n; k++) {
      for (let q: usize = 0; q < row; q += 16) {
        const part = sizeof<T>() == 4 && row - q < 16;
        put<T>(rows + k * row + q, v128.xor(get<T>(x + k * sx + q, part), flip), part);
      }
    }
    for (let q: usize = 0; q < row; q += bytesOf<T>()) store<T>(rows + q, <T>0, sizeof<T>());
    mirrored<T>(rows, row, rows, row, n, (n >> 1) + 1, width);
  }
  const direct = even && width == 1 && so == sizeof<T>();
  transform<T>(plan, rows, row, direct ? out : rows, row, width, work, directionOf<T>(false), splat<T>(factor));
  if (!direct) unpaired<T>(rows, out, so, width, length, even);
}
