// The QR algorithm on Hessenberg matrices: double steps on real ones, single steps on complex ones, by reflections of three and of two rows.
#pragma once
#include "hessenberg.hpp"

// A reflection of `size` rows: 1 - tau v vᴴ with v = (1, second, third).
template <class T> struct Small {
  T tau, second, third;
};

template <class T> Small<T> smallReflection(Int size, T* v) {
  Small<T> small = {number<T>(0), number<T>(0), number<T>(0)};
  small.tau = reflect(size - 1, v[0], v + 1);
  small.second = v[1];
  if (size > 2) small.third = v[2];
  return small;
}

// Rows k .. k + size of columns `from` to `to`, by the adjoint.
template <class T> void turnRows(Int size, const Small<T>& by, Matrix<T> h, Int k, Int from, Int to) {
  const T tau = conj(by.tau), second = by.second, third = by.third;
  for (Int j = from; j < to; j++) {
    T* const x = &h(k, j);
    T sum = x[0] + conj(second) * x[1];
    if (size > 2) sum += conj(third) * x[2];
    sum = tau * sum;
    x[0] -= sum;
    x[1] -= sum * second;
    if (size > 2) x[2] -= sum * third;
  }
}

// Columns k .. k + size, rows 0 to `to`.
template <class T> void turnColumns(Int size, const Small<T>& by, Matrix<T> h, Int k, Int to) {
  T *const x = &h(0, k), *const y = &h(0, k + 1), *const z = size > 2 ? &h(0, k + 2) : y;
  const T tau = by.tau, second = by.second, third = by.third;
  if (size > 2) {
    for (Int i = 0; i < to; i++) {
      const T sum = tau * (x[i] + y[i] * second + z[i] * third);
      x[i] -= sum;
      y[i] -= sum * conj(second);
      z[i] -= sum * conj(third);
    }
  } else {
    for (Int i = 0; i < to; i++) {
      const T sum = tau * (x[i] + y[i] * second);
      x[i] -= sum;
      y[i] -= sum * conj(second);
    }
  }
}

// The first row of the active block h(low .. high): above it subdiagonals have vanished.
template <class T> Int activeFrom(Int high, Matrix<T> h, double nothing) {
  Int k = high;
  for (; k > 0; k--) {
    const double below = size1(h(k, k - 1));
    if (below <= nothing) break;
    double around = size1(h(k - 1, k - 1)) + size1(h(k, k));
    if (around == 0) {
      if (k >= 2) around += size1(h(k - 1, k - 2));
      if (k + 1 <= high) around += size1(h(k + 1, k));
    }
    if (below > epsilon<double> * around) continue;
    const double beside = size1(h(k - 1, k)), difference = size1(h(k - 1, k - 1) - h(k, k)), corner = size1(h(k, k));
    const double ab = greater(below, beside), ba = lesser(below, beside);
    const double aa = greater(corner, difference), bb = lesser(corner, difference), s = aa + ab;
    if (ba * (ab / s) <= greater(nothing, epsilon<double> * (bb * (aa / s)))) break;
  }
  if (k > 0) h(k, k - 1) = number<T>(0);
  return k;
}

struct Block2 {
  double a, b, c, d, re1, im1, re2, im2, cosine, sine;
};

