// What JavaScript calls: each routine over a batch of matrices. Strides count elements; results are written row by row, without gaps.
// Every routine is given a block of memory of at least as many bytes as the function of its name and `Work` says.
#include "cholesky.hpp"
#include "general.hpp"
#include "lu.hpp"
#include "singular.hpp"

char* Arena::next;
char* Arena::end;
Product Products::multiply[4];
ProductWork Products::work[4];

namespace {

template <class T> struct Batch {
  T* data;
  Int step, row, column;

  Matrix<T> operator[](Int i) const { return {data + (ptrdiff_t)i * step, row, column}; }
};

template <class T> inline Matrix<T> rowMajor(T* data, Int columns) { return {data, columns, 1}; }

template <class T> void fillWithNan(size_t count, T* x) {
  for (size_t i = 0; i < count; i++) x[i] = number<T>(__builtin_nan(""), __builtin_nan(""));
}

// Decompositions that take steps until they converge compute in double precision.
template <class T> struct Wide { typedef double Type; };
template <class R> struct Wide<Complex<R>> { typedef Complex<double> Type; };

// A factor, a power of 2, that brings elements into a range where squares neither overflow nor vanish; 0 where some are not finite.
template <class T> double rangeFactor(Int rows, Int columns, Matrix<T> a) {
  double most = 0;
  for (Int j = 0; j < columns; j++) {
    const double size = largestPart(rows, &a(0, j));
    if (!isFinite(size)) return 0;
    most = greater(most, size);
  }
  double factor = 1;
  if (most == 0) return 1;
  while (most * factor < 0x1p-400) factor *= 0x1p200;
  while (most * factor > 0x1p400) factor *= 0x1p-200;
  if (factor != 1)
    for (Int j = 0; j < columns; j++) scale(rows, factor, &a(0, j));
  return factor;
}

template <class T> void conjugate(Int rows, Int columns, Matrix<T> a) {
  for (Int j = 0; j < columns; j++)
    for (Int i = 0; i < rows; i++) a(i, j) = conj(a(i, j));
}

template <class T> void luBatch(Int batch, Int m, Int n, Batch<T> a, T* lu, Int* pivots, Int* info) {
  const Int least = lesser(m, n);
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> own = allocate<T>(scope, m, n);
    copyMatrix(m, n, a[i], own);
    info[i] = factor(m, n, own, pivots);
    for (Int j = 0; j < least; j++) pivots[j]++;
    copyMatrix(m, n, own, rowMajor(lu, n));
    lu += (size_t)m * n;
    pivots += least;
  }
}

template <class T> void luSolveBatch(Int batch, Int n, Int k, Batch<T> lu, const Int* pivots, Batch<T> b, T* x, bool adjoint) {
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    // The work is done where neighbouring rows are not a power of 2 apart.
    const Matrix<T> to = k % 64 == 0 && k > 0 ? allocate<T>(scope, k, n).transposed() : rowMajor(x, k);
    Int* const places = scope.take<Int>(n);
    for (Int j = 0; j < n; j++) places[j] = pivots[j] - 1;
    copyMatrix(n, k, b[i], to);
    if (!adjoint) {
      exchangeRows(k, to, 0, n, places);
      solveTriangular(n, k, lu[i], false, true, to);
      solveTriangular(n, k, lu[i], true, false, to);
    } else {
      const Matrix<T> turned = (isComplex<T> ? copied(scope, n, n, lu[i], true) : lu[i]).transposed();
      solveTriangular(n, k, turned, false, false, to);
      solveTriangular(n, k, turned, true, true, to);
      exchangeRows(k, to, 0, n, places, true);
    }
    if (to.data != x) copyMatrix(n, k, to, rowMajor(x, k));
    x += (size_t)n * k;
    pivots += n;
  }
}

// a⁻¹ = u⁻¹ l⁻¹ p
template <class T> void inverseBatch(Int batch, Int n, Batch<T> a, T* to, Int* info) {
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> own = allocate<T>(scope, n, n), found = allocate<T>(scope, n, n);
    Int* const pivots = scope.take<Int>(n);
    copyMatrix(n, n, a[i], own);
    info[i] = factor(n, n, own, pivots);
    clear(n, n, found);
    invertLower(n, own, found);
    solveTriangular(n, n, own, true, false, found);
    for (Int j = n - 1; j >= 0; j--)
      if (pivots[j] != j)
        for (Int l = 0; l < n; l++) swap(found(l, j), found(l, pivots[j]));
    copyMatrix(n, n, found, rowMajor(to, n));
    to += (size_t)n * n;
  }
}

