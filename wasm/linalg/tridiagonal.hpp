// Eigenvalues and eigenvectors of symmetric tridiagonal matrices: small ones by implicit QL and QR steps, others from their halves.
#pragma once
#include "product.hpp"
#include "secular.hpp"

struct Turn {
  double c, s, r;
};

// (c s; -s c) (f, g) = (r, 0), with c >= 0.
inline Turn turnOf(double f, double g) {
  if (g == 0) return {1, 0, f};
  if (f == 0) return {0, copySign(1.0, g), absolute(g)};
  const double r = copySign(hypotenuse(f, g), f);
  return {f / r, g / r, r};
}

// The turn that makes (a b; b c) diagonal, and its eigenvalues: that of larger size first, whose eigenvector is (turn.c, turn.s).
struct Pairwise {
  double larger, smaller;
  Turn turn;
};

inline Pairwise solvePair(double a, double b, double c) {
  const double sum = a + c, difference = a - c, twice = b + b, distance = hypotenuse(difference, twice);
  const double high = absolute(a) > absolute(c) ? a : c, low = absolute(a) > absolute(c) ? c : a;
  const bool negative = sum < 0;
  Pairwise found;
  if (sum == 0) {
    found.larger = distance / 2;
    found.smaller = -found.larger;
  } else {
    found.larger = (negative ? sum - distance : sum + distance) / 2;
    found.smaller = high / found.larger * low - b / found.larger * b;
  }
  const bool falling = difference >= 0;
  const double leg = falling ? difference + distance : difference - distance;
  double cosine = 1, sine = 0;
  if (absolute(leg) > absolute(twice)) {
    const double ratio = -twice / leg;
    sine = 1 / root(1 + ratio * ratio);
    cosine = ratio * sine;
  } else if (twice != 0) {
    const double ratio = -leg / twice;
    cosine = 1 / root(1 + ratio * ratio);
    sine = ratio * cosine;
  }
  found.turn = negative != falling ? Turn{-sine, cosine, 0} : Turn{cosine, sine, 0};
  return found;
}

// d becomes the eigenvalues in no order; the n columns of z, of `rows` elements, are turned along where there is a z. As in LAPACK's steqr,
// steps begin at that end of a part whose element is larger, and everything is turned the same way, so that eigenvectors have its signs.
inline bool implicitSteps(Int n, double* d, double* e, Int rows, Matrix<double>* z) {
  double most = 0;
  for (Int i = 0; i < n; i++) most = greater(most, greater(absolute(d[i]), i + 1 < n ? absolute(e[i]) : 0));
  const double least = most * epsilon<double> / 1024, half = epsilon<double> / 2;
  for (Int from = 0; from < n;) {
    Int to = from;
    for (; to < n - 1; to++)
      if (absolute(e[to]) <= root(absolute(d[to])) * root(absolute(d[to + 1])) * half) {
        e[to] = 0;
        break;
      }
    const Int next = to + 1;
    const bool up = absolute(d[to]) < absolute(d[from]);
    // From l on towards `end`; e between i and its neighbour on that side.
    Int l = up ? to : from;
    const Int end = up ? from : to, step = up ? -1 : 1;
    double* const beside = up ? e - 1 : e;
    Int tries = 0;
    for (bool left = end != l; left;) {
      // What rounding keeps from becoming smaller is taken for nothing in the end.
      double nothing = tries < 60 ? most * 0x1p-500 : least;
      for (Int i = 100; i < tries; i++) nothing *= 2;
      Int m = l;
      for (; m != end; m += step) {
        const double size = absolute(beside[m]);
        if (size <= root(absolute(d[m])) * root(absolute(d[m + step])) * half || size <= nothing) {
          beside[m] = 0;
          break;
        }
      }
      if (m == l) {
        left = l != end;
        l += step;
        tries = 0;
        continue;
      }
      if (m == l + step) {
        const Int low = lesser(l, m);
        const Pairwise found = solvePair(d[low], e[low], d[low + 1]);
        if (z) rotate(rows, &(*z)(0, low), &(*z)(0, low + 1), found.turn.c, found.turn.s);
        d[low] = found.larger;
        d[low + 1] = found.smaller;
        e[low] = 0;
        left = m != end;
        l = m + step;
        tries = 0;
        continue;
      }
      if (tries++ == 140) return false;
      double g = (d[l + step] - d[l]) / (2 * beside[l]);
      g = d[m] - d[l] + beside[l] / (g + copySign(hypotenuse(g, 1.0), g));
      double p = 0;
      Turn turn = {1, 1, 0};
      for (Int i = m - step;; i -= step) {
        const double f = turn.s * beside[i], b = turn.c * beside[i];
        turn = turnOf(g, f);
        if (i != m - step) beside[i + step] = turn.r;
        g = d[i + step] - p;
        const double r = (d[i] - g) * turn.s + 2 * turn.c * b;
        p = turn.s * r;
        d[i + step] = g + p;
        g = turn.c * r - b;
        if (z) rotate(rows, &(*z)(0, i), &(*z)(0, i + step), turn.c, -turn.s);
        if (i == l) break;
      }
      d[l] -= p;
      beside[l] = g;
    }
    // What was cut off on the way is looked for again.
    bool done = true;
    for (Int i = from; i < to; i++) done &= e[i] == 0;
    if (done) from = next;
  }
  return true;
}

