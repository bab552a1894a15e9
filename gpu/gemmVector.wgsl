// A matrix times VECTORS vectors: LANES invocations share the sums of a line of the matrix (or of four lines, where these
// lie next to each other) and add them up in workgroup memory, in one order. The driver declares
//   LINES, LANES               invocations side by side along m, and along k
//   ALONG_K                    whether neighbours read along k, and quads lie along it
//   gather(line, lane, begin, end)   multiplies this invocation's share of k
//   total(vector) -> Quad      what it has: of four lines for one vector, or of one line for all vectors (vector is 0)
//   write(place, line, vector, sums)

var<workgroup> totals: array<Quad, LINES * LANES>;

const WORKERS = LINES * LANES;

fn work(tile: Tile, begin: u32, end: u32, local: u32) {
  let lane = select(local / LINES, local % LANES, ALONG_K);
  let column = select(local % LINES, local / LANES, ALONG_K);
  let line = (tile.row * LINES + column) * select(4u, 1u, ALONG_K);
  let apart = select(LINES, 1u, ALONG_K);
  gather(line, lane, begin, end);
  for (var vector = 0u; vector < select(VECTORS, 1u, ALONG_K); vector++) {
    var sums = total(vector);
    if (LANES > 1u) {
      totals[local] = sums;
      for (var width = LANES / 2u; width > 0u; width /= 2u) {
        workgroupBarrier();
        if (lane < width) {
          sums = plus(sums, totals[local + width * apart]);
          totals[local] = sums;
        }
      }
      workgroupBarrier();
    }
    if (lane == 0u) { write(resultPlace(tile.part), line, vector, sums); }
  }
}