template <class T> void triangularBatch(Int batch, Int n, Int k, Batch<T> a, Batch<T> b, T* x, bool upper, bool unit) {
  for (Int i = 0; i < batch; i++) {
    copyMatrix(n, k, b[i], rowMajor(x, k));
    solveTriangular(n, k, a[i], upper, unit, rowMajor(x, k));
    x += (size_t)n * k;
  }
}

template <class T> void choleskyBatch(Int batch, Int n, Batch<T> a, T* to, bool upper, Int* info) {
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> own = allocate<T>(scope, n, n), from = a[i], out = rowMajor(to, n);
    for (Int j = 0; j < n; j++)
      for (Int l = j; l < n; l++) own(l, j) = upper ? conj(from(j, l)) : from(l, j);
    info[i] = factorPositive(n, own);
    for (Int l = 0; l < n; l++)
      for (Int j = 0; j < n; j++)
        out(l, j) = upper ? (l <= j ? conj(own(j, l)) : number<T>(0)) : l >= j ? own(l, j) : number<T>(0);
    to += (size_t)n * n;
  }
}

template <class T> void qrBatch(Int batch, Int m, Int n, Batch<T> a, T* h, T* tau) {
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> own = allocate<T>(scope, m, n);
    copyMatrix(m, n, a[i], own);
    factorReflections(m, n, own, tau);
    copyMatrix(m, n, own, rowMajor(h, n));
    h += (size_t)m * n;
    tau += lesser(m, n);
  }
}

template <class T> void productBatch(Int batch, Int m, Int columns, Int count, Batch<T> h, const T* tau, T* q) {
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> own = allocate<T>(scope, m, count), formed = allocate<T>(scope, m, columns);
    copyMatrix(m, count, h[i], own);
    formReflections(m, columns, count, own, tau, formed);
    copyMatrix(m, columns, formed, rowMajor(q, columns));
    q += (size_t)m * columns;
    tau += count;
  }
}

template <class T> void eighBatch(Int batch, Int n, Batch<T> a, bool upper, Real<T>* values, T* vectors, Int* info) {
  typedef typename Wide<T>::Type W;
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const size_t all = (size_t)n * n;
    const Matrix<T> from = a[i];
    const Matrix<W> own = allocate<W>(scope, n, n);
    Matrix<W> z = allocate<W>(scope, n, vectors ? n : 0);
    double* const wide = scope.take<double>(n);
    for (Int j = 0; j < n; j++) {
      for (Int l = 0; l < j; l++) {
        const W x = Convert<T, W>::of(upper ? from(l, j) : from(j, l));
        own(l, j) = upper ? x : conj(x);
        own(j, l) = upper ? conj(x) : x;
      }
      own(j, j) = number<W>(realPart(from(j, j)));
    }
    const double factor = rangeFactor(n, n, own);
    const bool done = factor > 0 && eigenHermitian(n, own, wide, vectors ? &z : nullptr);
    info[i] = done ? 0 : 1;
    if (done) {
      for (Int j = 0; j < n; j++) values[j] = Real<T>(wide[j] / factor);
      if (vectors) copyMatrix(n, n, z, rowMajor(vectors, n));
    } else {
      fillWithNan(n, values);
      if (vectors) fillWithNan(all, vectors);
    }
    values += n;
    if (vectors) vectors += all;
  }
}

template <class T> void eigBatch(Int batch, Int n, Batch<T> a, Complex<Real<T>>* values, Complex<Real<T>>* vectors, Int* info) {
  typedef typename Wide<T>::Type W;
  typedef Complex<double> C;
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const size_t all = (size_t)n * n;
    const Matrix<W> own = allocate<W>(scope, n, n);
    Matrix<C> found = allocate<C>(scope, n, vectors ? n : 0);
    C* const wide = scope.take<C>(n);
    copyMatrix(n, n, a[i], own);
    const double factor = rangeFactor(n, n, own);
    const bool done = factor > 0 && eigenGeneral(n, own, wide, vectors ? &found : nullptr);
    info[i] = done ? 0 : 1;
    if (done) {
      for (Int j = 0; j < n; j++) values[j] = Convert<C, Complex<Real<T>>>::of(wide[j] / factor);
      if (vectors) copyMatrix(n, n, found, rowMajor(vectors, n));
    } else {
      fillWithNan(n, values);
      if (vectors) fillWithNan(all, vectors);
    }
    values += n;
    if (vectors) vectors += all;
  }
}