// Indices that put d in ascending order as LAPACK does it for vectors, by exchanging the smallest that is left.
inline void selectedOrder(Int n, const double* d, Int* order) {
  for (Int i = 0; i < n; i++) order[i] = i;
  for (Int i = 0; i + 1 < n; i++) {
    Int least = i;
    for (Int j = i + 1; j < n; j++)
      if (d[order[j]] < d[order[least]]) least = j;
    swap(order[i], order[least]);
  }
}

// Indices that put d in ascending order, for few or nearly sorted elements.
inline void sortedOrder(Int n, const double* d, Int* order) {
  for (Int i = 0; i < n; i++) {
    Int at = i;
    for (; at > 0 && d[order[at - 1]] > d[i]; at--) order[at] = order[at - 1];
    order[at] = i;
  }
}

inline void mergeOrders(Int first, Int all, const double* d, const Int* orders, Int* merged) {
  Int i = 0, j = first;
  for (Int at = 0; at < all; at++) {
    const bool takeFirst = j == all || (i < first && d[orders[i]] <= d[orders[j]]);
    merged[at] = takeFirst ? orders[i++] : orders[j++];
  }
}

// Of a column of the joined problem: which half of its elements may differ from 0.
enum Reach : uint8_t { above, both, below };

// Columns that take part in a merge, in the order of `reach`, and the products that make new columns of them.
struct Gathered {
  Int counts[3];
  Int* rows;
};

inline Gathered gather(Scope& scope, Int k, const Int* columns, const Reach* reach) {
  Gathered gathered = {{0, 0, 0}, scope.take<Int>(k)};
  Int at = 0;
  for (Int kind = above; kind <= below; kind++)
    for (Int i = 0; i < k; i++)
      if (reach[columns[i]] == kind) {
        gathered.rows[at++] = i;
        gathered.counts[kind]++;
      }
  return gathered;
}

// The columns of q, of which there are n, that are named first in `columns` times `vectors`, whose rows are in the order of `gathered`,
// into q's first k columns; the others move behind them. Rows from `first` on are the lower half.
inline void combine(Int first, Int rows, Int n, Int k, Matrix<double> q, const Int* columns, const Gathered& gathered,
                    Matrix<double> vectors) {
  Scope scope;
  const Int upper = gathered.counts[above] + gathered.counts[both], lower = k - gathered.counts[above], rest = rows - first;
  const Matrix<double> top = allocate<double>(scope, first, upper);
  const Matrix<double> bottom = allocate<double>(scope, rest, lower);
  const Matrix<double> others = allocate<double>(scope, rows, n - k);
  for (Int i = 0; i < upper; i++) copy(first, &q(0, columns[gathered.rows[i]]), &top(0, i));
  for (Int i = 0; i < lower; i++) copy(rest, &q(first, columns[gathered.rows[k - lower + i]]), &bottom(0, i));
  for (Int i = k; i < n; i++) copy(rows, &q(0, columns[i]), &others(0, i - k));
  multiply(first, k, upper, top, vectors, q);
  multiply(rest, k, lower, bottom, vectors.at(k - lower, 0), q.at(first, 0));
  for (Int i = k; i < n; i++) copy(rows, &others(0, i - k), &q(0, i));
}

// As LAPACK's.
constexpr Int leaf = 25;

