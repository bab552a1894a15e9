import { withGradMode } from '../../../autograd/mode.ts';
import { IndexError, ValueError } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { clone, copyFrom } from '../../../ops/movement.ts';
import { vdot } from '../../../ops/products.ts';
import { empty } from '../../functions/creation.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { normalize } from '../functional/distance.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { asMatrix, exceptDim, scaled } from './norms.ts';
import { register_parametrization } from './parametrize.ts';

/** Parametrizations of weights. Source: torch.nn.utils.parametrizations. */

const ofWeightNorm = signature<[module: Module, name?: string, dim?: number | null]>()(
  'nn.utils.parametrizations.weight_norm', "module: Module, name='weight', dim: int | None = 0");
const ofSpectralNorm = signature<[module: Module, name?: string, n_power_iterations?: number, eps?: number, dim?: number | null]>()(
  'nn.utils.parametrizations.spectral_norm', "module: Module, name='weight', n_power_iterations=1, eps=1e-12, dim: int = None");

const WeightNorm = callable('_WeightNorm', class extends Module {
  private readonly dim: number;

  constructor(dim: number | null) {
    super();
    this.dim = dim ?? -1;
  }

  override forward(norm: Tensor, direction: Tensor): Tensor {
    return scaled(direction, norm, this.dim);
  }

  right_inverse(weight: Tensor): [Tensor, Tensor] {
    return [exceptDim(weight, this.dim), weight];
  }
});

/**
 * A weight by its length and its direction, the length for each entry of dimension `dim`, or of the whole where that is null.
 * Returns the module. Source: torch.nn.utils.parametrizations.weight_norm.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * layer.get_parameter('parametrizations.weight.original0').shape; // → torch.Size([3, 1])
 */
export function weight_norm<M extends Module>(first: M, ...rest: Call<['name', 'dim'], [name?: string, dim?: number | null]>): M {
  // All may be given by name, the module too.
  const { module, name, dim } = ofWeightNorm.read([first, ...rest]);
  return register_parametrization(module, name, new WeightNorm(dim), { unsafe: true }) as M;
}

const SpectralNorm = callable('_SpectralNorm', class extends Module {
  private readonly dim: number;
  private readonly eps: number;
  private readonly n_power_iterations: number = 0;
  declare _u: Tensor;
  declare _v: Tensor;

  constructor(weight: Tensor, iterations: number, dim: number, eps: number) {
    super();
    const { ndim } = weight;
    if (dim >= ndim || dim < -ndim) {
      throw new IndexError(`Dimension out of range (expected to be in range of [-${ndim}, ${ndim - 1}] but got ${dim})`);
    }
    if (iterations <= 0) throw new ValueError(`Expected n_power_iterations to be positive, but got n_power_iterations=${iterations}`);
    this.dim = dim < 0 ? dim + ndim : dim;
    this.eps = eps;
    if (ndim <= 1) return;
    this.n_power_iterations = iterations;
    const matrix = asMatrix(weight, this.dim);
    const [rows, columns] = matrix.geometry.shape;
    const draw = (extent: number): Tensor => {
      const drawn = init.normal_(empty([extent], { dtype: weight.dtype, device: weight.device }));
      return withGradMode(false, () => normalize(drawn, { dim: 0, eps }));
    };
    // Both are drawn before either is used.
    const [u, v] = [draw(rows), draw(columns)];
    this.register_buffer('_u', u);
    this.register_buffer('_v', v);
    iterate(matrix, this._u, this._v, 15, eps);
  }

  override forward(weight: Tensor): Tensor {
    if (weight.ndim === 1) return normalize(weight, { dim: 0, eps: this.eps });
    const matrix = asMatrix(weight, this.dim);
    if (this.training) iterate(matrix, this._u, this._v, this.n_power_iterations, this.eps);
    return weight.div(vdot(clone(this._u), matrix.mv(clone(this._v))));
  }

  right_inverse(value: Tensor): Tensor {
    return value;
  }
});

/** Moves two vectors towards those of the largest singular value. */
function iterate(matrix: Tensor, u: Tensor, v: Tensor, times: number, eps: number): void {
  withGradMode(false, () => {
    for (let i = 0; i < times; i++) {
      copyFrom(u, normalize(matrix.mv(v), { dim: 0, eps }));
      copyFrom(v, normalize(matrix.t().mv(u), { dim: 0, eps }));
    }
  });
}

/**
 * A weight divided by its largest singular value, which power iterations keep close to, one more at each use in training. Returns the
 * module. Source: torch.nn.utils.parametrizations.spectral_norm.
 * @example
 * const layer = nn.utils.parametrizations.spectral_norm(nn.Linear(2, 3));
 * layer.state_dict()['parametrizations.weight.0._u'].shape; // → torch.Size([3])
 */
export function spectral_norm<M extends Module>(first: M, ...rest: Call<
  ['name', 'n_power_iterations', 'eps', 'dim'], [name?: string, n_power_iterations?: number, eps?: number, dim?: number | null]>): M {
  const { module, name, n_power_iterations, eps, dim } = ofSpectralNorm.read([first, ...rest]);
  const weight = (module as unknown as Readonly<Record<string, unknown>>)[name];
  if (!(weight instanceof Tensor)) throw new ValueError(`Module '${String(module)}' has no parameter or buffer with name '${name}'`);
  // Transposed convolutions have their outputs second.
  const axis = dim ?? (/^(Lazy)?ConvTranspose\dd$/.test(module._get_name()) ? 1 : 0);
  return register_parametrization(module, name, new SpectralNorm(weight, n_power_iterations, axis, eps)) as M;
}
