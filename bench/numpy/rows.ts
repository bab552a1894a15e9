/**
 * What is timed, as text that is Python and JavaScript at once: functions of NumPy's over operands of `n` elements. Every side evaluates
 * it with its own `np`; what a peer does not have is left out.
 */

export interface Group {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly rows: readonly string[];
}

const elementwise = `
  np.add(x, y)  np.subtract(x, y)  np.multiply(x, y)  np.divide(x, y)  np.floor_divide(x, y)  np.remainder(x, y)  np.power(p, y)
  np.maximum(x, y)  np.minimum(x, y)  np.fmax(x, y)  np.hypot(x, y)  np.arctan2(x, y)  np.logaddexp(x, y)  np.copysign(x, y)
  np.nextafter(x, y)  np.negative(x)  np.absolute(x)  np.sign(x)  np.square(x)  np.sqrt(p)  np.cbrt(x)  np.reciprocal(p)  np.exp(x)
  np.exp2(x)  np.expm1(x)  np.log(p)  np.log2(p)  np.log10(p)  np.log1p(p)  np.sin(x)  np.cos(x)  np.tan(x)  np.arcsin(u)  np.arccos(u)
  np.arctan(x)  np.sinh(x)  np.cosh(x)  np.tanh(x)  np.arcsinh(x)  np.arctanh(u)  np.floor(x)  np.ceil(x)  np.rint(x)  np.trunc(x)
  np.round(x, 2)  np.clip(x, -0.5, 0.5)  np.isnan(x)  np.isfinite(x)  np.signbit(x)  np.less(x, y)  np.equal(i, j)  np.greater_equal(x, y)
  np.logical_and(b, e)  np.logical_not(b)  np.bitwise_and(i, j)  np.bitwise_xor(i, j)  np.left_shift(i, 2)  np.add(i, j)
  np.multiply(i, j)  np.floor_divide(i, k)  np.remainder(i, k)  np.add(f, g)  np.multiply(f, g)  np.exp(f)  np.tanh(f)  np.sin(f)
  np.add(c, d)  np.multiply(c, d)  np.divide(c, d)  np.abs(c)  np.exp(c)  np.angle(c)  np.conjugate(c)  np.real(c)  np.where(b, x, y)
  np.nan_to_num(x)  np.heaviside(x, 0.5)  np.deg2rad(x)  np.sinc(x)  np.i0(x)  np.gcd(i, k)  np.ldexp(x, 3)  np.interp(x, s, y)`;

const reductions = `
  np.sum(x)  np.sum(m, 0)  np.sum(m, 1)  np.prod(u)  np.mean(x)  np.mean(m, 0)  np.var(x)  np.std(m, 1)  np.max(x)  np.min(m, 0)
  np.argmax(x)  np.argmin(m, 1)  np.any(b)  np.all(e)  np.sum(i)  np.sum(f)  np.sum(c)  np.cumsum(x)  np.cumsum(m, 0)  np.cumprod(u)
  np.ptp(x)  np.count_nonzero(b)  np.nansum(x)  np.nanmean(x)  np.nanmax(x)  np.nanstd(x)  np.average(x)  np.median(x)  np.median(m, 0)
  np.percentile(x, 30)  np.quantile(m, 0.3, 1)  np.nanmedian(x)  np.diff(x)  np.ediff1d(x)  np.gradient(x)  np.trapezoid(y, s)
  np.maximum.accumulate(x)  np.add.reduce(x)  np.cov(m)  np.corrcoef(m)  np.logaddexp.reduce(x)`;

const sorting = `
  np.sort(x)  np.sort(m, 0)  np.sort(m, 1)  np.sort(i)  np.sort(f)  np.argsort(x)  np.argsort(i)  np.partition(x, 10)
  np.argpartition(x, 10)
  np.unique(i)  np.unique(x)  np.searchsorted(s, x)  np.digitize(x, t)  np.histogram(x, 100)  np.bincount(k)  np.lexsort([x, k])
  np.isin(i, t)  np.intersect1d(i, j)  np.union1d(i, j)  np.setdiff1d(i, j)  np.nonzero(b)  np.flatnonzero(b)  np.argwhere(b)
  np.unique_counts(i)  np.histogram2d(x, y, 20)`;

