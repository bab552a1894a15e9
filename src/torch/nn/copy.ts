import { stateOf } from '../../autograd/viewHistory.ts';
import { isPlain } from '../../core/realms.ts';
import { clone, detach } from '../../ops/movement.ts';
import { Tensor } from '../tensor/tensor.ts';
import { namesOf } from './members.ts';
import { Module } from './module.ts';
import { Buffer, Parameter } from './parameter.ts';

/** Python's copy.deepcopy of a model. */

function copiedTensor(tensor: Tensor): Tensor {
  const copy = clone(detach(tensor));
  if (tensor instanceof Parameter) return new Parameter(copy, tensor.requires_grad);
  if (tensor instanceof Buffer) return new Buffer(copy, tensor.persistent);
  return stateOf(tensor) === null ? copy : copy.requires_grad_(tensor.requires_grad);
}

/** What is no tensor, module, list or dict is shared. */
function copied(value: unknown, known: Map<unknown, unknown>): unknown {
  if (known.has(value)) return known.get(value);
  const keep = <T>(copy: T): T => {
    known.set(value, copy);
    return copy;
  };
  if (value instanceof Tensor) return keep(copiedTensor(value));
  if (value instanceof Module) return copiedModule(value, known);
  if (Array.isArray(value)) {
    const list = keep<unknown[]>([]);
    for (const each of value as unknown[]) list.push(copied(each, known));
    return list;
  }
  if (value instanceof Map) {
    const map = keep(new Map<unknown, unknown>());
    for (const [key, each] of value) map.set(key, copied(each, known));
    return map;
  }
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    const dict = keep<Record<string, unknown>>({});
    for (const [key, each] of Object.entries(value)) dict[key] = copied(each, known);
    return dict;
  }
  return value;
}

function copiedModule<M extends Module>(module: M, known: Map<unknown, unknown>): M {
  const copy = Reflect.construct(Module, [], module.constructor as new () => M) as M;
  known.set(module, copy);
  for (const key of Object.keys(module)) {
    (copy as unknown as Record<string, unknown>)[key] = copied((module as unknown as Record<string, unknown>)[key], known);
  }
  const [from, to] = [namesOf(module), namesOf(copy)];
  for (const [name, persistent] of from.buffers) to.buffers.set(name, persistent);
  for (const name of from.parameterNames) to.parameterNames.add(name);
  for (const name of from.added) to.added.add(name);
  return copy;
}

/** A module of the same class and fields, whose tensors and modules are its own. Hooks stay behind. */
export function copyOf<M extends Module>(module: M): M {
  return copiedModule(module, new Map());
}
