import { lanes, panelRows } from './fma';
import { complexVectorProduct, complexVectorWorkspace, vectorProduct, vectorWorkspace } from './gemv';
import { runTile } from './micro';
import { packColumns, packRows } from './pack';
import { packComplexColumns, packComplexRows } from './packComplex';

// C = A * B over any strides. A block of B and a block of A are packed into panels that stay in the caches, and the
// micro-kernel walks over them. S is the stored type (of a complex number: of its parts), P the type of the lanes,
// which is wider than S for 8-bit integers because WebAssembly has no 8-bit product.

const BLOCK_ROWS: usize = 96;
const BLOCK_DEPTH: usize = 256;
const BLOCK_COLUMN_BYTES: usize = 4096;
/** With few rows, a block of B is used so few times that it should not leave the second cache. */
const FEW_ROWS: usize = 48;
const FEW_ROWS_COLUMN_BYTES: usize = 1024;
/** With fewer still, a small B is read where it lies; with one panel of rows any B is, since packing reads it too. */
const LIGHT_ROWS: usize = 12;
const LIGHT_BYTES: usize = 16384;
/** With up to this many vectors, one product per vector costs less than tiles, while the matrix stays in the caches. */
const FEW_VECTORS: usize = 3;
const FEW_VECTORS_BYTES: u64 = 16 << 20;
const TILE_ROW_BYTES: usize = 64;
const TILE_BYTES: usize = 6 * TILE_ROW_BYTES;

let wideKernel = false;

/** Takes the tile of four vectors per row for floats, where the engine pairs 128-bit operations. */
export function setWideKernel(flag: i32): void {
  wideKernel = flag != 0;
}

// @ts-ignore: decorator
@inline
function panelColumnsOf<P>(): usize {
  return isFloat<P>() && wideKernel ? 4 * lanes<P>() : 2 * lanes<P>();
}

// @ts-ignore: decorator
@inline
function roundUp(n: usize, multiple: usize): usize {
  return (n + multiple - 1) / multiple * multiple;
}

// @ts-ignore: decorator
@inline
function packedRowsBytes<P>(m: usize, k: usize): usize {
  return roundUp(roundUp(min(m, BLOCK_ROWS), panelRows<P>()) * min(k, BLOCK_DEPTH) * sizeof<P>(), 64);
}

// @ts-ignore: decorator
@inline
function packedColumnsBytes<P>(n: usize, k: usize): usize {
  return roundUp(min(n, BLOCK_COLUMN_BYTES / sizeof<P>()) * sizeof<P>(), 64) * min(k, BLOCK_DEPTH);
}

/** Scratch bytes that `product` needs. */
// @ts-ignore: decorator
@inline
export function productWorkspace<P>(complex: bool, m: usize, n: usize, k: usize): usize {
  if (m == 0 || n == 0 || k == 0) return 0;
  if (complex) {
    m <<= 1;
    n <<= 1;
    k <<= 1;
  }
  // A product whose C is transposed swaps its operands, so both ways have to fit.
  const packed = max(
    packedRowsBytes<P>(m, k) + packedColumnsBytes<P>(n, k),
    packedRowsBytes<P>(n, k) + packedColumnsBytes<P>(m, k),
  );
  const longest = max(m, n);
  const vector = complex
    ? complexVectorWorkspace(longest >> 1, k >> 1, sizeof<P>())
    : vectorWorkspace(longest, k, sizeof<P>());
  return 64 + max(packed + TILE_BYTES, vector);
}

function clear<S>(m: usize, n: usize, c: usize, cRow: usize, cCol: usize): void {
  for (; m != 0; --m) {
    let p = c;
    for (let left = n; left != 0; --left) {
      store<S>(p, <S>0);
      p += cCol;
    }
    c += cRow;
  }
}

/** Moves a finished tile to where C lies: at edges, for C of any strides, and where the lanes are wider than C. */
// @ts-ignore: decorator
@inline
function storeTile<S, P>(
  complex: bool, rows: usize, columns: usize, tile: usize, c: usize, cRow: usize, cCol: usize, accumulate: bool,
): void {
  for (; rows != 0; --rows) {
    let from = tile;
    let to = c;
    for (let left = complex ? columns >> 1 : columns; left != 0; --left) {
      if (complex) {
        const re = load<P>(from);
        const im = load<P>(from, sizeof<P>());
        store<P>(to, accumulate ? <P>(load<P>(to) + re) : re);
        store<P>(to, accumulate ? <P>(load<P>(to, sizeof<P>()) + im) : im, sizeof<P>());
        from += 2 * sizeof<P>();
      } else {
        if (sizeof<P>() == 1) {
          const hit = <S>(load<P>(from) != 0);
          store<S>(to, accumulate ? load<S>(to) | hit : hit);
        } else {
          const sum = <S>load<P>(from);
          store<S>(to, accumulate ? <S>(load<S>(to) + sum) : sum);
        }
        from += sizeof<P>();
      }
      to += cCol;
    }
    tile += TILE_ROW_BYTES;
    c += cRow;
  }
}