// The standard form of a real 2 by 2 block: triangular where its eigenvalues are real, else with equal diagonal elements.
inline Block2 standardise(double a, double b, double c, double d) {
  double cosine = 1, sine = 0;
  if (c == 0) {
  } else if (b == 0) {
    cosine = 0;
    sine = 1;
    swap(a, d);
    b = -c;
    c = 0;
  } else if (a - d == 0 && copySign(1.0, b) != copySign(1.0, c)) {
  } else {
    double difference = a - d, p = difference / 2;
    const double most = greater(absolute(b), absolute(c));
    const double least = lesser(absolute(b), absolute(c)) * copySign(1.0, b) * copySign(1.0, c);
    double scale = greater(absolute(p), most), z = p / scale * p + most / scale * least;
    if (z >= 4 * epsilon<double>) {
      z = p + copySign(root(scale) * root(z), p);
      a = d + z;
      d = d - most / z * least;
      const double tau = hypotenuse(c, z);
      cosine = z / tau;
      sine = c / tau;
      b = b - c;
      c = 0;
    } else {
      const double sigma = b + c;
      const double tau = hypotenuse(sigma, difference);
      cosine = root((1 + absolute(sigma) / tau) / 2);
      sine = -(p / (tau * cosine)) * copySign(1.0, sigma);
      const double aa = a * cosine + b * sine, bb = -a * sine + b * cosine, cc = c * cosine + d * sine, dd = -c * sine + d * cosine;
      a = aa * cosine + cc * sine;
      b = bb * cosine + dd * sine;
      c = -aa * sine + cc * cosine;
      d = -bb * sine + dd * cosine;
      const double middle = (a + d) / 2;
      a = d = middle;
      if (c != 0) {
        if (b != 0) {
          if (copySign(1.0, b) == copySign(1.0, c)) {
            const double ofB = root(absolute(b)), ofC = root(absolute(c));
            p = copySign(ofB * ofC, c);
            const double tau2 = 1 / root(absolute(b + c));
            a = middle + p;
            d = middle - p;
            b = b - c;
            c = 0;
            const double c1 = ofB * tau2, s1 = ofC * tau2, kept = cosine * c1 - sine * s1;
            sine = cosine * s1 + sine * c1;
            cosine = kept;
          }
        } else {
          b = -c;
          c = 0;
          const double kept = cosine;
          cosine = -sine;
          sine = kept;
        }
      }
    }
  }
  double imaginary = 0;
  if (c != 0) imaginary = root(absolute(b)) * root(absolute(c));
  return {a, b, c, d, a, imaginary, d, -imaginary, cosine, sine};
}

// Splits the 2 by 2 block that ends at row i, in h and in the columns of z.
inline void splitBlock(Int n, Int i, Matrix<double> h, Complex<double>* values, Matrix<double>* z) {
  const Int k = i - 1;
  const Block2 block = standardise(h(k, k), h(k, i), h(i, k), h(i, i));
  h(k, k) = block.a;
  h(k, i) = block.b;
  h(i, k) = block.c;
  h(i, i) = block.d;
  values[k] = {block.re1, block.im1};
  values[i] = {block.re2, block.im2};
  if (!z) return;
  for (Int j = i + 1; j < n; j++) {
    const double x = h(k, j), y = h(i, j);
    h(k, j) = block.cosine * x + block.sine * y;
    h(i, j) = block.cosine * y - block.sine * x;
  }
  rotate(k, &h(0, k), &h(0, i), block.cosine, block.sine);
  rotate(n, &(*z)(0, k), &(*z)(0, i), block.cosine, block.sine);
}

// Where in low .. high a double step may begin, and the first column of what it does.
inline Int beginDouble(Int low, Int high, Matrix<double> h, Int tries, double* v) {
  double h11, h12, h21, h22;
  if (tries % 20 == 10) {
    const double s = absolute(h(low + 1, low)) + absolute(h(low + 2, low + 1));
    h11 = h22 = 0.75 * s + h(low, low);
    h12 = -0.4375 * s;
    h21 = s;
  } else if (tries % 20 == 0 && tries > 0) {
    const double s = absolute(h(high, high - 1)) + absolute(h(high - 1, high - 2));
    h11 = h22 = 0.75 * s + h(high, high);
    h12 = -0.4375 * s;
    h21 = s;
  } else {
    h11 = h(high - 1, high - 1);
    h12 = h(high - 1, high);
    h21 = h(high, high - 1);
    h22 = h(high, high);
  }
  double re1 = 0, re2 = 0, im = 0;
  const double s = absolute(h11) + absolute(h12) + absolute(h21) + absolute(h22);
  if (s > 0) {
    h11 /= s;
    h12 /= s;
    h21 /= s;
    h22 /= s;
    const double middle = (h11 + h22) / 2, discriminant = (h11 - middle) * (h22 - middle) - h12 * h21;
    const double distance = root(absolute(discriminant));
    if (discriminant >= 0) {
      re1 = re2 = middle * s;
      im = distance * s;
    } else {
      const double first = middle + distance, second = middle - distance;
      re1 = re2 = (absolute(first - h22) <= absolute(second - h22) ? first : second) * s;
    }
  }
  Int m = high - 2;
  for (;; m--) {
    double below = absolute(h(m + 1, m));
    double s = absolute(h(m, m) - re2) + im + below;
    below = h(m + 1, m) / s;
    v[0] = below * h(m, m + 1) + (h(m, m) - re1) * ((h(m, m) - re2) / s) + im * (im / s);
    v[1] = below * (h(m, m) + h(m + 1, m + 1) - re1 - re2);
    v[2] = below * h(m + 2, m + 1);
    s = absolute(v[0]) + absolute(v[1]) + absolute(v[2]);
    for (Int i = 0; i < 3; i++) v[i] /= s;
    if (m == low) break;
    const double around = absolute(h(m - 1, m - 1)) + absolute(h(m, m)) + absolute(h(m + 1, m + 1));
    if (absolute(h(m, m - 1)) * (absolute(v[1]) + absolute(v[2])) <= epsilon<double> * absolute(v[0]) * around) break;
  }
  return m;
}

