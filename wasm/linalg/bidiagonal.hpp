// Singular values and vectors of upper bidiagonal matrices: small ones by implicit QR steps, others from their halves.
#pragma once
#include "tridiagonal.hpp"

// The smaller singular value of (f g; 0 h).
inline double smallerValue(double f, double g, double h) {
  f = absolute(f);
  g = absolute(g);
  h = absolute(h);
  const double low = lesser(f, h), high = greater(f, h);
  if (low == 0) return 0;
  const double sum = 1 + low / high, difference = (high - low) / high;
  if (g < high) {
    const double ratio = square(g / high);
    return low * (2 / (root(sum * sum + ratio) + root(difference * difference + ratio)));
  }
  const double ratio = high / g;
  if (ratio == 0) return low * high / g;
  return 2 * (low / (root(1 + square(sum * ratio)) + root(1 + square(difference * ratio)))) * ratio;
}

// A sweep of steps along rows `low` to `high`, from the larger end to the smaller, which is how grading converges. Without a shift it is
// done so that it is exact to the last bits of small values, and so that a 0 on the diagonal comes to the end at once.
struct Sweep {
  double *d, *e;
  // Their columns are turned along, as far as there are elements.
  Matrix<double> u, v;
  Int uRows, vRows;

  void turn(Int i, const Turn& left, const Turn& right, double sign) {
    if (uRows) rotate(uRows, &u(0, i), &u(0, i + 1), left.c, sign * left.s);
    if (vRows) rotate(vRows, &v(0, i), &v(0, i + 1), right.c, sign * right.s);
  }

  void plainDown(Int low, Int high) {
    Turn right = {1, 0, 0}, left = {1, 0, 0};
    for (Int i = low; i < high; i++) {
      right = turnOf(d[i] * right.c, e[i]);
      if (i > low) e[i - 1] = left.s * right.r;
      left = turnOf(left.c * right.r, d[i + 1] * right.s);
      d[i] = left.r;
      turn(i, left, right, 1);
    }
    const double h = d[high] * right.c;
    d[high] = h * left.c;
    e[high - 1] = h * left.s;
  }

  void plainUp(Int low, Int high) {
    Turn right = {1, 0, 0}, left = {1, 0, 0};
    for (Int i = high; i > low; i--) {
      left = turnOf(d[i] * left.c, e[i - 1]);
      if (i < high) e[i] = right.s * left.r;
      right = turnOf(right.c * left.r, d[i - 1] * left.s);
      d[i] = right.r;
      turn(i - 1, left, right, -1);
    }
    const double h = d[low] * left.c;
    d[low] = h * right.c;
    e[low] = h * right.s;
  }

  void shiftedDown(Int low, Int high, double shift) {
    double f = (absolute(d[low]) - shift) * (copySign(1.0, d[low]) + shift / d[low]), g = e[low];
    for (Int i = low; i < high; i++) {
      const Turn right = turnOf(f, g);
      if (i > low) e[i - 1] = right.r;
      f = right.c * d[i] + right.s * e[i];
      e[i] = right.c * e[i] - right.s * d[i];
      g = right.s * d[i + 1];
      d[i + 1] = right.c * d[i + 1];
      const Turn left = turnOf(f, g);
      d[i] = left.r;
      f = left.c * e[i] + left.s * d[i + 1];
      d[i + 1] = left.c * d[i + 1] - left.s * e[i];
      if (i < high - 1) {
        g = left.s * e[i + 1];
        e[i + 1] = left.c * e[i + 1];
      }
      turn(i, left, right, 1);
    }
    e[high - 1] = f;
  }

