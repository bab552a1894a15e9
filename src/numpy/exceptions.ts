import { PythonError, shown } from '../core/errors.ts';

/** The errors that NumPy raises, as `np.exceptions` names them, Python's own, and the classes of warnings. */
export {
  AssertionError, AttributeError, AxisError, EOFError, FloatingPointError, IndexError, KeyError, MemoryError, NameError,
  NotImplementedError, OverflowError, RuntimeError, TooHardError, UFuncTypeError, ValueError, ZeroDivisionError,
} from '../core/errors.ts';

/**
 * What warnings are: classes that `np.testing.assert_warns` knows by their names.
 * @example
 * new np.exceptions.Warning('x').message // → x
 */
export class Warning extends PythonError {}
/**
 * What may go wrong later.
 * @example
 * new np.exceptions.RuntimeWarning('x') instanceof np.exceptions.Warning // → true
 */
export class RuntimeWarning extends Warning {}
/**
 * What a user should know.
 * @example
 * new np.exceptions.UserWarning('x') instanceof np.exceptions.Warning // → true
 */
export class UserWarning extends Warning {}
/**
 * What will be gone.
 * @example
 * new np.exceptions.DeprecationWarning('x') instanceof np.exceptions.Warning // → true
 */
export class DeprecationWarning extends Warning {}

/**
 * The imaginary part of a complex number is dropped. Source: numpy.exceptions.ComplexWarning.
 * @example
 * new np.exceptions.ComplexWarning('x') instanceof np.exceptions.ComplexWarning // → true
 */
export class ComplexWarning extends RuntimeWarning {}
/**
 * A matrix has too low a rank for a fit. Source: numpy.exceptions.RankWarning.
 * @example
 * new np.exceptions.RankWarning('x') instanceof np.exceptions.RankWarning // → true
 */
export class RankWarning extends RuntimeWarning {}
/**
 * A module will be gone. Source: numpy.exceptions.ModuleDeprecationWarning.
 * @example
 * new np.exceptions.ModuleDeprecationWarning('x') instanceof np.exceptions.ModuleDeprecationWarning // → true
 */
export class ModuleDeprecationWarning extends DeprecationWarning {}
/**
 * What will be gone, told to users as well. Source: numpy.exceptions.VisibleDeprecationWarning.
 * @example
 * new np.exceptions.VisibleDeprecationWarning('x') instanceof np.exceptions.VisibleDeprecationWarning // → true
 */
export class VisibleDeprecationWarning extends UserWarning {}
/**
 * Dtypes that have none in common; a TypeError. Source: numpy.exceptions.DTypePromotionError.
 * @example
 * new np.exceptions.DTypePromotionError('x') instanceof TypeError // → true
 */
export class DTypePromotionError extends TypeError {
  constructor(message: string) {
    super(shown(message));
    this.name = 'DTypePromotionError';
  }
}
