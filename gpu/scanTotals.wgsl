// What each block of a line comes to, for gpu/scan.wgsl, whose parameters and functions these are. The driver declares x and totals.

const TILE = 1024u;

var<workgroup> sums: array<State, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  let blocks = bitcast<u32>(param(4u));
  let line = block / blocks;
  if (line >= bitcast<u32>(param(0u))) { return; }
  let stepX = bitcast<u32>(param(2u));
  let length = bitcast<u32>(param(5u)) * TILE;
  let start = (block - line * blocks) * length;
  let end = min(start + length, bitcast<u32>(param(1u)));
  locate(line);
  var sum = none();
  for (var i = start + local; i < end; i += 64u) { sum = join(sum, stateOf(x[place0 + i * stepX])); }
  sums[local] = sum;
  workgroupBarrier();
  if (local < 8u) {
    for (var i = local + 8u; i < 64u; i += 8u) { sums[local] = join(sums[local], sums[i]); }
  }
  workgroupBarrier();
  if (local == 0u) {
    sum = sums[0];
    for (var i = 1u; i < 8u; i++) { sum = join(sum, sums[i]); }
    totals[block] = sum;
  }
}
