// Balancing, and reduction to Hessenberg form.
#pragma once
#include "hermitian.hpp"

// Scales rows and columns by powers of 2, so that those of one index have about the same length: a = s⁻¹ a s.
template <class T> void balance(Int n, Matrix<T> a, double* s) {
  for (Int i = 0; i < n; i++) s[i] = 1;
  for (Int sweeps = 0; sweeps < 100; sweeps++) {
    bool changed = false;
    for (Int i = 0; i < n; i++) {
      double column = 0, row = 0;
      for (Int l = 0; l < n; l++) {
        if (l == i) continue;
        column += size1(a(l, i));
        row += size1(a(i, l));
      }
      if (!(column > 0) || !(row > 0)) continue;
      double factor = 1;
      const double sum = column + row;
      for (; column < row / 2 && factor < 0x1p200; column *= 4) factor *= 2;
      for (; column >= row * 2 && factor > 0x1p-200; column /= 4) factor /= 2;
      if (factor == 1 || (column + row) / factor >= 0.95 * sum) continue;
      if (s[i] * factor < 0x1p-500 || s[i] * factor > 0x1p500) continue;
      changed = true;
      s[i] *= factor;
      for (Int l = 0; l < n; l++) {
        a(l, i) = a(l, i) * factor;
        a(i, l) = a(i, l) / factor;
      }
    }
    if (!changed) break;
  }
}

// qᴴ a q = Hessenberg; reflection i begins at row i + 1 of column i.
template <class T> void reduceHessenberg(Int n, Matrix<T> a, T* tau) {
  Scope scope;
  T* const w = scope.take<T>(n);
  T* const v = scope.take<T>(n);
  for (Int j = 0; j + 2 < n; j++) {
    T* const column = &a(j + 1, j);
    const Int below = n - j - 1;
    tau[j] = reflect(below - 1, column[0], column + 1);
    v[0] = number<T>(1);
    copy(below - 1, column + 1, v + 1);
    multiplyVector(n, below, a.at(0, j + 1), v, w);
    for (Int l = 0; l < below; l++) addMultiple(n, -(tau[j] * conj(v[l])), w, &a(0, j + 1 + l));
    applyReflection(below, below, conj(tau[j]), v, a.at(j + 1, j + 1));
  }
  if (n > 1) tau[n - 2] = number<T>(0);
}
