import { directionOf, splat } from './lanes';
import { twoReals, twoSpectra } from './pairs';
import { realFrom, realWorkOf, spectrumOf } from './real';
import { transform, workOf } from './transform';

/**
 * Many transforms of one plan: `count` of them, `bx` and `bo` bytes apart, of numbers that are `sx` and `so` bytes apart. Where they lie
 * next to one another, `width` are computed side by side; else it is 1.
 */

// @ts-ignore: decorator
@inline
function complexLines<T>(
  plan: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize, forward: bool,
  scale: f64,
): void {
  while (count > 0) {
    if (width > count) width = count;
    transform<T>(plan, x, sx, out, so, width, work, directionOf<T>(forward), splat<T>(scale));
    x += width * bx;
    out += width * bo;
    count -= width;
  }
}

// @ts-ignore: decorator
@inline
function spectra<T>(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, whole: bool, scale: f64,
): void {
  if ((n & 1) == 1 && width == 1) {
    for (; count > 1; count -= 2) {
      twoSpectra<T>(plan, n, x, sx, bx, out, so, bo, work, forward, whole, scale);
      x += bx * 2;
      out += bo * 2;
    }
  }
  while (count > 0) {
    if (width > count) width = count;
    spectrumOf<T>(plan, n, x, sx, out, so, width, work, forward, whole, scale);
    x += width * bx;
    out += width * bo;
    count -= width;
  }
}

// @ts-ignore: decorator
@inline
function realLines<T>(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, scale: f64,
): void {
  if ((n & 1) == 1 && width == 1) {
    for (; count > 1; count -= 2) {
      twoReals<T>(plan, n, x, sx, bx, out, so, bo, work, forward, scale);
      x += bx * 2;
      out += bo * 2;
    }
  }
  while (count > 0) {
    if (width > count) width = count;
    realFrom<T>(plan, n, x, sx, out, so, width, work, forward, scale);
    x += width * bx;
    out += width * bo;
    count -= width;
  }
}

export function complexWork_f32(plan: usize, width: usize): usize {
  return workOf<f32>(plan, width);
}

export function complexWork_f64(plan: usize, width: usize): usize {
  return workOf<f64>(plan, width);
}

export function realWork_f32(plan: usize, width: usize): usize {
  return realWorkOf<f32>(plan, width);
}

export function realWork_f64(plan: usize, width: usize): usize {
  return realWorkOf<f64>(plan, width);
}

export function complexToComplex_f32(
  plan: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize, forward: bool,
  scale: f64,
): void {
  complexLines<f32>(plan, x, sx, bx, out, so, bo, count, width, work, forward, scale);
}

export function complexToComplex_f64(
  plan: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize, forward: bool,
  scale: f64,
): void {
  complexLines<f64>(plan, x, sx, bx, out, so, bo, count, width, work, forward, scale);
}

export function realToComplex_f32(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, whole: bool, scale: f64,
): void {
  spectra<f32>(plan, n, x, sx, bx, out, so, bo, count, width, work, forward, whole, scale);
}

export function realToComplex_f64(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, whole: bool, scale: f64,
): void {
  spectra<f64>(plan, n, x, sx, bx, out, so, bo, count, width, work, forward, whole, scale);
}

export function complexToReal_f32(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, scale: f64,
): void {
  realLines<f32>(plan, n, x, sx, bx, out, so, bo, count, width, work, forward, scale);
}

export function complexToReal_f64(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, count: usize, width: usize, work: usize,
  forward: bool, scale: f64,
): void {
  realLines<f64>(plan, n, x, sx, bx, out, so, bo, count, width, work, forward, scale);
}
