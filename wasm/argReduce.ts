/** Positions of the first extreme, one int64 for each of `m` rows or columns of `n` elements. The first NaN beats all. */
import { fold } from './reduce';

const blockLength: isize = 512;

/** First element equal to `value`, or the first NaN where that is one. There must be such an element. */
@inline function indexOf<T>(x: usize, value: T): isize {
  let at = x;
  if (value == value) while (load<T>(at) != value) at += sizeof<T>();
  else while (load<T>(at) == load<T>(at)) at += sizeof<T>();
  return (at - x) / sizeof<T>();
}

/** Finds the block that holds the extreme before the place in it. */
@inline function argDense<Op, T>(x: usize, n: isize): isize {
  const op = changetype<Op>(0);
  let best = op.identity();
  let bestBlock: isize = 0;
  for (let from: isize = 0; from < n; from += blockLength) {
    const value = fold<Op, T>(x + from * sizeof<T>(), sizeof<T>(), min(blockLength, n - from), op.identity());
    if (op.beats(value, best)) {
      best = value;
      bestBlock = from;
      if (value != value) break;
    }
  }
  return bestBlock + indexOf<T>(x + bestBlock * sizeof<T>(), best);
}

@inline function argStrided<Op, T>(x: usize, stride: isize, n: isize): isize {
  const op = changetype<Op>(0);
  let best = load<T>(x);
  let index: isize = 0;
  for (let i: isize = 1; i < n && best == best; i++) {
    x += stride;
    const value = load<T>(x);
    if (op.beats(value, best)) {
      best = value;
      index = i;
    }
  }
  return index;
}

@inline export function argRows<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize,
): void {
  const dense = sn == sizeof<T>() && n >= 8;
  for (; m > 0; m--) {
    store<i64>(out, dense ? argDense<Op, T>(x, n) : argStrided<Op, T>(x, sn, n));
    x += sm;
    out += so;
  }
}

/** `best` is room for `m` elements. */
@inline export function argColumns<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, best: usize,
): void {
  const op = changetype<Op>(0);
  for (let j: isize = 0; j < m; j++) {
    store<T>(best + j * sizeof<T>(), load<T>(x + j * sm));
    store<i64>(out + j * so, 0);
  }
  for (let i: isize = 1; i < n; i++) {
    x += sn;
    let from = x;
    let held = best;
    for (let j: isize = 0; j < m; j++) {
      const value = load<T>(from);
      const before = load<T>(held);
      if (op.beats(value, before) && before == before) {
        store<T>(held, value);
        store<i64>(out + j * so, i);
      }
      from += sm;
      held += sizeof<T>();
    }
  }
}

@inline export function complexArgRows<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize,
): void {
  const op = changetype<Op>(0);
  for (; m > 0; m--) {
    let from = x;
    let re = load<T>(x);
    let im = load<T>(x, sizeof<T>());
    let index: isize = 0;
    for (let i: isize = 1; i < n && re == re && im == im; i++) {
      from += sn;
      if (op.replaces(re, im, load<T>(from), load<T>(from, sizeof<T>()))) {
        re = load<T>(from);
        im = load<T>(from, sizeof<T>());
        index = i;
      }
    }
    store<i64>(out, index);
    x += sm;
    out += so;
  }
}
