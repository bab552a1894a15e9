// Puts or adds elements of `values` to the rows that positions name, one element per invocation. The driver declares positions, locate,
// whose places are those of the position, of the element within a row, of the value and the position's number, and
//   wanted(row: u32, number: u32) -> bool         whether this position's value counts
//   put(place: u32, source: u32)                  moves the element
// Parameters: how many elements, the step from row to row, then those of locate.

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 256u + local;
  if (index >= bitcast<u32>(param(0u))) { return; }
  locate(index);
  let row = positions[place0];
  if (wanted(row, place3)) { put(place1 + row * bitcast<u32>(param(1u)), place2); }
}