// Of a wide matrix its adjoint is decomposed.
template <class T> void svdBatch(Int batch, Int m, Int n, Batch<T> a, Real<T>* s, T* u, T* vh, bool full, Int* info) {
  typedef typename Wide<T>::Type W;
  const bool wide = m < n;
  const Int rows = greater(m, n), least = lesser(m, n), columns = full ? rows : least;
  for (Int i = 0; i < batch; i++) {
    Scope scope;
    const Matrix<T> from = a[i];
    const Matrix<W> own = allocate<W>(scope, rows, least);
    const Matrix<W> left = allocate<W>(scope, rows, u ? columns : 0);
    const Matrix<W> right = allocate<W>(scope, least, u ? least : 0);
    double* const values = scope.take<double>(least);
    copyMatrix(rows, least, wide ? from.transposed() : from, own);
    if (wide && isComplex<T>)
      conjugate(rows, least, own);
    const double factor = rangeFactor(rows, least, own);
    const bool done = factor > 0 && singular(rows, least, own, values, u != nullptr, columns, left, right);
    info[i] = done ? 0 : 1;
    const Int uColumns = wide ? m : columns, vRows = wide ? columns : n;
    if (done) {
      for (Int j = 0; j < least; j++) s[j] = Real<T>(values[j] / factor);
      if (u) {
        const Matrix<W> ofU = wide ? right : left, ofV = wide ? left : right;
        copyMatrix(m, uColumns, ofU, rowMajor(u, uColumns));
        if (isComplex<T>)
          conjugate(n, vRows, ofV);
        copyMatrix(vRows, n, ofV.transposed(), rowMajor(vh, n));
      }
    } else {
      fillWithNan(least, s);
      if (u) {
        fillWithNan((size_t)m * uColumns, u);
        fillWithNan((size_t)vRows * n, vh);
      }
    }
    s += least;
    if (u) {
      u += (size_t)m * uColumns;
      vh += (size_t)vRows * n;
    }
  }
}

template <class T> size_t luBytes(size_t m, size_t n) { return cells(m, n) * sizeof(T) + subtractWork<T>(m, n, n) + 256; }
template <class T> size_t solveBytes(size_t n, size_t k) { return (n * n + cells(k, n)) * sizeof(T) + n * 4 + subtractWork<T>(n, k, n) + 256; }
template <class T> size_t inverseBytes(size_t n) { return 2 * cells(n, n) * sizeof(T) + n * 4 + subtractWork<T>(n, n, n) + 256; }
template <class T> size_t choleskyBytes(size_t n) { return 3 * cells(n, n) * sizeof(T) + subtractWork<T>(n, n, n) + 256; }
template <class T> size_t qrBytes(size_t m, size_t n) {
  return 2 * cells(m, n) * sizeof(T) + reflectionsWork<T>(m, n) + subtractWork<T>(m, n, n) + 256;
}
template <class T> size_t eighBytes(size_t n) {
  typedef typename Wide<T>::Type W;
  return 2 * cells(n, n) * sizeof(W) + hermitianWork<W>(n) + 8 * n + 256;
}
template <class T> size_t eigBytes(size_t n) {
  typedef typename Wide<T>::Type W;
  return cells(n, n) * (sizeof(W) + 16) + generalWork<W>(n) + 16 * n + 256;
}
template <class T> size_t svdBytes(size_t m, size_t n, bool full) {
  typedef typename Wide<T>::Type W;
  const size_t rows = greater(m, n), least = lesser(m, n), columns = full ? rows : least;
  return (cells(rows, least) + cells(rows, columns) + cells(least, least)) * sizeof(W) + singularWork<W>(rows, least) + 8 * least + 512;
}

}  // namespace

#define EXPORT(name) extern "C" __attribute__((export_name(#name))) auto name
#define MATRIX(x) T *x, Int x##Step, Int x##Row, Int x##Column
#define BATCH(x) Batch<T>{x, x##Step, x##Row, x##Column}

