// A tile of a · b per workgroup: panels of both, DEPTH deep, go through workgroup memory, and every invocation keeps
// the sums of some rows and columns of the tile in registers. The driver declares
//   THREAD_ROWS, THREAD_COLUMNS, TILE_ROWS, TILE_COLUMNS   how many invocations and elements a tile has
//   fetchA, fetchB(line, k, end, local)   bring this invocation's part of the panels from depth k on into registers
//   stageA, stageB(half, local)           put it into one half of the workgroup's memory
//   multiply(half, d, row, column)        adds the products of one step along k
//   store(place, row, column)             writes the sums

const WORKERS = THREAD_ROWS * THREAD_COLUMNS;

fn work(tile: Tile, begin: u32, end: u32, local: u32) {
  let row = tile.row * TILE_ROWS;
  let column = tile.column * TILE_COLUMNS;
  let threadRow = local / THREAD_COLUMNS;
  let threadColumn = local % THREAD_COLUMNS;
  fetchA(row, begin, end, local);
  fetchB(column, begin, end, local);
  stageA(0u, local);
  stageB(0u, local);
  workgroupBarrier();
  // The next panels are on their way while these are multiplied, and go into the other half: one barrier a step.
  var half = 0u;
  for (var k = begin; k < end; k += DEPTH) {
    let more = k + DEPTH < end;
    if (more) {
      fetchA(row, k + DEPTH, end, local);
      fetchB(column, k + DEPTH, end, local);
    }
    for (var d = 0u; d < DEPTH; d++) {
      multiply(half, d, threadRow, threadColumn);
    }
    half = 1u - half;
    if (more) {
      stageA(half, local);
      stageB(half, local);
    }
    workgroupBarrier();
  }
  store(resultPlace(tile.part), row + threadRow * 4u, column + threadColumn * 4u);
}
