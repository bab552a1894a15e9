// What windows of images hold, at most or on average. A plan says where windows lie, in 32-bit integers: the extents of an image in three
// dimensions; how many windows there are along each; how far apart the places of a window are along each; the first and the end of
// those windows along rows that are all alike, how far apart they begin, and how many places they hold; then, for each dimension, the
// starts of all windows and their ends.

const STARTS: usize = 52;

// @ts-ignore: decorator
@inline
function at(plan: usize, i: usize): i32 {
  return load<i32>(plan + (i << 2));
}

/** Elements `stride` apart. */
// @ts-ignore: decorator
@inline
function spaced<T>(p: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(p);
  if (sizeof<T>() == 8) {
    return v128.load_lane<f64>(p + (<usize>stride << 3), v128.load_zero<f64>(p), 1);
  }
  if (stride == 2) return v128.shuffle<f32>(v128.load(p), v128.load(p, 12), 0, 2, 5, 7);
  const step = <usize>stride << 2;
  let v = v128.load_zero<f32>(p);
  v = v128.load_lane<f32>(p + step, v, 1);
  v = v128.load_lane<f32>(p + 2 * step, v, 2);
  return v128.load_lane<f32>(p + 3 * step, v, 3);
}

/** Places 0, 1, ... times `stride` after one, as integers of the width of T. */
// @ts-ignore: decorator
@inline
function placesFrom<T>(place: i32, stride: i32): v128 {
  if (sizeof<T>() == 8) return i64x2.replace_lane(i64x2.splat(place), 1, place + stride);
  return i32x4.add(i32x4.splat(place), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)));
}

/** As many windows side by side as a vector has elements: their largest, and where it is. */
// @ts-ignore: decorator
@inline
function largestOf<T>(
  x: usize, d0: i32, d1: i32, stepD: i32, h0: i32, h1: i32, stepH: i32, w: i32, kernel: i32, stepW: i32, stride: i32,
  height: i32, width: i32, values: usize, indices: usize,
): void {
  let best = v128.splat<T>(<T>-Infinity);
  // Places as they are for the first of the windows.
  let found = sizeof<T>() == 8 ? i64x2.splat((d0 * height + h0) * width + w) : i32x4.splat((d0 * height + h0) * width + w);
  for (let d = d0; d < d1; d += stepD) {
    for (let h = h0; h < h1; h += stepH) {
      let place = (d * height + h) * width + w;
      for (let k = 0; k < kernel; ++k) {
        const v = spaced<T>(x + <usize>place * sizeof<T>(), stride);
        const takes = v128.or(v128.gt<T>(v, best), v128.ne<T>(v, v));
        best = v128.bitselect(v, best, takes);
        if (indices != 0) found = v128.bitselect(sizeof<T>() == 8 ? i64x2.splat(place) : i32x4.splat(place), found, takes);
        place += stepW;
      }
    }
  }
  v128.store(values, best);
  if (indices == 0) return;
  if (sizeof<T>() == 8) {
    v128.store(indices, i64x2.add(found, placesFrom<T>(0, stride)));
  } else {
    found = i32x4.add(found, placesFrom<T>(0, stride));
    v128.store(indices, i64x2.extend_low_i32x4_u(found));
    v128.store(indices, i64x2.extend_high_i32x4_u(found), 16);
  }
}

// @ts-ignore: decorator
@inline
function sumsOf<T>(
  x: usize, d0: i32, d1: i32, h0: i32, h1: i32, w: i32, kernel: i32, stride: i32, height: i32, width: i32,
): v128 {
  let total = v128.splat<T>(0);
  for (let d = d0; d < d1; ++d) {
    for (let h = h0; h < h1; ++h) {
      let p = x + <usize>((d * height + h) * width + w) * sizeof<T>();
      for (let k = 0; k < kernel; ++k) {
        total = v128.add<T>(total, spaced<T>(p, stride));
        p += sizeof<T>();
      }
    }
  }
  return total;
}

/** The largest of each window and, unless `indices` is 0, its place in the image. */
export function maxPool<T>(images: usize, x: usize, values: usize, indices: usize, plan: usize): void {
  const depth = at(plan, 0), height = at(plan, 1), width = at(plan, 2);
  const outDepth = at(plan, 3), outHeight = at(plan, 4), outWidth = at(plan, 5);
  const stepD = at(plan, 6), stepH = at(plan, 7), stepW = at(plan, 8);
  const first = at(plan, 9), last = at(plan, 10), stride = at(plan, 11), kernel = at(plan, 12);
  const ds = plan + STARTS, hs = ds + (<usize>outDepth << 3), ws = hs + (<usize>outHeight << 3);
  const lanes: i32 = 16 / sizeof<T>();
  for (let image: usize = 0; image < images; ++image) {
    for (let od: i32 = 0; od < outDepth; ++od) {
      const d0 = at(ds, od), d1 = at(ds, od + outDepth);
      for (let oh: i32 = 0; oh < outHeight; ++oh) {
        const h0 = at(hs, oh), h1 = at(hs, oh + outHeight);
        for (let ow: i32 = 0; ow < outWidth;) {
          if (ow >= first && ow < last && last - first >= lanes) {
            // The last vector of a row begins among windows that have been written.
            const o = min(ow, last - lanes);
            const w = at(ws, o);
            const to = values + <usize>o * sizeof<T>();
            const places = indices == 0 ? 0 : indices + (<usize>o << 3);
            if (stride == 2) largestOf<T>(x, d0, d1, stepD, h0, h1, stepH, w, kernel, stepW, 2, height, width, to, places);
            else if (stride == 1) largestOf<T>(x, d0, d1, stepD, h0, h1, stepH, w, kernel, stepW, 1, height, width, to, places);
            else largestOf<T>(x, d0, d1, stepD, h0, h1, stepH, w, kernel, stepW, stride, height, width, to, places);
            ow = o + lanes;
            continue;
          }
          const w0 = at(ws, ow), w1 = at(ws, ow + outWidth);
          let best: T = <T>-Infinity;
          let found: i32 = (d0 * height + h0) * width + w0;
          for (let d = d0; d < d1; d += stepD) {
            for (let h = h0; h < h1; h += stepH) {
              const row = (d * height + h) * width;
              for (let w = w0; w < w1; w += stepW) {
                const v = load<T>(x + <usize>(row + w) * sizeof<T>());
                if (v > best || v != v) {
                  best = v;
                  found = row + w;
                }
              }
            }
          }
          store<T>(values + <usize>ow * sizeof<T>(), best);
          if (indices != 0) store<i64>(indices + (<usize>ow << 3), found);
          ++ow;
        }
        values += <usize>outWidth * sizeof<T>();
        if (indices != 0) indices += <usize>outWidth << 3;
      }
    }
    x += <usize>(depth * height * width) * sizeof<T>();
  }
}

