// A tile of a · b per workgroup without workgroup memory: every invocation reads what it multiplies. For devices whose
// workgroup memory and barriers cost more than reading twice. The driver declares what it does for gemm.wgsl, and
//   start(row, column)   finds the rows of a and the columns of b
//   multiply(k)          adds the products of one step along k

const WORKERS = THREAD_ROWS * THREAD_COLUMNS;

fn work(tile: Tile, begin: u32, end: u32, local: u32) {
  let row = tile.row * TILE_ROWS + local / THREAD_COLUMNS * (TILE_ROWS / THREAD_ROWS);
  let column = tile.column * TILE_COLUMNS + local % THREAD_COLUMNS;
  start(row, column);
  for (var k = begin; k < end; k++) {
    multiply(i32(k));
  }
  store(resultPlace(tile.part), row, column);
}
