// The roots of 1 / rho + sum z(i)² / (p(i) - x) between its poles p(i), where p(i) = d(i) and x a new eigenvalue, or, `squared`,
// p(i) = d(i)² and x the square of a new singular value. Distances from a root to the poles are as exact as the poles themselves, since
// a root is found as its distance from the nearest one.
#pragma once
#include "vectors.hpp"

struct Root {
  double value;
  // The pole it was measured from, and the distance.
  double origin, offset;
};

template <bool squared> struct Poles {
  const double* d;
  double origin, offset;

  double operator()(Int i) const {
    const double near = (d[i] - origin) - offset;
    return squared ? near * ((d[i] + origin) + offset) : near;
  }
};

struct Sums {
  double psi, slopePsi, phi, slopePhi;
};

// Sums up to pole `split` and after it. A division costs what the rest costs: two at a time.
template <bool squared> Sums sumsAt(Int k, Int split, const Poles<squared>& poles, const double* z2) {
  Sums sums = {0, 0, 0, 0};
  for (Int part = 0; part < 2; part++) {
    Int i = part == 0 ? 0 : split + 1;
    const Int end = part == 0 ? split + 1 : k;
    Pair sum{}, slope{};
    for (; i + 2 <= end; i += 2) {
      Pair near = (*(const Pair*)(poles.d + i) - poles.origin) - poles.offset;
      if (squared) near *= (*(const Pair*)(poles.d + i) + poles.origin) + poles.offset;
      const Pair inverse = 1 / near, term = *(const Pair*)(z2 + i) * inverse;
      sum += term;
      slope += term * inverse;
    }
    double value = total(sum), derivative = total(slope);
    if (i < end) {
      const double inverse = 1 / poles(i), term = z2[i] * inverse;
      value += term;
      derivative += term * inverse;
    }
    if (part == 0) {
      sums.psi = value;
      sums.slopePsi = derivative;
    } else {
      sums.phi = value;
      sums.slopePhi = derivative;
    }
  }
  return sums;
}

// Root j of k; d ascends.
template <bool squared> Root secularRoot(Int k, Int j, const double* d, const double* z2, double rho) {
  const double inverse = 1 / rho;
  const bool last = j == k - 1;
  double low, high;
  Poles<squared> poles = {d, d[j], 0};
  if (k == 1) {
    poles.offset = squared ? rho * z2[0] / (d[0] + root(d[0] * d[0] + rho * z2[0])) : rho * z2[0];
    return {d[0] + poles.offset, d[0], poles.offset};
  }
  const Int left = last ? k - 2 : j, right = left + 1;
  if (last) {
    double all = 0;
    for (Int i = 0; i < k; i++) all += z2[i];
    low = 0;
    high = squared ? rho * all / (d[j] + root(d[j] * d[j] + rho * all)) : rho * all;
    // Rounded, it may lie short of the root.
    high += 4 * epsilon<double> * high;
    poles.offset = high / 2;
  } else {
    const double half = (d[j + 1] - d[j]) / 2;
    poles.offset = half;
    const Sums sums = sumsAt(k, j, poles, z2);
    if (inverse + sums.psi + sums.phi >= 0) {
      low = 0;
      high = half;
    } else {
      poles.origin = d[j + 1];
      poles.offset = low = -half;
      high = 0;
    }
  }
  for (Int iteration = 0; iteration < 100; iteration++) {
    const Sums sums = sumsAt(k, left, poles, z2);
    const double value = inverse + sums.psi + sums.phi, slope = sums.slopePsi + sums.slopePhi;
    const double first = poles(left), second = poles(right);
    const double distance = squared ? poles.offset * (2 * poles.origin + poles.offset) : poles.offset;
    const double error = inverse + 8 * (absolute(sums.psi) + absolute(sums.phi)) + absolute(distance) * slope;
    if (absolute(value) <= epsilon<double> / 2 * error) break;
    if (value < 0) low = poles.offset;
    else high = poles.offset;
    if (high - low <= epsilon<double> * greater(absolute(low), absolute(high))) break;
    // Both sums as one pole each, with the same values and slopes here.
    const double c = value - first * sums.slopePsi - second * sums.slopePhi;
    const double a = (first + second) * value - first * second * slope, b = first * second * value;
    const double discriminant = root(absolute(a * a - 4 * b * c));
    double step;
    if (last) step = a >= 0 ? (a + discriminant) / (2 * c) : 2 * b / (a - discriminant);
    else step = a <= 0 ? (a - discriminant) / (2 * c) : 2 * b / (a + discriminant);
    if (!(value * step < 0) || !isFinite(step)) step = -value / slope;
    if (squared) {
      const double at = poles.origin + poles.offset, square = at * at + step;
      step = square > 0 ? step / (at + root(square)) : -at;
    }
    double next = poles.offset + step;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (next == poles.offset) break;
    poles.offset = next;
  }
  return {poles.origin + poles.offset, poles.origin, poles.offset};
}
