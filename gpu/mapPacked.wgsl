// Element by element where results share words and lie one after the other: one word per invocation, so that no two
// write the same one. The driver declares `result`, LANES (elements of a word), `element` as for map.wgsl and
//   packed(index: u32) -> u32   result number `index` as the bits of its lane

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let count = bitcast<u32>(param(0u));
  let start = bitcast<u32>(param(2u));
  let word = start / LANES + (group.y * groups.x + group.x) * 256u + local;
  if (word > (start + count - 1u) / LANES) { return; }
  let width = 32u / LANES;
  let ones = 0xffffffffu >> (32u - width);
  var bits = 0u;
  var mask = 0u;
  for (var lane = 0u; lane < LANES; lane++) {
    let position = word * LANES + lane;
    if (position >= start && position < start + count) {
      bits |= packed(position - start) << (lane * width);
      mask |= ones << (lane * width);
    }
  }
  if (mask == 0xffffffffu) { result[word] = bits; } else { result[word] = (result[word] & ~mask) | bits; }
}
