import { componentType, int64, isComplex, isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { realView } from '../../ops/components.ts';
import { full, rampOf, vectorOf } from '../../ops/creation.ts';
import { fitted } from '../../ops/fft/fitted.ts';
import { fftC2C, fftC2R, fftR2C } from '../../ops/fft/transforms.ts';
import { elementAt } from '../../ops/host.ts';
import { indexAdd, indexSelect } from '../../ops/indexing.ts';
import { broadcastTo, detach, embed, reshapeTo, sliceAxis, squeeze, swapAxes, unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, extreme } from '../../ops/reduce.ts';
import { partsView } from '../../ops/views.ts';
import { inPython, keyed, native } from '../arguments/keyed.ts';
import { commonType } from '../arguments/operands.ts';
import { listText } from '../arguments/sizes.ts';
import { legacyNameOf } from '../dtypes/dtypes.ts';
import { alsoMethod } from '../tensor/brought.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Transforms of pieces of a signal, one beside the other, and the signal from these. */

const refuse = (): Error => new RuntimeError('index out of range in self');

/** Where the numbers of overlapping pieces are, one piece after the other. */
function places(like: Tensor, count: number, size: number, step: number): Tensor {
  const { device } = like.storage;
  const starts = rampOf(Tensor, count, 0, step, int64, device);
  return reshapeTo(ops.add(unsqueeze(starts, 1), rampOf(Tensor, size, 0, 1, int64, device)), [count * size]);
}

/** Which number stands at a place before the first or behind the last. */
const beyond: Readonly<Record<string, (place: number, count: number) => number>> = {
  reflect: (place, count) => (place < 0 ? -place : place >= count ? 2 * (count - 1) - place : place),
  replicate: (place, count) => Math.min(Math.max(place, 0), count - 1),
  circular: (place, count) => (place + count) % count,
};

/** A batch of signals with `pad` numbers more on either side. */
function padded(x: Tensor, pad: number, mode: string): Tensor {
  const count = x.geometry.shape[1];
  if (mode === 'constant') return embed(x, [x.geometry.shape[0], count + 2 * pad], (zeros) => sliceAxis(zeros, 1, pad, count));
  const placed = beyond[mode];
  if (placed === undefined) throw new NotImplementedError(`Unrecognised padding mode ${mode}`);
  if (mode === 'reflect' && pad >= count) {
    throw new RuntimeError('Argument #4: Padding size should be less than the corresponding input dimension, but got: padding '
      + `(${pad}, ${pad}) at dimension 2 of input ${listText([1, ...x.geometry.shape])}`);
  }
  return indexSelect(x, 1, vectorOf(Tensor, count + 2 * pad, (i) => placed(i - pad, count), int64, x.storage.device));
}

/** The window in the middle of as many places as are transformed, in a dtype; ones where none is given. */
function windowOf(window: Tensor | null | undefined, length: number, size: number, like: Tensor): Tensor {
  const real = componentType(like.dtypeCore);
  const middle = window ?? full(Tensor, [length], 1, real, like.storage.device);
  const start = Math.floor((size - length) / 2);
  return length === size ? middle : embed(middle, [size], (zeros) => sliceAxis(zeros, 0, start, length));
}

const python = (value: boolean | number | null | undefined): string =>
  (value === null || value === undefined ? 'None' : String(Number(value)));

const windowText = (window: Tensor | null | undefined): string =>
  (window ? `torch.${legacyNameOf(window.dtypeCore)}{${listText(window.geometry.shape)}}` : 'None');

const stftText = [
  'input, n_fft: int, hop_length: int = None, win_length: int = None, window: Tensor = None, center=True',
  "pad_mode='reflect', normalized=False, onesided: bool = None, return_complex: bool = None, align_to_window: bool = None",
] as const;

type Mode = 'reflect' | 'constant' | 'replicate' | 'circular';

/**
 * The spectra of pieces of a signal, or of each of a batch: `n_fft` numbers long, `hop_length` apart (a quarter of that), multiplied by a
 * window; the first around the first number, unless `center` is false. Source: torch.stft.
 * @example
 * torch.stft(torch.ones(8), 4, { hop_length: 4, return_complex: true }); // → tensor([[4.+0.j, 4.+0.j, 4.+0.j],
 *                                                                        //           [0.+0.j, 0.+0.j, 0.+0.j],
 *                                                                        //           [0.+0.j, 0.+0.j, 0.+0.j]])
 */
export const stft = alsoMethod('stft', keyed('stft', stftText, (
  input: Tensor, n_fft: number, hop_length?: number | null, win_length?: number | null, window?: Tensor | null, center: boolean = true,
  pad_mode: Mode = 'reflect', normalized: boolean = false, onesided?: boolean | null, return_complex?: boolean | null,
  align_to_window?: boolean | null,
): Tensor => {
  if (center && align_to_window !== null && align_to_window !== undefined) {
    throw new RuntimeError('stft align_to_window should only be set when center = false');
  }
  const hop = hop_length ?? Math.floor(n_fft / 4);
  const length = win_length ?? n_fft;
  const { shape: given } = input.geometry;
  const side = center ? Math.floor(n_fft / 2) : 0;
  const flat = given.length <= 2 ? reshapeTo(input, [given.length === 2 ? given[0] : 1, given[given.length - 1]]) : input;
  const fits = given.length === 1 || given.length === 2;
  const whole = side > 0 && fits ? padded(flat, side, pad_mode) : flat;
  const count = fits ? whole.geometry.shape[1] : given[given.length - 1] + 2 * side;
  const refused = (why: string, wrong: new (message: string) => Error = RuntimeError): Error => new wrong(
    `stft(torch.${legacyNameOf(input.dtypeCore)}${listText([...given.slice(0, -1), count])}, n_fft=${n_fft}, hop_length=${hop}, `
    + `win_length=${length}, window=${windowText(window)}, normalized=${python(normalized)}, onesided=${python(onesided)}, `
    + `return_complex=${python(return_complex)}, align_to_window=${python(align_to_window)}) : ${why}`);
  const complex = isComplex(input.dtypeCore) || (window ? isComplex(window.dtypeCore) : false);
  if ((return_complex === null || return_complex === undefined) && !complex) {
    throw new RuntimeError('stft requires the return_complex parameter be given for real inputs, and will further require that '
      + 'return_complex=True in a future PyTorch release.');
  }
  if (!isInexact(input.dtypeCore)) throw refused('expected a tensor of floating point or complex values', NotImplementedError);
  if (!fits) throw refused('expected a 1D or 2D tensor');
  if (n_fft <= 0 || n_fft > count) throw refused(`expected 0 < n_fft < ${count}, but got n_fft=${n_fft}`);
  if (hop <= 0) throw refused(`expected hop_length > 0, but got hop_length=${hop}`);
  if (length <= 0 || length > n_fft) throw refused(`expected 0 < win_length <= n_fft, but got win_length=${length}`);
  if (window && (window.geometry.shape.length !== 1 || window.geometry.size !== length)) {
    throw refused(`expected a 1D window tensor of size equal to win_length=${length}, but got window with size `
      + listText(window.geometry.shape));
  }
  if (complex && onesided === true) throw new RuntimeError('Cannot have onesided output if window or input is complex');
  // The window is 0 where pieces of its own length go on.
  const rest = align_to_window ? n_fft - length : 0;
  const long = rest === 0 ? whole
    : embed(whole, [whole.geometry.shape[0], count + rest], (zeros) => sliceAxis(zeros, 1, Math.floor(rest / 2), count));
  const frames = 1 + Math.floor((count + rest - n_fft) / hop);
  const batch = whole.geometry.shape[0];
  const pieces = reshapeTo(indexSelect(long, 1, places(long, frames, n_fft, hop)), [batch, frames, n_fft]);
  const windowed = window || length < n_fft ? product(pieces, windowOf(window, length, n_fft, input)) : pieces;
  const scale = normalized ? 1 / Math.sqrt(n_fft) : 1;
  const spectra = complex ? fftC2C(windowed, [2], true, scale) : fftR2C(windowed, 2, true, onesided ?? true, scale);
  const turned = swapAxes(spectra, 1, 2);
  const result = given.length === 1 ? squeeze(turned, [0]) : turned;
  return return_complex === false ? partsView(result) : result;
}, inPython));

/** Products of two of any dtypes with fractions. */
function product(a: Tensor, b: Tensor): Tensor {
  const type = commonType([a, b]);
  return ops.mul(cast(a, type), cast(b, type));
}

/** Pieces added up where they overlap. */
function overlapped(pieces: Tensor, hop: number): Tensor {
  const [batch, frames, size] = pieces.geometry.shape;
  const total = full(Tensor, [batch, size + hop * (frames - 1)], 0, pieces.dtypeCore, pieces.storage.device);
  return indexAdd(total, 1, places(pieces, frames, size, hop), reshapeTo(pieces, [batch, frames * size]), refuse);
}

/** Numbers from `start` up to `end`, with zeros where there are no more. */
function part(x: Tensor, start: number, end: number): Tensor {
  const count = x.geometry.shape[1];
  return fitted(sliceAxis(x, 1, start, Math.max(Math.min(end, count) - start, 0)), 1, end - start);
}

const istftText = [
  'input, n_fft: int, hop_length: int = None, win_length: int = None, window: Tensor = None, center=True',
  'normalized=False, onesided: bool = None, length: int = None, return_complex=False',
] as const;

/**
 * The signal whose pieces have the given spectra, as stft gives them; `length` numbers of it. Throws a RuntimeError where the windows leave
 * a gap. Source: torch.istft.
 * @example
 * const x = torch.arange(6).to(torch.float);
 * torch.istft(torch.stft(x, 4, { return_complex: true }), 4, { length: 6 }).round(); // → tensor([0., 1., 2., 3., 4., 5.])
 */
export const istft = alsoMethod('istft', keyed('istft', istftText, (
  input: Tensor, n_fft: number, hop_length?: number | null, win_length?: number | null, window?: Tensor | null, center: boolean = true,
  normalized: boolean = false, onesided?: boolean | null, wanted?: number | null, return_complex: boolean = false,
): Tensor => {
  const hop = hop_length ?? Math.floor(n_fft / 4);
  const length = win_length ?? n_fft;
  const { shape } = input.geometry;
  if (!isComplex(input.dtypeCore)) {
    throw new TypeError('istft requires a complex-valued input tensor matching the output from stft with return_complex=True.');
  }
  const refused = (why: string): Error => new RuntimeError(
    `istft(CPU${legacyNameOf(input.dtypeCore).replace('Tensor', 'Type')}${listText(shape)}, n_fft=${n_fft}, hop_length=${hop}, `
    + `win_length=${length}, window=${windowText(window)}, center=${python(center)}, normalized=${python(normalized)}, `
    + `onesided=${python(onesided)}, length=${python(wanted)}, return_complex=${python(return_complex)})${why}`);
  if (input.geometry.size === 0) throw refused(' : input tensor cannot be empty.');
  if (shape.length !== 2 && shape.length !== 3) throw refused(` : expected a tensor with 3 or 4 dimensions, but got ${shape.length + 1}`);
  const [bins, frames] = shape.slice(-2);
  const half = onesided ?? bins !== n_fft;
  if (half && bins !== Math.floor(n_fft / 2) + 1) {
    throw refused(' : expected the frequency dimension (3rd to the last) of the input tensor to match n_fft / 2 + 1 when onesided=True, '
      + `but got ${bins}`);
  }
  if (!half && bins !== n_fft) {
    throw refused(' : expected the frequency dimension (3rd to the last) of the input tensor to match n_fft when onesided=False, '
      + `but got ${bins}`);
  }
  if (length <= 0 || length > n_fft) throw refused(' : expected 0 < win_length <= n_fft');
  if (hop <= 0 || hop > length) throw refused(' : expected 0 < hop_length <= win_length');
  if (window && (window.geometry.shape.length !== 1 || window.geometry.size !== length)) {
    throw refused(' : Invalid window shape. window has to be 1D and length of `win_length`');
  }
  if (return_complex && half) throw new RuntimeError('Cannot have onesided output if window or input is complex');
  const spectra = swapAxes(reshapeTo(input, [shape.length === 3 ? shape[0] : 1, bins, frames]), 1, 2);
  const scale = normalized ? 1 / Math.sqrt(n_fft) : 1 / n_fft;
  const whole = half ? fftC2R(spectra, 2, n_fft, false, scale) : fftC2C(spectra, [2], false, scale);
  const pieces = half || return_complex ? whole : realView(whole);
  const weights = windowOf(window, length, n_fft, input);
  const total = overlapped(product(pieces, weights), hop);
  const squares = ops.mul(weights, weights);
  const envelope = overlapped(broadcastTo(squares, [1, frames, n_fft]), hop);
  const start = center ? Math.floor(n_fft / 2) : 0;
  const all = n_fft + hop * (frames - 1);
  const end = wanted !== null && wanted !== undefined ? start + wanted : center ? all - start : all;
  const known = Math.min(end, all);
  const [numbers, divisors] = [total, envelope].map((each) => part(each, start, known));
  if (known > start) {
    const least = extreme('min', detach(ops.abs(divisors)), allAxes(divisors));
    if (Number(elementAt(least, least.geometry.offset)) <= 1e-11) throw refused(' window overlap add min: 1\n[ CPUBoolType{} ]');
  }
  const result = fitted(ops.div(numbers, cast(divisors, numbers.dtypeCore)), 1, Math.max(end - start, 0));
  return shape.length === 2 ? squeeze(result, [0]) : result;
}, native));
