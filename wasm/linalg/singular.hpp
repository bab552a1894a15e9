// Singular values and vectors.
#pragma once
#include "bidiagonal.hpp"
#include "hermitian.hpp"
#include "qr.hpp"

// qᴴ a p = upper bidiagonal, for m >= n. The vectors of q stay below a's diagonal; those of p come to `right`, where column i's begins
// in row i + 1.
template <class T> void reduceBidiagonal(Int m, Int n, Matrix<T> a, double* d, double* e, T* tauLeft, Matrix<T> right, T* tauRight) {
  typedef Matrix<T> M;
  for (Int start = 0; start < n; start += reductionBlock) {
    Scope scope;
    const Int rows = m - start, columns = n - start, width = lesser(reductionBlock, columns);
    // What is to be subtracted from the rest so far: v yᴴ + x uᴴ.
    const M v = columnMajor(scope.take<T>((size_t)rows * 2 * width), rows), x = v.at(0, width);
    const M y = columnMajor(scope.take<T>((size_t)columns * 2 * width), columns), u = y.at(0, width);
    zero(v.data, (size_t)rows * 2 * width);
    zero(y.data, (size_t)columns * 2 * width);
    const M rest = a.at(start, start);
    T* const line = scope.take<T>(columns);
    for (Int j = 0; j < width; j++) {
      T* const column = &rest(0, j);
      for (Int l = 0; l < j; l++) {
        addMultiple(rows - j, -conj(y(j, l)), &v(j, l), column + j);
        addMultiple(rows - j, -conj(u(j, l)), &x(j, l), column + j);
      }
      const T leftFactor = reflect(rows - j - 1, column[j], column + j + 1);
      tauLeft[start + j] = leftFactor;
      d[start + j] = realPart(column[j]);
      v(j, j) = number<T>(1);
      copy(rows - j - 1, column + j + 1, &v(0, j) + j + 1);
      const Int after = columns - j - 1, below = rows - j - 1;
      if (after == 0) continue;
      T* const toY = &y(j + 1, j);
      multiplyAdjoint(rows - j, after, rest.at(j, j + 1), &v(j, j), toY);
      for (Int l = 0; l < j; l++) {
        addMultiple(after, -innerProduct(rows - j, &v(j, l), &v(j, j)), &y(j + 1, l), toY);
        addMultiple(after, -innerProduct(rows - j, &x(j, l), &v(j, j)), &u(j + 1, l), toY);
      }
      scale(after, leftFactor, toY);
      // The conjugate of row j as it is now.
      for (Int i = 0; i < after; i++) line[i] = conj(rest(j, j + 1 + i));
      for (Int l = 0; l <= j; l++) addMultiple(after, -conj(v(j, l)), &y(j + 1, l), line);
      for (Int l = 0; l < j; l++) addMultiple(after, -conj(x(j, l)), &u(j + 1, l), line);
      const T rightFactor = reflect(after - 1, line[0], line + 1);
      tauRight[start + j] = rightFactor;
      e[start + j] = realPart(line[0]);
      line[0] = number<T>(1);
      copy(after, line, &u(j + 1, j));
      copy(after, line, &right(start + j + 1, start + j));
      if (below == 0) continue;
      T* const toX = &x(j + 1, j);
      multiplyVector(below, after, rest.at(j + 1, j + 1), line, toX);
      for (Int l = 0; l <= j; l++) addMultiple(below, -innerProduct(after, &y(j + 1, l), line), &v(j + 1, l), toX);
      for (Int l = 0; l < j; l++) addMultiple(below, -innerProduct(after, &u(j + 1, l), line), &x(j + 1, l), toX);
      scale(below, rightFactor, toX);
    }
    const Int rowsLeft = rows - width, columnsLeft = columns - width;
    if (rowsLeft > 0 && columnsLeft > 0) {
      const M turned = isComplex<T> ? copied(scope, columnsLeft, 2 * width, y.at(width, 0), true) : y.at(width, 0);
      subtractProduct(rowsLeft, columnsLeft, 2 * width, v.at(width, 0), turned.transposed(), rest.at(width, width));
    }
  }
}

