// Element by element, one result per invocation. The driver declares `result`, and
//   element(index: u32)              computes result number `index` in row-major order
//   destination(index: u32) -> u32   its place in the buffer, asked after `element`

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 256u + local;
  if (index >= bitcast<u32>(param(0u))) { return; }
  let value = element(index);
  result[destination(index)] = value;
}
