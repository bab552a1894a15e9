// One stage of Fourier transforms that lie side by side (Stockham's): so many numbers as the radix, which lie apart, are transformed,
// turned by their twiddles, and put where the next stage, or the result, has them; so many per invocation. The driver declares x, roots
// (those of the whole length), result, RADIX, SIGN (of the exponent) and
//   begin(at: u32, step: u32)     reads the numbers from a place on and transforms them
//   number(k: u32) -> vec2f       number k of what that gives
// Parameters: 0 invocations, 1 numbers side by side, 2 the length, 3 the product of the radices before, 4 how many transforms of the
// radix are left to each of them, 5 where x begins, 6 where result does, 7 the scale.

fn times(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

fn root(i: u32) -> vec2f {
  return vec2f(1.0, SIGN) * roots[i];
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let index = (group.y * groups.x + group.x) * 64u + local;
  if (index >= bitcast<u32>(param(0u))) { return; }
  let width = bitcast<u32>(param(1u));
  let length = bitcast<u32>(param(2u));
  let before = bitcast<u32>(param(3u));
  let left = bitcast<u32>(param(4u));
  let place = index / width % (before * left);
  let line = index / width / (before * left) * length;
  let row = place / before;
  begin(bitcast<u32>(param(5u)) + (line + place) * width + index % width, before * left * width);
  var at = bitcast<u32>(param(6u)) + (line + place + row * before * (RADIX - 1u)) * width + index % width;
  for (var k = 0u; k < RADIX; k++) {
    let i = row * k * before;
    let z = number(k);
    result[at] = select(times(z, root(i)), z, i == 0u) * bitcast<f32>(param(7u));
    at += before * width;
  }
}
