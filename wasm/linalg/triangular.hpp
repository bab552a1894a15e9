// Triangular systems: halves, of which the off-diagonal one is a product, down to blocks that are solved directly.
#pragma once
#include "product.hpp"

constexpr Int triangularBlock = 16;

// The block's equations, with its diagonal inverted: t(i, i) stands for 1 / t(i, i).
template <class T> void solveBlock(Int n, Int columns, const T* t, const T* diagonal, bool upper, Matrix<T> b) {
  constexpr Int width = triangularBlock;
  for (Int step = 0; step < n; step++) {
    const Int p = upper ? n - 1 - step : step;
    const Int from = upper ? 0 : p + 1, to = upper ? p : n;
    if (b.row == 1) {
      for (Int j = 0; j < columns; j++) {
        T* const x = &b(0, j);
        if (diagonal) x[p] = x[p] / diagonal[p];
        const T factor = -x[p];
        for (Int i = from; i < to; i++) x[i] += factor * t[p * width + i];
      }
    } else {
      if (diagonal)
        for (Int j = 0; j < columns; j++) b(p, j) = b(p, j) / diagonal[p];
      for (Int i = from; i < to; i++) {
        const T factor = -t[p * width + i];
        if (b.column == 1) addMultiple(columns, factor, &b(p, 0), &b(i, 0));
        else
          for (Int j = 0; j < columns; j++) b(i, j) += factor * b(p, j);
      }
    }
  }
}

// b = t⁻¹ b for a triangle t of n rows; the other triangle is not read, nor is the diagonal of one that is `unit`.
template <class T> void solveTriangular(Int n, Int columns, Matrix<T> t, bool upper, bool unit, Matrix<T> b) {
  if (n <= 0 || columns <= 0) return;
  if (columns == 1) b.column = n * b.row + 1;
  if (n <= triangularBlock) {
    T block[triangularBlock * triangularBlock], diagonal[triangularBlock];
    for (Int p = 0; p < n; p++) {
      if (!unit) diagonal[p] = t(p, p);
      for (Int i = upper ? 0 : p + 1; i < (upper ? p : n); i++) block[p * triangularBlock + i] = t(i, p);
    }
    solveBlock(n, columns, block, unit ? nullptr : diagonal, upper, b);
    return;
  }
  const Int half = (n / 2 + triangularBlock - 1) / triangularBlock * triangularBlock;
  const Int rest = n - half;
  if (upper) {
    solveTriangular(rest, columns, t.at(half, half), upper, unit, b.at(half, 0));
    subtractProduct(half, columns, rest, t.at(0, half), b.at(half, 0), b);
    solveTriangular(half, columns, t, upper, unit, b);
  } else {
    solveTriangular(half, columns, t, upper, unit, b);
    subtractProduct(rest, columns, half, t.at(half, 0), b, b.at(half, 0));
    solveTriangular(rest, columns, t.at(half, half), upper, unit, b.at(half, 0));
  }
}
