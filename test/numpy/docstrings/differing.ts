/** Docstrings of which some examples show something else here, and why. One that shows all alike is not to be listed. */
const reasons: Readonly<Record<string, string>> = {
  'powers of Python\'s integers beyond 2^53 are exact there': 'arange',
  'there are no matrices, texts, records and dates': 'array lexsort mean r_ linalg.inv random.choice isrealobj promote_types dtype.num',
  'base is the whole memory, not the array that has it': 'atleast_2d atleast_3d ndarray.base',
  'flags have no brackets, and dicts are objects': 'copy get_printoptions',
  'not there yet': 'broadcast.index broadcast.reset ndarray',
  'one order of bytes, no fields and no metadata': 'frombuffer ndarray.byteswap dtype.base dtype.descr dtype.flags dtype.isbuiltin '
    + 'dtype.metadata dtype.ndim dtype.subdtype',
  'about Python\'s own builds, tests and documents': 'get_include info testing.measure testing.rundocs ufunc.signature',
  'a whole number does not say that it is a float': 'reciprocal result_type testing.assert_array_less ufunc.resolve_dtypes',
  'a scalar\'s dtype is that of numbers': 'ldexp random.random_integers',
  'the last digits, or signs, of what is nothing but rounding': 'linalg.eig linalg.eigh linalg.eigvals linalg.matrix_norm linalg.norm '
    + 'linalg.svdvals fft.hfft fft.ihfft polynomial.hermite.hermroots polynomial.laguerre.lagroots polynomial.polynomial.polyfit',
  'signs of zeros, and NumPy\'s matrices': 'linalg.cholesky',
  'brackets are calls': 'ogrid',
  'any order of what is no k-th smallest is right': 'partition',
  'the type of a constant that was integrated': 'polyint',
  'an integer that JavaScript\'s numbers do not hold is refused': 'prod',
  'Python\'s own round': 'round',
  'formatters are not there': 'set_printoptions',
  'errstate without arguments takes no function': 'setbufsize',
  'scalars are not watched': 'seterr',
  'lists come back as arrays': 'trim_zeros',
  'distinct values are sorted': 'unique_values',
  'no hints below differing lines': 'testing.assert_string_equal',
  'NumPy\'s own docstring of another name': 'polynomial.chebyshev.chebdomain',
  'arrays do not change their size in place': 'ndarray.resize',
  'arrays are always aligned': 'ndarray.setflags',
  'arrays of no dimensions are refused by the engine': 'ndarray.tolist',
  'loops of types that are not there': 'ufunc.ntypes ufunc.types',
  'how a polynomial without a name of its variable prints': 'poly1d',
};

export const differing: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(reasons).flatMap(([reason, names]) => names.split(' ').map((name) => [`np.${name}`, reason])));
