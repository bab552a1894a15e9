// Eigenvalues and eigenvectors of symmetric and Hermitian matrices.
#pragma once
#include "reflectors.hpp"
#include "tridiagonal.hpp"

// y = a x or aᴴ x for a whole matrix; x must not be y.
template <class T> void multiplyVector(Int m, Int n, Matrix<T> a, const T* x, T* y) {
  multiply(m, 1, n, a, columnMajor(const_cast<T*>(x), n), columnMajor(y, m));
}
template <class T> void multiplyAdjoint(Int m, Int n, Matrix<T> a, const T* x, T* y) {
  Scope scope;
  T* const turned = scope.take<T>(m);
  for (Int i = 0; i < m; i++) turned[i] = conj(x[i]);
  multiplyVector(n, m, a.transposed(), turned, y);
  if (isComplex<T>)
    for (Int i = 0; i < n; i++) y[i] = conj(y[i]);
}

constexpr Int reductionBlock = 32;

// qᴴ a q = tridiagonal, of an a whose triangles are both there. Reflection i begins at row i + 1 of column i.
template <class T> void reduceHermitian(Int n, Matrix<T> a, double* d, double* e, T* tau) {
  typedef Matrix<T> M;
  for (Int start = 0; start < n; start += reductionBlock) {
    Scope scope;
    const Int left = n - start, width = lesser(reductionBlock, left);
    // Columns of v and w side by side, so that the update of the rest is one product: v wᴴ + w vᴴ.
    const M v = columnMajor(scope.take<T>((size_t)left * 2 * width), left), w = v.at(0, width);
    zero(v.data, (size_t)left * 2 * width);
    const M rest = a.at(start, start);
    for (Int j = 0; j < width; j++) {
      T* const column = &rest(0, j);
      for (Int l = 0; l < j; l++) {
        addMultiple(left - j, -conj(w(j, l)), &v(j, l), column + j);
        addMultiple(left - j, -conj(v(j, l)), &w(j, l), column + j);
      }
      d[start + j] = realPart(column[j]);
      if (j + 1 == left) break;
      const Int below = left - j - 1;
      const T factor = reflect(below - 1, column[j + 1], column + j + 2);
      tau[start + j] = factor;
      e[start + j] = realPart(column[j + 1]);
      T* const reflection = &v(j + 1, j);
      reflection[0] = number<T>(1);
      copy(below - 1, column + j + 2, reflection + 1);
      T* const product = &w(j + 1, j);
      multiplyVector(below, below, rest.at(j + 1, j + 1), reflection, product);
      for (Int l = 0; l < j; l++) {
        const T ofW = innerProduct(below, &w(j + 1, l), reflection), ofV = innerProduct(below, &v(j + 1, l), reflection);
        addMultiple(below, -ofW, &v(j + 1, l), product);
        addMultiple(below, -ofV, &w(j + 1, l), product);
      }
      scale(below, factor, product);
      const T half = number<T>(Real<T>(-0.5)) * factor * innerProduct(below, product, reflection);
      addMultiple(below, half, reflection, product);
    }
    const Int after = left - width;
    if (after > 0) {
      const M pairs = v.at(width, 0);
      const M turned = columnMajor(scope.take<T>((size_t)after * 2 * width), after);
      for (Int j = 0; j < width; j++)
        for (Int i = 0; i < after; i++) {
          turned(i, j) = conj(pairs(i, width + j));
          turned(i, width + j) = conj(pairs(i, j));
        }
      subtractProduct(after, after, 2 * width, pairs, turned.transposed(), rest.at(width, width));
    }
  }
}

// Values ascend. a is overwritten; z becomes the eigenvectors where there is one. False where steps do not converge.
template <class T> bool eigenHermitian(Int n, Matrix<T> a, double* values, Matrix<T>* z) {
  Scope scope;
  double* const e = scope.take<double>(n);
  T* const tau = scope.take<T>(n);
  reduceHermitian(n, a, values, e, tau);
  Int* const order = scope.take<Int>(n);
  double* const kept = scope.take<double>(n);
  if (!z) {
    if (!implicitSteps(n, values, e, 0, nullptr)) return false;
    sortedOrder(n, values, order);
    copy(n, values, kept);
    for (Int i = 0; i < n; i++) values[i] = kept[order[i]];
    return true;
  }
  // Parts may be joined without a thought for their size where the largest element is 1.
  double most = 0;
  for (Int i = 0; i < n; i++) most = greater(most, greater(absolute(values[i]), i + 1 < n ? absolute(e[i]) : 0));
  if (most > 0)
    for (Int i = 0; i < n; i++) {
      values[i] /= most;
      e[i] /= most;
    }
  const Matrix<double> q = allocate<double>(scope, n, n);
  clear(n, n, q);
  if (!divideTridiagonal(n, values, e, q, order)) return false;
  copy(n, values, kept);
  for (Int j = 0; j < n; j++) {
    values[j] = kept[order[j]] * most;
    const double* const from = &q(0, order[j]);
    for (Int i = 0; i < n; i++) (*z)(i, j) = number<T>(from[i]);
  }
  if (n > 1) applyReflections(n - 1, n, n - 1, a.at(1, 0), tau, z->at(1, 0));
  return true;
}

template <class T> size_t hermitianWork(size_t n) {
  return (4 * n * reductionBlock + 8 * n) * sizeof(T) + cells(n, n) * sizeof(double)
    + greater(greater(divideWork(n), reflectionsWork<T>(n, n)), subtractWork<T>(n, n, n)) + 4096;
}