  void shiftedUp(Int low, Int high, double shift) {
    double f = (absolute(d[high]) - shift) * (copySign(1.0, d[high]) + shift / d[high]), g = e[high - 1];
    for (Int i = high; i > low; i--) {
      const Turn left = turnOf(f, g);
      if (i < high) e[i] = left.r;
      f = left.c * d[i] + left.s * e[i - 1];
      e[i - 1] = left.c * e[i - 1] - left.s * d[i];
      g = left.s * d[i - 1];
      d[i - 1] = left.c * d[i - 1];
      const Turn right = turnOf(f, g);
      d[i] = right.r;
      f = right.c * e[i - 1] + right.s * d[i - 1];
      d[i - 1] = right.c * d[i - 1] - right.s * e[i - 1];
      if (i > low + 1) {
        g = right.s * e[i - 2];
        e[i - 2] = right.c * e[i - 2];
      }
      turn(i - 1, left, right, -1);
    }
    e[low] = f;
  }
};

// The turns that make (f g; 0 h) diagonal, and its singular values, which may be negative: the larger one first.
struct PairValues {
  double larger, smaller;
  Turn left, right;
};

inline double signOf(double x) { return copySign(1.0, x); }

inline PairValues solvePairOf(double f, double g, double h) {
  const bool swapped = absolute(h) > absolute(f);
  const double first = swapped ? h : f, second = swapped ? f : h;
  const double high = absolute(first), low = absolute(second), beside = absolute(g);
  double larger = high, smaller = low, leftC = 1, leftS = 0, rightC = 1, rightS = 0;
  const bool isBeside = beside > high;
  if (beside > 0 && isBeside && high / beside < epsilon<double> / 2) {
    larger = beside;
    smaller = low > 1 ? high / (beside / low) : high / beside * low;
    leftS = second / g;
    rightS = 1;
    rightC = first / g;
  } else if (beside > 0) {
    const double apart = high - low, l = apart == high ? 1 : apart / high, m = g / first, t = 2 - l;
    const double s = root(t * t + m * m), r = l == 0 ? absolute(m) : root(l * l + m * m), mean = (s + r) / 2;
    smaller = low / mean;
    larger = high * mean;
    const double slope = m * m > 0 ? (m / (s + t) + m / (r + l)) * (1 + mean)
      : l == 0 ? 2 * signOf(first) * signOf(g) : g / copySign(apart, first) + m / t;
    const double size = root(slope * slope + 4);
    rightC = 2 / size;
    rightS = slope / size;
    leftC = (rightC + rightS * m) / mean;
    leftS = second / first * rightS / mean;
  }
  const Turn left = swapped ? Turn{rightS, rightC, 0} : Turn{leftC, leftS, 0};
  const Turn right = swapped ? Turn{leftS, leftC, 0} : Turn{rightC, rightS, 0};
  const double sign = isBeside ? signOf(right.s) * signOf(left.c) * signOf(g)
    : swapped ? signOf(right.s) * signOf(left.s) * signOf(h) : signOf(right.c) * signOf(left.c) * signOf(f);
  return {copySign(larger, sign), copySign(smaller, sign * signOf(f) * signOf(h)), left, right};
}