/**
 * Packs a block of A. Where panels have six rows, seven or eight at the end become two panels of about four, because a
 * tile of one or two rows has too few sums in flight to hide the latency of an addition.
 */
// @ts-ignore: decorator
@inline
function packBlock<S, P>(complex: bool, a: usize, aRow: usize, aCol: usize, m: usize, k: usize, to: usize): void {
  const panel = panelRows<P>();
  const rest = m % panel;
  const head = panel == 6 && m > panel && (rest == 1 || rest == 2) ? m - rest - panel : m;
  const panelBytes = panel * sizeof<P>() * k;
  for (let done: usize = 0; done < m;) {
    const rows = done < head ? head : done == head ? <usize>4 : m - done;
    if (complex) packComplexRows<P>(a, aRow, aCol, rows, k >> 1, to);
    else packRows<S, P>(a, aRow, aCol, rows, k, to);
    a += rows * aRow;
    to += done < head ? head / panel * panelBytes : panelBytes;
    done += rows;
  }
}

/**
 * A block of C, `m` by `n` lanes, from a packed block of A and panels of B, of which one is `panel` bytes from the next and every step of k
 * `bStep` from the one before. C is written directly where its rows are contiguous. `spare` has room for a tile.
 */
function multiplyPanels<S, P>(
  complex: bool, m: usize, n: usize, k: usize, a: usize, b: usize, panel: usize, bStep: usize, c: usize, cRow: usize, cCol: usize,
  accumulate: bool, spare: usize,
): void {
  const parts: usize = complex ? 2 : 1;
  const panelColumns = panelColumnsOf<P>();
  const rowStep = panelRows<P>() * sizeof<P>();
  const dense = sizeof<S>() == sizeof<P>() && sizeof<P>() > 1 && cCol == parts * sizeof<S>();
  for (let jr: usize = 0; jr < n; jr += panelColumns) {
    const columns = min(n - jr, panelColumns);
    let vectors = (columns + lanes<P>() - 1) / lanes<P>();
    if (vectors > 2) vectors = 4;
    const whole = dense && columns == vectors * lanes<P>();
    let aPanel = a;
    let cTile = c + (jr / parts) * cCol;
    for (let left = m; left != 0;) {
      const rows = left == 7 || left == 8 ? <usize>4 : min(left, panelRows<P>());
      if (whole && (rows & 1) == 0) {
        runTile<P>(rows, vectors, k, aPanel, rowStep, b, bStep, cTile, cRow, accumulate);
      } else {
        runTile<P>(rows, vectors, k, aPanel, rowStep, b, bStep, spare, TILE_ROW_BYTES, false);
        storeTile<S, P>(complex, rows, columns, spare, cTile, cRow, cCol, accumulate);
      }
      aPanel += k * rowStep;
      cTile += rows * cRow;
      left -= rows;
    }
    b += panel;
  }
}

/** Bytes of a row of a panel of B, for who packs panels by himself. */
// @ts-ignore: decorator
@inline
export function panelBytes<P>(): usize {
  return panelColumnsOf<P>() * sizeof<P>();
}

/** A block of C, m by n with contiguous rows, from panels that others have packed as this module does. */
// @ts-ignore: decorator
@inline
export function packedProduct<P>(
  m: usize, n: usize, k: usize, a: usize, b: usize, c: usize, cRow: usize, accumulate: bool, spare: usize,
): void {
  const bStep = panelBytes<P>();
  multiplyPanels<P, P>(false, m, n, k, a, b, bStep * k, bStep, c, cRow, sizeof<P>(), accumulate, spare);
}

