// Element by element where results share words and lie anywhere: each invocation changes its own bits of a word.
// The driver declares `result` with atomic words, LANES, and `packed` and `destination` as for map.wgsl and mapPacked.wgsl.

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 256u + local;
  if (index >= bitcast<u32>(param(0u))) { return; }
  let bits = packed(index);
  let position = destination(index);
  let shift = (position % LANES) * (32u / LANES);
  atomicAnd(&result[position / LANES], ~((0xffffffffu >> (32u - 32u / LANES)) << shift));
  atomicOr(&result[position / LANES], bits << shift);
}
