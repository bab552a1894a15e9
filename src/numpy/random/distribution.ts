import { cpu } from '../../core/device.ts';
import { float64, int64 } from '../../core/dtype.ts';
import { OverflowError, notReal, wholePart } from '../../core/errors.ts';
import { broadcastShapes, sizeOf } from '../../core/layout.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import type { Deviates } from '../../random/deviates.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { cythonSignature } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { Size } from './draw.ts';
import { resultShape, shapeFrom } from './draw.ts';
import type { Limit } from './limits.ts';

/** How a distribution is drawn from with parameters that are numbers or arrays, of a size or none. */

/** One number of a distribution with so many parameters. */
export type Draw = (source: Deviates, a: number, b: number, c: number) => number;

/** A distribution as a generator offers it. */
export interface Distribution {
  /** Its parameters in Python's notation, without the size. */
  readonly text: string;
  /** What each of them may be. */
  readonly limits: readonly (Limit | null)[];
  readonly draw: Draw;
  /** Whether its numbers are integers. */
  readonly counts: boolean;
  /** Whether each parameter is an integer, as all are unless it is told. */
  readonly whole?: readonly boolean[];
  /** The order in which NumPy looks at them, where it is another. */
  readonly order?: readonly number[];
  /** Refuses parameters that do not go together, before or after their limits: columns of the same length. */
  readonly together?: (columns: readonly Float64Array[], several: boolean) => void;
  readonly togetherFirst?: boolean;
  /** Fills with parameters that are the same for all, faster than one by one. */
  readonly fill?: (source: Deviates, out: Float64Array, values: readonly number[]) => void;
}

type Options = Partial<Pick<Distribution, 'whole' | 'order' | 'together' | 'togetherFirst' | 'fill'>>;

export const real = (text: string, limits: Distribution['limits'], draw: Draw, options: Options = {}): Distribution =>
  ({ text, limits, draw, counts: false, ...options });
export const count = (text: string, limits: Distribution['limits'], draw: Draw, options: Options = {}): Distribution =>
  ({ text, limits, draw, counts: true, ...options });

/** The signature of a class's method, or of a function of the module. */
export function signatureFor(owner: string, name: string, { text }: Distribution): AnySignature {
  return cythonSignature(`random.${owner}${name}`, `${text}${text === '' ? '' : ', '}size=None`);
}

/** A real parameter: a number, or an array of float64. */
export function realParameter(value: unknown): number | ndarray {
  if (typeof value === 'number') return value;
  if (value === null) throw new TypeError('must be real number, not NoneType');
  const array = asArray(value as ArrayLike, float64);
  return array.ndim === 0 ? array.item() as number : array;
}

/** A parameter that is an integer: a number that is whole or becomes it, or an array of them as float64. */
export function wholeParameter(value: unknown): number | ndarray {
  if (value === null) throw notReal('NoneType');
  if (value instanceof ndarray) {
    const { kind, name } = value.dtypeCore;
    if (kind === 'float' || kind === 'complex' || name === 'uint64') {
      const what = value.ndim === 0 ? 'scalar' : 'array data';
      throw new TypeError(`Cannot cast ${what} from dtype('${name}') to dtype('int64') according to the rule 'safe'`);
    }
  }
  const array = typeof value === 'number' || typeof value === 'bigint' ? value : asArray(value as ArrayLike, int64);
  if (array instanceof ndarray && array.ndim > 0) return castCopy(array, float64);
  const single = array instanceof ndarray ? array.item() as number | bigint : array;
  const whole = typeof single === 'bigint' ? Number(single) : wholePart(single) + 0;
  if (whole >= 2 ** 63 || whole < -(2 ** 63)) throw new OverflowError('Python int too large to convert to C long');
  return whole;
}

/** A parameter's values, of which a number has one. */
const valuesOf = (value: number | ndarray): Float64Array | readonly number[] =>
  (typeof value === 'number' ? [value] : value.toTypedArray() as Float64Array);

const shapeOf = (value: number | ndarray): readonly number[] => (typeof value === 'number' ? [] : value.shape);

const column = (value: number | ndarray, shape: readonly number[]): Float64Array => (typeof value === 'number'
  ? new Float64Array(sizeOf(shape)).fill(value) : broadcastTo<ndarray>(value, shape).toTypedArray() as Float64Array);

