/** The errors that NumPy raises, as `np.exceptions` and `np.linalg` name them, and Python's own. */
export {
  AssertionError, AttributeError, AxisError, EOFError, IndexError, KeyError, LinAlgError, MemoryError, NotImplementedError, OverflowError,
  RuntimeError, TooHardError, UFuncTypeError, ValueError, ZeroDivisionError,
} from '../core/errors.ts';
