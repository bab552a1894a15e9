// Sums over neighbouring elements.
#pragma once
#include "memory.hpp"

typedef double Pair __attribute__((vector_size(16), aligned(8)));
typedef float Quad __attribute__((vector_size(16), aligned(4)));
template <class R> struct Vector;
template <> struct Vector<double> { typedef Pair Type; };
template <> struct Vector<float> { typedef Quad Type; };

inline Pair swapParts(Pair x) { return __builtin_shufflevector(x, x, 1, 0); }
inline Quad swapParts(Quad x) { return __builtin_shufflevector(x, x, 1, 0, 3, 2); }
inline double total(Pair x) { return x[0] + x[1]; }
inline float total(Quad x) { return (x[0] + x[1]) + (x[2] + x[3]); }
inline double evenOdd(Pair x) { return x[0] - x[1]; }
inline float evenOdd(Quad x) { return (x[0] - x[1]) + (x[2] - x[3]); }
inline Pair alternate(double x, double y, Pair) { return Pair{x, y}; }
inline Quad alternate(float x, float y, Quad) { return Quad{x, y, x, y}; }

// y += alpha x
template <class R> inline void addMultiple(Int n, R alpha, const R* x, R* y) {
  typedef typename Vector<R>::Type V;
  constexpr Int width = 16 / sizeof(R);
  Int i = 0;
  for (; i + 2 * width <= n; i += 2 * width) {
    const V first = *(const V*)(y + i) + *(const V*)(x + i) * alpha;
    const V second = *(const V*)(y + i + width) + *(const V*)(x + i + width) * alpha;
    *(V*)(y + i) = first;
    *(V*)(y + i + width) = second;
  }
  for (; i < n; i++) y[i] += alpha * x[i];
}

template <class R> inline void addMultiple(Int n, Complex<R> alpha, const Complex<R>* x, Complex<R>* y) {
  typedef typename Vector<R>::Type V;
  constexpr Int width = 8 / sizeof(R);
  const V im = alternate(-alpha.im, alpha.im, V{});
  Int i = 0;
  for (; i + width <= n; i += width) {
    const V from = *(const V*)(x + i);
    *(V*)(y + i) = *(const V*)(y + i) + from * alpha.re + swapParts(from) * im;
  }
  for (; i < n; i++) y[i] += alpha * x[i];
}

// The sum of conj(x) y
template <class R> inline R innerProduct(Int n, const R* x, const R* y) {
  typedef typename Vector<R>::Type V;
  constexpr Int width = 16 / sizeof(R);
  V sum0{}, sum1{}, sum2{}, sum3{};
  Int i = 0;
  for (; i + 4 * width <= n; i += 4 * width) {
    sum0 += *(const V*)(x + i) * *(const V*)(y + i);
    sum1 += *(const V*)(x + i + width) * *(const V*)(y + i + width);
    sum2 += *(const V*)(x + i + 2 * width) * *(const V*)(y + i + 2 * width);
    sum3 += *(const V*)(x + i + 3 * width) * *(const V*)(y + i + 3 * width);
  }
  R sum = total((sum0 + sum1) + (sum2 + sum3));
  for (; i < n; i++) sum += x[i] * y[i];
  return sum;
}

template <class R> inline Complex<R> innerProduct(Int n, const Complex<R>* x, const Complex<R>* y) {
  typedef typename Vector<R>::Type V;
  constexpr Int width = 8 / sizeof(R);
  V same0{}, same1{}, crossed0{}, crossed1{};
  Int i = 0;
  for (; i + 2 * width <= n; i += 2 * width) {
    const V x0 = *(const V*)(x + i), x1 = *(const V*)(x + i + width);
    const V y0 = *(const V*)(y + i), y1 = *(const V*)(y + i + width);
    same0 += x0 * y0;
    same1 += x1 * y1;
    crossed0 += x0 * swapParts(y0);
    crossed1 += x1 * swapParts(y1);
  }
  Complex<R> sum = {total(same0 + same1), evenOdd(crossed0 + crossed1)};
  for (; i < n; i++) sum += conj(x[i]) * y[i];
  return sum;
}

template <class T, class F> inline void scale(Int n, F factor, T* x) {
  for (Int i = 0; i < n; i++) x[i] = x[i] * factor;
}

template <class T> Real<T> largestPart(Int n, const T* x) {
  Real<T> most = 0;
  for (Int i = 0; i < n; i++) {
    const Real<T> re = absolute(realPart(x[i])), im = absolute(imaginaryPart(x[i]));
    if (re > most || re != re) most = re;
    if (im > most || im != im) most = im;
  }
  return most;
}

// The 2-norm, of whatever size the elements are.
template <class T> Real<T> length(Int n, const T* x) {
  typedef Real<T> R;
  const R squares = realPart(innerProduct(n, x, x));
  if (squares > smallest<R> && squares < largest<R>) return root(squares);
  const R most = largestPart(n, x);
  if (!(most > 0) || !isFinite(most)) return most;
  R sum = 0;
  for (Int i = 0; i < n; i++) sum += square(number<T>(realPart(x[i]) / most, imaginaryPart(x[i]) / most));
  return most * root(sum);
}

// x, y = c x + s y, c y - s x
template <class T> inline void rotate(Int n, T* x, T* y, double c, double s) {
  for (Int i = 0; i < n; i++) {
    const T a = x[i], b = y[i];
    x[i] = a * c + b * s;
    y[i] = b * c - a * s;
  }
}
template <> inline void rotate<double>(Int n, double* x, double* y, double c, double s) {
  Int i = 0;
  for (; i + 2 <= n; i += 2) {
    const Pair a = *(const Pair*)(x + i), b = *(const Pair*)(y + i);
    *(Pair*)(x + i) = a * c + b * s;
    *(Pair*)(y + i) = b * c - a * s;
  }
  for (; i < n; i++) {
    const double a = x[i], b = y[i];
    x[i] = a * c + b * s;
    y[i] = b * c - a * s;
  }
}
