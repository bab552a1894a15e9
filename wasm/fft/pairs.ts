import { bytesOf, conjugation, directionOf, get, put, splat, turn } from './lanes';
import { flipOf, mirrored, unsigned } from './real';
import { transform, workOf } from './transform';

/** Real sequences of an odd length, which are no halves of one: two of them as the parts of a complex one. */

/** The spectra of two sequences of an odd length: what is even and what is odd in that of one whose parts they are. */
export function twoSpectra<T>(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, work: usize, forward: bool, whole: bool,
  factor: f64,
): void {
  const row = bytesOf<T>();
  const half = sizeof<T>() == 4;
  const rows = work + workOf<T>(plan, 1);
  for (let j: usize = 0; j < n; j++) {
    store<T>(rows + j * row, load<T>(x + j * sx));
    store<T>(rows + j * row, load<T>(x + j * sx + bx), sizeof<T>());
  }
  transform<T>(plan, rows, row, rows, row, 1, work, directionOf<T>(true), splat<T>(0.5 * factor));
  const conjugate = conjugation<T>();
  const flip = flipOf<T>(!forward);
  const ahead = directionOf<T>(true);
  for (let k: usize = 0; k * 2 < n; k++) {
    const a = get<T>(rows + k * row, half);
    const b = v128.xor(get<T>(rows + (k == 0 ? 0 : n - k) * row, half), conjugate);
    put<T>(out + k * so, unsigned<T>(v128.xor(v128.add<T>(a, b), flip)), half);
    put<T>(out + bo + k * so, unsigned<T>(v128.xor(turn<T>(v128.sub<T>(a, b), ahead), flip)), half);
  }
  if (whole) {
    mirrored<T>(out, so, out, so, n, (n >> 1) + 1, 1);
    mirrored<T>(out + bo, so, out + bo, so, n, (n >> 1) + 1, 1);
  }
}

/** The other way round. */
export function twoReals<T>(
  plan: usize, n: usize, x: usize, sx: usize, bx: usize, out: usize, so: usize, bo: usize, work: usize, forward: bool, factor: f64,
): void {
  const row = bytesOf<T>();
  const half = sizeof<T>() == 4;
  const rows = work + workOf<T>(plan, 1);
  const conjugate = conjugation<T>();
  const flip = flipOf<T>(forward);
  const back = directionOf<T>(false);
  // Of the first numbers only the real parts count.
  store<T>(rows, load<T>(x));
  store<T>(rows, load<T>(x + bx), sizeof<T>());
  for (let k: usize = 1; k * 2 < n; k++) {
    const a = v128.xor(get<T>(x + k * sx, half), flip);
    const b = v128.xor(get<T>(x + bx + k * sx, half), flip);
    put<T>(rows + k * row, v128.add<T>(a, turn<T>(b, back)), half);
    put<T>(rows + (n - k) * row, v128.add<T>(v128.xor(a, conjugate), turn<T>(v128.xor(b, conjugate), back)), half);
  }
  transform<T>(plan, rows, row, rows, row, 1, work, back, splat<T>(factor));
  for (let j: usize = 0; j < n; j++) {
    store<T>(out + j * so, load<T>(rows + j * row));
    store<T>(out + bo + j * so, load<T>(rows + j * row, sizeof<T>()));
  }
}
