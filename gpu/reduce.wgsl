// Folds the elements along some axes. The driver declares `result`, the alias Total, LANES (invocations that share a
// result: 1, 16 or 256), and
//   begin(): Total                                   the fold of nothing
//   combine(a: Total, b: Total) -> Total
//   seek(target: u32)                                 finds the elements of a result
//   fetch(i: u32) -> Total                            its element number i
//   finish(target: u32, slice: u32, total: Total)     writes it
// A result's elements are folded in slices, each its own result, so that few results keep the GPU busy and sums are of sums.
// Parameters: 0 results, 1 elements of each, 2 slices of each, 3 elements of a slice.

var<workgroup> totals: array<Total, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let lane = local % LANES;
  let number = (group.y * groups.x + group.x) * (256u / LANES) + local / LANES;
  let slices = u32(param(2u));
  let alive = number < u32(param(0u)) * slices;
  let owner = number / slices;
  let slice = number % slices;
  var total = begin();
  if (alive) {
    seek(owner);
    let start = slice * u32(param(3u));
    let end = min(start + u32(param(3u)), u32(param(1u)));
    for (var i = start + lane; i < end; i += LANES) { total = combine(total, fetch(i)); }
  }
  if (LANES > 1u) {
    totals[local] = total;
    // Sixteen at a time: a few steps in a row cost less than many barriers.
    for (var step = 1u; step < LANES; step *= 16u) {
      workgroupBarrier();
      if (lane % (step * 16u) == 0u) {
        for (var i = 1u; i < 16u; i++) { total = combine(total, totals[local + i * step]); }
        totals[local] = total;
      }
    }
  }
  if (alive && lane == 0u) { finish(owner, slice, total); }
}
