// Merges neighbouring sorted runs of a row in pairs, equal keys in the order of their runs; an invocation finds 8 results by
// itself. The driver declares `runs` (pairs of a key and a position, row after row) and deliver as for gpu/sortTile.wgsl.
// Parameters: rows, elements of a row, the length of a run (a multiple of 8), invocations for a row, then as for
// gpu/sortTile.wgsl.

const ITEMS = 8u;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 64u + local;
  let parts = bitcast<u32>(param(3u));
  let row = index / parts;
  if (row >= bitcast<u32>(param(0u))) { return; }
  let n = bitcast<u32>(param(1u));
  let length = bitcast<u32>(param(2u));
  let first = (index - row * parts) * ITEMS;
  // Runs a and b, of which these results follow `done` others; how many of those come from a, by bisection.
  let start = first / (2u * length) * (2u * length);
  let lengthA = min(length, n - start);
  let lengthB = min(length, n - start - lengthA);
  let startA = row * n + start;
  let startB = startA + lengthA;
  let end = startB + lengthB;
  let done = first - start;
  var low = done - min(done, lengthB);
  var high = min(done, lengthA);
  while (low < high) {
    let middle = (low + high) / 2u;
    if (runs[startA + middle].x <= runs[startB + done - 1u - middle].x) { low = middle + 1u; } else { high = middle; }
  }
  var a = startA + low;
  var b = startB + done - low;
  for (var rank = first; rank < min(first + ITEMS, n); rank++) {
    let takeA = b >= end || (a < startB && runs[a].x <= runs[b].x);
    let pair = runs[select(b, a, takeA)];
    if (takeA) { a++; } else { b++; }
    deliver(row, rank, pair.x, pair.y);
  }
}
