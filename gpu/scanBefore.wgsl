// What comes before a block of gpu/scan.wgsl: every workgroup joins the totals of the line's blocks up to its own.

fn before(block: u32, first: u32, local: u32) -> State {
  var sum = none();
  for (var i = first + local; i < block; i += 64u) { sum = join(sum, totals[i]); }
  sums[local] = sum;
  workgroupBarrier();
  if (local < 8u) {
    for (var i = local + 8u; i < 64u; i += 8u) { sums[local] = join(sums[local], sums[i]); }
  }
  workgroupBarrier();
  sum = sums[0];
  for (var i = 1u; i < 8u; i++) { sum = join(sum, sums[i]); }
  workgroupBarrier();
  return sum;
}
