// a = q r, as reflections below the diagonal and r above it.
#pragma once
#include "reflectors.hpp"

template <class T> void factorReflections(Int m, Int n, Matrix<T> a, T* tau) {
  const Int least = lesser(m, n);
  for (Int start = 0; start < least; start += reflectorBlock) {
    const Int end = lesser(least, start + reflectorBlock);
    for (Int j = start; j < end; j++) {
      T* const column = &a(j, j);
      tau[j] = reflect(m - j - 1, column[0], column + 1);
      applyReflection(m - j, end - j - 1, conj(tau[j]), column, a.at(j, j + 1));
    }
    if (end < n) {
      Scope scope;
      const Block<T> block = blockOf(scope, m - start, end - start, a.at(start, start), tau + start);
      applyBlock(block, n - end, true, a.at(start, end));
    }
  }
}

// The first `columns` columns of the product of `count` reflections.
template <class T> void formReflections(Int m, Int columns, Int count, Matrix<T> a, const T* tau, Matrix<T> q) {
  for (Int j = 0; j < columns; j++) {
    zero(&q(0, j), m);
    q(j, j) = number<T>(1);
  }
  for (Int end = count; end > 0;) {
    const Int start = (end - 1) / reflectorBlock * reflectorBlock;
    Scope scope;
    const Block<T> block = blockOf(scope, m - start, end - start, a.at(start, start), tau + start);
    // Before it, columns are still those of the identity, which the later reflections leave alone.
    applyBlock(block, columns - start, false, q.at(start, start));
    end = start;
  }
}
