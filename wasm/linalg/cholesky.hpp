// a = l lᴴ of the lower triangle, in place: halves, down to blocks that are factored directly.
#pragma once
#include "triangular.hpp"

constexpr Int choleskyBlock = 16;

// The lower triangle of c -= a aᴴ; `b` is aᴴ.
template <class T> void subtractSquare(Int n, Int k, Matrix<T> a, Matrix<T> b, Matrix<T> c) {
  if (n <= 64) {
    subtractProduct(n, n, k, a, b, c);
    return;
  }
  const Int half = n / 2;
  subtractSquare(half, k, a, b, c);
  subtractProduct(n - half, half, k, a.at(half, 0), b, c.at(half, 0));
  subtractSquare(n - half, k, a.at(half, 0), b.at(0, half), c.at(half, half));
}

// Counts the first leading block that is not positive definite from 1, 0 where all are.
template <class T> Int factorPositive(Int n, Matrix<T> a) {
  typedef Real<T> R;
  if (n <= choleskyBlock) {
    for (Int j = 0; j < n; j++) {
      const R pivot = realPart(a(j, j));
      if (!(pivot > 0)) return j + 1;
      const R length = root(pivot);
      a(j, j) = number<T>(length);
      for (Int i = j + 1; i < n; i++) a(i, j) = a(i, j) / length;
      for (Int q = j + 1; q < n; q++) {
        const T by = conj(a(q, j));
        for (Int i = q; i < n; i++) a(i, q) -= a(i, j) * by;
      }
    }
    return 0;
  }
  const Int half = n / 2 < choleskyBlock ? n / 2 : n / 2 / choleskyBlock * choleskyBlock;
  const Int rest = n - half;
  const Int info = factorPositive(half, a);
  if (info > 0) return info;
  const Matrix<T> below = a.at(half, 0);
  {
    Scope scope;
    const Matrix<T> triangle = isComplex<T> ? copied(scope, half, half, a, true) : a;
    solveTriangular(half, rest, triangle, false, false, below.transposed());
    const Matrix<T> other = isComplex<T> ? copied(scope, rest, half, below, true) : below;
    subtractSquare(rest, half, below, other.transposed(), a.at(half, half));
  }
  const Int later = factorPositive(rest, a.at(half, half));
  return later > 0 ? later + half : 0;
}
