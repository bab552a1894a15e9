/** The errors that NumPy raises, as `np.exceptions` names them, and Python's own. */
export {
  AssertionError, AttributeError, AxisError, EOFError, IndexError, KeyError, MemoryError, NotImplementedError, OverflowError,
  RuntimeError, TooHardError, UFuncTypeError, ValueError, ZeroDivisionError,
} from '../core/errors.ts';
