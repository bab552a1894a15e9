// Element by element, four results per invocation, where everything lies in words one after the other. The driver declares
// `result` with words of four elements, and
//   elements(index: u32)   computes results 4 · index to 4 · index + 3
// Parameters: 0 fours of results, 2 where they begin, in fours.

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 64u + local;
  if (index < u32(param(0u))) { result[index + u32(param(2u))] = elements(index); }
}
