// Eigenvalues and eigenvectors of symmetric tridiagonal matrices: small ones by implicit QL steps, others from their halves.
#pragma once
#include "product.hpp"
#include "secular.hpp"

// d becomes the eigenvalues in no order; the n columns of z, of `rows` elements, are turned along where there is a z.
inline bool implicitQl(Int n, double* d, double* e, Int rows, Matrix<double>* z) {
  double most = 0;
  for (Int i = 0; i < n; i++) most = greater(most, greater(absolute(d[i]), i + 1 < n ? absolute(e[i]) : 0));
  const double least = most * epsilon<double> / 1024;
  for (Int l = 0; l < n; l++) {
    for (Int tries = 0;; tries++) {
      // What rounding keeps from becoming smaller is taken for nothing in the end.
      double nothing = least;
      for (Int i = 100; i < tries; i++) nothing *= 2;
      Int m = l;
      for (; m < n - 1; m++)
        if (absolute(e[m]) <= nothing + epsilon<double> / 2 * (absolute(d[m]) + absolute(d[m + 1]))) break;
      if (m == l) break;
      if (tries == 140) return false;
      double g = (d[l + 1] - d[l]) / (2 * e[l]);
      g = d[m] - d[l] + e[l] / (g + copySign(hypotenuse(g, 1.0), g));
      double s = 1, c = 1, p = 0;
      Int i = m - 1;
      for (; i >= l; i--) {
        const double f = s * e[i], b = c * e[i];
        double r = hypotenuse(f, g);
        e[i + 1] = r;
        if (r == 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        if (z) rotate(rows, &(*z)(0, i), &(*z)(0, i + 1), c, -s);
      }
      if (i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
  return true;
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

constexpr Int leaf = 24;

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
    if (!implicitQl(n, d, e, n, &q)) return false;
    sortedOrder(n, d, order);
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
