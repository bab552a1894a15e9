// A matrix times VECTORS vectors: LANES invocations share the sums of a line of the matrix (or of four lines, where these
// lie next to each other) and add them up in workgroup memory, in one order. The driver declares
//   LINES, LANES               invocations side by side along m, and along k
//   ALONG_K                    whether neighbours read along k, and quads lie along it
//   gather(line, lane, begin, end)   multiplies this invocation's share of k
//   total(vector) -> Quad      what it has: of four lines for one vector, or of one line for all vectors (vector is 0)
//   write(place, line, vector, sums)

var<workgroup> totals: array<Quad, LINES * LANES>;

@compute @workgroup_size(LINES * LANES)
fn main(
  @builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let group = id.y * groups.x + id.x;
  if (group >= u32(param(0u))) { return; }
  let tile = tileOf(group);
  locate(tile.product);
  let begin = tile.part * u32(param(13u));
  let end = min(begin + u32(param(13u)), u32(param(3u)));
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