function checkParameters(distribution: Distribution, names: readonly string[], values: readonly (number | ndarray)[]): void {
  const { limits, together, togetherFirst = false, order = [...values.keys()] } = distribution;
  const several = values.some((value) => typeof value === 'object');
  const checkTogether = (): void => {
    if (together === undefined) return;
    const shapes = values.map(shapeOf);
    // NumPy compares two at a time.
    shapes.slice(1).forEach((shape, i) => broadcastShapes([shapes[i], shape]));
    const shape = broadcastShapes(shapes);
    together(values.map((value) => column(value, shape)), several);
  };
  if (togetherFirst) checkTogether();
  for (const i of order) limits[i]?.(names[i], valuesOf(values[i]), several);
  if (!togetherFirst) checkTogether();
}

/** The largest integer of 64 bits is a power of two as a float64. */
const limit = 2 ** 63;

/** Writes integers as pairs of words of 32 bits. */
export function storeInteger(words: Int32Array, index: number, value: number): void {
  words[2 * index] = value < limit ? value : -1;
  words[2 * index + 1] = value < limit ? Math.floor(value * 2.3283064365386963e-10) : 0x7fffffff;
}

/** A fresh array of a distribution's numbers. */
function filled(distribution: Distribution, source: Deviates, shape: readonly number[], values: readonly (number | ndarray)[]): ndarray {
  const { draw, counts, fill } = distribution;
  const type = counts ? int64 : float64;
  const out = empty(ndarray, shape, type, cpu);
  const { size } = out;
  if (values.every((value) => typeof value === 'number')) {
    const [a = 0, b = 0, c = 0] = values as readonly number[];
    if (fill !== undefined) {
      fill(source, out.data as Float64Array, values as readonly number[]);
    } else if (counts) {
      const words = wordsOf(out);
      for (let i = 0; i < size; i++) storeInteger(words, i, draw(source, a, b, c));
    } else {
      const numbers = out.data as Float64Array;
      for (let i = 0; i < size; i++) numbers[i] = draw(source, a, b, c);
    }
    return out;
  }
  const none = new Float64Array(0);
  const [a, b = none, c = none] = values.map((value) => column(value, shape));
  if (counts) {
    const words = wordsOf(out);
    for (let i = 0; i < size; i++) storeInteger(words, i, draw(source, a[i], b[i], c[i]));
  } else {
    const numbers = out.data as Float64Array;
    for (let i = 0; i < size; i++) numbers[i] = draw(source, a[i], b[i], c[i]);
  }
  return out;
}

/** The memory of an array of int64 as words of 32 bits. */
export function wordsOf(out: ndarray): Int32Array {
  const data = out.data as BigInt64Array;
  return new Int32Array(data.buffer, data.byteOffset, 2 * data.length);
}

/** Numbers of a distribution, given its parameters as Python gives them: one without a size or arrays, else an array. */
export function drawFrom(distribution: Distribution, declared: AnySignature, source: Deviates, args: readonly unknown[]): number | ndarray {
  const given = declared.list(args);
  const size = given.pop() as Size | undefined;
  const { whole = [], order = [...given.keys()] } = distribution;
  const values = given.map((value, i) => {
    const present = value === undefined ? declared.parameters[i].byDefault : value;
    return whole[i] ? wholeParameter(present) : realParameter(present);
  });
  checkParameters(distribution, declared.parameters.map(({ name }) => name), values);
  const single = values.every((value) => typeof value === 'number');
  if (single && size === undefined) {
    const [a = 0, b = 0, c = 0] = values as readonly number[];
    return distribution.draw(source, a, b, c);
  }
  const shape = single ? shapeFrom(size!, float64) : resultShape(order.map((i) => shapeOf(values[i])), size);
  return filled(distribution, source, shape, values);
}

/** The methods of a table of distributions over a stream. */
export function methodsOf<Names extends string>(
  table: Readonly<Record<Names, Distribution>>, signatures: Readonly<Record<Names, AnySignature>>, source: Deviates,
): Record<Names, (...args: unknown[]) => number | ndarray> {
  const methods = {} as Record<Names, (...args: unknown[]) => number | ndarray>;
  for (const name of Object.keys(table) as Names[]) {
    methods[name] = (...args) => drawFrom(table[name], signatures[name], source, args);
  }
  return methods;
}

/** The signatures of a table of distributions. */
export function signaturesOf<Names extends string>(
  owner: string, table: Readonly<Record<Names, Distribution>>,
): Readonly<Record<Names, AnySignature>> {
  return Object.fromEntries(Object.entries<Distribution>(table)
    .map(([name, each]) => [name, signatureFor(`${owner}.`, name, each)])) as Record<Names, AnySignature>;
}
