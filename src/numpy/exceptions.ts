/** The errors that NumPy raises, as `np.exceptions` names them, and Python's own. */
export {
  AssertionError, AttributeError, AxisError, EOFError, FloatingPointError, IndexError, KeyError, MemoryError, NameError,
  NotImplementedError, OverflowError, RuntimeError, TooHardError, UFuncTypeError, ValueError, ZeroDivisionError,
} from '../core/errors.ts';
