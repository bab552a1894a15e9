// Complex numbers, where kernels that are not written from an expression have to do with them.

fn flambeau_truthy_c64(z: vec2f) -> bool {
  return flambeau_truthy(z.x) || flambeau_truthy(z.y);
}

fn flambeau_isnan_c64(z: vec2f) -> bool {
  return flambeau_isnan(z.x) || flambeau_isnan(z.y);
}

// Each product is rounded by itself, as on the CPU.
fn flambeau_mul_c64(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(
    flambeau_hold(a.x * b.x) - flambeau_hold(a.y * b.y),
    flambeau_hold(a.x * b.y) + flambeau_hold(a.y * b.x));
}

// By the real parts, and by the imaginary ones where these are equal.
fn flambeau_before_c64(a: vec2f, b: vec2f) -> bool {
  return a.x < b.x || (a.x == b.x && a.y < b.y);
}

fn flambeau_minimum_c64(a: vec2f, b: vec2f) -> vec2f {
  if (flambeau_isnan_c64(a)) { return a; }
  if (flambeau_isnan_c64(b) || flambeau_before_c64(b, a)) { return b; }
  return a;
}

fn flambeau_maximum_c64(a: vec2f, b: vec2f) -> vec2f {
  if (flambeau_isnan_c64(a)) { return a; }
  if (flambeau_isnan_c64(b) || flambeau_before_c64(a, b)) { return b; }
  return a;
}