// d becomes the singular values in no order. Ends, shifts and what is taken for nothing are those of LAPACK's bdsqr, so that vectors have
// its signs.
inline bool implicitQr(Int n, Sweep sweep) {
  double *const d = sweep.d, *const e = sweep.e;
  // Values alone are as exact as they can be, as LAPACK's are by another algorithm.
  const double unit = epsilon<double> / 2, tolerance = (sweep.uRows || sweep.vRows ? 0x1.8ace5422aa0dbp+6 : 4) * unit;
  // No singular value is smaller than this by much.
  double bound = absolute(d[0]), least = bound;
  for (Int i = 1; i < n && least > 0; i++) {
    bound = absolute(d[i]) * (bound / (bound + absolute(e[i - 1])));
    least = lesser(least, bound);
  }
  const double nothing = greater(tolerance * least / root((double)n), 6.0 * n * n * 0x1p-1022);
  Int tries = 0, lastLow = n, lastHigh = -1;
  bool down = true;
  for (Int high = n - 1; high > 0;) {
    // What rounding keeps from becoming smaller is taken for nothing in the end.
    double small = nothing;
    for (Int i = 100; i < tries; i++) small = greater(2 * small, absolute(d[high]) * 0x1p-80);
    Int low = high;
    double most = absolute(d[high]);
    for (; low > 0; low--) {
      if (absolute(e[low - 1]) <= small) {
        e[low - 1] = 0;
        break;
      }
      most = greater(most, greater(absolute(d[low - 1]), absolute(e[low - 1])));
    }
    if (low == high) {
      high--;
      continue;
    }
    if (low == high - 1) {
      const PairValues found = solvePairOf(d[low], e[low], d[high]);
      d[low] = found.larger;
      d[high] = found.smaller;
      e[low] = 0;
      sweep.turn(low, found.left, found.right, 1);
      high -= 2;
      continue;
    }
    if (low > lastHigh || high < lastLow) down = absolute(d[low]) >= absolute(d[high]);
    tries = low == lastLow && high == lastHigh ? tries + 1 : 0;
    if (tries > 140) return false;
    // Where an end has converged, or the bound of what is left says that an element is nothing.
    const Int last = down ? high - 1 : low;
    if (absolute(e[last]) <= tolerance * absolute(d[down ? high : low])) {
      e[last] = 0;
      continue;
    }
    double mu = absolute(d[down ? low : high]), smallest = mu;
    bool parted = false;
    for (Int i = 0; i < high - low; i++) {
      const Int at = down ? low + i : high - 1 - i;
      if (absolute(e[at]) <= tolerance * mu) {
        e[at] = 0;
        parted = true;
        break;
      }
      mu = absolute(d[down ? at + 1 : at]) * (mu / (mu + absolute(e[at])));
      smallest = lesser(smallest, mu);
    }
    if (parted) continue;
    lastLow = low;
    lastHigh = high;
    double shift = 0;
    if (n * tolerance * (smallest / most) > greater(unit, tolerance / 100)) {
      shift = smallerValue(d[last], e[last], d[last + 1]);
      const double start = absolute(d[down ? low : high]);
      if (start > 0 && square(shift / start) < unit) shift = 0;
    }
    if (shift == 0) {
      if (down) sweep.plainDown(low, high);
      else sweep.plainUp(low, high);
    } else if (down) {
      sweep.shiftedDown(low, high, shift);
    } else {
      sweep.shiftedUp(low, high, shift);
    }
  }
  for (Int i = 0; i < n; i++) {
    if (!(d[i] < 0)) continue;
    d[i] = -d[i];
    for (Int l = 0; l < sweep.vRows; l++) sweep.v(l, i) = -sweep.v(l, i);
  }
  return true;
}

// Indices that put d in ascending order, by exchanging what is smallest with the last, as LAPACK does it.
inline void descendingOrder(Int n, const double* d, Int* order) {
  for (Int i = 0; i < n; i++) order[i] = n - 1 - i;
  for (Int i = 0; i + 1 < n; i++) {
    Int least = n - 1;
    for (Int j = n - 2; j >= i; j--)
      if (d[order[j]] <= d[order[least]]) least = j;
    swap(order[i], order[least]);
  }
}

// n rows and n + extra columns, small. The last column of v, where there is one more, becomes the vector that the rows make 0 of.
inline bool leafBidiagonal(Int n, Int extra, double* d, double* e, Matrix<double> u, Matrix<double> v) {
  for (Int i = 0; i < n; i++) u(i, i) = 1;
  for (Int i = 0; i < n + extra; i++) v(i, i) = 1;
  if (extra) {
    double outside = e[n - 1];
    for (Int i = n - 1; i >= 0; i--) {
      const Turn turn = turnOf(d[i], outside);
      d[i] = turn.r;
      if (i > 0) {
        outside = -turn.s * e[i - 1];
        e[i - 1] *= turn.c;
      }
      rotate(n + 1, &v(0, i), &v(0, n), turn.c, turn.s);
    }
  }
  return implicitQr(n, {d, e, u, v, n, n + extra});
}

