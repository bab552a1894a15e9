// Eigenvalues and eigenvectors of general matrices.
#pragma once
#include "schur.hpp"

// A number in whose stead no pivot may be smaller.
inline Complex<double> atLeast(Complex<double> x, double least) {
  if (size1(x) < least) return {least, 0};
  return x;
}

// The size of a triangle's largest element, times what makes of it the least that a pivot is taken for: where values are equal to the last
// bit, what is divided by it stays far from the largest numbers, and what it changes is far below rounding.
template <class T> double leastPivot(Int n, Matrix<T> t) {
  double most = 0;
  for (Int j = 0; j < n; j++)
    for (Int i = 0; i <= j; i++) most = greater(most, size1(t(i, j)));
  return greater(most * 0x1p-200, 0x1p-1000);
}

// (t - value) x = b for the upper triangle t, which has 2 by 2 blocks where numbers are real, from row `end` - 1 upwards. b becomes x,
// perhaps with a common factor that keeps it in range.
inline void solveShifted(Int end, Int n, Matrix<double> t, Complex<double> value, double least, double* re, double* im) {
  typedef Complex<double> C;
  for (Int j = end - 1; j >= 0; j--) {
    const bool pair = j > 0 && t(j, j - 1) != 0;
    C x, y = {0, 0};
    if (!pair) {
      x = C{re[j], im ? im[j] : 0} / atLeast(C{t(j, j) - value.re, -value.im}, least);
    } else {
      const Int i = j - 1;
      C a = {t(i, i) - value.re, -value.im}, d = {t(j, j) - value.re, -value.im}, b = {t(i, j), 0}, c = {t(j, i), 0};
      C first = {re[i], im ? im[i] : 0}, second = {re[j], im ? im[j] : 0};
      if (size1(a) < size1(c)) {
        swap(a, c);
        swap(b, d);
        swap(first, second);
      }
      const C factor = c / a;
      x = (second - factor * first) / atLeast(d - factor * b, least);
      y = (first - b * x) / a;
    }
    re[j] = x.re;
    if (im) im[j] = x.im;
    addMultiple(pair ? j - 1 : j, -x.re, &t(0, j), re);
    if (im) addMultiple(pair ? j - 1 : j, -x.im, &t(0, j), im);
    if (pair) {
      j--;
      re[j] = y.re;
      if (im) im[j] = y.im;
      addMultiple(j, -y.re, &t(0, j), re);
      if (im) addMultiple(j, -y.im, &t(0, j), im);
    }
    const double most = greater(greater(size1(x), size1(y)), 0.0);
    if (most > 0x1p300) {
      scale(n, 1 / most, re);
      if (im) scale(n, 1 / most, im);
    }
  }
}

// The eigenvectors of the triangle in the columns of x: one for a real value, real and imaginary part for a pair of values.
inline void triangularVectors(Int n, Matrix<double> t, const Complex<double>* values, Matrix<double> x) {
  clear(n, n, x);
  const double smallest = leastPivot(n, t);
  for (Int k = n - 1; k >= 0; k--) {
    const Complex<double> value = values[k];
    const double least = greater(epsilon<double> * size1(value), smallest);
    if (value.im == 0) {
      double* const re = &x(0, k);
      re[k] = 1;
      for (Int i = 0; i < k; i++) re[i] = -t(i, k);
      solveShifted(k, n, t, value, least, re, nullptr);
      continue;
    }
    double *const re = &x(0, k - 1), *const im = &x(0, k);
    const double size = values[k - 1].im;
    if (absolute(t(k - 1, k)) >= absolute(t(k, k - 1))) {
      re[k - 1] = 1;
      im[k] = size / t(k - 1, k);
    } else {
      re[k - 1] = -size / t(k, k - 1);
      im[k] = 1;
    }
    for (Int i = 0; i < k - 1; i++) {
      re[i] = -re[k - 1] * t(i, k - 1);
      im[i] = -im[k] * t(i, k);
    }
    solveShifted(k - 1, n, t, values[k - 1], least, re, im);
    k--;
  }
}

inline void triangularVectors(Int n, Matrix<Complex<double>> t, const Complex<double>* values, Matrix<Complex<double>> x) {
  typedef Complex<double> C;
  clear(n, n, x);
  const double smallest = leastPivot(n, t);
  for (Int k = n - 1; k >= 0; k--) {
    const double least = greater(epsilon<double> * size1(values[k]), smallest);
    C* const column = &x(0, k);
    column[k] = {1, 0};
    for (Int i = 0; i < k; i++) column[i] = -t(i, k);
    for (Int j = k - 1; j >= 0; j--) {
      column[j] = column[j] / atLeast(t(j, j) - values[k], least);
      addMultiple(j, -column[j], &t(0, j), column);
      const double most = size1(column[j]);
      if (most > 0x1p300) scale(n, 1 / most, column);
    }
  }
}

// Length 1, and the component of largest size real.
inline void normalise(Int n, Complex<double>* v) {
  const double all = length(n, v);
  if (!(all > 0)) return;
  Int largest = 0;
  double most = 0;
  for (Int i = 0; i < n; i++) {
    v[i] = v[i] / all;
    const double size = square(v[i]);
    if (size > most) {
      most = size;
      largest = i;
    }
  }
  const Complex<double> turn = conj(v[largest]) / absolute(v[largest]);
  if (turn.im != 0)
    for (Int i = 0; i < n; i++) v[i] *= turn;
  v[largest].im = 0;
}

template <class T> bool eigenGeneral(Int n, Matrix<T> a, Complex<double>* values, Matrix<Complex<double>>* vectors) {
  Scope scope;
  double* const scaling = scope.take<double>(n);
  Int* const places = scope.take<Int>(n);
  T* const tau = scope.take<T>(n);
  balance(n, a, scaling, places);
  reduceHessenberg(n, a, tau);
  if (!vectors) return schur<T>(n, a, values, nullptr);
  Matrix<T> z = allocate<T>(scope, n, n);
  clear(n, n, z);
  for (Int i = 0; i < n; i++) z(i, i) = number<T>(1);
  if (n > 2) formReflections(n - 1, n - 1, n - 2, a.at(1, 0), tau, z.at(1, 1));
  if (!schur<T>(n, a, values, &z)) return false;
  const Matrix<T> x = allocate<T>(scope, n, n);
  const Matrix<T> y = allocate<T>(scope, n, n);
  triangularVectors(n, a, values, x);
  multiply(n, n, n, z, x, y);
  for (Int j = 0; j < n; j++) {
    for (Int i = 0; i < n; i++) {
      const double by = scaling[i];
      Complex<double>& x = (*vectors)(places[i], j);
      if constexpr (isComplex<T>) x = y(i, j) * by;
      else if (values[j].im == 0) x = {y(i, j) * by, 0};
      else if (values[j].im > 0) x = {y(i, j) * by, y(i, j + 1) * by};
      else x = conj((*vectors)(places[i], j - 1));
    }
    if (isComplex<T> || values[j].im >= 0) normalise(n, &(*vectors)(0, j));
  }
  return true;
}

template <class T> size_t generalWork(size_t n) {
  return 3 * cells(n, n) * sizeof(T) + 16 * n * sizeof(T) + greater(reflectionsWork<T>(n, n), productWork<T>(n, n, n)) + 4096;
}
