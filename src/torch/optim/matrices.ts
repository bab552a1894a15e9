import { bfloat16, isComplex } from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { castCopy } from '../../ops/cast.ts';
import { addmm, matmul } from '../../ops/matmul.ts';
import { swapAxes } from '../../ops/movement.ts';
import { vectorNorm } from '../../ops/norms.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, mean } from '../../ops/reduce.ts';
import { full } from '../../ops/creation.ts';
import { finfo } from '../dtypes/limits.ts';
import { Tensor } from '../tensor/tensor.ts';
import { countStep, zerosFor } from './arithmetic.ts';
import type { Hints, OptionsOf } from './declare.ts';
import { optimizer } from './declare.ts';

/** Optimisers that see a weight as a matrix. */

const float = (value: number): string => pythonRepr(value, { float: true });

function refuseNegative(words: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(words)) {
    if (!(value >= 0)) throw new ValueError(`${name} should be >= 0 but is: ${float(value)}`);
  }
}

function refuseComplex(name: string, parameter: Tensor): void {
  if (isComplex(parameter.dtypeCore)) throw new RuntimeError(`${name} does not support complex parameters`);
}

/** The root of the mean square of all elements, as a tensor: on the GPU nothing waits for its value. */
const size = (x: Tensor): Tensor => ops.div(vectorNorm(x, 2, allAxes(x)), Math.sqrt(x.numel()));

/** The mean of squares along an axis, which stays. */
function meanSquare(x: Tensor, axis: number): Tensor {
  const norm = vectorNorm(x, 2, [axis], true);
  return ops.div(ops.mul(norm, norm), x.geometry.shape[axis]);
}

/**
 * Steps over the root of the mean squares of gradients, of which a matrix keeps those of its rows and columns alone.
 * Source: torch.optim.Adafactor.
 * @example
 * const w = torch.tensor([[1.5, 0.5]], { requires_grad: true });
 * const optimizer = new optim.Adafactor([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([[1.3882, 0.3882]], requires_grad=True)
 */
export const Adafactor = optimizer<
  [lr?: number, beta2_decay?: number, eps?: readonly [number | null, number], d?: number, weight_decay?: number],
  Pick<Hints, 'foreach' | 'maximize'>
>()('Adafactor', [
  'params, lr=0.01, beta2_decay=-0.8, eps: list = (None,0.001), d=1.0, weight_decay=0.0',
  '*, foreach=None, maximize=False',
], {
  checked: [],
  realOnly: true,
  check({ lr, beta2_decay, eps: [eps1, eps2], d, weight_decay }) {
    refuseNegative({ 'Learning rate': lr });
    if (!(beta2_decay <= 0)) throw new ValueError(`beta2_decay should be <= 0 but is: ${float(beta2_decay)}`);
    if (eps1 !== null) refuseNegative({ epsilon1: eps1 });
    refuseNegative({ epsilon2: eps2 });
    if (!(d >= 1)) throw new ValueError(`Clipping threshold d should be >= 1 but is: ${float(d)}`);
    refuseNegative({ weight_decay });
  },
  update(parameter, gradient, { lr, beta2_decay, eps: [eps1, eps2], d, weight_decay, maximize }, state) {
    refuseComplex('Adafactor', parameter);
    const least = eps1 ?? new finfo(parameter.dtype).eps;
    const direction = maximize ? ops.neg(gradient) : gradient;
    const step = countStep(state);
    const share = step ** beta2_decay;
    const rate = ops.mul(ops.maximum(size(parameter), eps2), Math.min(lr, 1 / Math.sqrt(step)));
    if (weight_decay !== 0) ops.mul(parameter, 1 - lr * weight_decay, parameter);
    const { shape } = direction.geometry;
    let estimate: Tensor;
    if (shape.length > 1) {
      const [row, column] = [shape.length - 1, shape.length - 2];
      const kept = (axis: number): Tensor =>
        full(Tensor, shape.map((extent, i) => (i === axis ? 1 : extent)), 0, direction.dtypeCore, direction.storage.device);
      const rows = state.row_var ??= kept(row);
      const columns = state.col_var ??= kept(column);
      ops.lerp(rows, meanSquare(direction, row), share, rows);
      ops.lerp(columns, meanSquare(direction, column), share, columns);
      estimate = ops.div(matmul(rows, columns), ops.maximum(mean(rows, [column], true), least));
    } else {
      const variance = state.variance ??= zerosFor(direction);
      ops.lerp(variance, ops.mul(direction, direction), share, variance);
      estimate = variance;
    }
    const update = ops.div(direction, ops.sqrt(ops.maximum(estimate, least * least)));
    const denominator = ops.maximum(ops.div(size(update), d), 1);
    ops.sub(parameter, ops.mul(update, ops.div(rate, denominator)), parameter);
  },
});
export type Adafactor = InstanceType<typeof Adafactor>;
/** What Adafactor takes beside the parameters. */
export interface AdafactorOptions extends OptionsOf<typeof Adafactor> {}

