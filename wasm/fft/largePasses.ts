import { bytesOf, get, put, splat, turn } from './lanes';
import { cosine, scaled, sine, turned } from './twiddles';

/** Stages of radix 5, 7 and 8, as those of passes.ts. */

// @ts-ignore: decorator
@inline
function five<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128, re2: v128, im2: v128, re3: v128, im3: v128, re4: v128, im4: v128,
): void {
  const a = get<T>(x, half);
  const b = get<T>(x + xk, half);
  const c = get<T>(x + 2 * xk, half);
  const d = get<T>(x + 3 * xk, half);
  const e = get<T>(x + 4 * xk, half);
  const s1 = v128.add<T>(b, e);
  const d1 = v128.sub<T>(b, e);
  const s2 = v128.add<T>(c, d);
  const d2 = v128.sub<T>(c, d);
  const cos1 = splat<T>(0.30901699437494742410);
  const cos2 = splat<T>(-0.80901699437494742410);
  const sin1 = splat<T>(0.95105651629515357212);
  const sin2 = splat<T>(0.58778525229247312917);
  const m1 = v128.add<T>(a, v128.add<T>(v128.mul<T>(s1, cos1), v128.mul<T>(s2, cos2)));
  const m2 = v128.add<T>(a, v128.add<T>(v128.mul<T>(s1, cos2), v128.mul<T>(s2, cos1)));
  const n1 = turn<T>(v128.add<T>(v128.mul<T>(d1, sin1), v128.mul<T>(d2, sin2)), direction);
  const n2 = turn<T>(v128.sub<T>(v128.mul<T>(d1, sin2), v128.mul<T>(d2, sin1)), direction);
  put<T>(y, scaled<T, L>(v128.add<T>(a, v128.add<T>(s1, s2)), scale), half);
  put<T>(y + yk, turned<T, L>(v128.add<T>(m1, n1), re1, im1, scale), half);
  put<T>(y + 2 * yk, turned<T, L>(v128.add<T>(m2, n2), re2, im2, scale), half);
  put<T>(y + 3 * yk, turned<T, L>(v128.sub<T>(m2, n2), re3, im3, scale), half);
  put<T>(y + 4 * yk, turned<T, L>(v128.sub<T>(m1, n1), re4, im4, scale), half);
}

export function pass5<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    const re2 = cosine<T, L>(table, 1);
    const im2 = sine<T, L>(table, 1, direction);
    const re3 = cosine<T, L>(table, 2);
    const im3 = sine<T, L>(table, 2, direction);
    const re4 = cosine<T, L>(table, 3);
    const im4 = sine<T, L>(table, 3, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      five<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1, re2, im2, re3, im3, re4, im4);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        five<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1, re2, im2, re3, im3, re4, im4);
      }
    }
    x += xp;
    y += yp;
    table += 4 * bytesOf<T>();
  }
}

// @ts-ignore: decorator
@inline
function seven<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128, re2: v128, im2: v128, re3: v128, im3: v128, re4: v128, im4: v128, re5: v128, im5: v128, re6: v128, im6:
  v128,
): void {
  const a = get<T>(x, half);
  const b = get<T>(x + xk, half);
  const c = get<T>(x + 2 * xk, half);
  const d = get<T>(x + 3 * xk, half);
  const e = get<T>(x + 4 * xk, half);
  const f = get<T>(x + 5 * xk, half);
  const g = get<T>(x + 6 * xk, half);
  const s1 = v128.add<T>(b, g);
  const d1 = v128.sub<T>(b, g);
  const s2 = v128.add<T>(c, f);
  const d2 = v128.sub<T>(c, f);
  const s3 = v128.add<T>(d, e);
  const d3 = v128.sub<T>(d, e);
  const cos1 = splat<T>(0.62348980185873353053);
  const cos2 = splat<T>(-0.22252093395631440429);
  const cos3 = splat<T>(-0.90096886790241912624);
  const sin1 = splat<T>(0.78183148246802980871);
  const sin2 = splat<T>(0.97492791218182360702);
  const sin3 = splat<T>(0.43388373911755812048);
  const m1 = v128.add<T>(v128.add<T>(a, v128.mul<T>(s1, cos1)), v128.add<T>(v128.mul<T>(s2, cos2), v128.mul<T>(s3, cos3)));
  const m2 = v128.add<T>(v128.add<T>(a, v128.mul<T>(s1, cos2)), v128.add<T>(v128.mul<T>(s2, cos3), v128.mul<T>(s3, cos1)));
  const m3 = v128.add<T>(v128.add<T>(a, v128.mul<T>(s1, cos3)), v128.add<T>(v128.mul<T>(s2, cos1), v128.mul<T>(s3, cos2)));
  const n1 = turn<T>(
    v128.add<T>(v128.add<T>(v128.mul<T>(d1, sin1), v128.mul<T>(d2, sin2)), v128.mul<T>(d3, sin3)), direction);
  const n2 = turn<T>(
    v128.sub<T>(v128.sub<T>(v128.mul<T>(d1, sin2), v128.mul<T>(d2, sin3)), v128.mul<T>(d3, sin1)), direction);
  const n3 = turn<T>(
    v128.add<T>(v128.sub<T>(v128.mul<T>(d1, sin3), v128.mul<T>(d2, sin1)), v128.mul<T>(d3, sin2)), direction);
  put<T>(y, scaled<T, L>(v128.add<T>(v128.add<T>(a, s1), v128.add<T>(s2, s3)), scale), half);
  put<T>(y + yk, turned<T, L>(v128.add<T>(m1, n1), re1, im1, scale), half);
  put<T>(y + 2 * yk, turned<T, L>(v128.add<T>(m2, n2), re2, im2, scale), half);
  put<T>(y + 3 * yk, turned<T, L>(v128.add<T>(m3, n3), re3, im3, scale), half);
  put<T>(y + 4 * yk, turned<T, L>(v128.sub<T>(m3, n3), re4, im4, scale), half);
  put<T>(y + 5 * yk, turned<T, L>(v128.sub<T>(m2, n2), re5, im5, scale), half);
  put<T>(y + 6 * yk, turned<T, L>(v128.sub<T>(m1, n1), re6, im6, scale), half);
}

