// What the kernels of matrix products share: which part of which product a workgroup computes. Parameters: 0 workgroups,
// 1 m, 2 n, 3 k, 4 and 5 the strides of a along m and k, 6 and 7 those of b along n and k, 8 and 9 those of the result
// along m and n, 10 and 11 tiles along m and n, 12 products, 13 the depth of a part, 14 the result's stride from part to
// part, 15 and on what `locate` reads: place0, place1 and place2 are where a, b and the result start.

struct Tile {
  row: u32,
  column: u32,
  product: u32,
  part: u32,
}

// Workgroups run through the tiles of a row, then the rows, then the products, then the parts that k is split into.
fn tileOf(group: u32) -> Tile {
  let columns = u32(param(11u));
  let rows = u32(param(10u));
  let products = u32(param(12u));
  let line = group / columns;
  let product = line / rows;
  let part = product / products;
  return Tile(line - product * rows, group - line * columns, product - part * products, part);
}

fn resultPlace(part: u32) -> i32 {
  return i32(place2) + i32(part) * param(14u);
}

// The kernel declares WORKERS, its invocations, and `work`, which computes a tile over a part of k.
@compute @workgroup_size(WORKERS)
fn main(
  @builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let group = id.y * groups.x + id.x;
  if (group >= u32(param(0u))) { return; }
  let tile = tileOf(group);
  locate(tile.product);
  let begin = tile.part * u32(param(13u));
  work(tile, begin, min(begin + u32(param(13u)), u32(param(3u))), local);
}