type Coefficients = readonly [number, number, number];

/** The matrix of the same singular vectors whose singular values are about 1, by Newton and Schulz, in bfloat16. */
function orthogonalized(gradient: Tensor, [a, b, c]: Coefficients, steps: number, eps: number): Tensor {
  const [rows, columns] = gradient.geometry.shape;
  const turn = (x: Tensor): Tensor => (rows > columns ? swapAxes(x, 0, 1) : x);
  let x = turn(castCopy(gradient, bfloat16));
  x = ops.div(x, ops.maximum(vectorNorm(x, 2, [0, 1]), eps));
  for (let i = 0; i < steps; i++) {
    const gram = matmul(x, swapAxes(x, 0, 1));
    x = addmm(x, addmm(gram, gram, gram, b, c), x, a);
  }
  return turn(x);
}

type AdjustLr = 'original' | 'match_rms_adamw' | 'spectral_unclamped';

function adjusted(lr: number, adjust: AdjustLr | null, [rows, columns]: readonly number[]): number {
  if (adjust === 'match_rms_adamw') return lr * (0.2 * Math.sqrt(Math.max(rows, columns)));
  return lr * Math.sqrt(adjust === 'spectral_unclamped' ? rows / columns : Math.max(1, rows / columns));
}

/**
 * Momentum whose matrices are made orthogonal before each step, for the weights of hidden layers; a ValueError for parameters that are
 * no matrices. Source: torch.optim.Muon.
 * @example
 * const w = torch.tensor([[3, 0], [0, 4]], { dtype: torch.float32, requires_grad: true });
 * const optimizer = new optim.Muon([w], { lr: 1, weight_decay: 0 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([[2.3047, 0.0000],
 *    //           [0.0000, 2.9062]], requires_grad=True)
 */
export const Muon = optimizer<
  [
    lr?: number, weight_decay?: number, momentum?: number, nesterov?: boolean, ns_coefficients?: Coefficients, eps?: number,
    ns_steps?: number, adjust_lr_fn?: AdjustLr | null,
  ],
  unknown
>()('Muon', [
  'params, lr=0.001, weight_decay=0.1, momentum=0.95, nesterov=True, ns_coefficients: list = (3.4445,-4.775,2.0315)',
  'eps=1e-07, ns_steps=5, adjust_lr_fn: str = None',
], {
  checked: [],
  realOnly: true,
  check({ lr, momentum, weight_decay, adjust_lr_fn }) {
    refuseNegative({ 'Learning rate': lr, momentum, 'weight decay': weight_decay });
    if (adjust_lr_fn !== null && !['original', 'match_rms_adamw', 'spectral_unclamped'].includes(adjust_lr_fn)) {
      throw new ValueError(`Adjust learning rate function ${String(adjust_lr_fn)} is not supported`);
    }
  },
  checkParameter(parameter) {
    if (parameter.geometry.shape.length !== 2) {
      throw new ValueError(`Muon only supports 2D parameters whereas we found a parameter with size: ${String(parameter.shape)}`);
    }
  },
  update(parameter, gradient, { lr, weight_decay, momentum, nesterov, ns_coefficients, eps, ns_steps, adjust_lr_fn }, state) {
    refuseComplex('Muon', parameter);
    if (ns_steps >= 100) throw new ValueError('Number of steps must be less than 100 for computational efficiency');
    if (ns_coefficients.length !== 3) throw new ValueError('Coefficients must be a tuple of exactly 3 values');
    const buffer = state.momentum_buffer ??= zerosFor(gradient);
    ops.lerp(buffer, gradient, 1 - momentum, buffer);
    const update = orthogonalized(nesterov ? ops.lerp(gradient, buffer, momentum) as Tensor : buffer, ns_coefficients, ns_steps, eps);
    ops.mul(parameter, 1 - lr * weight_decay, parameter);
    const step = castCopy(update, parameter.dtypeCore);
    ops.addScaled(parameter, step, -adjusted(lr, adjust_lr_fn, parameter.geometry.shape), parameter);
  },
});
export type Muon = InstanceType<typeof Muon>;
/** What Muon takes beside the parameters. */
export interface MuonOptions extends OptionsOf<typeof Muon> {}