#define ROUTINES(S, TYPE)                                                                                                               \
  namespace of_##S {                                                                                                                    \
  typedef TYPE T;                                                                                                                       \
  typedef Real<T> R;                                                                                                                    \
  EXPORT(luWork_##S)(Int m, Int n)->size_t { return luBytes<T>(m, n); }                                                                 \
  EXPORT(lu_##S)(Int batch, Int m, Int n, MATRIX(a), T* lu, Int* pivots, Int* info, void* work, size_t bytes)->void {                   \
    Arena::open(work, bytes);                                                                                                           \
    luBatch<T>(batch, m, n, BATCH(a), lu, pivots, info);                                                                                \
  }                                                                                                                                     \
  EXPORT(solveWork_##S)(Int n, Int k)->size_t { return solveBytes<T>(n, k); }                                                           \
  EXPORT(luSolve_##S)(Int batch, Int n, Int k, MATRIX(a), Int* pivots, MATRIX(b), T* x, Int adjoint, void* work, size_t bytes)->void {  \
    Arena::open(work, bytes);                                                                                                           \
    luSolveBatch<T>(batch, n, k, BATCH(a), pivots, BATCH(b), x, adjoint != 0);                                                          \
  }                                                                                                                                     \
  EXPORT(inverseWork_##S)(Int n)->size_t { return inverseBytes<T>(n); }                                                                 \
  EXPORT(inverse_##S)(Int batch, Int n, MATRIX(a), T* to, Int* info, void* work, size_t bytes)->void {                                  \
    Arena::open(work, bytes);                                                                                                           \
    inverseBatch<T>(batch, n, BATCH(a), to, info);                                                                                      \
  }                                                                                                                                     \
  EXPORT(triangular_##S)                                                                                                                \
  (Int batch, Int n, Int k, MATRIX(a), MATRIX(b), T* x, Int upper, Int unit, void* work, size_t bytes)->void {                          \
    Arena::open(work, bytes);                                                                                                           \
    triangularBatch<T>(batch, n, k, BATCH(a), BATCH(b), x, upper != 0, unit != 0);                                                      \
  }                                                                                                                                     \
  EXPORT(choleskyWork_##S)(Int n)->size_t { return choleskyBytes<T>(n); }                                                               \
  EXPORT(cholesky_##S)(Int batch, Int n, MATRIX(a), T* factor, Int upper, Int* info, void* work, size_t bytes)->void {                  \
    Arena::open(work, bytes);                                                                                                           \
    choleskyBatch<T>(batch, n, BATCH(a), factor, upper != 0, info);                                                                     \
  }                                                                                                                                     \
  EXPORT(qrWork_##S)(Int m, Int n)->size_t { return qrBytes<T>(m, n); }                                                                 \
  EXPORT(qr_##S)(Int batch, Int m, Int n, MATRIX(a), T* h, T* tau, void* work, size_t bytes)->void {                                    \
    Arena::open(work, bytes);                                                                                                           \
    qrBatch<T>(batch, m, n, BATCH(a), h, tau);                                                                                          \
  }                                                                                                                                     \
  EXPORT(reflections_##S)(Int batch, Int m, Int columns, Int count, MATRIX(a), T* tau, T* q, void* work, size_t bytes)->void {          \
    Arena::open(work, bytes);                                                                                                           \
    productBatch<T>(batch, m, columns, count, BATCH(a), tau, q);                                                                        \
  }                                                                                                                                     \
  EXPORT(eighWork_##S)(Int n)->size_t { return eighBytes<T>(n); }                                                                       \
  EXPORT(eigh_##S)(Int batch, Int n, MATRIX(a), Int upper, R* values, T* vectors, Int* info, void* work, size_t bytes)->void {          \
    Arena::open(work, bytes);                                                                                                           \
    eighBatch<T>(batch, n, BATCH(a), upper != 0, values, vectors, info);                                                                \
  }                                                                                                                                     \
  EXPORT(eigWork_##S)(Int n)->size_t { return eigBytes<T>(n); }                                                                         \
  EXPORT(eig_##S)(Int batch, Int n, MATRIX(a), Complex<R>* values, Complex<R>* vectors, Int* info, void* work, size_t bytes)->void {    \
    Arena::open(work, bytes);                                                                                                           \
    eigBatch<T>(batch, n, BATCH(a), values, vectors, info);                                                                             \
  }                                                                                                                                     \
  EXPORT(svdWork_##S)(Int m, Int n, Int full)->size_t { return svdBytes<T>(m, n, full != 0); }                                          \
  EXPORT(svd_##S)(Int batch, Int m, Int n, MATRIX(a), R* s, T* u, T* vh, Int full, Int* info, void* work, size_t bytes)->void {         \
    Arena::open(work, bytes);                                                                                                           \
    svdBatch<T>(batch, m, n, BATCH(a), s, u, vh, full != 0, info);                                                                      \
  }                                                                                                                                     \
  }

ROUTINES(f32, float)
ROUTINES(f64, double)
ROUTINES(c64, Complex<float>)
ROUTINES(c128, Complex<double>)

// Where in this module's table the products of one type of numbers are: f32, f64, c64, c128.
EXPORT(setProduct)(Int type, Product multiply, ProductWork work)->void {
  Products::multiply[type] = multiply;
  Products::work[type] = work;
}
