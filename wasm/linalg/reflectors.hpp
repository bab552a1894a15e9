// Householder's reflections H = 1 - tau v vᴴ with v(0) = 1, and several of them at a time as 1 - V T Vᴴ.
#pragma once
#include "product.hpp"

// Makes the reflection whose adjoint turns (alpha, x) into (beta, 0): alpha becomes beta, x the rest of v. As LAPACK does, beta is real
// and has the sign that alpha's real part has not.
template <class T> T reflect(Int n, T& alpha, T* x) {
  typedef Real<T> R;
  R below = length(n, x);
  if (below == 0 && imaginaryPart(alpha) == 0) return number<T>(0);
  R scaling = 1;
  const R most = greater(below, greater(absolute(realPart(alpha)), absolute(imaginaryPart(alpha))));
  if (most < smallest<R> || most > largest<R>) {
    scaling = most;
    alpha = alpha / most;
    for (Int i = 0; i < n; i++) x[i] = x[i] / most;
    below = length(n, x);
  }
  const R beta = -copySign(root(square(alpha) + below * below), realPart(alpha));
  const T tau = number<T>((beta - realPart(alpha)) / beta, -imaginaryPart(alpha) / beta);
  const T by = number<T>(1) / (alpha - number<T>(beta));
  scale(n, by, x);
  alpha = number<T>(beta * scaling);
  return tau;
}

// c = (1 - tau v vᴴ) c, where v(0) stands for 1 whatever is stored there.
template <class T> void applyReflection(Int m, Int n, T tau, const T* v, Matrix<T> c) {
  if (isZero(tau)) return;
  for (Int j = 0; j < n; j++) {
    T* const column = &c(0, j);
    const T factor = -(tau * (column[0] + innerProduct(m - 1, v + 1, column + 1)));
    column[0] += factor;
    addMultiple(m - 1, factor, v + 1, column + 1);
  }
}

// V with its ones and zeros, and with its conjugate where numbers are complex, and T.
template <class T> struct Block {
  Int rows, count;
  Matrix<T> v, conjugate, t;
};

template <class T> inline size_t blockWork(size_t rows, size_t count) {
  return (2 * rows * count + 2 * count * count) * sizeof(T) + productWork<T>(count, count, rows) + 64;
}

// The product H₀ H₁ ... of `count` reflections whose vectors begin at (i, i) of `a`.
template <class T> Block<T> blockOf(Scope& scope, Int rows, Int count, Matrix<T> a, const T* tau) {
  Block<T> block = {rows, count, columnMajor(scope.take<T>((size_t)rows * count), rows), {}, columnMajor(scope.take<T>(count * count), count)};
  for (Int j = 0; j < count; j++)
    for (Int i = 0; i < rows; i++) block.v(i, j) = i > j ? a(i, j) : number<T>(i == j);
  block.conjugate = isComplex<T> ? copied(scope, rows, count, block.v, true) : block.v;
  Scope inner;
  const Matrix<T> inside = columnMajor(inner.take<T>(count * count), count);
  multiply(count, count, rows, block.conjugate.transposed(), block.v, inside);
  for (Int j = 0; j < count; j++) {
    for (Int i = 0; i < count; i++) block.t(i, j) = number<T>(0);
    for (Int l = 0; l < j; l++) {
      const T factor = -(tau[j] * inside(l, j));
      for (Int i = 0; i <= l; i++) block.t(i, j) += factor * block.t(i, l);
    }
    block.t(j, j) = tau[j];
  }
  return block;
}

template <class T> inline size_t applyWork(size_t m, size_t n, size_t count) {
  const size_t all = greater(greater(m, n), count);
  return (2 * n * count + count * count) * sizeof(T) + subtractWork<T>(all, all, all) + 64;
}

// c = (1 - V T Vᴴ) c, or its adjoint's product
template <class T> void applyBlock(const Block<T>& block, Int columns, bool adjoint, Matrix<T> c) {
  if (columns <= 0) return;
  Scope scope;
  const Int count = block.count;
  const Matrix<T> w = columnMajor(scope.take<T>((size_t)count * columns), count);
  const Matrix<T> tw = columnMajor(scope.take<T>((size_t)count * columns), count);
  multiply(count, columns, block.rows, block.conjugate.transposed(), c, w);
  const Matrix<T> t = adjoint && isComplex<T> ? copied(scope, count, count, block.t, true) : block.t;
  multiply(count, columns, count, adjoint ? t.transposed() : t, w, tw);
  subtractProduct(block.rows, columns, count, block.v, tw, c);
}

constexpr Int reflectorBlock = 32;

// c = H₀ H₁ ... c, for `count` reflections whose vectors begin at (i, i) of `a`, which has as many rows as c.
template <class T> void applyReflections(Int m, Int n, Int count, Matrix<T> a, const T* tau, Matrix<T> c) {
  for (Int end = count; end > 0;) {
    const Int start = (end - 1) / reflectorBlock * reflectorBlock;
    Scope scope;
    const Block<T> block = blockOf(scope, m - start, end - start, a.at(start, start), tau + start);
    applyBlock(block, n, false, c.at(start, 0));
    end = start;
  }
}

template <class T> inline size_t reflectionsWork(size_t m, size_t n) {
  return blockWork<T>(m, reflectorBlock) + applyWork<T>(m, n, reflectorBlock);
}
