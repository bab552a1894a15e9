// Running results along lines, one line per invocation, each from the one before. The driver declares x, result and
//   alias Word                            an element
//   follow(a: Word, x: Word) -> Word      the result so far with one more element, reported where it does not fit
// Parameters: lines, elements of a line, steps along it in x and in result, then those of locate.

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let line = (group.y * groups.x + group.x) * 64u + local;
  if (line >= bitcast<u32>(param(0u))) { return; }
  locate(line);
  var source = place0;
  var goal = place1;
  var value = x[source];
  result[goal] = value;
  for (var rest = bitcast<u32>(param(1u)) - 1u; rest > 0u; rest--) {
    source += bitcast<u32>(param(2u));
    goal += bitcast<u32>(param(3u));
    value = follow(value, x[source]);
    result[goal] = value;
  }
}
