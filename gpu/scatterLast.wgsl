// For every row of the table the last position that names it, counted from 1. The driver declares positions, and `last` with atomic
// words that are 0 before. Parameters: how many positions, then those of locate.

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 256u + local;
  if (index >= bitcast<u32>(param(0u))) { return; }
  locate(index);
  atomicMax(&last[positions[place0]], index + 1u);
}