// Joins two solved parts by the row between them: of n rows and n + extra columns, row `middle`, which has `alpha` and `beta` in it.
inline void joinBidiagonal(Int middle, Int n, Int extra, double* d, double alpha, double beta, Matrix<double> u, Matrix<double> v,
                           Int* order) {
  Scope scope;
  double* const z = scope.take<double>(n + 1);
  Int* const sorted = scope.take<Int>(n);
  Int* const columns = scope.take<Int>(n);
  Int* const kept = scope.take<Int>(n);
  Reach* const reach = scope.take<Reach>(n);
  double most = greater(absolute(alpha), absolute(beta));
  d[middle] = 0;
  for (Int i = 0; i < n + extra; i++) z[i] = i <= middle ? alpha * v(middle, i) : beta * v(middle + 1, i);
  for (Int i = 0; i < n; i++) {
    reach[i] = i <= middle ? above : below;
    most = greater(most, d[i]);
  }
  const double tolerance = greater(8 * epsilon<double> * most, 0x1p-200);
  if (extra) {
    const Turn turn = turnOf(z[middle], z[n]);
    z[middle] = turn.r;
    rotate(n + 1, &v(0, middle), &v(0, n), turn.c, turn.s);
  }
  if (absolute(z[middle]) <= tolerance) z[middle] = copySign(tolerance, z[middle]);
  {
    // The values of both parts in order, without the row between them.
    Scope inner;
    Int* const parts = inner.take<Int>(n);
    for (Int i = 0; i < middle; i++) parts[i] = order[i];
    for (Int i = middle + 1; i < n; i++) parts[i - 1] = order[i];
    mergeOrders(middle, n - 1, d, parts, sorted);
  }
  Int k = 0, others = 0, pending = -1;
  columns[k++] = middle;
  for (Int at = 0; at < n - 1; at++) {
    const Int j = sorted[at];
    if (absolute(z[j]) <= tolerance) {
      kept[others++] = j;
      continue;
    }
    if (pending >= 0) {
      if (d[j] - d[pending] <= tolerance) {
        const double length = hypotenuse(z[j], z[pending]), c = z[j] / length, s = -z[pending] / length;
        z[j] = length;
        if (reach[j] != reach[pending]) reach[j] = both;
        rotate(n, &u(0, pending), &u(0, j), c, s);
        rotate(n + extra, &v(0, pending), &v(0, j), c, s);
        kept[others++] = pending;
      } else {
        columns[k++] = pending;
      }
    }
    pending = j;
  }
  if (pending >= 0) columns[k++] = pending;
  double* const poles = scope.take<double>(n);
  double* const weights = scope.take<double>(n);
  double* const values = scope.take<double>(n);
  for (Int i = 0; i < k; i++) {
    poles[i] = d[columns[i]];
    weights[i] = z[columns[i]] * z[columns[i]];
  }
  if (k > 1 && poles[1] <= tolerance / 2) poles[1] = tolerance / 2;
  {
    Scope inner;
    const Gathered left = gather(inner, k, columns, reach);
    if (extra) reach[middle] = both;
    const Gathered right = gather(inner, k, columns, reach);
    // Column j has the distances of the squared poles from the square of root j, then the new vectors.
    const Matrix<double> vectors = allocate<double>(inner, k, k);
    const Matrix<double> rightVectors = allocate<double>(inner, k, k);
    double* const near = inner.take<double>(k);
    for (Int j = 0; j < k; j++) {
      const Root found = secularRoot<true>(k, j, poles, weights, 1);
      const Poles<true> distance = {poles, found.origin, found.offset};
      values[j] = found.value;
      for (Int i = 0; i < k; i++) vectors(i, j) = distance(i);
    }
    for (Int i = 0; i < k; i++) near[i] = vectors(i, i);
    for (Int j = 0; j < k; j++) {
      const double* const column = &vectors(0, j);
      for (Int i = 0; i < j; i++) near[i] *= column[i] / ((poles[i] - poles[j]) * (poles[i] + poles[j]));
      for (Int i = j + 1; i < k; i++) near[i] *= column[i] / ((poles[i] - poles[j]) * (poles[i] + poles[j]));
    }
    for (Int i = 0; i < k; i++) near[i] = copySign(root(absolute(near[i])), z[columns[i]]);
    double* const vector = inner.take<double>(k);
    double* const image = inner.take<double>(k);
    for (Int j = 0; j < k; j++) {
      double* const column = &vectors(0, j);
      for (Int i = 0; i < k; i++) {
        vector[i] = near[i] / column[i];
        image[i] = poles[i] * vector[i];
      }
      image[0] = -1;
      const double size = length(k, vector), imageSize = length(k, image);
      for (Int i = 0; i < k; i++) {
        column[i] = image[left.rows[i]] / imageSize;
        rightVectors(i, j) = vector[right.rows[i]] / size;
      }
    }
    for (Int i = 0; i < others; i++) poles[i] = d[kept[i]];
    sortedOrder(others, poles, sorted);
    for (Int i = 0; i < others; i++) {
      values[k + i] = poles[sorted[i]];
      columns[k + i] = kept[sorted[i]];
    }
    combine(middle + 1, n, n, k, u, columns, left, vectors);
    combine(middle + 1, n + extra, n, k, v, columns, right, rightVectors);
  }
  copy(n, values, d);
  for (Int i = 0; i < n; i++) sorted[i] = i;
  mergeOrders(k, n, d, sorted, order);
}

