import { withGradMode } from '../../../autograd/mode.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import type { Call } from '../../../core/signature.ts';
import { signature } from '../../../core/signature.ts';
import { clone, copyFrom } from '../../../ops/movement.ts';
import { vdot } from '../../../ops/products.ts';
import { empty } from '../../functions/creation.ts';
import type { HookHandle } from '../../autograd/hooks.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { normalize } from '../functional/distance.ts';
import * as init from '../init/fills.ts';
import { namesOf } from '../members.ts';
import type { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { asMatrix, exceptDim, scaled } from './norms.ts';

/** Weights that are computed before each forward from other parameters: what came before parametrizations. */

type Kind = 'weight_norm' | 'spectral_norm';

/** What a module computes before its forward, by kind and by the name of the weight. */
const hooks = new WeakMap<Module, Map<string, { readonly handle: HookHandle; readonly remove: () => void }>>();

const fieldsOf = (module: Module): Record<string, unknown> => module as unknown as Record<string, unknown>;

/** Takes a field out of a module. */
function drop(module: Module, ...names: readonly string[]): void {
  const { parameterNames, buffers } = namesOf(module);
  for (const name of names) {
    Reflect.deleteProperty(module, name);
    parameterNames.delete(name);
    buffers.delete(name);
  }
}

/** Computes a weight now and before each forward, until it is removed. */
function compute(module: Module, kind: Kind, name: string, value: () => Tensor, remove: () => void): void {
  const own = hooks.get(module) ?? new Map<string, { readonly handle: HookHandle; readonly remove: () => void }>();
  hooks.set(module, own);
  const handle = module.register_forward_pre_hook(() => {
    fieldsOf(module)[name] = value();
  });
  own.set(`${kind} ${name}`, { handle, remove });
}

function refuseTwice(module: Module, kind: Kind, name: string): void {
  if (hooks.get(module)?.has(`${kind} ${name}`)) {
    throw new RuntimeError(`Cannot register two ${kind} hooks on the same parameter ${name}`);
  }
}

function removeHook(module: Module, kind: Kind, name: string): void {
  const found = hooks.get(module)?.get(`${kind} ${name}`);
  if (found === undefined) throw new ValueError(`${kind} of '${name}' not found in ${String(module)}`);
  found.remove();
  found.handle.remove();
  hooks.get(module)!.delete(`${kind} ${name}`);
}

const ofWeightNorm = signature<[module: Module, name?: string, dim?: number | null]>()(
  'nn.utils.weight_norm', "module: Module, name='weight', dim: int | None = 0");
const ofSpectralNorm = signature<[module: Module, name?: string, n_power_iterations?: number, eps?: number, dim?: number | null]>()(
  'nn.utils.spectral_norm', "module: Module, name='weight', n_power_iterations=1, eps=1e-12, dim: int = None");
const ofRemoval = (kind: Kind) => signature<[module: Module, name?: string]>()(`nn.utils.remove_${kind}`, "module: Module, name='weight'");
const ofWeightNormRemoval = ofRemoval('weight_norm');
const ofSpectralNormRemoval = ofRemoval('spectral_norm');

/**
 * A weight by its length, `weight_g`, and its direction, `weight_v`, computed before each forward. Returns the module. PyTorch's older way:
 * parametrizations.weight_norm is the newer one. Source: torch.nn.utils.weight_norm.
 * @example
 * const layer = nn.utils.weight_norm(nn.Linear(2, 3));
 * Object.keys(layer.state_dict()); // → ['bias', 'weight_g', 'weight_v']
 */
export function weight_norm<M extends Module>(first: M, ...rest: Call<['name', 'dim'], [name?: string, dim?: number | null]>): M {
  // All may be given by name, the module too.
  const { module, name, dim: given } = ofWeightNorm.read([first, ...rest]);
  warn('`torch.nn.utils.weight_norm` is deprecated in favor of `torch.nn.utils.parametrizations.weight_norm`.');
  refuseTwice(module, 'weight_norm', name);
  const dim = given ?? -1;
  const fields = fieldsOf(module);
  const weight = fields[name] as Tensor;
  drop(module, name);
  module.register_parameter(`${name}_g`, new Parameter(withGradMode(false, () => exceptDim(weight, dim))));
  module.register_parameter(`${name}_v`, new Parameter(weight));
  const value = (): Tensor => scaled(fields[`${name}_v`] as Tensor, fields[`${name}_g`] as Tensor, dim);
  fields[name] = value();
  compute(module, 'weight_norm', name, value, () => {
    const present = value();
    drop(module, name, `${name}_g`, `${name}_v`);
    fields[name] = new Parameter(present);
  });
  return module as M;
}

/**
 * Takes off what weight_norm did; the weight keeps its value. Source: torch.nn.utils.remove_weight_norm.
 * @example
 * const layer = nn.utils.weight_norm(nn.Linear(2, 3));
 * Object.keys(nn.utils.remove_weight_norm(layer).state_dict()); // → ['bias', 'weight']
 */
export function remove_weight_norm<M extends Module>(first: M, ...rest: Call<['name'], [name?: string]>): M {
  const { module, name } = ofWeightNormRemoval.read([first, ...rest]);
  removeHook(module, 'weight_norm', name);
  return module as M;
}

/**
 * A weight divided by its largest singular value, computed before each forward from `weight_orig`. Returns the module. PyTorch's older
 * way: parametrizations.spectral_norm is the newer one. Source: torch.nn.utils.spectral_norm.
 * @example
 * const layer = nn.utils.spectral_norm(nn.Linear(2, 3));
 * Object.keys(layer.state_dict()); // → ['bias', 'weight_orig', 'weight_u', 'weight_v']
 */
export function spectral_norm<M extends Module>(first: M, ...rest: Call<
  ['name', 'n_power_iterations', 'eps', 'dim'], [name?: string, n_power_iterations?: number, eps?: number, dim?: number | null]>): M {
  const { module, name, n_power_iterations, eps, dim: given } = ofSpectralNorm.read([first, ...rest]);
  const dim = given ?? (/^(Lazy)?ConvTranspose\dd$/.test(module._get_name()) ? 1 : 0);
  refuseTwice(module, 'spectral_norm', name);
  if (n_power_iterations <= 0) {
    throw new ValueError(`Expected n_power_iterations to be positive, but got n_power_iterations=${n_power_iterations}`);
  }
  const fields = fieldsOf(module);
  const weight = fields[name] as Parameter | null;
  if (weight === null) throw new ValueError(`\`SpectralNorm\` cannot be applied as parameter \`${name}\` is None`);
  const [rows, columns] = asMatrix(weight, dim).geometry.shape;
  const draw = (extent: number): Tensor => {
    const drawn = init.normal_(empty([extent], { dtype: weight.dtype, device: weight.device }));
    return withGradMode(false, () => normalize(drawn, { dim: 0, eps }));
  };
  const [u, v] = [draw(rows), draw(columns)];
  drop(module, name);
  module.register_parameter(`${name}_orig`, weight);
  fields[name] = weight.detach();
  module.register_buffer(`${name}_u`, u);
  module.register_buffer(`${name}_v`, v);
  const value = (moves: boolean): Tensor => {
    const original = fields[`${name}_orig`] as Tensor;
    const [left, right] = [fields[`${name}_u`] as Tensor, fields[`${name}_v`] as Tensor];
    const matrix = asMatrix(original, dim);
    if (moves) {
      withGradMode(false, () => {
        for (let i = 0; i < n_power_iterations; i++) {
          copyFrom(right, normalize(matrix.t().mv(left), { dim: 0, eps }));
          copyFrom(left, normalize(matrix.mv(right), { dim: 0, eps }));
        }
      });
    }
    return original.div(vdot(clone(left), matrix.mv(clone(right))));
  };
  compute(module, 'spectral_norm', name, () => value(module.training), () => {
    const present = withGradMode(false, () => value(false));
    drop(module, name, `${name}_u`, `${name}_v`, `${name}_orig`);
    module.register_parameter(name, new Parameter(present));
  });
  return module as M;
}

/**
 * Takes off what spectral_norm did; the weight keeps its value. Source: torch.nn.utils.remove_spectral_norm.
 * @example
 * const layer = nn.utils.spectral_norm(nn.Linear(2, 3));
 * Object.keys(nn.utils.remove_spectral_norm(layer).state_dict()); // → ['bias', 'weight']
 */
export function remove_spectral_norm<M extends Module>(first: M, ...rest: Call<['name'], [name?: string]>): M {
  const { module, name } = ofSpectralNormRemoval.read([first, ...rest]);
  removeHook(module, 'spectral_norm', name);
  return module as M;
}
