import { withGradMode } from '../../autograd/mode.ts';
import { RuntimeError } from '../../core/errors.ts';
import { clone, detach } from '../../ops/movement.ts';
import { Tensor } from '../tensor/tensor.ts';
import { namesOf } from './members.ts';
import { Module } from './module.ts';
import { Buffer, Parameter } from './parameter.ts';

/** Modules with all that they hold, once more: Python's `copy.deepcopy`. */

function copiedTensor(tensor: Tensor): Tensor {
  if (!tensor.is_leaf) {
    throw new RuntimeError('Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If '
      + 'you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see '
      + 'https://github.com/pytorch/pytorch/pull/103001');
  }
  const data = withGradMode(false, () => clone(detach(tensor)));
  const copy = tensor instanceof Parameter ? new Parameter(data, tensor.requires_grad)
    : tensor instanceof Buffer ? new Buffer(data, tensor.persistent) : tensor.requires_grad ? data.requires_grad_() : data;
  if (tensor.grad !== null) copy.grad = withGradMode(false, () => clone(detach(tensor.grad!)));
  return copy;
}

/** A value of which nothing is shared with the first but functions and what only reads; what it holds twice is one again. */
function copied(value: unknown, seen: Map<unknown, unknown>): unknown {
  if (seen.has(value)) return seen.get(value);
  if (value instanceof Tensor) {
    const copy = copiedTensor(value);
    seen.set(value, copy);
    return copy;
  }
  if (value instanceof Module) {
    // The base's constructor alone, for what it knows of every module.
    const copy = Reflect.construct(Module, [], value.constructor) as Module;
    seen.set(value, copy);
    const [from, to] = [namesOf(value), namesOf(copy)];
    from.buffers.forEach((persistent, name) => to.buffers.set(name, persistent));
    from.parameterNames.forEach((name) => to.parameterNames.add(name));
    from.added.forEach((name) => to.added.add(name));
    copyFields(value, copy, seen);
    return copy;
  }
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const each of value) copy.push(copied(each, seen));
    return copy;
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const copy = {};
    seen.set(value, copy);
    copyFields(value, copy, seen);
    return copy;
  }
  return value;
}

function copyFields(from: object, to: object, seen: Map<unknown, unknown>): void {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (descriptor === undefined || !('value' in descriptor) || (key === 'prototype' && typeof from === 'function')) continue;
    Object.defineProperty(to, key, { ...descriptor, value: copied(descriptor.value, seen) });
  }
}

/** A module of the same class with copies of its parameters, buffers, fields and modules; hooks are not copied. */
export function copyModule<M extends Module>(module: M): M {
  return copied(module, new Map()) as M;
}
