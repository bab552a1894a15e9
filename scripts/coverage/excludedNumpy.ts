import type { Excluded } from './library.ts';

/** What of NumPy is not there, and why. */
export const excluded: Excluded = {
  numpy: {
    'arrays hold numbers and truths: there are no objects, texts or records':
      'object_ str_ bytes_ void character flexible rec recarray record char strings fromregex',
    'there are no dates and times':
      'datetime64 timedelta64 datetime_as_string datetime_data isnat busday_count busday_offset busdaycalendar is_busday',
    'JavaScript and WebAssembly have no type longer than float64': 'longdouble clongdouble float128 complex256',
    'NumPy itself advises against it: arrays of two dimensions do the same': 'matrix asmatrix bmat',
    'there are no masked arrays and no mapped files': 'ma memmap',
    'there is no C or Fortran to link with': 'ctypeslib f2py get_include',
    "a module of Python's own, whose part TypeScript's types have": 'core typing dtypes',
    "runs NumPy's own tests": 'test',
  },
  'numpy.dtype': {
    'numbers have no fields, one order of bytes and one alignment': 'alignment base descr fields flags hasobject isalignedstruct isbuiltin '
      + 'metadata names ndim newbyteorder num shape subdtype',
  },
  'numpy.ndarray': {
    "pointers and pickles are Python's own: save, tofile and tobytes write arrays": 'ctypes dump dumps',
    'there are no records': 'getfield setfield',
  },
  'numpy.random.': { "for C code, and for Python's threads": 'capsule cffi ctypes lock' },
  'numpy.testing': {
    "about Python's own builds and processes": 'BLAS_SUPPORTS_FPE HAS_LAPACK64 HAS_REFCOUNT IS_64BIT IS_EDITABLE IS_INSTALLED IS_MUSL '
      + 'IS_PYPY IS_PYSTON IS_WASM NOGIL_BUILD NUMPY_ROOT check_support_sve jiffies memusage overrides run_threaded rundocs runstring',
    "parts of Python's test runners": 'IgnoreException KnownFailureException SkipTest TestCase assert_no_gc_cycles break_cycles '
      + 'clear_and_catch_warnings decorate_methods measure print_assert_equal suppress_warnings tempdir temppath verbose',
  },
};
