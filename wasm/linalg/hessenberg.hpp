// Balancing, and reduction to Hessenberg form.
#pragma once
#include "hermitian.hpp"

// Rows and columns of one index with those of another.
template <class T> void exchange(Int n, Matrix<T> a, Int i, Int j, Int* places) {
  if (i == j) return;
  swap(places[i], places[j]);
  for (Int l = 0; l < n; l++) swap(a(l, i), a(l, j));
  for (Int l = 0; l < n; l++) swap(a(i, l), a(j, l));
}

// Brings eigenvalues that stand alone to the end, where their rows are else 0, and to the front, where their columns are, in the order in
// which LAPACK does, so that eigenvalues come in its order. `places` tells where rows were; what is left is low .. high.
template <class T> void isolate(Int n, Matrix<T> a, Int* places, Int& low, Int& high) {
  for (Int i = 0; i < n; i++) places[i] = i;
  low = 0;
  high = n;
  const auto alone = [&](Int i, bool row) {
    for (Int l = low; l < high; l++)
      if (l != i && size1(row ? a(i, l) : a(l, i)) != 0) return false;
    return true;
  };
  for (bool found = true; found;) {
    found = false;
    for (Int i = high - 1; i >= 0; i--) {
      if (!alone(i, true)) continue;
      found = true;
      exchange(n, a, i, --high, places);
    }
  }
  for (bool found = true; found;) {
    found = false;
    for (Int i = low; i < high; i++) {
      if (!alone(i, false)) continue;
      found = true;
      exchange(n, a, i, low++, places);
    }
  }
}

// Exchanges rows and columns, as above, and scales them by powers of 2, so that those of one index have about the same length:
// a = s⁻¹ pᵀ a p s.
template <class T> void balance(Int n, Matrix<T> a, double* s, Int* places) {
  Scope scope;
  T* const line = scope.take<T>(n);
  Int low, high;
  isolate(n, a, places, low, high);
  for (Int i = 0; i < n; i++) s[i] = 1;
  for (Int sweeps = 0; sweeps < 100; sweeps++) {
    bool changed = false;
    for (Int i = low; i < high; i++) {
      for (Int l = low; l < high; l++) line[l - low] = a(i, l);
      double column = length(high - low, &a(low, i)), row = length(high - low, line);
      if (!(column > 0) || !(row > 0)) continue;
      double factor = 1;
      const double sum = column + row;
      for (; column < row / 2 && factor < 0x1p200; column *= 4) factor *= 2;
      for (; column >= row * 2 && factor > 0x1p-200; column /= 4) factor /= 2;
      if (factor == 1 || (column + row) / factor >= 0.95 * sum) continue;
      if (s[i] * factor < 0x1p-500 || s[i] * factor > 0x1p500) continue;
      changed = true;
      s[i] *= factor;
      for (Int l = 0; l < high; l++) a(l, i) = a(l, i) * factor;
      for (Int l = low; l < n; l++) a(i, l) = a(i, l) / factor;
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
