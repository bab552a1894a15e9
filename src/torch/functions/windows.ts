import { isInexact } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { vectorOf } from '../../ops/creation.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { FactoryOptions } from './creation.ts';
import { checkPinned, factory, factoryText, finish, placeFor, typeFor } from './creation.ts';
import type { Height } from './windowShapes.ts';
import { cosines, kaiserShape, triangle } from './windowShapes.ts';
import { cTypeName } from '../dtypes/dtypes.ts';

/** Windows for spectra, which begin again after their last place, or with `periodic` false are symmetric. */

type Options = Omit<FactoryOptions, 'out'>;

interface Window<K> {
  (window_length: number, options?: Options & K & { readonly periodic?: boolean }): Tensor;
  (window_length: number, periodic: boolean, options?: Options & K): Tensor;
  (options: Options & K & { readonly window_length: number; readonly periodic?: boolean }): Tensor;
}

interface Values {
  readonly window_length: number;
  readonly periodic?: boolean;
}

/** The window's heights from the distance between its beginnings. */
function made(name: string, { window_length, periodic = true, ...options }: Values & Options, shape: (span: number) => Height): Tensor {
  checkPinned(options);
  const type = typeFor(options);
  if (!isInexact(type)) throw new RuntimeError(`${name} expects floating point dtypes, got: ${cTypeName(type)}`);
  if (window_length < 0) throw new RuntimeError(`${name} requires non-negative window_length, got window_length=${window_length}`);
  const height = window_length === 1 ? () => 1 : shape(periodic ? window_length : window_length - 1);
  return finish(vectorOf(Tensor, window_length, height, type, placeFor(options)), options);
}

const plain = (name: string, shape: (span: number) => Height): Window<unknown> => {
  const compute = (values: Values & Options): Tensor => made(name, values, shape);
  return factory<Window<unknown>, Values>(
    name, [`window_length: int, *, ${factoryText}`, compute], [`window_length: int, periodic: bool, *, ${factoryText}`, compute]);
};

/**
 * A triangle. Source: torch.bartlett_window.
 * @example
 * torch.bartlett_window(4); // → tensor([0.0000, 0.5000, 1.0000, 0.5000])
 */
export const bartlett_window = plain('bartlett_window', triangle);

/**
 * Blackman's window. Source: torch.blackman_window.
 * @example
 * torch.blackman_window(5).sum(); // → tensor(2.1000)
 */
export const blackman_window = plain('blackman_window', (span) => cosines([0.42, 0.5, 0.08], span));

/**
 * Von Hann's window. Source: torch.hann_window.
 * @example
 * torch.hann_window(4); // → tensor([0.0000, 0.5000, 1.0000, 0.5000])
 */
export const hann_window = plain('hann_window', (span) => cosines([0.5, 0.5], span));

interface Hamming {
  (window_length: number, periodic: boolean, alpha: number, options?: Options & { readonly beta?: number }): Tensor;
  (window_length: number, periodic: boolean, alpha: number, beta: number, options?: Options): Tensor;
}

interface Weights {
  readonly alpha?: number;
  readonly beta?: number;
}

const hamming = ({ alpha = 0.54, beta = 0.46, ...values }: Values & Weights & Options): Tensor =>
  made('hamming_window', values, (span) => cosines([alpha, beta], span));

/**
 * Hamming's window, alpha - beta · cos. Source: torch.hamming_window.
 * @example
 * torch.hamming_window(4); // → tensor([0.0800, 0.5400, 1.0000, 0.5400])
 */
export const hamming_window = factory<Window<Weights> & Hamming, Values & Weights>(
  'hamming_window', [`window_length: int, *, ${factoryText}`, hamming], [`window_length: int, periodic: bool, *, ${factoryText}`, hamming],
  [`window_length: int, periodic: bool, alpha: float, *, ${factoryText}`, hamming],
  [`window_length: int, periodic: bool, alpha: float, beta: float, *, ${factoryText}`, hamming]);

interface Shape {
  readonly beta?: number;
}

const kaiser = ({ beta = 12, ...values }: Values & Shape & Options): Tensor =>
  made('kaiser_window', values, (span) => kaiserShape(beta, span));

/**
 * Kaiser's window. Source: torch.kaiser_window.
 * @example
 * torch.kaiser_window(3, false, 1); // → tensor([0.7898, 1.0000, 0.7898])
 */
export const kaiser_window = factory<
  Window<Shape> & ((window_length: number, periodic: boolean, beta: number, options?: Options) => Tensor), Values & Shape
>(
  'kaiser_window', [`window_length: int, *, ${factoryText}`, kaiser], [`window_length: int, periodic: bool, *, ${factoryText}`, kaiser],
  [`window_length: int, periodic: bool, beta: float, *, ${factoryText}`, kaiser]);
