import { areNeighbours, offset } from './offsets';
import { thinProduct } from './thin';

// A matrix product whose operands and result lie anywhere: element (i, k) of A is at aRows[i] + aDepth[k], element (k, j) of B at
// bDepth[k] + bColumns[j], element (i, j) of C at cRows[i] + cColumns[j], each beyond its base. So an image stands for the matrix of its
// windows without being copied into one: blocks are packed from where they are. The panels are multiplied by the module of matrix
// products, which is called through the table.

const BLOCK_ROWS: usize = 96;
const BLOCK_DEPTH: usize = 256;
/** Bytes of a block of C, and the fewest and the most columns of one. */
const BLOCK_BYTES: usize = 262144;
const FEWEST_COLUMNS: usize = 64;
const MOST_COLUMNS: usize = 512;
/** The largest panel of rows, and a tile of the product. */
const LARGEST_PANEL: usize = 6;
const TILE_BYTES: usize = 384;

// @ts-ignore: decorator
@inline
function roundUp(n: usize, multiple: usize): usize {
  return (n + multiple - 1) / multiple * multiple;
}

// @ts-ignore: decorator
@inline
function columnsOfBlock<T>(m: usize, n: usize): usize {
  const fitting = max(FEWEST_COLUMNS, min(MOST_COLUMNS, BLOCK_BYTES / (m * sizeof<T>()) & ~15));
  return min(fitting, roundUp(n, 16));
}

// @ts-ignore: decorator
@inline
function packedRowsBytes<T>(m: usize, k: usize): usize {
  return roundUp((min(m, BLOCK_ROWS) + 2 * LARGEST_PANEL) * min(k, BLOCK_DEPTH) * sizeof<T>(), 64);
}

// @ts-ignore: decorator
@inline
export function gatheredWorkspace<T>(m: usize, n: usize, k: usize): usize {
  const columns = columnsOfBlock<T>(max<usize>(m, 1), n);
  return 64 + TILE_BYTES + packedRowsBytes<T>(m, k) + columns * min(k, BLOCK_DEPTH) * sizeof<T>() + columns * m * sizeof<T>();
}

/** Panels of `width` rows, where six would leave one or two at the end four and the rest, as the product expects. */
// @ts-ignore: decorator
@inline
function packRows<T>(width: usize, a: usize, rows: usize, depth: usize, m: usize, k: usize, to: usize): void {
  const step = width * sizeof<T>();
  for (let left = m; left != 0;) {
    const here = left == 7 || left == 8 ? <usize>4 : min(left, width);
    if (here < width && (here & 1) != 0) memory.fill(to, 0, step * k);
    for (let i: usize = 0; i < here; ++i) {
      const from = a + offset(rows, i);
      let q = to + i * sizeof<T>();
      for (let p: usize = 0; p < k; ++p) {
        store<T>(q, load<T>(from + offset(depth, p)));
        q += step;
      }
    }
    rows += here << 2;
    to += step * k;
    left -= here;
  }
}

/** Panels of `step` bytes a row, filled up with zeros. */
// @ts-ignore: decorator
@inline
function packColumns<T>(step: usize, b: usize, depth: usize, columns: usize, n: usize, k: usize, to: usize): void {
  const lanes: usize = 16 / sizeof<T>();
  const width = step / sizeof<T>();
  while (n != 0) {
    const here = min(n, width);
    if (here < width) memory.fill(to, 0, step * k);
    let q = to;
    for (let left = here; left != 0;) {
      if (left >= lanes && areNeighbours<T>(columns)) {
        const from = b + offset(columns, 0);
        let r = q;
        for (let p: usize = 0; p < k; ++p) {
          v128.store(r, v128.load(from + offset(depth, p)));
          r += step;
        }
        q += 16;
        columns += lanes << 2;
        left -= lanes;
      } else {
        const from = b + offset(columns, 0);
        let r = q;
        for (let p: usize = 0; p < k; ++p) {
          store<T>(r, load<T>(from + offset(depth, p)));
          r += step;
        }
        q += sizeof<T>();
        columns += 4;
        --left;
      }
    }
    to += step * k;
    n -= here;
  }
}

/** Moves rows of a finished block to where C lies. */
// @ts-ignore: decorator
@inline
function storeBlock<T>(
  block: usize, row: usize, m: usize, n: usize, c: usize, rows: usize, columns: usize, bias: usize, accumulate: bool,
): void {
  const lanes: usize = 16 / sizeof<T>();
  for (let i: usize = 0; i < m; ++i) {
    const to = c + offset(rows, i);
    const start = bias != 0 ? load<T>(bias + offset(rows, i + m)) : <T>0;
    const starts = v128.splat<T>(start);
    let p = block;
    for (let j: usize = 0; j < n;) {
      const q = to + offset(columns, j);
      if (n - j >= lanes && areNeighbours<T>(columns + (j << 2))) {
        v128.store(q, v128.add<T>(v128.load(p), accumulate ? v128.load(q) : starts));
        p += 16;
        j += lanes;
      } else {
        store<T>(q, load<T>(p) + (accumulate ? load<T>(q) : start));
        p += sizeof<T>();
        ++j;
      }
    }
    block += row;
  }
}

/**
 * C = bias + A · B, or C + A · B. `aRows`, `cRows`, and after these `m` offsets of the bias, have an entry for each row. `product` is the place
 * of packedProduct in the table, whose panels have so many rows and so many bytes of columns.
 */
export function gatheredProduct<T>(
  product: u32, panelRows: usize, panelBytes: usize, m: usize, n: usize, k: usize, a: usize, aRows: usize, aDepth: usize,
  b: usize, bDepth: usize, bColumns: usize, c: usize, cRows: usize, cColumns: usize, bias: usize, accumulate: bool, workspace: usize,
): void {
  if (m == 1) {
    const start = bias != 0 ? load<T>(bias + offset(cRows, 1)) : <T>0;
    thinProduct<T>(n, k, a + offset(aRows, 0), aDepth, b, bDepth, bColumns, c + offset(cRows, 0), cColumns, start, accumulate);
    return;
  }
  const tile = (workspace + 63) & ~63;
  const packedA = tile + TILE_BYTES;
  const packedB = packedA + packedRowsBytes<T>(m, k);
  const columns = columnsOfBlock<T>(m, n);
  const block = packedB + columns * min(k, BLOCK_DEPTH) * sizeof<T>();
  const row = columns * sizeof<T>();
  for (let jc: usize = 0; jc < n; jc += columns) {
    const nc = min(n - jc, columns);
    if (k == 0) memory.fill(block, 0, m * row);
    for (let pc: usize = 0; pc < k; pc += BLOCK_DEPTH) {
      const kc = min(k - pc, BLOCK_DEPTH);
      packColumns<T>(panelBytes, b, bDepth + (pc << 2), bColumns + (jc << 2), nc, kc, packedB);
      for (let ic: usize = 0; ic < m; ic += BLOCK_ROWS) {
        const mc = min(m - ic, BLOCK_ROWS);
        packRows<T>(panelRows, a, aRows + (ic << 2), aDepth + (pc << 2), mc, kc, packedA);
        call_indirect<void>(product, mc, nc, kc, packedA, packedB, block + ic * row, row, <usize>(pc != 0), tile);
      }
    }
    storeBlock<T>(block, row, m, nc, c, cRows, cColumns + (jc << 2), bias, accumulate);
  }
}