// Where there are many more rows than columns, of a = q r only r is reduced.
inline bool isTall(Int m, Int n) { return 5 * (int64_t)m > 8 * (int64_t)n; }

// Values descend. m >= n; a is overwritten. u has `columns` of at least n columns where vectors are wanted, and v n. All in columns one
// after another. False where steps do not converge.
template <class T> bool singular(Int m, Int n, Matrix<T> a, double* values, bool vectors, Int columns, Matrix<T> u, Matrix<T> v) {
  Scope scope;
  if (isTall(m, n)) {
    T* const tau = scope.take<T>(n);
    factorReflections(m, n, a, tau);
    const Matrix<T> r = allocate<T>(scope, n, n);
    for (Int j = 0; j < n; j++)
      for (Int i = 0; i < n; i++) r(i, j) = i <= j ? a(i, j) : number<T>(0);
    if (!vectors) return singular(n, n, r, values, false, 0, u, v);
    const Matrix<T> inner = allocate<T>(scope, n, n);
    if (!singular(n, n, r, values, true, n, inner, v)) return false;
    formReflections(m, columns, n, a, tau, u);
    const Matrix<T> first = allocate<T>(scope, m, n);
    for (Int j = 0; j < n; j++) copy(m, &u(0, j), &first(0, j));
    multiply(m, n, n, first, inner, u);
    return true;
  }
  double* const e = scope.take<double>(n);
  T* const tauLeft = scope.take<T>(n);
  T* const tauRight = scope.take<T>(n);
  const Matrix<T> right = allocate<T>(scope, n, n);
  reduceBidiagonal(m, n, a, values, e, tauLeft, right, tauRight);
  Int* const order = scope.take<Int>(n);
  double* const kept = scope.take<double>(n);
  if (!vectors) {
    if (!implicitQr(n, {values, e, {}, {}, 0, 0})) return false;
    sortedOrder(n, values, order);
    copy(n, values, kept);
    for (Int i = 0; i < n; i++) values[i] = kept[order[n - 1 - i]];
    return true;
  }
  // Parts may be joined without a thought for overflow where the largest element is 1.
  double most = 0;
  for (Int i = 0; i < n; i++) most = greater(most, greater(absolute(values[i]), i + 1 < n ? absolute(e[i]) : 0));
  if (most > 0)
    for (Int i = 0; i < n; i++) {
      values[i] /= most;
      if (i + 1 < n) e[i] /= most;
    }
  const Matrix<double> left = allocate<double>(scope, n, n);
  const Matrix<double> other = allocate<double>(scope, n, n);
  clear(n, n, left);
  clear(n, n, other);
  if (most == 0) {
    for (Int i = 0; i < n; i++) {
      left(i, i) = other(i, i) = 1;
      order[i] = i;
    }
  } else if (!separateBidiagonal(n, values, e, left, other, order)) {
    return false;
  }
  copy(n, values, kept);
  for (Int j = 0; j < n; j++) {
    const Int from = order[n - 1 - j];
    values[j] = kept[from] * most;
    for (Int i = 0; i < n; i++) {
      u(i, j) = number<T>(left(i, from));
      v(i, j) = number<T>(other(i, from));
    }
    zero(&u(0, j) + n, m - n);
  }
  for (Int j = n; j < columns; j++) {
    zero(&u(0, j), m);
    u(j, j) = number<T>(1);
  }
  applyReflections(m, columns, n, a, tauLeft, u);
  if (n > 1) applyReflections(n - 1, n, n - 1, right.at(1, 0), tauRight, v.at(1, 0));
  return true;
}

template <class T> size_t singularWork(size_t m, size_t n) {
  const size_t square = cells(n, n) * sizeof(T);
  return 3 * square + cells(m, n) * sizeof(T) + 2 * cells(n, n) * sizeof(double) + (4 * (m + n) * reductionBlock + 16 * n) * sizeof(T)
    + greater(greater(divideBidiagonalWork(n), reflectionsWork<T>(m, m)), subtractWork<T>(m, n, m)) + 8192;
}
