// The error function and its complement.

// erf(x) for |x| < 0.92; eight times that first, since parts of the smallest would vanish.
fn flambeau_erfSeries(x: f32) -> f32 {
  let z = x * x;
  let p = 0.12837917 + z * (-0.3761263 + z * (0.11283626 + z * (-0.026855726 + z * (0.0051923697 + z * (-0.00080490747
    + z * 0.00007992351)))));
  return 0.125 * (8.0 * x + flambeau_hold(8.0 * x * p));
}

fn flambeau_erf(x: f32) -> f32 {
  // Further out 1 - exp(-q), where q is smooth; from 3.95 on the result is 1.
  let a = min(abs(x), 3.95);
  let q = 0.0001985666 + a * (1.1276637 + a * (0.63720214 + a * (0.10391431 + a * (-0.022218714 + a * (0.0030412022
    + a * -0.00019573777)))));
  let value = select(1.0 - flambeau_exp(-q), flambeau_erfSeries(x), abs(x) < 0.921875);
  return select(flambeau_copysign(value, x), x, flambeau_isnan(x));
}

// From 3/4 on exp(-x²) / (1 + 2 x) times a series in (x - 2) / (x + 2); less than 2^-126 from 9.3 on.
fn flambeau_erfc(x: f32) -> f32 {
  let a = clamp(abs(x), 0.5, 10.5);
  let t = (a - 2.0) / (a + 2.0);
  let rest = 6.1630487e-9f + t * (-0.09276379 + t * (-0.16603011 + t * (0.16404916 + t * (-0.054226056 + t * (-0.008001258
    + t * (0.008758412 + t * (0.0010705666 + t * -0.0014759039)))))));
  let series = flambeau_hold(1.2769784 + rest);
  let sum = flambeau_hold(1.0 + 2.0 * a);
  let q = flambeau_quotient(series, rest - flambeau_hold(series - 1.2769784), sum, 1.0 - flambeau_hold(sum - 2.0 * a));
  // The square and what it rounds away.
  let square = flambeau_hold(a * a);
  let head = flambeau_head(a);
  let low = a - head;
  let lost = flambeau_hold(flambeau_hold(head * head - square) + 2.0 * head * low) + low * low;
  let p = flambeau_expParts(-square, -lost);
  let tail = flambeau_scale(q + flambeau_hold(q * (p.x + (p.y + p.z))), i32(p.w));
  let value = select(select(tail, 2.0 - tail, x < 0.0), 1.0 - flambeau_erfSeries(x), abs(x) < 0.75);
  return select(value, x, flambeau_isnan(x));
}
