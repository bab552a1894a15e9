/**
 * Pairwise sums in NumPy's order, so that results agree with it to the bit: fewer than 8 elements in turn, up to 128 in
 * eight interleaved sums, more in two halves. The first half is a multiple of 8 elements long.
 */
const blockSize: isize = 128;

@inline function half(n: isize): isize {
  const middle = n >> 1;
  return middle - (middle & 7);
}

@inline function sumOfLanes<T>(x: usize, n: isize): T {
  const end = x + ((n & ~7) * sizeof<T>());
  let sum: T;
  if (sizeof<T>() == 4) {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    for (x += 32; x < end; x += 32) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
    }
    sum = (((f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)))
      + ((f32x4.extract_lane(b, 0) + f32x4.extract_lane(b, 1)) + (f32x4.extract_lane(b, 2) + f32x4.extract_lane(b, 3)))) as T;
  } else {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    let c = v128.load(x, 32);
    let d = v128.load(x, 48);
    for (x += 64; x < end; x += 64) {
      a = f64x2.add(a, v128.load(x));
      b = f64x2.add(b, v128.load(x, 16));
      c = f64x2.add(c, v128.load(x, 32));
      d = f64x2.add(d, v128.load(x, 48));
    }
    sum = (((f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)) + (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1)))
      + ((f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1)) + (f64x2.extract_lane(d, 0) + f64x2.extract_lane(d, 1)))) as T;
  }
  for (let rest = n & 7; rest > 0; rest--) {
    sum = (sum + load<T>(x)) as T;
    x += sizeof<T>();
  }
  return sum;
}

@inline function sumInTurn<T>(x: usize, stride: isize, n: isize): T {
  let sum = -0.0 as T;
  for (; n > 0; n--) {
    sum = (sum + load<T>(x)) as T;
    x += stride;
  }
  return sum;
}

function denseSum<T>(x: usize, n: isize): T {
  if (n < 8) return sumInTurn<T>(x, sizeof<T>(), n);
  if (n <= blockSize) return sumOfLanes<T>(x, n);
  const first = half(n);
  return (denseSum<T>(x, first) + denseSum<T>(x + first * sizeof<T>(), n - first)) as T;
}

function stridedSum<T>(x: usize, stride: isize, n: isize): T {
  if (n < 8) return sumInTurn<T>(x, stride, n);
  if (n <= blockSize) {
    let r0 = -0.0 as T, r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0, r6 = r0, r7 = r0;
    for (let i = n >> 3; i > 0; i--) {
      r0 = (r0 + load<T>(x)) as T;
      x += stride;
      r1 = (r1 + load<T>(x)) as T;
      x += stride;
      r2 = (r2 + load<T>(x)) as T;
      x += stride;
      r3 = (r3 + load<T>(x)) as T;
      x += stride;
      r4 = (r4 + load<T>(x)) as T;
      x += stride;
      r5 = (r5 + load<T>(x)) as T;
      x += stride;
      r6 = (r6 + load<T>(x)) as T;
      x += stride;
      r7 = (r7 + load<T>(x)) as T;
      x += stride;
    }
    let sum = (((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))) as T;
    for (let rest = n & 7; rest > 0; rest--) {
      sum = (sum + load<T>(x)) as T;
      x += stride;
    }
    return sum;
  }
  const first = half(n);
  return (stridedSum<T>(x, stride, first) + stridedSum<T>(x + first * stride, stride, n - first)) as T;
}

@inline export function pairwiseSum<T>(x: usize, stride: isize, n: isize): T {
  return stride == sizeof<T>() ? denseSum<T>(x, n) : stridedSum<T>(x, stride, n);
}

/** A complex number as one vector: both components in the low lanes. */
@inline function loadPair<T>(x: usize): v128 {
  return sizeof<T>() == 4 ? v128.load64_zero(x) : v128.load(x);
}

/** `n` counts components, as in NumPy: four numbers make the eight interleaved sums. */
export function complexSum<T>(x: usize, stride: isize, n: isize): v128 {
  if (n < 8) {
    let sum = v128.splat<T>(-0.0 as T);
    for (; n > 0; n -= 2) {
      sum = v128.add<T>(sum, loadPair<T>(x));
      x += stride;
    }
    return sum;
  }
  if (n <= blockSize) {
    let a = v128.splat<T>(-0.0 as T), b = a, c = a, d = a;
    for (let i = n >> 3; i > 0; i--) {
      a = v128.add<T>(a, loadPair<T>(x));
      x += stride;
      b = v128.add<T>(b, loadPair<T>(x));
      x += stride;
      c = v128.add<T>(c, loadPair<T>(x));
      x += stride;
      d = v128.add<T>(d, loadPair<T>(x));
      x += stride;
    }
    let sum = v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d));
    for (let rest = n & 7; rest > 0; rest -= 2) {
      sum = v128.add<T>(sum, loadPair<T>(x));
      x += stride;
    }
    return sum;
  }
  const first = half(n);
  return v128.add<T>(complexSum<T>(x, stride, first), complexSum<T>(x + (first >> 1) * stride, stride, n - first));
}
