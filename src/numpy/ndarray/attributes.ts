import { AttributeError } from '../../core/errors.ts';
import { isComplex } from '../../core/dtype.ts';
import type { Layout } from '../../core/layout.ts';
import { imagView, realView } from '../../ops/components.ts';
import { full } from '../../ops/creation.ts';
import { broadcastTo, tryView } from '../../ops/movement.ts';
import { compiledSignature } from '../arguments/routine.ts';
import { inferredShape } from '../arguments/shapes.ts';
import { checkWritable } from './conversion.ts';
import { baseOf } from './fields.ts';
import { frozen } from './flags.ts';
import { flatiter } from './flat.ts';
import type { ArrayLike } from './ndarray.ts';
import { ndarray } from './ndarray.ts';

/** What arrays have that can be assigned to, or that takes more than the array itself to say. */

export interface Attributes {
  /**
   * The extent of each axis, as a list that cannot be changed. Another shape of as many elements can be assigned where it needs no copy.
   * Source: numpy.ndarray.shape.
   * @example
   * const x = np.zeros([2, 3]);
   * x.shape // → [2, 3]
   * x.shape = [3, -1];
   * x.shape // → [3, 2]
   */
  get shape(): readonly number[];
  set shape(shape: number | readonly number[]);
  /**
   * The real parts, a view; the array itself where it is real. What is assigned to it is written into them. Source: numpy.ndarray.real.
   * @example
   * const x = np.array([new np.Complex(1, 2), 3]);
   * x.real // → [1. 3.]
   * x.real = 9;
   * x // → [9.+2.j 9.+0.j]
   */
  get real(): ndarray;
  set real(values: ArrayLike);
  /**
   * The imaginary parts, a view; zeros that cannot be written where the array is real. What is assigned to it is written into them.
   * Source: numpy.ndarray.imag.
   * @example
   * const x = np.array([new np.Complex(1, 2), 3]);
   * x.imag // → [2. 0.]
   * x.imag = [5, 6];
   * x // → [1.+5.j 3.+6.j]
   */
  get imag(): ndarray;
  set imag(values: ArrayLike);
  /**
   * The elements in row-major order; what is assigned to it goes to all of them, again from its first where it is
   * shorter. Source: numpy.ndarray.flat.
   * @example
   * const x = np.zeros([2, 2]);
   * x.flat = [1, 2];
   * x // → [[1. 2.]
   *   //    [1. 2.]]
   * x.flat.at('2:') // → [1. 2.]
   */
  get flat(): flatiter;
  set flat(values: ArrayLike);
  /**
   * null of an array that owns its memory, and of a view the whole memory in one axis, where NumPy gives the array that owns it.
   * Source: numpy.ndarray.base.
   * @example
   * const x = np.arange(4);
   * x.base // → null
   * x.at('1:').base // → [0 1 2 3]
   */
  get base(): ndarray | null;
  /**
   * Where the elements are: always 'cpu'. Source: numpy.ndarray.device.
   * @example
   * np.arange(3).device // → cpu
   */
  get device(): 'cpu';
}

const shapeSignature = compiledSignature('ndarray.shape', 'shape: ints');

function setShape(x: ndarray, shape: unknown): void {
  const [wanted] = shapeSignature.list([shape]) as [number | readonly number[]];
  const view = tryView<ndarray>(x, inferredShape(x, typeof wanted === 'number' ? [wanted] : wanted));
  if (view === null) {
    throw new AttributeError('Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.');
  }
  (x as { geometry: Layout }).geometry = view.geometry;
}

function realPart(x: ndarray): ndarray {
  return isComplex(x.dtypeCore) ? realView<ndarray>(x) : x;
}

function imaginaryPart(x: ndarray): ndarray {
  return isComplex(x.dtypeCore) ? imagView<ndarray>(x)
    : frozen(broadcastTo(full<ndarray>(ndarray, [], 0, x.dtypeCore, x.storage.device), x.shape));
}

/** Puts the attributes into the class, of which methods and functions are made before. */
export function defineAttributes({ prototype }: typeof ndarray): void {
  const define = (name: keyof Attributes, get: (x: ndarray) => unknown, set?: (x: ndarray, value: never) => void): void => {
    const setter = set && function (this: ndarray, value: never): void {
      set(this, value);
    };
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: ndarray): unknown {
        return get(this);
      },
      ...(setter === undefined ? {} : { set: setter }),
    });
  };
  // A tuple in Python: nobody may write the layout's own list.
  define('shape', (x) => Object.freeze(x.geometry.shape), setShape);
  define('real', realPart, (x, values: ArrayLike) => realPart(x).set('...', values));
  define('imag', imaginaryPart, (x, values: ArrayLike) => {
    if (!isComplex(x.dtypeCore)) throw new TypeError('array does not have imaginary part to set');
    imaginaryPart(x).set('...', values);
  });
  define('base', baseOf);
  define('device', () => 'cpu');
  define('flat', (x) => new flatiter(x), (x, values: ArrayLike) => {
    checkWritable(x, 'array');
    new flatiter(x).set(':', values);
  });
}