// Joins two solved halves, whose eigenvectors are q's diagonal blocks, by the element `e` between them.
inline void join(Int first, Int n, double* d, double e, Matrix<double> q, Int* order) {
  Scope scope;
  double* const z = scope.take<double>(n);
  Int* const sorted = scope.take<Int>(n);
  Int* const columns = scope.take<Int>(n);
  Int* const kept = scope.take<Int>(n);
  Reach* const reach = scope.take<Reach>(n);
  const double scaling = root(0.5);
  double most = 0;
  for (Int i = 0; i < n; i++) {
    z[i] = scaling * (i < first ? q(first - 1, i) : e < 0 ? -q(first, i) : q(first, i));
    reach[i] = i < first ? above : below;
    most = greater(most, greater(absolute(d[i]), absolute(z[i])));
  }
  const double rho = 2 * absolute(e), tolerance = 4 * epsilon<double> * most;
  mergeOrders(first, n, d, order, sorted);
  // Eigenvalues that stay as they are: where z is 0, or can be made so by turning towards a neighbour of nearly the same value.
  Int k = 0, others = 0, pending = -1;
  for (Int at = 0; at < n; at++) {
    const Int j = sorted[at];
    if (rho * absolute(z[j]) <= tolerance) {
      kept[others++] = j;
      continue;
    }
    if (pending >= 0) {
      const double length = hypotenuse(z[j], z[pending]), c = z[j] / length, s = -z[pending] / length;
      const double apart = d[j] - d[pending];
      if (absolute(apart * c * s) <= tolerance) {
        z[j] = length;
        if (reach[j] != reach[pending]) reach[j] = both;
        rotate(n, &q(0, pending), &q(0, j), c, s);
        const double low = d[pending] * c * c + d[j] * s * s;
        d[j] = d[pending] * s * s + d[j] * c * c;
        d[pending] = low;
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
  {
    Scope inner;
    const Gathered gathered = gather(inner, k, columns, reach);
    // Column j has the distances of the poles from root j, then eigenvector j.
    const Matrix<double> vectors = allocate<double>(inner, k, k);
    double* const near = inner.take<double>(k);
    for (Int j = 0; j < k; j++) {
      const Root found = secularRoot<false>(k, j, poles, weights, rho);
      const Poles<false> distance = {poles, found.origin, found.offset};
      values[j] = found.value;
      for (Int i = 0; i < k; i++) vectors(i, j) = distance(i);
    }
    // The z of which these roots are the exact ones.
    for (Int i = 0; i < k; i++) near[i] = vectors(i, i);
    for (Int j = 0; j < k; j++) {
      const double* const column = &vectors(0, j);
      for (Int i = 0; i < j; i++) near[i] *= column[i] / (poles[i] - poles[j]);
      for (Int i = j + 1; i < k; i++) near[i] *= column[i] / (poles[i] - poles[j]);
    }
    for (Int i = 0; i < k; i++) near[i] = copySign(root(absolute(near[i])), z[columns[i]]);
    double* const vector = inner.take<double>(k);
    for (Int j = 0; j < k; j++) {
      double* const column = &vectors(0, j);
      for (Int i = 0; i < k; i++) vector[i] = near[i] / column[i];
      const double size = length(k, vector);
      for (Int i = 0; i < k; i++) column[i] = vector[gathered.rows[i]] / size;
    }
    for (Int i = 0; i < others; i++) poles[i] = d[kept[i]];
    sortedOrder(others, poles, sorted);
    for (Int i = 0; i < others; i++) {
      values[k + i] = poles[sorted[i]];
      columns[k + i] = kept[sorted[i]];
    }
    combine(first, n, n, k, q, columns, gathered, vectors);
  }
  copy(n, values, d);
  for (Int i = 0; i < n; i++) sorted[i] = i;
  mergeOrders(k, n, d, sorted, order);
}

// q must be 0; `order` gives the columns in ascending order of their values.
inline bool divideTridiagonal(Int n, double* d, double* e, Matrix<double> q, Int* order) {
  if (n <= leaf) {
    for (Int i = 0; i < n; i++) q(i, i) = 1;
    if (!implicitSteps(n, d, e, n, &q)) return false;
    selectedOrder(n, d, order);
    return true;
  }
  const Int first = n / 2;
  const double between = e[first - 1];
  d[first - 1] -= absolute(between);
  d[first] -= absolute(between);
  if (!divideTridiagonal(first, d, e, q, order)) return false;
  if (!divideTridiagonal(n - first, d + first, e + first, q.at(first, first), order + first)) return false;
  for (Int i = first; i < n; i++) order[i] += first;
  join(first, n, d, between, q, order);
  return true;
}

inline size_t divideWork(size_t n) {
  return (2 * cells(n, n) + 32 * n) * sizeof(double) + productWork<double>(n, n, n) + 1024;
}
