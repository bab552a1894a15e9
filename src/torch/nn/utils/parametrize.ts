import { withGradMode } from '../../../autograd/mode.ts';
import { NotImplementedError, RuntimeError, ValueError, checkCallable, pythonTypeName } from '../../../core/errors.ts';
import { refuseSurplus } from '../../../core/options.ts';
import { callable } from '../../../core/callable.ts';
import { sameShape } from '../../../core/layout.ts';
import { declare, declareMethods, signature } from '../../../core/signature.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { membersOf, namesOf } from '../members.ts';
import { ModuleDict, ModuleList } from '../modules/container.ts';
import type { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';

/** Parameters that are computed from others whenever they are asked for. Source: torch.nn.utils.parametrize. */

/** What a parametrization may have beside its forward: the way back, to a tensor or to several. */
interface Invertible {
  right_inverse(value: Tensor): unknown;
}

type Fields = Record<string, unknown>;
const fieldsOf = (module: Module): Fields => module as unknown as Fields;
const called = (module: Module, ...inputs: unknown[]): unknown => (module as unknown as (...inputs: unknown[]) => unknown)(...inputs);
const isInvertible = (module: Module): module is Module & Invertible => 'right_inverse' in module;

function register(module: Module, name: string, tensor: Tensor): void {
  if (tensor instanceof Parameter) module.register_parameter(name, tensor);
  else module.register_buffer(name, tensor);
}

/** What an error says of a dtype or of a shape. */
type Words = (what: string) => string;

/** Refuses a tensor of another dtype or shape; `start` says which of the two may not change. */
function checkAlike(
  start: Words, [label, wanted]: readonly [Words, Tensor], [other, found]: readonly [Words, Tensor],
): void {
  if (found.dtypeCore !== wanted.dtypeCore) {
    throw new ValueError(`${start('dtype')}\n${label('dtype')}: ${wanted.dtype}\n${other('dtype')}: ${found.dtype}`);
  }
  if (!sameShape(found.geometry.shape, wanted.geometry.shape)) {
    throw new ValueError(`${start('shape')}\n${label('shape')}: ${wanted.shape}\n${other('shape')}: ${found.shape}`);
  }
}

const mayNotChange = (flag: string): Words => (what) =>
  `Registering a parametrization may not change the ${what} of the tensor, unless ${flag}\`unsafe\` flag is enabled.`;

function notTensor(start: string, value: unknown, end = ''): ValueError {
  return new ValueError(`${start}${pythonTypeName(value)}${end}`);
}

/** The way back through all parametrizations; those that have none are left out, or refused where `strict`. */
function inverse(modules: readonly Module[], value: unknown, strict: boolean): unknown {
  let found = value;
  for (const module of [...modules].reverse()) {
    if (isInvertible(module)) {
      try {
        found = module.right_inverse(found as Tensor);
      } catch (error) {
        if (strict || !(error instanceof NotImplementedError)) throw error;
      }
    } else if (strict) {
      throw new RuntimeError(`parametrization ${module._get_name()} does not implement right_inverse.`);
    }
  }
  return found;
}

const parameters = signature<[modules: Iterable<Module>, original: Tensor, unsafe?: boolean]>()(
  'ParametrizationList.__init__', 'modules: iterable, original: Tensor, unsafe=False');

class ParametrizationListModule extends ModuleList {
  /** What the tensor is computed from, where that is one; others are original0, original1 and so on. */
  declare original: Tensor;
  /** Whether dtype and shape may change. */
  unsafe: boolean;
  /** Whether there is one original. */
  is_tensor: boolean;
  /** How many originals there are. */
  ntensors: number;

  constructor(...given: typeof parameters.call) {
    const { modules, original, unsafe } = parameters.read(given);
    const list = modules as readonly Module[];
    if (list.length === 0) throw new ValueError('ParametrizationList requires one or more modules.');
    super(list);
    this.unsafe = unsafe;
    const { dtypeCore, geometry: { shape } } = original;
    const before = { dtype: original.dtype, shape: original.shape };
    const found = withGradMode(false, () => inverse(list, original, false));
    if (!(found instanceof Tensor) && !Array.isArray(found)) {
      throw notTensor("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). Got ", found);
    }
    this.is_tensor = found instanceof Tensor;
    this.ntensors = found instanceof Tensor ? 1 : found.length;
    if (found instanceof Tensor) this.keep(original, found);
    else this.keepAll(original, found);
    if (unsafe) return;
    const result: unknown = this.forward();
    if (!(result instanceof Tensor)) throw notTensor('A parametrization must return a tensor. Got ', result, '.');
    const start = mayNotChange('');
    if (result.dtypeCore !== dtypeCore) {
      throw new ValueError(`${start('dtype')}\nunparametrized dtype: ${before.dtype}\nparametrized dtype: ${result.dtype}`);
    }
    if (!sameShape(result.geometry.shape, shape)) {
      throw new ValueError(`${start('shape')}\nunparametrized shape: ${before.shape}\nparametrized shape: ${result.shape}`);
    }
  }

  private keep(original: Tensor, found: Tensor): void {
    for (const what of ['dtype', 'device'] as const) {
      if (String(original[what]) === String(found[what])) continue;
      throw new ValueError(`When \`right_inverse\` outputs one tensor, it may not change the ${what}.\n`
        + `original.${what}: ${String(original[what])}\nright_inverse(original).${what}: ${String(found[what])}`);
    }
    if (found !== original) original.data = found.detach();
    register(this, 'original', original);
  }

  private keepAll(original: Tensor, found: readonly unknown[]): void {
    found.forEach((each, i) => {
      if (!(each instanceof Tensor)) {
        throw notTensor("'right_inverse' must return a Tensor or a reference-type opaque. "
          + `Got element ${i} of the sequence with type `, each, '.');
      }
      const { requires_grad } = original;
      register(this, `original${i}`,
        original instanceof Parameter ? new Parameter(each, requires_grad) : each.requires_grad_(requires_grad));
    });
  }

  /** What the tensor is computed from. */
  private originals(): Tensor[] {
    const fields = fieldsOf(this);
    return this.is_tensor ? [this.original] : Array.from({ length: this.ntensors }, (_, i) => fields[`original${i}`] as Tensor);
  }

  /**
   * Sets the originals so that a value comes out, by the parametrizations' own right_inverse.
   * @example
   * class Double extends nn.Module {
   *   forward(x: torch.Tensor) { return x.mul(2); }
   *   right_inverse(x: torch.Tensor) { return x.div(2); }
   * }
   * const list = nn.utils.parametrize.ParametrizationList([new Double()], nn.Parameter(torch.ones(2)));
   * list.right_inverse(torch.tensor([4, 6]).float());
   * list.original.tolist(); // → [2, 3]
   */
  right_inverse(value: Tensor): void {
    withGradMode(false, () => {
      const found = inverse([...this], value, true);
      const originals = this.originals();
      if (this.is_tensor) {
        if (!(found instanceof Tensor)) throw notTensor('`right_inverse` should return a tensor. Got ', found);
        if (found.dtypeCore !== originals[0].dtypeCore) {
          throw new ValueError(
            `The tensor returned by \`right_inverse\` has dtype ${found.dtype} while \`original\` has dtype ${originals[0].dtype}`);
        }
        originals[0].data = found.detach();
        return;
      }
      if (!Array.isArray(found)) throw notTensor("'right_inverse' must return a sequence of tensors. Got ", found, '.');
      if (found.length !== originals.length) {
        throw new ValueError(`'right_inverse' must return a sequence of tensors of length ${originals.length}. `
          + `Got a sequence of length ${found.length}.`);
      }
      found.forEach((each: unknown, i) => {
        if (!(each instanceof Tensor)) {
          throw notTensor("'right_inverse' must return a sequence of tensors or reference-type opaques. "
            + `Got element ${i} of type `, each, '.');
        }
        if (each.dtypeCore !== originals[i].dtypeCore) {
          throw new ValueError(`Tensor ${i} returned by \`right_inverse\` has dtype ${each.dtype} while \`original${i}\` has dtype `
            + `${originals[i].dtype}`);
        }
        originals[i].data = each.detach();
      });
    });
  }

  /** The tensor as it is now. */
  override forward(): Tensor {
    const [first, ...others] = this;
    return others.reduce<unknown>((x, module) => called(module, x), called(first, ...this.originals())) as Tensor;
  }
}

/**
 * The parametrizations of one tensor, and what it is computed from. Source: torch.nn.utils.parametrize.ParametrizationList.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * layer.get_submodule('parametrizations.weight'); // → ParametrizationList(
 *                                                 //     (0): _WeightNorm()
 *                                                 //   )
 */
export const ParametrizationList = callable(
  'ParametrizationList', declareMethods(ParametrizationListModule, 'ParametrizationList', { right_inverse: 'value: Tensor' }),
);
export type ParametrizationList = ParametrizationListModule;

/** What a block of `cached` has computed so far; null outside of one. */
let known: Map<Module, Map<string, Tensor>> | null = null;
let depth = 0;

function enter(): () => void {
  depth++;
  known ??= new Map();
  return () => {
    depth--;
    if (depth === 0) known = null;
  };
}

/**
 * Within it each parametrized tensor is computed once: `cached(() => ...)`, or `using _ = cached()` until the end of the block.
 * Source: torch.nn.utils.parametrize.cached.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * nn.utils.parametrize.cached(() => layer.weight === layer.weight); // → true
 * layer.weight === layer.weight; // → false
 */
export function cached<T>(body: () => T): T;
export function cached(): Disposable;
export function cached<T>(body?: () => T, ...surplus: readonly unknown[]): T | Disposable {
  refuseSurplus('cached', 1, surplus);
  if (body === undefined) return { [Symbol.dispose]: enter() };
  checkCallable(body);
  const leave = enter();
  try {
    return body();
  } finally {
    leave();
  }
}

const listsOf = (module: Module): ModuleDict => fieldsOf(module).parametrizations as ModuleDict;
const listOf = (module: Module, name: string): ParametrizationList => listsOf(module).at(name) as unknown as ParametrizationList;

function valueOf(module: Module, name: string): Tensor {
  const list = listOf(module, name);
  if (known === null) return list.forward();
  let own = known.get(module);
  if (own === undefined) known.set(module, own = new Map<string, Tensor>());
  let value = own.get(name);
  if (value === undefined) own.set(name, value = list.forward());
  return value;
}

type AnyModule = abstract new (...given: never) => Module;

/** Gives a module a class of its own, which has the parametrized tensors as properties. */
function giveClass(module: Module): void {
  const original = module.constructor as unknown as new (...given: unknown[]) => Module;
  const own = class extends original {};
  Object.defineProperty(own, 'name', { value: `Parametrized${original.name}`, configurable: true });
  Object.setPrototypeOf(module, own.prototype as object);
}

const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
const holds = (module: Module, name: string): boolean => {
  const { parameters: own, buffers } = membersOf(module);
  return own.some(([each]) => each === name) || buffers.some(([each]) => each === name);
};

/**
 * Whether a module has parametrizations, of this tensor where one is named. Source: torch.nn.utils.parametrize.is_parametrized.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * [nn.utils.parametrize.is_parametrized(layer), nn.utils.parametrize.is_parametrized(layer, 'bias')]; // → [true, false]
 */
export const is_parametrized = declare<[module: Module, tensor_name?: string | null]>()(
  'nn.utils.parametrize.is_parametrized', 'module: Module, tensor_name: str = None', ({ module, tensor_name }): boolean => {
  const lists = fieldsOf(module).parametrizations;
  if (!(lists instanceof ModuleDict)) return false;
  return tensor_name === null ? lists.length > 0 : lists.has(tensor_name);
});

/** One more parametrization of a tensor that has some. */
function add(module: Module, name: string, parametrization: Module, unsafe: boolean): void {
  if (!unsafe) {
    const present = fieldsOf(module)[name] as Tensor;
    const found = called(parametrization, present);
    if (!(found instanceof Tensor)) throw notTensor('A parametrization must return a tensor. Got ', found, '.');
    checkAlike(mayNotChange('the '), [(what) => `module.${name}.${what}`, present],
      [(what) => `parametrization(module.${name}).${what}`, found]);
    if (isInvertible(parametrization)) checkInverse(parametrization, name, present, found);
  }
  const list = listOf(module, name);
  list.append(parametrization);
  list.unsafe ||= unsafe;
}

function checkInverse(parametrization: Invertible, name: string, present: Tensor, found: Tensor): void {
  let back: unknown;
  try {
    back = parametrization.right_inverse(found);
  } catch (error) {
    if (error instanceof NotImplementedError) return;
    throw error;
  }
  if (!(back instanceof Tensor)) throw notTensor('parametrization.right_inverse must return a tensor. Got: ', back);
  checkAlike((what) => `The tensor returned by parametrization.right_inverse must have the same ${what} as module.${name}, unless the `
    + '`unsafe` flag is enabled.', [(what) => `module.${name}.${what}`, present], [(what) => `returned ${what}`, back]);
}

/**
 * Lets a parameter or buffer be computed by a module whenever it is asked for, from what its `right_inverse` makes of the present value,
 * or from that itself. Returns the module. Source: torch.nn.utils.parametrize.register_parametrization.
 * @example
 * class Symmetric extends nn.Module {
 *   forward(x: torch.Tensor) { return x.triu().add(x.triu(1).t()); }
 * }
 * const layer = nn.Linear(2, 2);
 * nn.utils.parametrize.register_parametrization(layer, 'weight', new Symmetric());
 * torch.equal(layer.weight, layer.weight.t()); // → true
 */
export const register_parametrization = declare<
  [module: Module, tensor_name: string, parametrization: Module], { readonly unsafe?: boolean }
>()('nn.utils.parametrize.register_parametrization', 'module: Module, tensor_name: str, parametrization, *, unsafe=False',
  ({ module, tensor_name: name, parametrization, unsafe }): Module => {
  parametrization.train(module.training);
  if (is_parametrized(module, name)) {
    add(module, name, parametrization, unsafe);
    return module;
  }
  if (!holds(module, name)) {
    throw new ValueError(
      `Module '${String(module)}' does not have a parameter, a buffer, or a parametrized element with name '${name}'`);
  }
  const list = new ParametrizationList([parametrization], fieldsOf(module)[name] as Tensor, unsafe);
  Reflect.deleteProperty(module, name);
  const { parameterNames, buffers } = namesOf(module);
  parameterNames.delete(name);
  buffers.delete(name);
  if (!is_parametrized(module)) {
    giveClass(module);
    fieldsOf(module).parametrizations = new ModuleDict();
  }
  Object.defineProperty(prototypeOf(module), name, {
    get(this: Module): Tensor {
      return valueOf(this, name);
    },
    set(this: Module, value: Tensor): void {
      listOf(this, name).right_inverse(value);
    },
    configurable: true,
  });
  listsOf(module).set(name, list);
  return module;
});

/**
 * Takes off all parametrizations of a tensor, which keeps its present value, or gets back its original one. Returns the module.
 * Source: torch.nn.utils.parametrize.remove_parametrizations.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * nn.utils.parametrize.remove_parametrizations(layer, 'weight'); // → Linear(in_features=2, out_features=3, bias=True)
 */
export const remove_parametrizations = declare<[module: Module, tensor_name: string, leave_parametrized?: boolean]>()(
  'nn.utils.parametrize.remove_parametrizations', 'module: Module, tensor_name: str, leave_parametrized=True',
  ({ module, tensor_name: name, leave_parametrized }): Module => {
  if (!is_parametrized(module, name)) throw new ValueError(`Module ${String(module)} does not have a parametrization on ${name}`);
  const list = listOf(module, name);
  let { original } = list;
  if (list.is_tensor) {
    if (leave_parametrized) original.data = withGradMode(false, () => valueOf(module, name)).detach();
  } else if (leave_parametrized) {
    const value = valueOf(module, name);
    original = value.requires_grad ? new Parameter(value) : value;
  } else {
    throw new ValueError('Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of '
      + 'tensors.');
  }
  Reflect.deleteProperty(prototypeOf(module), name);
  listsOf(module).pop(name);
  register(module, name, original);
  if (!is_parametrized(module)) {
    Reflect.deleteProperty(module, 'parametrizations');
    Object.setPrototypeOf(module, prototypeOf(prototypeOf(module)));
  }
  return module;
});

/**
 * The class that a module had before it was parametrized. Source: torch.nn.utils.parametrize.type_before_parametrizations.
 * @example
 * const layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3));
 * nn.utils.parametrize.type_before_parametrizations(layer) === nn.Linear; // → true
 */
export const type_before_parametrizations = declare<[module: Module]>()(
  'nn.utils.parametrize.type_before_parametrizations', 'module: Module', ({ module }): AnyModule => {
  const own = is_parametrized(module) ? prototypeOf(prototypeOf(module)) : prototypeOf(module);
  return own.constructor as unknown as AnyModule;
});

/**
 * Gives another module the same parametrizations, and the parameters that they compute from: of all tensors, or of the named one. Returns
 * the other module. Source: torch.nn.utils.parametrize.transfer_parametrizations_and_params.
 * @example
 * const [normed, plain] = [nn.utils.parametrizations.weight_norm(nn.Linear(2, 3)), nn.Linear(2, 3)];
 * nn.utils.parametrize.transfer_parametrizations_and_params(normed, plain);
 * torch.equal(normed.weight, plain.weight); // → true
 */
export const transfer_parametrizations_and_params = declare<[from_module: Module, to_module: Module, tensor_name?: string | null]>()(
  'nn.utils.parametrize.transfer_parametrizations_and_params', 'from_module: Module, to_module: Module, tensor_name: str = None',
  ({ from_module, to_module, tensor_name }): Module => {
  if (!is_parametrized(from_module)) return to_module;
  for (const name of tensor_name === null ? listsOf(from_module).keys() : [tensor_name]) {
    if (!(name in to_module)) fieldsOf(to_module)[name] = new Parameter(valueOf(from_module, name));
    const list = listOf(from_module, name);
    for (const parametrization of list) register_parametrization(to_module, name, parametrization);
    const [from, to] = [fieldsOf(list), fieldsOf(listOf(to_module, name))];
    const names = list.is_tensor ? ['original'] : Array.from({ length: list.ntensors }, (_, i) => `original${i}`);
    for (const each of names) to[each] = from[each];
  }
  return to_module;
});
