import { panelRows } from './fma';

// Packing: a strided matrix becomes panels of `width` streams, laid out [panel][k][stream], so that the micro-kernel
// reads both operands front to back. A stream is a row of A or a column of B. `major` is the distance between streams,
// `minor` the distance between steps of k, both in bytes and of any sign. The last panel is filled up with zeros
// as far as tiles reach.

/** Copies `bytes` (a constant) bytes, or half as many from there when they are `widened` from 8 to 16 bits. */
// @ts-ignore: decorator
@inline
function copyRun(bytes: usize, widened: bool, from: usize, to: usize): void {
  if (widened) {
    v128.store(to, v128.load_ext<i8>(from));
    v128.store(to, v128.load_ext<i8>(from, 8), 16);
  } else if (bytes >= 64) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
  } else if (bytes == 48) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
  } else if (bytes == 32) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  } else if (bytes == 24) {
    v128.store(to, v128.load(from));
    i64.store(to, i64.load(from, 16), 16);
  } else if (bytes == 16) {
    v128.store(to, v128.load(from));
  } else if (bytes == 8) {
    i64.store(to, i64.load(from));
  } else {
    memory.copy(to, from, bytes);
  }
}

/** Four streams of 32-bit elements that are contiguous in k: 4 x 4 transposes. */
// @ts-ignore: decorator
@inline
function packFour32(from: usize, major: usize, k: usize, to: usize, step: usize): void {
  let p0 = from;
  let p1 = p0 + major;
  let p2 = p1 + major;
  let p3 = p2 + major;
  for (; k >= 4; k -= 4) {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    const r2 = v128.load(p2);
    const r3 = v128.load(p3);
    const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
    to += step;
    v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3));
    to += step;
    v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2));
    to += step;
    v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3));
    to += step;
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
  }
  for (; k != 0; --k) {
    i32.store(to, i32.load(p0));
    i32.store(to, i32.load(p1), 4);
    i32.store(to, i32.load(p2), 8);
    i32.store(to, i32.load(p3), 12);
    to += step;
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
  }
}

/** Two streams of 32-bit elements that are contiguous in k. */
// @ts-ignore: decorator
@inline
function packTwo32(from: usize, major: usize, k: usize, to: usize, step: usize): void {
  let p0 = from;
  let p1 = p0 + major;
  for (; k >= 4; k -= 4) {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    const low = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const high = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    v128.store_lane<i64>(to, low, 0);
    to += step;
    v128.store_lane<i64>(to, low, 1);
    to += step;
    v128.store_lane<i64>(to, high, 0);
    to += step;
    v128.store_lane<i64>(to, high, 1);
    to += step;
    p0 += 16;
    p1 += 16;
  }
  for (; k != 0; --k) {
    i32.store(to, i32.load(p0));
    i32.store(to, i32.load(p1), 4);
    to += step;
    p0 += 4;
    p1 += 4;
  }
}

/** Two streams of 64-bit elements that are contiguous in k. */
// @ts-ignore: decorator
@inline
function packTwo64(from: usize, major: usize, k: usize, to: usize, step: usize): void {
  let p0 = from;
  let p1 = p0 + major;
  for (; k >= 2; k -= 2) {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    v128.store(to, v128.shuffle<i64>(r0, r1, 0, 2));
    to += step;
    v128.store(to, v128.shuffle<i64>(r0, r1, 1, 3));
    to += step;
    p0 += 16;
    p1 += 16;
  }
  if (k != 0) {
    i64.store(to, i64.load(p0));
    i64.store(to, i64.load(p1), 8);
  }
}

/** Packs up to `width` streams of 32-bit words that are contiguous in k. */
function packStreams32(from: usize, major: usize, streams: usize, k: usize, to: usize, step: usize): void {
  for (; streams >= 4; streams -= 4) {
    packFour32(from, major, k, to, step);
    from += major << 2;
    to += 16;
  }
  if (streams >= 2) {
    packTwo32(from, major, k, to, step);
    from += major << 1;
    to += 8;
    streams -= 2;
  }
  if (streams != 0) {
    for (; k != 0; --k) {
      i32.store(to, i32.load(from));
      from += 4;
      to += step;
    }
  }
}

/** Packs up to `width` streams of 64-bit words that are contiguous in k. */
function packStreams64(from: usize, major: usize, streams: usize, k: usize, to: usize, step: usize): void {
  for (; streams >= 2; streams -= 2) {
    packTwo64(from, major, k, to, step);
    from += major << 1;
    to += 16;
  }
  if (streams != 0) {
    for (; k != 0; --k) {
      i64.store(to, i64.load(from));
      from += 8;
      to += step;
    }
  }
}

/** Any strides; converts from the stored type S to the lane type P, and for `mask` to all ones where it is not zero. */
// @ts-ignore: decorator
@inline
function packAny<S, P>(
  mask: bool, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize, step: usize,
): void {
  for (; streams != 0; --streams) {
    let p = from;
    let q = to;
    for (let left = k; left != 0; --left) {
      if (mask) store<P>(q, load<S>(p) ? <P>-1 : <P>0);
      else store<P>(q, <P>load<S>(p));
      p += minor;
      q += step;
    }
    from += major;
    to += sizeof<P>();
  }
}

