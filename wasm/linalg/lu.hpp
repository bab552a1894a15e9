// Rows exchanged, and a = lower upper: halves of the columns, down to a few that are eliminated directly.
#pragma once
#include "triangular.hpp"

constexpr Int luColumns = 8;

// Row first + i and row pivots[i] change places, for one i after the other or the other way round; a column at a time where columns lie
// one after another, so that each stays in the cache.
template <class T> void exchangeRows(Int columns, Matrix<T> a, Int first, Int last, const Int* pivots, bool backwards = false) {
  const Int strip = a.row == 1 ? 1 : columns;
  for (Int j = 0; j < columns; j += strip)
    for (Int step = first; step < last; step++) {
      const Int i = backwards ? first + last - 1 - step : step, other = pivots[i];
      if (i != other)
        for (Int q = j; q < j + strip; q++) swap(a(i, q), a(other, q));
    }
}

// Of columns that lie one after another. Pivots count from 0. What is returned counts the first pivot that is 0 from 1.
template <class T> Int factorColumns(Int m, Int n, Matrix<T> a, Int* pivots) {
  Int info = 0;
  for (Int j = 0; j < lesser(m, n); j++) {
    T* const column = &a(0, j);
    Int pivot = j;
    Real<T> most = size1(column[j]);
    for (Int i = j + 1; i < m; i++) {
      const Real<T> size = size1(column[i]);
      if (size > most) {
        most = size;
        pivot = i;
      }
    }
    pivots[j] = pivot;
    if (isZero(column[pivot])) {
      if (info == 0) info = j + 1;
      continue;
    }
    if (pivot != j)
      for (Int q = 0; q < n; q++) swap(a(j, q), a(pivot, q));
    const T by = column[j];
    if (size1(by) > Real<T>(4) / (largest<Real<T>> * largest<Real<T>>)) scale(m - j - 1, number<T>(1) / by, column + j + 1);
    else
      for (Int i = j + 1; i < m; i++) column[i] = column[i] / by;
    for (Int q = j + 1; q < n; q++) addMultiple(m - j - 1, -a(j, q), column + j + 1, &a(j + 1, q));
  }
  return info;
}

template <class T> Int factor(Int m, Int n, Matrix<T> a, Int* pivots) {
  const Int least = lesser(m, n);
  if (least <= luColumns) {
    const Int info = factorColumns(m, least, a, pivots);
    if (n > least) {
      exchangeRows(n - least, a.at(0, least), 0, least, pivots);
      solveTriangular(least, n - least, a, false, true, a.at(0, least));
    }
    return info;
  }
  const Int left = least / 2 < luColumns ? least / 2 : least / 2 / luColumns * luColumns;
  Int info = factor(m, left, a, pivots);
  const Matrix<T> right = a.at(0, left);
  exchangeRows(n - left, right, 0, left, pivots);
  solveTriangular(left, n - left, a, false, true, right);
  subtractProduct(m - left, n - left, left, a.at(left, 0), right, a.at(left, left));
  const Int later = factor(m - left, n - left, a.at(left, left), pivots + left);
  if (info == 0 && later > 0) info = later + left;
  for (Int i = left; i < least; i++) pivots[i] += left;
  exchangeRows(left, a, left, least, pivots);
  return info;
}

// y becomes the inverse of the lower triangle l, whose diagonal is all ones; y must be 0.
template <class T> void invertLower(Int n, Matrix<T> l, Matrix<T> y) {
  if (n <= triangularBlock) {
    for (Int i = 0; i < n; i++) y(i, i) = number<T>(1);
    solveTriangular(n, n, l, false, true, y);
    return;
  }
  const Int half = (n / 2 + triangularBlock - 1) / triangularBlock * triangularBlock, rest = n - half;
  invertLower(half, l, y);
  invertLower(rest, l.at(half, half), y.at(half, half));
  subtractProduct(rest, half, half, l.at(half, 0), y, y.at(half, 0));
  solveTriangular(rest, half, l.at(half, half), false, true, y.at(half, 0));
}