/** The blocked product; m, n, k count elements. */
// @ts-ignore: decorator
@inline
function blockedProduct<S, P>(
  complex: bool, m: usize, n: usize, k: usize,
  a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize, c: usize, cRow: usize, cCol: usize,
  workspace: usize,
): void {
  // From here on, n and k count lanes: a complex number is two of them.
  const parts: usize = complex ? 2 : 1;
  n *= parts;
  k *= parts;
  const wide = isFloat<P>() && wideKernel;
  const panelColumns = panelColumnsOf<P>();
  const packedA = (workspace + 63) & ~63;
  const tile = packedA + packedRowsBytes<P>(m, k);
  const packedB = tile + TILE_BYTES;
  const mayStay = !complex && sizeof<S>() == sizeof<P>() && bCol == sizeof<S>() && m <= LIGHT_ROWS;
  const columnBlock = (m <= FEW_ROWS ? FEW_ROWS_COLUMN_BYTES : BLOCK_COLUMN_BYTES) / sizeof<P>();
  const rowBytes = panelColumns * sizeof<P>();

  for (let jc: usize = 0; jc < n; jc += columnBlock) {
    const nc = min(n - jc, columnBlock);
    for (let pc: usize = 0; pc < k; pc += BLOCK_DEPTH) {
      const kc = min(k - pc, BLOCK_DEPTH);
      const accumulate = pc != 0;
      const bBlock = b + (pc / parts) * bRow + (jc / parts) * bCol;
      const stays = mayStay && (m <= panelRows<P>() || kc * nc * sizeof<P>() <= LIGHT_BYTES);
      const unpacked = stays ? nc - nc % panelColumns : 0;
      if (complex) {
        packComplexColumns<P>(wide ? 64 : 32, bBlock, bCol, bRow, nc >> 1, kc >> 1, packedB);
      } else if (unpacked < nc) {
        packColumns<S, P>(wide, bBlock + unpacked * bCol, bCol, bRow, nc - unpacked, kc, packedB);
      }
      for (let ic: usize = 0; ic < m; ic += BLOCK_ROWS) {
        const mc = min(m - ic, BLOCK_ROWS);
        const aBlock = a + ic * aRow + (pc / parts) * aCol;
        packBlock<S, P>(complex, aBlock, aRow, aCol, mc, kc, packedA);
        const cBlock = c + ic * cRow + (jc / parts) * cCol;
        multiplyPanels<S, P>(complex, mc, unpacked, kc, packedA, bBlock, rowBytes, bRow, cBlock, cRow, cCol, accumulate, tile);
        multiplyPanels<S, P>(
          complex, mc, nc - unpacked, kc, packedA, packedB, rowBytes * kc, rowBytes,
          cBlock + (unpacked / parts) * cCol, cRow, cCol, accumulate, tile);
      }
    }
  }
}

/** Whether `vectors` vectors times a matrix of k by n are best taken one by one. */
// @ts-ignore: decorator
@inline
function vectorsFit<S>(complex: bool, vectors: usize, n: usize, k: usize, mRow: usize, mCol: usize): bool {
  const size: usize = complex ? 2 * sizeof<S>() : sizeof<S>();
  // Some stride has to be that of a neighbour, and of a matrix of one column only the one along it counts.
  const fits = mRow == size || (mCol == size && (n != 1 || !complex));
  return fits && (vectors == 1 || <u64>n * <u64>k <= FEW_VECTORS_BYTES / size);
}

/** C = A * B. Strides are in bytes and of any sign; C is overwritten and must not overlap A or B. */
// @ts-ignore: decorator
@inline
export function product<S, P>(
  complex: bool, m: usize, n: usize, k: usize,
  a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize, c: usize, cRow: usize, cCol: usize,
  workspace: usize,
): void {
  const size: usize = complex ? 2 * sizeof<S>() : sizeof<S>();
  if (m == 0 || n == 0) return;
  if (k == 0) {
    clear<S>(m, n, c, cRow, cCol);
    if (complex) clear<S>(m, n, c + sizeof<S>(), cRow, cCol);
    return;
  }
  if (sizeof<S>() > 1) {
    if ((m == 1 && !complex) || (m <= FEW_VECTORS && vectorsFit<S>(complex, m, n, k, bRow, bCol))) {
      for (; m != 0; --m) {
        if (complex) complexVectorProduct<S>(n, k, a, aCol, b, bRow, bCol, c, cCol, workspace);
        else vectorProduct<S>(n, k, a, aCol, b, bRow, bCol, c, cCol, workspace);
        a += aRow;
        c += cRow;
      }
      return;
    }
    if ((n == 1 && !complex) || (n <= FEW_VECTORS && vectorsFit<S>(complex, n, m, k, aCol, aRow))) {
      for (; n != 0; --n) {
        if (complex) complexVectorProduct<S>(m, k, b, bRow, a, aCol, aRow, c, cRow, workspace);
        else vectorProduct<S>(m, k, b, bRow, a, aCol, aRow, c, cRow, workspace);
        b += bCol;
        c += cCol;
      }
      return;
    }
  }
  if (cCol != size && cRow == size) {
    // The transposed problem, whose C has contiguous rows.
    let t = m;
    m = n;
    n = t;
    t = a;
    a = b;
    b = t;
    t = aRow;
    aRow = bCol;
    bCol = t;
    t = aCol;
    aCol = bRow;
    bRow = t;
    cRow = cCol;
    cCol = size;
  }
  blockedProduct<S, P>(complex, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}