const moving = `
  np.copy(x)  np.zeros(n)  np.ones(n)  np.full(n, 3.5)  np.arange(n)  np.linspace(0, 1, n)  np.concatenate([x, y])  np.stack([x, y])
  np.stack([x, y], 1)  np.hstack([m, m])  np.vstack([m, m])  np.tile(x, 3)  np.repeat(x, 3)  np.roll(x, 7)  np.flip(m, 0)  np.rot90(m)
  np.transpose(m).copy()  np.take(x, k)  np.take(m, r, 0)  np.take_along_axis(x, k)  np.compress(b, x)  np.extract(b, x)
  np.choose(o, [x, y])
  np.select([b, e], [x, y])  np.pad(x, 5)  np.pad(m, 2, 'reflect')  np.triu(m)  np.tril(m)  np.diag(v)  np.eye(v.size)
  np.meshgrid(v, v)  np.split(x, 2)  np.append(x, y)  np.insert(x, 3, 1)  np.delete(x, 3)  np.resize(x, n)  np.ravel(m.T)
  np.broadcast_to(v, m.shape).copy()  np.packbits(b)  np.unpackbits(w)  np.trim_zeros(x)  np.moveaxis(m, 0, 1).copy()
  np.put_along_axis(z, k, 1, 0)
  x.astype('float32')  i.astype('float64')  x.astype('int64')  f.astype('float64')  np.block([[m, m], [m, m]])`;

const products = `
  np.dot(x, y)  np.inner(x, y)  np.vdot(c, d)  np.matmul(m, v)  np.matmul(m, m)  np.outer(v, v)  np.kron(v, v)  np.cross(h, h)
  np.tensordot(m, m, 1)  np.einsum('ij,jk->ik', m, m)  np.einsum('ij->j', m)  np.einsum('ij,ij->i', m, m)  np.convolve(x, t)
  np.correlate(x, t)  np.polyval(t, x)  np.trace(m)  np.vander(v, 5)  np.linalg.norm(x)  np.linalg.norm(m, 2)  np.linalg.vector_norm(x)`;

const words = (text: string): string[] => text.trim().split(/ {2,}|\n/).map((each) => each.trim()).filter((each) => each !== '');

const sizes = [100, 10_000, 1_000_000];

export const groups: readonly Group[] = [
  { name: 'element by element', sizes, rows: words(elementwise) },
  { name: 'reductions', sizes, rows: words(reductions) },
  { name: 'sorting, searching and sets', sizes, rows: words(sorting) },
  { name: 'making and moving', sizes, rows: words(moving) },
  { name: 'products', sizes, rows: words(products).filter((row) => !/m, m\)|m, 2\)/.test(row) || row.includes('->i')) },
  {
    name: 'linear algebra, n×n', sizes: [64, 128, 256, 512], rows: words(`
      np.matmul(A, B)  np.linalg.solve(A, V)  np.linalg.inv(A)  np.linalg.det(A)  np.linalg.cholesky(P)  np.linalg.qr(A)
      np.linalg.svd(A)  np.linalg.svdvals(A)  np.linalg.eigh(P)  np.linalg.eigvalsh(P)  np.linalg.eig(A)  np.linalg.eigvals(A)
      np.linalg.lstsq(A, V)  np.linalg.pinv(A)  np.linalg.matrix_rank(A)  np.linalg.slogdet(A)  np.linalg.matrix_power(A, 5)
      np.linalg.cond(A)`),
  },
  {
    name: 'Fourier transforms', sizes: [100, 1024, 10_000, 65_536, 1_000_000], rows: words(`
      np.fft.fft(x)  np.fft.fft(c)  np.fft.ifft(c)  np.fft.rfft(x)  np.fft.irfft(c)  np.fft.fft2(m)  np.fft.rfft2(m)  np.fft.fft(f)`),
  },
];
