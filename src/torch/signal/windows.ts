import { float32, float64 } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { vectorOf } from '../../ops/creation.ts';
import { inPython, keyed } from '../arguments/keyed.ts';
import type { strided } from '../constants.ts';
import type { DeviceLike } from '../device.ts';
import { toDevice } from '../device.ts';
import { defaultDType, dtypeOf } from '../dtypes/dtypes.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { requireGrad } from '../functions/creation.ts';
import type { Height } from '../functions/windowShapes.ts';
import { cosines, kaiserShape, triangle } from '../functions/windowShapes.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Windows for filters, symmetric, or with `sym` false for spectra. Source: torch.signal.windows. */

type Layout = typeof strided | null;
type Place = [sym?: boolean, dtype?: dtype | null, layout?: Layout, device?: DeviceLike | null, requires_grad?: boolean];

const options = 'sym=True, dtype=None, layout=None, device=None, requires_grad=False';

/** So many heights; `shape` gives them once it is known that there are any. */
function made(name: string, M: number, shape: () => Height, place: Omit0<Place>): Tensor {
  const [type, , device, requires_grad] = place;
  const asked = type?.core ?? defaultDType();
  if (M < 0) throw new ValueError(`${name} requires non-negative window length, got M=${M}`);
  if (asked !== float32 && asked !== float64) throw new ValueError(`${name} expects float32 or float64 dtypes, got: ${dtypeOf(asked)}`);
  const height = shape();
  const window = vectorOf(Tensor, M, height, asked, toDevice(device));
  return requires_grad ? requireGrad(window) : window;
}

/** As Python shows a float. */
const asFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

type Omit0<T extends readonly unknown[]> = T extends [unknown?, ...infer Rest] ? Rest : never;

/** How many places lie between a beginning and the next. */
const spanOf = (M: number, sym: boolean): number => (sym || M <= 1 ? M - 1 : M);

/** A window of one place is 1. */
const unlessLone = (M: number, height: Height): Height => (M === 1 ? () => 1 : height);

/** A window of no parameters of its own. */
const plain = (name: string, shape: (M: number, sym: boolean) => Height, inErrors = name) =>
  keyed(`signal.windows.${name}`, `M: int, *, ${options}`, (M: number, sym: boolean = true, ...place: Omit0<Place>): Tensor =>
    made(inErrors, M, () => shape(M, sym), place), inPython);

/** A window of one parameter by name. */
const withNumber = <const T extends string>(
  name: string, text: T, byDefault: number, check: (value: number) => void, shape: (M: number, sym: boolean, value: number) => Height,
  inErrors = name,
) => keyed(`signal.windows.${name}`, `M: int, *, ${text}, ${options}` as const, (
  M: number, value: number = byDefault, sym: boolean = true, ...place: Omit0<Place>
): Tensor => made(inErrors, M, () => {
  check(value);
  return shape(M, sym, value);
}, place), inPython);

/**
 * A triangle. Source: torch.signal.windows.bartlett.
 * @example
 * torch.signal.windows.bartlett(5); // → tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
 */
export const bartlett = plain('bartlett', (M, sym) => unlessLone(M, triangle(spanOf(M, sym))));

/**
 * Blackman's window. Source: torch.signal.windows.blackman.
 * @example
 * torch.signal.windows.blackman(5, { sym: false }).sum(); // → tensor(2.1000)
 */
export const blackman = plain('blackman', (M, sym) => unlessLone(M, cosines([0.42, 0.5, 0.08], spanOf(M, sym))));

/**
 * Half a wave. Source: torch.signal.windows.cosine.
 * @example
 * torch.signal.windows.cosine(3); // → tensor([0.5000, 1.0000, 0.5000])
 */
export const cosine = plain('cosine', (M, sym) => (place) => Math.sin((Math.PI * (place + 0.5)) / (sym || M <= 1 ? M : M + 1)));

/**
 * Hamming's window. Source: torch.signal.windows.hamming.
 * @example
 * torch.signal.windows.hamming(3); // → tensor([0.0800, 1.0000, 0.0800])
 */
