// Numbers: real ones, and complex ones without the branches that the standard library's products have.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef int32_t Int;

template <class R> struct Complex {
  R re, im;
};

template <class T> struct Traits {
  typedef T Real;
  static constexpr bool complex = false;
};
template <class R> struct Traits<Complex<R>> {
  typedef R Real;
  static constexpr bool complex = true;
};
template <class T> using Real = typename Traits<T>::Real;
template <class T> constexpr bool isComplex = Traits<T>::complex;

template <class R> constexpr R epsilon = 0;
template <> constexpr float epsilon<float> = 0x1p-23f;
template <> constexpr double epsilon<double> = 0x1p-52;
// Squares of numbers between these neither overflow nor lose bits by underflow, even where many are added.
template <class R> constexpr R smallest = 0;
template <> constexpr float smallest<float> = 0x1p-50f;
template <> constexpr double smallest<double> = 0x1p-480;
template <class R> constexpr R largest = 0;
template <> constexpr float largest<float> = 0x1p50f;
template <> constexpr double largest<double> = 0x1p480;

inline float conj(float x) { return x; }
inline double conj(double x) { return x; }
template <class R> inline Complex<R> conj(Complex<R> x) { return {x.re, -x.im}; }
inline float realPart(float x) { return x; }
inline double realPart(double x) { return x; }
template <class R> inline R realPart(Complex<R> x) { return x.re; }
template <class R> inline R imaginaryPart(R) { return 0; }
template <class R> inline R imaginaryPart(Complex<R> x) { return x.im; }

inline float root(float x) { return __builtin_sqrtf(x); }
inline double root(double x) { return __builtin_sqrt(x); }
inline float absolute(float x) { return __builtin_fabsf(x); }
inline double absolute(double x) { return __builtin_fabs(x); }
inline float copySign(float x, float y) { return __builtin_copysignf(x, y); }
inline double copySign(double x, double y) { return __builtin_copysign(x, y); }
template <class N> inline N lesser(N x, N y) { return x < y ? x : y; }
template <class N> inline N greater(N x, N y) { return x > y ? x : y; }
template <class N> inline void swap(N& x, N& y) {
  N kept = x;
  x = y;
  y = kept;
}
template <class R> inline bool isFinite(R x) { return x - x == 0; }

template <class R> R hypotenuse(R x, R y) {
  x = absolute(x);
  y = absolute(y);
  const R high = greater(x, y), low = lesser(x, y);
  if (!(low > 0)) return x + y;
  if (high < largest<R> && low > smallest<R>) return root(x * x + y * y);
  const R ratio = low / high;
  return high * root(1 + ratio * ratio);
}
template <class R> inline R absolute(Complex<R> x) { return hypotenuse(x.re, x.im); }

// What LAPACK compares pivots by.
inline float size1(float x) { return absolute(x); }
inline double size1(double x) { return absolute(x); }
template <class R> inline R size1(Complex<R> x) { return absolute(x.re) + absolute(x.im); }
inline float square(float x) { return x * x; }
inline double square(double x) { return x * x; }
template <class R> inline R square(Complex<R> x) { return x.re * x.re + x.im * x.im; }
template <class T> inline bool isZero(T x) { return size1(x) == 0; }

template <class R> inline Complex<R> operator+(Complex<R> x, Complex<R> y) { return {x.re + y.re, x.im + y.im}; }
template <class R> inline Complex<R> operator-(Complex<R> x, Complex<R> y) { return {x.re - y.re, x.im - y.im}; }
template <class R> inline Complex<R> operator-(Complex<R> x) { return {-x.re, -x.im}; }
template <class R> inline Complex<R> operator*(Complex<R> x, Complex<R> y) {
  return {x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re};
}
template <class R> inline Complex<R> operator*(Complex<R> x, R y) { return {x.re * y, x.im * y}; }
template <class R> inline Complex<R> operator*(R x, Complex<R> y) { return {x * y.re, x * y.im}; }
template <class R> inline Complex<R> operator/(Complex<R> x, R y) { return {x.re / y, x.im / y}; }
template <class R> Complex<R> operator/(Complex<R> x, Complex<R> y) {
  if (absolute(y.re) >= absolute(y.im)) {
    const R ratio = y.im / y.re, scale = y.re + y.im * ratio;
    return {(x.re + x.im * ratio) / scale, (x.im - x.re * ratio) / scale};
  }
  const R ratio = y.re / y.im, scale = y.im + y.re * ratio;
  return {(x.re * ratio + x.im) / scale, (x.im * ratio - x.re) / scale};
}
template <class T, class U> inline T& operator+=(T& x, U y) { return x = x + y; }
template <class T, class U> inline T& operator-=(T& x, U y) { return x = x - y; }
template <class T, class U> inline T& operator*=(T& x, U y) { return x = x * y; }

template <class T> struct Make {
  static T from(Real<T> re, Real<T>) { return re; }
};
template <class R> struct Make<Complex<R>> {
  static Complex<R> from(R re, R im) { return {re, im}; }
};
template <class T> inline T number(Real<T> re, Real<T> im = 0) { return Make<T>::from(re, im); }

template <class R> Complex<R> root(Complex<R> x) {
  if (x.re == 0 && x.im == 0) return {0, 0};
  const R size = root((absolute(x.re) + absolute(x)) / 2);
  if (x.re >= 0) return {size, x.im / (2 * size)};
  return {absolute(x.im) / (2 * size), copySign(size, x.im)};
}