template <class R> inline Int beginSingle(Int low, Int high, Matrix<Complex<R>> h, Int tries, Complex<R>* v) {
  typedef Complex<R> C;
  C shift = h(high, high);
  if (tries % 20 == 10) {
    shift = h(low, low) + C{R(0.75) * absolute(h(low + 1, low)), 0};
  } else if (tries % 20 == 0 && tries > 0) {
    shift = shift + C{R(0.75) * absolute(h(high, high - 1)), 0};
  } else {
    const C u = root(h(high - 1, high)) * root(h(high, high - 1));
    R s = size1(u);
    if (s != 0) {
      const C x = (h(high - 1, high - 1) - shift) * R(0.5);
      s = greater(s, size1(x));
      const C xs = x / s, us = u / s;
      C y = root(xs * xs + us * us) * s;
      if (x.re * y.re + x.im * y.im < 0) y = -y;
      shift -= u * (u / (x + y));
    }
  }
  Int m = high - 1;
  for (;; m--) {
    C first = h(m, m) - shift, below = h(m + 1, m);
    const R s = size1(first) + size1(below);
    v[0] = first / s;
    v[1] = below / s;
    if (m == low) break;
    if (size1(h(m, m - 1)) * size1(v[1]) <= epsilon<double> * (size1(v[0]) * (size1(h(m, m)) + size1(h(m + 1, m + 1))))) break;
  }
  return m;
}

// h becomes triangular, or, of real numbers, has 2 by 2 blocks as well; z is turned along. Without z only the values are found, and
// what is above and beside the active block is left as it is.
template <class T> bool schur(Int n, Matrix<T> h, Complex<double>* values, Matrix<T>* z) {
  constexpr Int width = isComplex<T> ? 2 : 3;
  constexpr Int least = isComplex<T> ? 1 : 2;
  const double nothing = 0x1p-1022 * (n / epsilon<double>);
  const int64_t limit = 30 * (int64_t)greater<Int>(10, n);
  int64_t all = 0;
  for (Int j = 0; j + 2 < n; j++)
    for (Int i = j + 2; i < n; i++) h(i, j) = number<T>(0);
  Int tries = 0;
  for (Int high = n - 1; high >= 0;) {
    const Int low = activeFrom(high, h, nothing);
    if (high - low < least) {
      if (low == high) {
        values[high] = {realPart(h(high, high)), imaginaryPart(h(high, high))};
      } else if constexpr (!isComplex<T>) {
        splitBlock(n, high, h, values, z);
      }
      high = low - 1;
      tries = 0;
      continue;
    }
    if (all++ == limit) return false;
    T v[3];
    Int start;
    if constexpr (isComplex<T>) start = beginSingle(low, high, h, tries, v);
    else start = beginDouble(low, high, h, tries, v);
    tries++;
    const Int end = z ? n : high + 1, top = z ? 0 : low;
    for (Int k = start; k < high; k++) {
      const Int size = lesser(width, high - k + 1);
      if (k > start) for (Int i = 0; i < size; i++) v[i] = h(k + i, k - 1);
      const Small<T> small = smallReflection(size, v);
      if (k > start) {
        h(k, k - 1) = v[0];
        for (Int i = 1; i < size; i++) h(k + i, k - 1) = number<T>(0);
      } else if (start > low) {
        h(k, k - 1) = h(k, k - 1) * (number<T>(1) - conj(small.tau));
      }
      turnRows(size, small, h, k, k, end);
      const Int rows = lesser(k + width + 1, high + 1);
      turnColumns(size, small, h.at(top, 0), k, rows - top);
      if (z) turnColumns(size, small, *z, k, n);
    }
  }
  return true;
}
