// A tile of a matrix product per workgroup, whose factors are read from where images and weights lie: gemm.wgsl is for what lies in a
// matrix. Panels of both go through workgroup memory, and every invocation keeps 4 by 4 sums. The driver declares a, b and result, and
//   factorA(row, depth), factorB(depth, column) -> f32   read a factor; both places are within the product
//   resultPlace(row, column) -> u32                      where a sum goes
//   addend(row) -> f32                                   what it begins with
// `group` is the group of channels of a workgroup. Parameters: 0 workgroups, 1 rows, 2 columns,
// 3 the depth, 4 and 5 tiles along rows and columns, 6 groups, 7 the depth of a part, 8 elements of a part's result, 9 and on are the
// driver's.

const SIDE = 64u;
const THREADS = 16u;
const DEPTH = 8u;

var<workgroup> panelA: array<array<f32, SIDE>, DEPTH>;
var<workgroup> panelB: array<array<f32, SIDE>, DEPTH>;
var<private> group: u32;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = id.y * groups.x + id.x;
  if (index >= u32(param(0u))) { return; }
  let line = index / u32(param(5u));
  let column = (index - line * u32(param(5u))) * SIDE;
  let block = line / u32(param(4u));
  let row = (line - block * u32(param(4u))) * SIDE;
  let part = block / u32(param(6u));
  group = block - part * u32(param(6u));
  let rows = u32(param(1u));
  let columns = u32(param(2u));
  let begin = part * u32(param(7u));
  let end = min(begin + u32(param(7u)), u32(param(3u)));
  let threadRow = local / THREADS * 4u;
  let threadColumn = local % THREADS * 4u;
  var sums: array<vec4f, 4>;
  for (var k = begin; k < end; k += DEPTH) {
    for (var i = local; i < SIDE * DEPTH; i += THREADS * THREADS) {
      let place = i % SIDE;
      let depth = i / SIDE;
      // Rows of a follow one another by the depth, columns of b by themselves.
      let placeA = i / DEPTH;
      let depthA = i % DEPTH;
      var x = 0.0;
      if (row + placeA < rows && k + depthA < end) { x = factorA(row + placeA, k + depthA); }
      panelA[depthA][placeA] = x;
      var y = 0.0;
      if (column + place < columns && k + depth < end) { y = factorB(k + depth, column + place); }
      panelB[depth][place] = y;
    }
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let y = vec4f(
        panelB[d][threadColumn], panelB[d][threadColumn + 1u], panelB[d][threadColumn + 2u], panelB[d][threadColumn + 3u]);
      for (var i = 0u; i < 4u; i++) { sums[i] += panelA[d][threadRow + i] * y; }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      if (row + threadRow + i < rows && column + threadColumn + j < columns) {
        result[resultPlace(row + threadRow + i, column + threadColumn + j) + part * u32(param(8u))] =
          sums[i][j] + addend(row + threadRow + i);
      }
    }
  }
}