/** Full panels whose streams are neighbours: rows of k go by four, so that the source is read as a few long streams. */
// @ts-ignore: decorator
@inline
function packNeighbours(
  bytes: usize, widened: bool, from: usize, minor: usize, panels: usize, k: usize, to: usize,
): void {
  const panelBytes = bytes * k;
  const sourceBytes = widened ? bytes / 2 : bytes;
  for (; k >= 4; k -= 4) {
    let p0 = from;
    let q = to;
    for (let left = panels; left != 0; --left) {
      const p1 = p0 + minor;
      const p2 = p1 + minor;
      copyRun(bytes, widened, p0, q);
      copyRun(bytes, widened, p1, q + bytes);
      copyRun(bytes, widened, p2, q + 2 * bytes);
      copyRun(bytes, widened, p2 + minor, q + 3 * bytes);
      p0 += sourceBytes;
      q += panelBytes;
    }
    from += minor << 2;
    to += bytes << 2;
  }
  for (; k != 0; --k) {
    let p = from;
    let q = to;
    for (let left = panels; left != 0; --left) {
      copyRun(bytes, widened, p, q);
      p += sourceBytes;
      q += panelBytes;
    }
    from += minor;
    to += bytes;
  }
}

/**
 * Packs `streams` streams of `k` steps into panels of `width` (a constant). Tiles have an even number of rows: an even
 * panel of A is read no further than it is filled.
 */
// @ts-ignore: decorator
@inline
function packPanels<S, P>(
  width: usize, rows: bool, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  const step = width * sizeof<P>();
  const panelBytes = step * k;
  const mask = rows && sizeof<P>() == 1;
  const widened = sizeof<S>() == 1 && sizeof<P>() == 2 && width == 16;
  if ((sizeof<S>() == sizeof<P>() || widened) && !mask && major == sizeof<S>()) {
    const panels = streams / width;
    packNeighbours(step, widened, from, minor, panels, k, to);
    streams -= panels * width;
    from += panels * width * sizeof<S>();
    to += panels * panelBytes;
  }
  while (streams != 0) {
    const here = min(streams, width);
    if (here < width && (!rows || (here & 1) != 0)) memory.fill(to, 0, panelBytes);
    if (sizeof<S>() == 4 && minor == 4) packStreams32(from, major, here, k, to, step);
    else if (sizeof<S>() == 8 && minor == 8) packStreams64(from, major, here, k, to, step);
    else packAny<S, P>(mask, from, major, minor, here, k, to, step);
    from += major * here;
    to += panelBytes;
    streams -= here;
  }
}

function sixRowsOf<S, P>(from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize): void {
  packPanels<S, P>(6, true, from, major, minor, streams, k, to);
}

function fourRowsOf<S, P>(from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize): void {
  packPanels<S, P>(4, true, from, major, minor, streams, k, to);
}

function columnsOf<S, P>(from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize): void {
  packPanels<S, P>(32 / sizeof<P>(), false, from, major, minor, streams, k, to);
}

function wideColumnsOf<S, P>(from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize): void {
  packPanels<S, P>(64 / sizeof<P>(), false, from, major, minor, streams, k, to);
}

/** Packs A. Types of one size share their code, since packing only moves bits. */
// @ts-ignore: decorator
@inline
export function packRows<S, P>(from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize): void {
  if (panelRows<P>() == 6) {
    if (sizeof<S>() == 8) sixRowsOf<u64, u64>(from, major, minor, streams, k, to);
    else sixRowsOf<u32, u32>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() != sizeof<P>()) {
    fourRowsOf<i8, i16>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 8) {
    fourRowsOf<u64, u64>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 4) {
    fourRowsOf<u32, u32>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 2) {
    fourRowsOf<u16, u16>(from, major, minor, streams, k, to);
  } else {
    fourRowsOf<u8, u8>(from, major, minor, streams, k, to);
  }
}

/** Packs B in panels of two vectors, or four of them when `wide`. */
// @ts-ignore: decorator
@inline
export function packColumns<S, P>(
  wide: bool, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  if (sizeof<S>() != sizeof<P>()) {
    columnsOf<i8, i16>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 8) {
    if (wide) wideColumnsOf<u64, u64>(from, major, minor, streams, k, to);
    else columnsOf<u64, u64>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 4) {
    if (wide) wideColumnsOf<u32, u32>(from, major, minor, streams, k, to);
    else columnsOf<u32, u32>(from, major, minor, streams, k, to);
  } else if (sizeof<S>() == 2) {
    columnsOf<u16, u16>(from, major, minor, streams, k, to);
  } else {
    columnsOf<u8, u8>(from, major, minor, streams, k, to);
  }
}