export const hamming = plain('hamming', (M, sym) => unlessLone(M, cosines([0.54, 1 - 0.54], spanOf(M, sym))), 'general_cosine');

/**
 * Von Hann's window. Source: torch.signal.windows.hann.
 * @example
 * torch.signal.windows.hann(5); // → tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
 */
export const hann = plain('hann', (M, sym) => unlessLone(M, cosines([0.5, 0.5], spanOf(M, sym))), 'general_cosine');

/**
 * Nuttall's window. Source: torch.signal.windows.nuttall.
 * @example
 * torch.signal.windows.nuttall(5, { sym: false }).sum(); // → tensor(1.8179)
 */
export const nuttall = plain('nuttall', (M, sym) =>
  unlessLone(M, cosines([0.3635819, 0.4891775, 0.1365995, 0.0106411], spanOf(M, sym))), 'general_cosine');

/**
 * Hamming's window with another weight. Source: torch.signal.windows.general_hamming.
 * @example
 * torch.signal.windows.general_hamming(3, { alpha: 0.75 }); // → tensor([0.5000, 1.0000, 0.5000])
 */
export const general_hamming = withNumber('general_hamming', 'alpha: float = 0.54', 0.54, () => undefined, (M, sym, alpha) =>
  unlessLone(M, cosines([alpha, 1 - alpha], spanOf(M, sym))), 'general_cosine');

/**
 * A bell of the standard deviation `std`. Source: torch.signal.windows.gaussian.
 * @example
 * torch.signal.windows.gaussian(3); // → tensor([0.6065, 1.0000, 0.6065])
 */
export const gaussian = withNumber('gaussian', 'std: float = 1.0', 1, (std) => {
  if (std <= 0) throw new ValueError(`Standard deviation must be positive, got: ${asFloat(std)} instead.`);
}, (M, sym, std) => (place) => Math.exp(-0.5 * ((place - spanOf(M, sym) / 2) / std) ** 2));

/**
 * Kaiser's window. Source: torch.signal.windows.kaiser.
 * @example
 * torch.signal.windows.kaiser(3, { beta: 1 }); // → tensor([0.7898, 1.0000, 0.7898])
 */
export const kaiser = withNumber('kaiser', 'beta: float = 12.0', 12, (beta) => {
  if (beta < 0) throw new ValueError(`beta must be non-negative, got: ${asFloat(beta)} instead.`);
}, (M, sym, beta) => unlessLone(M, kaiserShape(beta, spanOf(M, sym))));

/**
 * What falls by the factor e over `tau` places from the centre. Source: torch.signal.windows.exponential.
 * @example
 * torch.signal.windows.exponential(3); // → tensor([0.3679, 1.0000, 0.3679])
 */
export const exponential = keyed('signal.windows.exponential', `M: int, *, center: float = None, tau: float = 1.0, ${options}`, (
  M: number, center?: number | null, tau: number = 1, sym: boolean = true, ...place: Omit0<Place>
): Tensor => made('exponential', M, () => {
  if (tau <= 0) throw new ValueError(`Tau must be positive, got: ${asFloat(tau)} instead.`);
  if (sym && center !== null && center !== undefined) throw new ValueError('Center must be None for symmetric windows');
  const middle = center ?? spanOf(M, sym) / 2;
  return (at) => Math.exp(-Math.abs(at - middle) / tau);
}, place), inPython);

/**
 * A sum of cosines with the weights `a`, whose signs alternate. Source: torch.signal.windows.general_cosine.
 * @example
 * torch.signal.windows.general_cosine(3, { a: [0.5, 0.5] }); // → tensor([0., 1., 0.])
 */
export const general_cosine = keyed('signal.windows.general_cosine', `M: int, *, a, ${options}`, (
  M: number, a: Iterable<number>, sym: boolean = true, ...place: Omit0<Place>
): Tensor => made('general_cosine', M, () => {
  if (typeof a !== 'object' || a === null || !(Symbol.iterator in a)) throw new TypeError('Coefficients must be a list/tuple');
  const weights = [...a];
  if (weights.length === 0) throw new ValueError('Coefficients cannot be empty');
  return unlessLone(M, cosines(weights, spanOf(M, sym)));
}, place), inPython);