/** Sums over windows, divided unless `divisors` is 0 by the product of what stands there for the place along each dimension. */
export function averagePool<T>(images: usize, x: usize, out: usize, plan: usize, divisors: usize): void {
  const depth = at(plan, 0), height = at(plan, 1), width = at(plan, 2);
  const outDepth = at(plan, 3), outHeight = at(plan, 4), outWidth = at(plan, 5);
  const first = at(plan, 9), last = at(plan, 10), stride = at(plan, 11), kernel = at(plan, 12);
  const ds = plan + STARTS, hs = ds + (<usize>outDepth << 3), ws = hs + (<usize>outHeight << 3);
  const byH = divisors + <usize>outDepth * sizeof<T>(), byW = byH + <usize>outHeight * sizeof<T>();
  const lanes: i32 = 16 / sizeof<T>();
  for (let image: usize = 0; image < images; ++image) {
    for (let od: i32 = 0; od < outDepth; ++od) {
      const d0 = at(ds, od), d1 = at(ds, od + outDepth);
      for (let oh: i32 = 0; oh < outHeight; ++oh) {
        const h0 = at(hs, oh), h1 = at(hs, oh + outHeight);
        const by = divisors == 0 ? <T>1
          : load<T>(divisors + <usize>od * sizeof<T>()) * load<T>(byH + <usize>oh * sizeof<T>());
        for (let ow: i32 = 0; ow < outWidth;) {
          if (ow >= first && ow < last && last - first >= lanes) {
            const o = min(ow, last - lanes);
            const w = at(ws, o);
            let total = stride == 2 ? sumsOf<T>(x, d0, d1, h0, h1, w, kernel, 2, height, width)
              : stride == 1 ? sumsOf<T>(x, d0, d1, h0, h1, w, kernel, 1, height, width)
              : sumsOf<T>(x, d0, d1, h0, h1, w, kernel, stride, height, width);
            if (divisors != 0) {
              total = v128.div<T>(total, v128.mul<T>(v128.splat<T>(by), v128.load(byW + <usize>o * sizeof<T>())));
            }
            v128.store(out + <usize>o * sizeof<T>(), total);
            ow = o + lanes;
            continue;
          }
          const w0 = at(ws, ow), w1 = at(ws, ow + outWidth);
          let total: T = 0;
          for (let d = d0; d < d1; ++d) {
            for (let h = h0; h < h1; ++h) {
              const row = x + <usize>((d * height + h) * width) * sizeof<T>();
              for (let w = w0; w < w1; ++w) total += load<T>(row + <usize>w * sizeof<T>());
            }
          }
          if (divisors != 0) total /= by * load<T>(byW + <usize>ow * sizeof<T>());
          store<T>(out + <usize>ow * sizeof<T>(), total);
          ++ow;
        }
        out += <usize>outWidth * sizeof<T>();
      }
    }
    x += <usize>(depth * height * width) * sizeof<T>();
  }
}

/** Images of which each element is divided by the product of what stands for its place along each dimension. */
export function dividedPlaces<T>(
  images: usize, x: usize, out: usize, depth: usize, height: usize, width: usize, divisors: usize,
): void {
  const byH = divisors + depth * sizeof<T>(), byW = byH + height * sizeof<T>();
  for (let image: usize = 0; image < images; ++image) {
    for (let d: usize = 0; d < depth; ++d) {
      for (let h: usize = 0; h < height; ++h) {
        const by = load<T>(divisors + d * sizeof<T>()) * load<T>(byH + h * sizeof<T>());
        for (let w: usize = 0; w < width; ++w) {
          store<T>(out, load<T>(x) / (by * load<T>(byW + w * sizeof<T>())));
          x += sizeof<T>();
          out += sizeof<T>();
        }
      }
    }
  }
}

/** Images of `size` zeros with elements at places: added up, or the last one for a place. */
export function maxUnpool<T>(images: usize, places: usize, size: usize, x: usize, indices: usize, out: usize, adds: bool): void {
  memory.fill(out, 0, images * size * sizeof<T>());
  for (let image: usize = 0; image < images; ++image) {
    for (let i: usize = 0; i < places; ++i) {
      const place = <usize>load<i64>(indices);
      if (place < size) {
        const to = out + place * sizeof<T>();
        store<T>(to, adds ? load<T>(to) + load<T>(x) : load<T>(x));
      }
      x += sizeof<T>();
      indices += 8;
    }
    out += size * sizeof<T>();
  }
}