export function pass7<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    const re2 = cosine<T, L>(table, 1);
    const im2 = sine<T, L>(table, 1, direction);
    const re3 = cosine<T, L>(table, 2);
    const im3 = sine<T, L>(table, 2, direction);
    const re4 = cosine<T, L>(table, 3);
    const im4 = sine<T, L>(table, 3, direction);
    const re5 = cosine<T, L>(table, 4);
    const im5 = sine<T, L>(table, 4, direction);
    const re6 = cosine<T, L>(table, 5);
    const im6 = sine<T, L>(table, 5, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      seven<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1, re2, im2, re3, im3, re4, im4, re5, im5, re6, im6);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        seven<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1, re2, im2, re3, im3, re4, im4, re5, im5, re6, im6);
      }
    }
    x += xp;
    y += yp;
    table += 6 * bytesOf<T>();
  }
}

// @ts-ignore: decorator
@inline
function eight<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128, re2: v128, im2: v128, re3: v128, im3: v128, re4: v128, im4: v128, re5: v128, im5: v128, re6: v128, im6:
  v128, re7: v128, im7: v128,
): void {
  const a0 = get<T>(x, half);
  const a4 = get<T>(x + 4 * xk, half);
  const s0 = v128.add<T>(a0, a4);
  const d0 = v128.sub<T>(a0, a4);
  const a2 = get<T>(x + 2 * xk, half);
  const a6 = get<T>(x + 6 * xk, half);
  const s2 = v128.add<T>(a2, a6);
  const d2 = turn<T>(v128.sub<T>(a2, a6), direction);
  const a1 = get<T>(x + xk, half);
  const a5 = get<T>(x + 5 * xk, half);
  const s1 = v128.add<T>(a1, a5);
  const d1 = v128.sub<T>(a1, a5);
  const a3 = get<T>(x + 3 * xk, half);
  const a7 = get<T>(x + 7 * xk, half);
  const s3 = v128.add<T>(a3, a7);
  const d3 = v128.sub<T>(a3, a7);
  const root = splat<T>(0.70710678118654752440);
  const e0 = v128.add<T>(s0, s2);
  const e1 = v128.add<T>(s1, s3);
  const f0 = v128.sub<T>(s0, s2);
  const f1 = turn<T>(v128.sub<T>(s1, s3), direction);
  const t1 = v128.mul<T>(v128.add<T>(d1, turn<T>(d1, direction)), root);
  const t3 = v128.mul<T>(v128.sub<T>(turn<T>(d3, direction), d3), root);
  const g0 = v128.add<T>(d0, d2);
  const g1 = v128.sub<T>(d0, d2);
  const h0 = v128.add<T>(t1, t3);
  const h1 = turn<T>(v128.sub<T>(t1, t3), direction);
  put<T>(y, scaled<T, L>(v128.add<T>(e0, e1), scale), half);
  put<T>(y + yk, turned<T, L>(v128.add<T>(g0, h0), re1, im1, scale), half);
  put<T>(y + 2 * yk, turned<T, L>(v128.add<T>(f0, f1), re2, im2, scale), half);
  put<T>(y + 3 * yk, turned<T, L>(v128.add<T>(g1, h1), re3, im3, scale), half);
  put<T>(y + 4 * yk, turned<T, L>(v128.sub<T>(e0, e1), re4, im4, scale), half);
  put<T>(y + 5 * yk, turned<T, L>(v128.sub<T>(g0, h0), re5, im5, scale), half);
  put<T>(y + 6 * yk, turned<T, L>(v128.sub<T>(f0, f1), re6, im6, scale), half);
  put<T>(y + 7 * yk, turned<T, L>(v128.sub<T>(g1, h1), re7, im7, scale), half);
}

export function pass8<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    const re2 = cosine<T, L>(table, 1);
    const im2 = sine<T, L>(table, 1, direction);
    const re3 = cosine<T, L>(table, 2);
    const im3 = sine<T, L>(table, 2, direction);
    const re4 = cosine<T, L>(table, 3);
    const im4 = sine<T, L>(table, 3, direction);
    const re5 = cosine<T, L>(table, 4);
    const im5 = sine<T, L>(table, 4, direction);
    const re6 = cosine<T, L>(table, 5);
    const im6 = sine<T, L>(table, 5, direction);
    const re7 = cosine<T, L>(table, 6);
    const im7 = sine<T, L>(table, 6, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      eight<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1, re2, im2, re3, im3, re4, im4, re5, im5, re6, im6, re7, im7);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        eight<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1, re2, im2, re3, im3, re4, im4, re5, im5, re6, im6, re7, im7);
      }
    }
    x += xp;
    y += yp;
    table += 7 * bytesOf<T>();
  }
}
