/**
 * Stable sorts of one row. Elements become unsigned keys in the same order (NaN above everything, both zeros equal),
 * the keys are sorted, by merging or by radix, and turned back. What keys cannot tell, the sign of a zero and the
 * bits of a NaN, is read from the row again.
 *
 * `work` is workspace: 64 bytes of counts, a histogram, two buffers of keys, two of 32-bit indices; each a multiple of
 * 16 bytes.
 */
const histogramBytes: usize = 49152;
const countBytes: usize = 64;
/** Rows of up to so many keys for each of their bytes are merged: the tables of digits cost more. */
const mergedBytes: usize = 64;
/** From this length on, keys of 8 bytes are sorted by digits of 11 bits: fewer passes over larger tables. */
const wideDigitLength: usize = 4096;

/** How the bits of an element are read; 0 is for unsigned integers, 2 for the other floats. */
const signedKind: i32 = 1;
const bfloatKind: i32 = 3;

@inline function roundUp(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Bytes of `work` for rows of n elements whose keys have `width` bytes. */
export function sortWork(n: usize, width: usize): usize {
  return countBytes + histogramBytes + 2 * roundUp(n * width) + 2 * roundUp(n * 4);
}

@inline function lastBit<K>(): usize {
  return sizeof<K>() * 8 - 1;
}

@inline function signOf<K>(): K {
  return ((1 as K) << (lastBit<K>() as K)) as K;
}

@inline function allOnes<K>(): K {
  return ~(0 as K) as K;
}

@inline function infinityBits<K>(kind: i32): K {
  if (sizeof<K>() == 8) return <u64>0x7ff0000000000000 as K;
  if (sizeof<K>() == 4) return <u32>0x7f800000 as K;
  if (sizeof<K>() == 2) return <u16>(kind == bfloatKind ? 0x7f80 : 0x7c00) as K;
  return 0 as K;
}

/** Negative numbers with all bits inverted, the others with the sign bit set. */
@inline function floatKey<K>(bits: K, infinity: K): K {
  const sign = signOf<K>();
  const magnitude = (bits & ~sign) as K;
  if (magnitude > infinity) return allOnes<K>();
  if (magnitude == 0) return sign;
  return (bits ^ ((0 as K) - ((bits >> (lastBit<K>() as K)) as K) | sign)) as K;
}

@inline function floatBits<K>(key: K): K {
  return (key ^ ((((key >> (lastBit<K>() as K)) as K) - (1 as K)) | signOf<K>())) as K;
}

/** Keys of a row; of floats also the counts of NaNs, zeros, negative zeros and other negative numbers. */
@inline function makeKeys<K>(x: usize, sx: isize, n: usize, kind: i32, flip: K, keys: usize, counts: usize): void {
  const end = keys + n * sizeof<K>();
  if (kind < 2) {
    const mask = ((kind == signedKind ? signOf<K>() : (0 as K)) ^ flip) as K;
    for (; keys < end; keys += sizeof<K>(), x += sx) store<K>(keys, (load<K>(x) ^ mask) as K);
    return;
  }
  if (sizeof<K>() == 1) return;
  const infinity = infinityBits<K>(kind);
  const sign = signOf<K>();
  const negativeInfinity = (infinity | sign) as K;
  let nans: u32 = 0;
  let zeros: u32 = 0;
  let negativeZeros: u32 = 0;
  let negatives: u32 = 0;
  for (; keys < end; keys += sizeof<K>(), x += sx) {
    const bits = load<K>(x);
    const magnitude = (bits & ~sign) as K;
    nans += u32(magnitude > infinity);
    zeros += u32(magnitude == 0);
    negativeZeros += u32(bits == sign);
    negatives += u32(bits > sign) & u32(bits <= negativeInfinity);
    store<K>(keys, (floatKey<K>(bits, infinity) ^ flip) as K);
  }
  store<u32>(counts, nans);
  store<u32>(counts, zeros, 4);
  store<u32>(counts, negativeZeros, 8);
  store<u32>(counts, negatives, 12);
}

/** Each four keys in order, and those that are left at the end. */
@inline function sortFours<K>(keys: usize, n: usize): void {
  const end = keys + n * sizeof<K>();
  for (; keys + 4 * sizeof<K>() <= end; keys += 4 * sizeof<K>()) {
    const a = load<K>(keys);
    const b = load<K>(keys, sizeof<K>());
    const c = load<K>(keys, 2 * sizeof<K>());
    const d = load<K>(keys, 3 * sizeof<K>());
    const low = min<K>(a, b);
    const high = max<K>(a, b);
    const lower = min<K>(c, d);
    const higher = max<K>(c, d);
    const second = max<K>(low, lower);
    const third = min<K>(high, higher);
    store<K>(keys, min<K>(low, lower));
    store<K>(keys, min<K>(second, third), sizeof<K>());
    store<K>(keys, max<K>(second, third), 2 * sizeof<K>());
    store<K>(keys, max<K>(high, higher), 3 * sizeof<K>());
  }
  for (let next = keys + sizeof<K>(); next < end; next += sizeof<K>()) {
    const key = load<K>(next);
    let at = next;
    for (; at > keys && load<K>(at - sizeof<K>()) > key; at -= sizeof<K>()) store<K>(at, load<K>(at - sizeof<K>()));
    store<K>(at, key);
  }
}

/**
 * Runs of 1, 2, 4, ... merged two by two. Two of one length are merged from both ends at once, where neither can run out: no step is
 * guessed. True where the result lies in the spare buffers.
 */
@inline function mergeSort<K>(
  keys: usize, indices: usize, spareKeys: usize, spareIndices: usize, n: usize, withIndices: bool,
): bool {
  let moved = false;
  // Keys that are alike are the same: without indices, four at a time are sorted by exchanges first.
  if (!withIndices) sortFours<K>(keys, n);
  for (let width: usize = withIndices ? 1 : 4; width < n; width <<= 1) {
    for (let start: usize = 0; start < n; start += 2 * width) {
      const middle = min(start + width, n);
      const end = min(middle + width, n);
      let to = start;
      let a = start;
      let b = middle;
      if (end - start == 2 * width) {
        let c = middle - 1;
        let d = end - 1;
        for (let last = d; to < middle; to++, last--) {
          const first = load<K>(keys + a * sizeof<K>());
          const second = load<K>(keys + b * sizeof<K>());
          const later = usize(second < first);
          store<K>(spareKeys + to * sizeof<K>(), select<K>(second, first, second < first));
          const third = load<K>(keys + c * sizeof<K>());
          const fourth = load<K>(keys + d * sizeof<K>());
          const earlier = usize(third > fourth);
          store<K>(spareKeys + last * sizeof<K>(), select<K>(third, fourth, third > fourth));
          if (withIndices) {
            store<u32>(spareIndices + (to << 2), load<u32>(indices + (select<usize>(b, a, later != 0) << 2)));
            store<u32>(spareIndices + (last << 2), load<u32>(indices + (select<usize>(c, d, earlier != 0) << 2)));
          }
          a += 1 - later;
          b += later;
          c -= earlier;
          d -= 1 - earlier;
        }
        continue;
      }
      for (; a < middle && b < end; to++) {
        const first = load<K>(keys + a * sizeof<K>());
        const second = load<K>(keys + b * sizeof<K>());
        const later = usize(second < first);
        store<K>(spareKeys + to * sizeof<K>(), select<K>(second, first, second < first));
        if (withIndices) store<u32>(spareIndices + (to << 2), load<u32>(indices + (select<usize>(b, a, later != 0) << 2)));
        a += 1 - later;
        b += later;
      }
      const rest = a < middle ? a : b;
      memory.copy(spareKeys + to * sizeof<K>(), keys + rest * sizeof<K>(), (end - to) * sizeof<K>());
      if (withIndices) memory.copy(spareIndices + (to << 2), indices + (rest << 2), (end - to) << 2);
    }
    const keysBefore = keys;
    keys = spareKeys;
    spareKeys = keysBefore;
    const indicesBefore = indices;
    indices = spareIndices;
    spareIndices = indicesBefore;
    moved = !moved;
  }
  return moved;
}

/**
 * One counting sort per digit, least significant first. The histograms of all digits come from one pass, which also
 * sees whether the row is sorted already; digits that all keys share are skipped. True where the result lies in the
 * spare buffers.
 */
@inline function radixSort<K>(
  keys: usize, indices: usize, spareKeys: usize, spareIndices: usize, n: usize, histogram: usize, bits: usize,
  withIndices: bool,
): bool {
  const digits: usize = (sizeof<K>() * 8 + bits - 1) / bits;
  const tableBytes: usize = (<usize>4) << bits;
  const mask = (((<usize>1) << bits) - 1) as K;
  memory.fill(histogram, 0, digits * tableBytes);
  let ordered = true;
  let previous = 0 as K;
  const end = keys + n * sizeof<K>();
  for (let p = keys; p < end; p += sizeof<K>()) {
    const key = load<K>(p);
    ordered = ordered && previous <= key;
    previous = key;
    for (let digit: usize = 0; digit < digits; digit++) {
      const counter = histogram + digit * tableBytes + ((<usize>((key >> ((digit * bits) as K)) & mask)) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  if (ordered) return false;
  let moved = false;
  for (let digit: usize = 0; digit < digits; digit++) {
    const table = histogram + digit * tableBytes;
    const shift = (digit * bits) as K;
    if (load<u32>(table + ((<usize>((load<K>(keys) >> shift) & mask)) << 2)) == n) continue;
    let sum: u32 = 0;
    for (let entry = table, last = table + tableBytes; entry < last; entry += 4) {
      const count = load<u32>(entry);
      store<u32>(entry, sum);
      sum += count;
    }
    for (let i: usize = 0; i < n; i++) {
      const key = load<K>(keys + i * sizeof<K>());
      const entry = table + ((<usize>((key >> shift) & mask)) << 2);
      const position = load<u32>(entry);
      store<u32>(entry, position + 1);
      store<K>(spareKeys + <usize>position * sizeof<K>(), key);
      if (withIndices) store<u32>(spareIndices + ((<usize>position) << 2), load<u32>(indices + (i << 2)));
    }
    const keysBefore = keys;
    keys = spareKeys;
    spareKeys = keysBefore;
    const indicesBefore = indices;
    indices = spareIndices;
    spareIndices = indicesBefore;
    moved = !moved;
  }
  return moved;
}

/** Separate functions, so that each is compiled once for all that sort such keys. */
function radixKeys<K>(keys: usize, spareKeys: usize, n: usize, histogram: usize): bool {
  if (sizeof<K>() == 8) {
    if (n >= wideDigitLength) return radixSort<K>(keys, 0, spareKeys, 0, n, histogram, 11, false);
  }
  return radixSort<K>(keys, 0, spareKeys, 0, n, histogram, 8, false);
}

function radixIndices<K>(
  keys: usize, indices: usize, spareKeys: usize, spareIndices: usize, n: usize, histogram: usize,
): bool {
  if (sizeof<K>() == 8) {
    if (n >= wideDigitLength) return radixSort<K>(keys, indices, spareKeys, spareIndices, n, histogram, 11, true);
  }
  return radixSort<K>(keys, indices, spareKeys, spareIndices, n, histogram, 8, true);
}

function sortKeys<K>(
  keys: usize, indices: usize, spareKeys: usize, spareIndices: usize, n: usize, histogram: usize,
): bool {
  if (n <= mergedBytes * sizeof<K>()) {
    return indices != 0
      ? mergeSort<K>(keys, indices, spareKeys, spareIndices, n, true) : mergeSort<K>(keys, 0, spareKeys, 0, n, false);
  }
  return indices != 0
    ? radixIndices<K>(keys, indices, spareKeys, spareIndices, n, histogram)
    : radixKeys<K>(keys, spareKeys, n, histogram);
}

function countUp(indices: usize, n: usize): void {
  for (let i: u32 = 0; i < <u32>n; i++) store<u32>(indices + ((<usize>i) << 2), i);
}

function writeIndices(indices: usize, out: usize, stride: isize, n: usize): void {
  for (const end = indices + n * 4; indices < end; indices += 4, out += stride) {
    store<i64>(out, <i64>load<u32>(indices));
  }
}

/** Zeros, then NaNs, in their order in the row. */
@inline function collectSpecial<K>(x: usize, sx: isize, n: usize, infinity: K, zeros: usize, nans: usize): void {
  const sign = signOf<K>();
  for (; n > 0; n--, x += sx) {
    const bits = load<K>(x);
    const magnitude = (bits & ~sign) as K;
    if (magnitude == 0) {
      store<K>(zeros, bits);
      zeros += sizeof<K>();
    } else if (magnitude > infinity) {
      store<K>(nans, bits);
      nans += sizeof<K>();
    }
  }
}

@inline function writeRun<K>(from: usize, out: usize, so: isize, first: u32, count: u32): void {
  out += <isize>first * so;
  for (; count > 0; count--, from += sizeof<K>(), out += so) store<K>(out, load<K>(from));
}

/** `out` and `indices` may each be 0, for no such result; `out` may be the row itself. */
@inline export function sortRow<K>(
  x: usize, sx: isize, out: usize, so: isize, indices: usize, si: isize, n: usize, work: usize, kind: i32,
  descending: bool,
): void {
  const histogram = work + countBytes;
  let keys = histogram + histogramBytes;
  let spareKeys = keys + roundUp(n * sizeof<K>());
  let order = spareKeys + roundUp(n * sizeof<K>());
  const spareOrder = order + roundUp(n * 4);
  const flip = descending ? allOnes<K>() : (0 as K);
  makeKeys<K>(x, sx, n, kind, flip, keys, work);
  if (indices != 0) countUp(order, n);
  if (sortKeys<K>(keys, indices != 0 ? order : 0, spareKeys, spareOrder, n, histogram)) {
    const sorted = spareKeys;
    spareKeys = keys;
    keys = sorted;
    order = spareOrder;
  }
  if (indices != 0) writeIndices(order, indices, si, n);
  if (out == 0) return;
  if (kind < 2) {
    const mask = ((kind == signedKind ? signOf<K>() : (0 as K)) ^ flip) as K;
    for (const end = keys + n * sizeof<K>(); keys < end; keys += sizeof<K>(), out += so) {
      store<K>(out, (load<K>(keys) ^ mask) as K);
    }
    return;
  }
  if (sizeof<K>() == 1) return;
  const nans = load<u32>(work);
  const zeros = load<u32>(work, 4);
  const special = nans != 0 || load<u32>(work, 8) != 0;
  if (special) collectSpecial<K>(x, sx, n, infinityBits<K>(kind), spareKeys, spareKeys + <usize>zeros * sizeof<K>());
  let target = out;
  for (const end = keys + n * sizeof<K>(); keys < end; keys += sizeof<K>(), target += so) {
    store<K>(target, floatBits<K>((load<K>(keys) ^ flip) as K));
  }
  if (!special) return;
  const negatives = load<u32>(work, 12);
  writeRun<K>(spareKeys, out, so, descending ? <u32>n - negatives - zeros : negatives, zeros);
  writeRun<K>(spareKeys + <usize>zeros * sizeof<K>(), out, so, descending ? 0 : <u32>n - nans, nans);
}

/** Numbers come first, then those with a NaN imaginary part, then a NaN real part, then both. */
@inline function nanRank<K>(real: K, imaginary: K): K {
  return (((real == allOnes<K>() ? 2 : 0) + (imaginary == allOnes<K>() ? 1 : 0)) as K);
}

/**
 * Complex rows in lexicographic order: stable sorts of the permutation by the imaginary part, the real part, and the
 * NaN rank. `row` is room for a copy of the row.
 */
@inline export function sortComplexRow<K>(
  x: usize, sx: isize, out: usize, so: isize, indices: usize, si: isize, n: usize, work: usize, row: usize,
  descending: bool,
): void {
  const histogram = work + countBytes;
  const keys = histogram + histogramBytes;
  const spareKeys = keys + roundUp(n * sizeof<K>());
  let order = spareKeys + roundUp(n * sizeof<K>());
  let spareOrder = order + roundUp(n * 4);
  const flip = descending ? allOnes<K>() : (0 as K);
  const infinity = infinityBits<K>(2);
  let anyNan = false;
  countUp(order, n);
  for (let i: usize = 0; i < n; i++, x += sx) {
    const real = load<K>(x);
    const imaginary = load<K>(x, sizeof<K>());
    store<K>(row + i * 2 * sizeof<K>(), real);
    store<K>(row + i * 2 * sizeof<K>(), imaginary, sizeof<K>());
    const key = floatKey<K>(imaginary, infinity);
    anyNan = anyNan || key == allOnes<K>() || floatKey<K>(real, infinity) == allOnes<K>();
    store<K>(keys + i * sizeof<K>(), (key ^ flip) as K);
  }
  for (let part = 0; part < 3; part++) {
    if (part == 1) {
      for (let i: usize = 0; i < n; i++) {
        const element = row + <usize>load<u32>(order + (i << 2)) * 2 * sizeof<K>();
        store<K>(keys + i * sizeof<K>(), (floatKey<K>(load<K>(element), infinity) ^ flip) as K);
      }
    } else if (part == 2) {
      if (!anyNan) break;
      for (let i: usize = 0; i < n; i++) {
        const element = row + <usize>load<u32>(order + (i << 2)) * 2 * sizeof<K>();
        const rank = nanRank<K>(
          floatKey<K>(load<K>(element), infinity), floatKey<K>(load<K>(element, sizeof<K>()), infinity));
        store<K>(keys + i * sizeof<K>(), (rank ^ flip) as K);
      }
    }
    if (sortKeys<K>(keys, order, spareKeys, spareOrder, n, histogram)) {
      const sorted = spareOrder;
      spareOrder = order;
      order = sorted;
    }
  }
  if (indices != 0) writeIndices(order, indices, si, n);
  if (out == 0) return;
  for (const end = order + n * 4; order < end; order += 4, out += so) {
    const element = row + <usize>load<u32>(order) * 2 * sizeof<K>();
    store<K>(out, load<K>(element));
    store<K>(out, load<K>(element, sizeof<K>()), sizeof<K>());
  }
}
