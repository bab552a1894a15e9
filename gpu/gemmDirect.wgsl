// A tile of a · b per workgroup without workgroup memory: every invocation reads what it multiplies. For devices whose
// workgroup memory and barriers cost more than reading twice. The driver declares what it does for gemm.wgsl, and
//   start(row, column)   finds the rows of a and the columns of b
//   multiply(k)          adds the products of one step along k

@compute @workgroup_size(THREAD_ROWS * THREAD_COLUMNS)
fn main(
  @builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let group = id.y * groups.x + id.x;
  if (group >= u32(param(0u))) { return; }
  let tile = tileOf(group);
  locate(tile.product);
  let begin = tile.part * u32(param(13u));
  let end = min(begin + u32(param(13u)), u32(param(3u)));
  let row = tile.row * TILE_ROWS + local / THREAD_COLUMNS * (TILE_ROWS / THREAD_ROWS);
  let column = tile.column * TILE_COLUMNS + local % THREAD_COLUMNS;
  start(row, column);
  for (var k = begin; k < end; k++) {
    multiply(i32(k));
  }
  store(resultPlace(tile.part), row, column);
}
