// Adds up what falls on one row of a table, in the order of the positions: they come sorted, and the invocations at the first of a run
// of equal ones, one for each element of a row, walk along it. The driver declares sorted (the positions), order (the numbers that they
// had), locate, whose places are those of an element within a row of the table and of the values, and
//   begin(place: u32) -> Sum, plus(sum: Sum, source: u32) -> Sum, finish(place: u32, sum: Sum)
// Parameters: how many positions, elements of a row, the steps from row to row of the table and of the values, then those of locate.

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 256u + local;
  let count = bitcast<u32>(param(0u));
  let width = bitcast<u32>(param(1u));
  var at = index / width;
  if (at >= count) { return; }
  let row = sorted[at];
  if (at > 0u && sorted[at - 1u] == row) { return; }
  locate(index - at * width);
  let place = place0 + row * bitcast<u32>(param(2u));
  let step = bitcast<u32>(param(3u));
  var sum = begin(place);
  while (at < count && sorted[at] == row) {
    sum = plus(sum, place1 + order[at] * step);
    at++;
  }
  finish(place, sum);
}