// u and v must be 0; `order` gives the columns in ascending order of their values.
inline bool divideBidiagonal(Int n, Int extra, double* d, double* e, Matrix<double> u, Matrix<double> v, Int* order) {
  if (n <= leaf) {
    if (!leafBidiagonal(n, extra, d, e, u, v)) return false;
    descendingOrder(n, d, order);
    return true;
  }
  const Int middle = n / 2, after = middle + 1;
  const double alpha = d[middle], beta = e[middle];
  if (!divideBidiagonal(middle, 1, d, e, u, v, order)) return false;
  if (!divideBidiagonal(n - after, extra, d + after, e + after, u.at(after, after), v.at(after, after), order + after)) return false;
  for (Int i = after; i < n; i++) order[i] += after;
  u(middle, middle) = 1;
  joinBidiagonal(middle, n, extra, d, alpha, beta, u, v, order);
  return true;
}

// The parts between which there is nothing, one after another.
inline bool separateBidiagonal(Int n, double* d, double* e, Matrix<double> u, Matrix<double> v, Int* order) {
  if (n <= leaf) return divideBidiagonal(n, 0, d, e, u, v, order);
  Scope scope;
  Int* const merged = scope.take<Int>(n);
  for (Int from = 0; from < n;) {
    Int to = from;
    while (to + 1 < n && absolute(e[to]) >= epsilon<double> / 2) to++;
    if (!divideBidiagonal(to + 1 - from, 0, d + from, e + from, u.at(from, from), v.at(from, from), order + from)) return false;
    for (Int i = from; i <= to; i++) order[i] += from;
    if (from > 0) {
      mergeOrders(from, to + 1, d, order, merged);
      for (Int i = 0; i <= to; i++) order[i] = merged[i];
    }
    from = to + 1;
  }
  // Of equal ones that which was first is to come first, from the largest down.
  for (Int from = 0; from < n;) {
    Int to = from;
    while (to + 1 < n && d[order[to + 1]] == d[order[from]]) to++;
    for (Int i = from, j = to; i < j; i++, j--) swap(order[i], order[j]);
    from = to + 1;
  }
  return true;
}

inline size_t divideBidiagonalWork(size_t n) {
  return (4 * cells(n, n) + 64 * n) * sizeof(double) + productWork<double>(n, n, n) + 2048;
}
