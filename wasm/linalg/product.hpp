// Matrix products. The large ones are those of the module of matrix products, which JavaScript puts into this one's table.
#pragma once
#include "vectors.hpp"

typedef void (*Product)(size_t m, size_t n, size_t k, const void* a, size_t aRow, size_t aColumn, const void* b, size_t bRow, size_t bColumn,
                        void* c, size_t cRow, size_t cColumn, void* work);
typedef size_t (*ProductWork)(size_t m, size_t n, size_t k);

struct Products {
  static Product multiply[4];
  static ProductWork work[4];
};

template <class T> constexpr int kind = -1;
template <> constexpr int kind<float> = 0;
template <> constexpr int kind<double> = 1;
template <> constexpr int kind<Complex<float>> = 2;
template <> constexpr int kind<Complex<double>> = 3;

template <class T> inline size_t productWork(size_t m, size_t n, size_t k) { return Products::work[kind<T>](m, n, k) + 16; }

// A matrix, or a part of one, under any strides; they count elements.
template <class T> struct Matrix {
  T* data;
  Int row, column;

  T& operator()(Int i, Int j) const { return data[(ptrdiff_t)i * row + (ptrdiff_t)j * column]; }
  Matrix at(Int i, Int j) const { return {&(*this)(i, j), row, column}; }
  Matrix transposed() const { return {data, column, row}; }
};

template <class T> inline Matrix<T> columnMajor(T* data, Int rows) { return {data, 1, rows}; }

// The distance of columns: neighbours that are a power of 2 apart would share places in the caches.
inline Int apart(Int rows) { return rows % 64 == 0 ? rows + 8 : rows; }
inline size_t cells(size_t rows, size_t columns) { return (rows + 8) * columns; }

template <class T> Matrix<T> allocate(Scope& scope, Int rows, Int columns) {
  return columnMajor(scope.take<T>((size_t)apart(rows) * columns), apart(rows));
}

template <class T> void clear(Int rows, Int columns, Matrix<T> a) {
  for (Int j = 0; j < columns; j++) zero(&a(0, j), rows);
}

// From here on a product is worth packing.
constexpr Int smallProduct = 16 * 16 * 12;

template <class T> inline void multiplyLarge(Int m, Int n, Int k, Matrix<T> a, Matrix<T> b, Matrix<T> c) {
  Scope scope;
  const size_t bytes = Products::work[kind<T>](m, n, k);
  constexpr Int size = sizeof(T);
  Products::multiply[kind<T>](m, n, k, a.data, a.row * size, a.column * size, b.data, b.row * size, b.column * size, c.data, c.row * size,
                              c.column * size, scope.take<char>(bytes));
}

// c += factor a b, without packing
template <class T> void addSmallProduct(Int m, Int n, Int k, Matrix<T> a, Matrix<T> b, Matrix<T> c, Real<T> factor) {
  if (c.row != 1 && c.column == 1) return addSmallProduct(n, m, k, b.transposed(), a.transposed(), c.transposed(), factor);
  for (Int j = 0; j < n; j++) {
    if (a.row == 1 && c.row == 1) {
      for (Int l = 0; l < k; l++) addMultiple(m, b(l, j) * factor, &a(0, l), &c(0, j));
    } else {
      for (Int i = 0; i < m; i++) {
        T sum = number<T>(0);
        for (Int l = 0; l < k; l++) sum += a(i, l) * b(l, j);
        c(i, j) += sum * factor;
      }
    }
  }
}

// c = a b
template <class T> void multiply(Int m, Int n, Int k, Matrix<T> a, Matrix<T> b, Matrix<T> c) {
  if (m <= 0 || n <= 0) return;
  if ((int64_t)m * n * k > smallProduct) return multiplyLarge(m, n, k, a, b, c);
  for (Int j = 0; j < n; j++)
    for (Int i = 0; i < m; i++) c(i, j) = number<T>(0);
  addSmallProduct(m, n, k, a, b, c, Real<T>(1));
}

// c -= a b: the product of a strip of columns at a time, so that it is still in the cache when it is subtracted.
template <class T> void subtractProduct(Int m, Int n, Int k, Matrix<T> a, Matrix<T> b, Matrix<T> c) {
  if (m <= 0 || n <= 0 || k <= 0) return;
  if ((int64_t)m * n * k <= smallProduct) return addSmallProduct(m, n, k, a, b, c, Real<T>(-1));
  if (c.row != 1 && c.column == 1) return subtractProduct(n, m, k, b.transposed(), a.transposed(), c.transposed());
  Scope scope;
  const Int strip = greater<Int>(32, lesser<Int>(n, 65536 / (Int)sizeof(T) / m));
  T* const part = scope.take<T>((size_t)m * lesser(strip, n));
  for (Int j = 0; j < n; j += strip) {
    const Int columns = lesser(strip, n - j);
    multiplyLarge(m, columns, k, a, b.at(0, j), columnMajor(part, m));
    for (Int q = 0; q < columns; q++) {
      T* const from = part + (size_t)q * m;
      if (c.row == 1) {
        addMultiple(m, number<T>(-1), from, &c(0, j + q));
      } else {
        for (Int i = 0; i < m; i++) c(i, j + q) -= from[i];
      }
    }
  }
}

template <class T> inline size_t subtractWork(size_t m, size_t n, size_t k) {
  const size_t longest = greater(m, n);
  return productWork<T>(longest, longest, k) + longest * 32 * sizeof(T) + 65536 + 32;
}

// A copy with the signs of imaginary parts turned where `conjugate`, in columns one after another.
template <class T> Matrix<T> copied(Scope& scope, Int m, Int n, Matrix<T> a, bool conjugate) {
  const Matrix<T> to = columnMajor(scope.take<T>((size_t)m * n), m);
  for (Int j = 0; j < n; j++)
    for (Int i = 0; i < m; i++) to(i, j) = conjugate ? conj(a(i, j)) : a(i, j);
  return to;
}

// Between a caller's matrix, whose strides count bytes, and one of ours, perhaps of a wider type.
template <class From, class To> struct Convert {
  static To of(From x) { return To(x); }
};
template <class From, class To> struct Convert<Complex<From>, Complex<To>> {
  static Complex<To> of(Complex<From> x) { return {To(x.re), To(x.im)}; }
};

template <class From, class To> void copyMatrix(Int m, Int n, Matrix<From> from, Matrix<To> to) {
  // Blocks that stay in the first cache in both orders.
  constexpr Int block = 16;
  for (Int j0 = 0; j0 < n; j0 += block) {
    const Int j1 = lesser(n, j0 + block);
    for (Int i0 = 0; i0 < m; i0 += block) {
      const Int i1 = lesser(m, i0 + block);
      for (Int j = j0; j < j1; j++)
        for (Int i = i0; i < i1; i++) to(i, j) = Convert<From, To>::of(from(i, j));
    }
  }
}
