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

// How many rows or columns go through all reflections of a sweep at a time, in registers.
constexpr Int rowBlock = 8;
constexpr Int columnBlock = 4;

// Columns from .. from + count, by the adjoints of reflections first .. end, which begin in row first and follow each other downwards. The
// last of a sweep, `high` - 1, has a row less where they have three.
template <class T, Int count> void turnRowsBlock(const Small<T>* all, Int first, Int end, Int high, Matrix<T> h, Int from) {
  T* columns[count];
  T x[count], y[count];
  for (Int c = 0; c < count; c++) {
    columns[c] = &h(first, from + c);
    x[c] = columns[c][0];
    y[c] = columns[c][1];
  }
  for (Int k = first; k < end; k++) {
    const T tau = conj(all[k].tau), second = all[k].second, third = all[k].third;
    const bool three = !isComplex<T> && k < high - 1;
    for (Int c = 0; c < count; c++) {
      T* const at = columns[c];
      const T z = three ? at[2] : number<T>(0);
      T sum = x[c] + conj(second) * y[c];
      if (!isComplex<T>) sum += third * z;
      sum = tau * sum;
      at[0] = x[c] - sum;
      x[c] = y[c] - sum * second;
      if (isComplex<T>) {
        at[1] = x[c];
        y[c] = k + 1 < end ? at[2] : x[c];
      } else {
        y[c] = z - sum * third;
      }
      columns[c] = at + 1;
    }
  }
  if (!isComplex<T>)
    for (Int c = 0; c < count; c++) {
      columns[c][0] = x[c];
      if (end < high) columns[c][1] = y[c];
    }
}

template <class T> void turnRows(const Small<T>* all, Int first, Int end, Int high, Matrix<T> h, Int from, Int to) {
  if (first >= end) return;
  for (; from + columnBlock <= to; from += columnBlock) turnRowsBlock<T, columnBlock>(all, first, end, high, h, from);
  for (; from < to; from++) turnRowsBlock<T, 1>(all, first, end, high, h, from);
}

// Rows from .. from + packs times the numbers in a V, by reflections first .. end.
template <class V, class T, Int packs> void turnColumnsBlock(const Small<T>* all, Int first, Int end, Int high, Matrix<T> h, Int from) {
  V x[packs], y[packs];
  for (Int p = 0; p < packs; p++) {
    x[p] = ((V*)&h(from, first))[p];
    y[p] = ((V*)&h(from, first + 1))[p];
  }
  for (Int k = first; k < end; k++) {
    const T tau = all[k].tau, second = all[k].second, third = all[k].third;
    V* const at = (V*)&h(from, k);
    if (isComplex<T>) {
      V* const next = (V*)&h(from, k + 1);
      for (Int p = 0; p < packs; p++) {
        if (k > first) y[p] = next[p];
        const V sum = (x[p] + y[p] * second) * tau;
        at[p] = x[p] - sum;
        x[p] = y[p] - sum * conj(second);
      }
    } else {
      const bool three = k < high - 1;
      const V* const next = (const V*)&h(from, three ? k + 2 : k);
      for (Int p = 0; p < packs; p++) {
        const V z = next[p];
        const V sum = (x[p] + y[p] * second + z * third) * tau;
        at[p] = x[p] - sum;
        x[p] = y[p] - sum * second;
        y[p] = z - sum * third;
      }
    }
  }
  for (Int p = 0; p < packs; p++) {
    ((V*)&h(from, end))[p] = x[p];
    if (!isComplex<T> && end < high) ((V*)&h(from, end + 1))[p] = y[p];
  }
}

inline void turnColumnsPart(const Small<double>* all, Int first, Int end, Int high, Matrix<double> h, Int from) {
  turnColumnsBlock<Pair, double, rowBlock / 2>(all, first, end, high, h, from);
}
inline void turnColumnsPart(const Small<Complex<double>>* all, Int first, Int end, Int high, Matrix<Complex<double>> h, Int from) {
  for (Int i = 0; i < rowBlock; i += 4) turnColumnsBlock<Complex<double>, Complex<double>, 4>(all, first, end, high, h, from + i);
}

template <class T> void turnColumns(const Small<T>* all, Int first, Int end, Int high, Matrix<T> h, Int from, Int to) {
  if (first >= end) return;
  for (; from + rowBlock <= to; from += rowBlock) turnColumnsPart(all, first, end, high, h, from);
  for (; from < to; from++) turnColumnsBlock<T, T, 1>(all, first, end, high, h, from);
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
      C ys = root(xs * xs + us * us);
      if (xs.re * ys.re + xs.im * ys.im < 0) ys = -ys;
      shift -= u * (us / (xs + ys));
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
  Scope scope;
  Small<T>* const sweep = scope.take<Small<T>>(n);
  constexpr Int width = isComplex<T> ? 2 : 3;
  constexpr Int least = isComplex<T> ? 1 : 2;
  const double vanishing = 0x1p-1022 * (n / epsilon<double>);
  double most = 0;
  for (Int j = 0; j < n; j++) most = greater(most, double(largestPart(n, &h(0, j))));
  const int64_t limit = 100 * (int64_t)greater<Int>(10, n);
  int64_t all = 0;
  for (Int j = 0; j + 2 < n; j++)
    for (Int i = j + 2; i < n; i++) h(i, j) = number<T>(0);
  Int tries = 0;
  for (Int high = n - 1; high >= 0;) {
    // What steps do not make smaller, as of matrices that are nearly nilpotent, is taken for nothing in the end.
    double nothing = vanishing;
    if (tries > 20) {
      nothing = most * epsilon<double> / 1024;
      for (Int i = 25; i < tries; i++) nothing *= 2;
    }
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
    // Steps need what is near the diagonal: columns get the reflections of the sweep so far when it comes to them, rows above it, columns
    // beside the active block and z all of them at its end.
    const Int end = z ? n : high + 1, top = z ? 0 : low;
    Int ready = start;
    for (Int k = start; k < high; k++) {
      const Int size = lesser(width, high - k + 1);
      if (k > start) for (Int i = 0; i < size; i++) v[i] = h(k + i, k - 1);
      const Small<T> small = sweep[k] = smallReflection(size, v);
      if (k > start) {
        h(k, k - 1) = v[0];
        for (Int i = 1; i < size; i++) h(k + i, k - 1) = number<T>(0);
      } else if (start > low) {
        h(k, k - 1) = h(k, k - 1) * (number<T>(1) - conj(small.tau));
      }
      turnRows(sweep, k, k + 1, high, h, k, ready);
      const Int needed = k + size;
      if (ready < needed) {
        const Int next = lesser(greater(needed, ready + columnBlock), high + 1);
        turnRows(sweep, start, k + 1, high, h, ready, next);
        ready = next;
      }
      const Int block = top + (greater(k, top) - top) / rowBlock * rowBlock;
      turnColumns(sweep, k, k + 1, high, h, block, lesser(k + width + 1, high + 1));
    }
    turnRows(sweep, start, high, high, h, ready, end);
    for (Int i = top; i < high; i += rowBlock)
      turnColumns(sweep, greater(start, i + rowBlock), high, high, h, i, lesser(i + rowBlock, high));
    if (z) turnColumns(sweep, start, high, high, *z, 0, n);
  }
  return true;
}
