import { KeyError, RuntimeError, ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { declare } from '../../../core/signature.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { namesOf, splitPath } from '../members.ts';
import type { Module } from '../module.ts';

/** Modules called with other tensors than their own. Source: torch.nn.utils.stateless. */

type Tensors = Readonly<Record<string, Tensor>>;

/** All tensors of a module by path; those that several paths lead to come several times. */
function namedTensors(module: Module): Map<string, Tensor> {
  return new Map<string, Tensor>([...module.named_parameters('', true, false), ...module.named_buffers('', true, false)]);
}

/** The given tensors, under every path of those that they stand for. */
function untied(own: ReadonlyMap<string, Tensor>, given: Tensors): Record<string, Tensor> {
  const all: Record<string, Tensor> = { ...given };
  for (const [name, tensor] of Object.entries(given)) {
    if (!own.has(name)) continue;
    const paths = [...own].filter(([, each]) => each === own.get(name)).map(([path]) => path);
    if (new Set(paths.filter((path) => path in given).map((path) => given[path])).size > 1) {
      throw new ValueError(`functional_call got multiple values for keys ${pythonRepr(paths.sort())}, which are tied. `
        + 'Consider using tie_weights=False');
    }
    for (const path of paths) all[path] = tensor;
  }
  return all;
}

function checkKeys(module: Module, own: ReadonlyMap<string, Tensor>, given: Tensors): void {
  const list = (names: readonly string[]): string => names.map((name) => pythonRepr(name)).join(', ');
  const unexpected = Object.keys(given).filter((name) => !own.has(name));
  const missing = [...own.keys()].filter((name) => !(name in given));
  const problems = [
    ...unexpected.length > 0 ? [`Unexpected key(s): ${list(unexpected)}.`] : [],
    ...missing.length > 0 ? [`Missing key(s): ${list(missing)}.`] : [],
  ];
  if (problems.length > 0) throw new RuntimeError(`Error(s) in reparametrizing for ${module._get_name()}:\n\t${problems.join('\n\t')}`);
}

/** Puts tensors in the places of others while `body` runs. Fields that held parameters may hold any tensor then. */
function withTensors<T>(module: Module, tensors: Tensors, body: () => T): T {
  const undo: (() => void)[] = [];
  try {
    for (const [path, tensor] of Object.entries(tensors)) {
      const [owner, name] = splitPath(path);
      const target = module.get_submodule(owner);
      if (!(name in target)) throw new KeyError(`'${name}'`);
      const fields = target as unknown as Record<string, unknown>;
      const before = fields[name];
      const { parameterNames } = namesOf(target);
      const wasParameter = parameterNames.delete(name);
      undo.unshift(() => {
        fields[name] = before;
        if (wasParameter) parameterNames.add(name);
      });
      fields[name] = tensor;
    }
    return body();
  } finally {
    for (const each of undo) each();
  }
}

/** The call itself. */
function callWith(
  module: Module, tensors: Tensors, args: unknown, kwargs: Readonly<Record<string, unknown>> | null, tie: boolean, strict: boolean,
): unknown {
  const own = namedTensors(module);
  const all = tie ? untied(own, tensors) : tensors;
  if (strict) checkKeys(module, own, all);
  const list = args === null ? [] : Array.isArray(args) ? args as unknown[] : [args];
  const inputs = kwargs === null || Object.keys(kwargs).length === 0 ? list : [...list, kwargs];
  return withTensors(module, all, () => (module as unknown as (...inputs: unknown[]) => unknown)(...inputs));
}

/**
 * Calls a module with other parameters and buffers than its own, by path; args is an input or a list of them, kwargs those by name.
 * Source: torch.nn.utils.stateless.functional_call.
 * @example
 * const layer = nn.Linear(2, 1);
 * const other = { weight: torch.ones(1, 2), bias: torch.zeros(1) };
 * nn.utils.stateless.functional_call(layer, other, torch.ones(2)); // → tensor([2.])
 */
export const functional_call = declare<
  [module: Module, parameters_and_buffers: Tensors, args?: unknown, kwargs?: Readonly<Record<string, unknown>> | null],
  { readonly tie_weights?: boolean; readonly strict?: boolean }
>()('nn.utils.stateless.functional_call', [
  'module: Module, parameters_and_buffers: object, args=None, kwargs=None, *, tie_weights=True, strict=False',
], ({ module, parameters_and_buffers, args, kwargs, tie_weights, strict }): unknown => {
  warn('`torch.nn.utils.stateless.functional_call` is deprecated as of PyTorch 2.0 and will be removed in a future version of PyTorch. '
    + 'Please use `torch.func.functional_call` instead which is a drop-in replacement.');
  return callWith(module, parameters_and_buffers, args, kwargs, tie_weights, strict);
});
