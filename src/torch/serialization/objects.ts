import { Complex } from '../../core/complex.ts';
import { acceleratorType } from '../../core/device.ts';
import { dtypeNamed } from '../../core/dtype.ts';
import { NotImplementedError } from '../../core/errors.ts';
import { stridedLayout } from '../../core/layout.ts';
import { deviceOf, device } from '../device.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';
import { addMember } from '../nn/members.ts';
import { Module } from '../nn/module.ts';
import { Parameter } from '../nn/parameter.ts';
import { Size } from '../tensor/size.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Value } from './python.ts';
import { Dict, Global, Made, PythonSet, StorageReference, Tuple, UnpicklingError, typeName } from './python.ts';
import type { Block } from './storages.ts';

/** What Python's values become. */

/** A class of a program's own, or a function that makes an object of the state that was saved and the arguments of its constructor. */
export type SavedClass =
  | (abstract new (...args: never) => object)
  | ((state: unknown, args: readonly unknown[]) => unknown);

/** Classes by the names under which files have them: `{ '__main__.Net': Net }`. */
export type Classes = Readonly<Record<string, SavedClass>>;

/** Values lie in one another at most so deep, as Python's recursion has it. */
export const deepest = 1000;

const define = (target: object, key: string, value: unknown): void =>
  void Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });

const isModuleClass = (type: SavedClass): boolean => (type as { readonly prototype?: unknown }).prototype instanceof Module;

export class Builder {
  private readonly blocks: ReadonlyMap<string, Block>;
  private readonly classes: Classes;
  private readonly made = new Map<Value, unknown>();
  private depth = 0;

  constructor(blocks: ReadonlyMap<string, Block>, classes: Classes) {
    this.blocks = blocks;
    this.classes = classes;
  }

  build(value: Value): unknown {
    if (typeof value !== 'object' || value === null || value instanceof Complex || value instanceof Uint8Array) return value;
    if (this.made.has(value)) return this.made.get(value);
    if (++this.depth > deepest) throw new UnpicklingError(`values lie in one another more than ${deepest} deep`);
    const built = this.container(value);
    this.depth--;
    this.made.set(value, built);
    return built;
  }

  private container(value: Exclude<Value, null | boolean | number | bigint | string | Uint8Array | Complex>): unknown {
    if (Array.isArray(value)) {
      // What contains itself finds itself.
      const list: unknown[] = [];
      this.made.set(value, list);
      for (const item of value) list.push(this.build(item));
      return list;
    }
    if (value instanceof Tuple) return Object.freeze(value.items.map((item) => this.build(item)));
    if (value instanceof PythonSet) return new Set([...value.items].map((item) => this.build(item)));
    if (value instanceof Dict) return this.dict(value);
    if (value instanceof Made) return this.object(value);
    if (value instanceof Global) return this.named(value.path);
    throw new NotImplementedError(`a storage (${value.type}) by itself cannot be loaded: save a tensor of it`);
  }

  /** An object where all keys are texts, or are numbers of an optimiser's parameters; else a Map. */
  private dict(value: Dict): unknown {
    const keys = [...value.entries.keys()];
    if (!keys.every((key) => typeof key === 'string')) {
      const map = new Map<unknown, unknown>();
      this.made.set(value, map);
      for (const [key, item] of value.entries) map.set(this.build(key), this.build(item));
      return map;
    }
    const object = {};
    this.made.set(value, object);
    const isOptimizer = keys.length === 2 && keys.includes('state') && keys.includes('param_groups');
    for (const [key, item] of value.entries) {
      const isNumbered = isOptimizer && key === 'state' && item instanceof Dict
        && [...item.entries.keys()].every((each) => typeof each === 'number');
      define(object, key as string, isNumbered ? this.numbered(item) : this.build(item));
    }
    return object;
  }

  private numbered(value: Dict): object {
    const object = {};
    for (const [key, item] of value.entries) define(object, String(key as number), this.build(item));
    return object;
  }

  private named(path: string): unknown {
    const type = path.startsWith('torch.') ? dtypeNamed(path.slice('torch.'.length)) : undefined;
    if (type !== undefined) return dtypeOf(type);
    if (Object.hasOwn(this.classes, path)) return this.classes[path];
    throw new NotImplementedError(`${path} cannot be loaded: there is nothing of this name here`);
  }

  private numbers(value: Value): number[] {
    const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : null;
    if (items?.every((item) => Number.isSafeInteger(item)) !== true) {
      throw new UnpicklingError(`a shape is a tuple of integers, not ${typeName(value)}`);
    }
    return items as number[];
  }

  private object({ path, args, state }: Made): unknown {
    if (Object.hasOwn(this.classes, path)) return this.instance(this.classes[path], args, state);
    switch (path) {
      case 'torch.Size': return new Size(args.length === 0 ? [] : this.numbers(args[0]));
      case 'torch.device': {
        const [type, index] = args;
        if (typeof type !== 'string') throw new UnpicklingError('a device is named by a str');
        if (!['cpu', 'cuda', acceleratorType].includes(type)) throw new NotImplementedError(`there is no device of type ${type} here`);
        return typeof index === 'number' && type !== 'cpu' ? new device(type, index) : deviceOf(new device(type).core);
      }
      case 'torch._utils._rebuild_tensor':
      case 'torch._utils._rebuild_tensor_v2':
      case 'torch._utils._rebuild_tensor_v3': return this.tensor(path, args);
      case 'torch._utils._rebuild_parameter':
      case 'torch._utils._rebuild_parameter_with_state':
      case 'torch.nn.parameter.Parameter': return this.parameter(args);
      case 'torch._tensor._rebuild_from_type_v2': {
        const [rebuild, type, parts] = args;
        if (!(rebuild instanceof Global) || !(type instanceof Global) || !(parts instanceof Tuple)) {
          throw new UnpicklingError('a tensor with attributes is made of a function, a class and a tuple');
        }
        if (type.path !== 'torch.Tensor' && type.path !== 'torch.nn.parameter.Parameter') break;
        const tensor = this.object(new Made(rebuild.path, parts.items));
        return type.path === 'torch.Tensor' || tensor instanceof Parameter ? tensor : this.asParameter(tensor, true);
      }
      default:
    }
    throw new NotImplementedError(`${path} cannot be loaded: there are no such tensors here`);
  }

  private tensor(path: string, args: readonly Value[]): Tensor {
    const [storage, offset, size, stride, requiresGrad, , last] = args;
    if (!(storage instanceof StorageReference) || !Number.isSafeInteger(offset)) {
      throw new UnpicklingError('a tensor is made of a storage, an offset, a size and strides');
    }
    const { tensor } = this.blocks.get(storage.key)!;
    let dtype = tensor.dtypeCore;
    if (path.endsWith('v3')) {
      const name = last instanceof Global ? last.path : '';
      const found = dtypeNamed(name.replace('torch.', ''));
      if (found === undefined) throw new NotImplementedError(`tensors of ${name} cannot be loaded: there is no such dtype here`);
      dtype = found;
    }
    const [shape, strides] = [this.numbers(size), this.numbers(stride)];
    if (shape.length !== strides.length) throw new UnpicklingError(`mismatch in length of strides and shape`);
    if ([...shape, ...strides, offset as number].some((each) => each < 0)) {
      throw new UnpicklingError(`a tensor of size [${shape.join(', ')}] and strides [${strides.join(', ')}] at ${String(offset)}`);
    }
    const view = new Tensor(tensor.storage, dtype, stridedLayout(shape, strides, offset as number));
    if (requiresGrad === true) view.requires_grad_();
    return view;
  }

  private parameter(args: readonly Value[]): unknown {
    const [data, requiresGrad = true] = args;
    return this.asParameter(this.build(data), requiresGrad === true);
  }

  private asParameter(data: unknown, requiresGrad: boolean): Parameter {
    if (!(data instanceof Tensor)) throw new UnpicklingError('a parameter is made of a tensor');
    return new Parameter(data, requiresGrad);
  }

  private instance(type: SavedClass, args: readonly Value[], state: Value | undefined): unknown {
    const fields = state === undefined ? undefined : this.build(state);
    if (isModuleClass(type)) return this.module(type as new () => Module, fields);
    const { prototype } = type as { readonly prototype?: object };
    if (prototype === undefined) return (type as (state: unknown, args: unknown) => unknown)(fields, args.map((each) => this.build(each)));
    const object = Object.create(prototype) as object;
    for (const [key, value] of Object.entries(fields ?? {})) define(object, key, value);
    return object;
  }

  /** A module with the fields that were saved, whose constructor is not called. */
  private module(type: new () => Module, fields: unknown): Module {
    const module = Reflect.construct(Module, [], type) as Module;
    const state = (fields ?? {}) as Readonly<Record<string, unknown>>;
    const hidden = state._non_persistent_buffers_set instanceof Set ? state._non_persistent_buffers_set : new Set();
    for (const [key, value] of Object.entries(state)) {
      if (key === '_parameters') {
        for (const [name, tensor] of Object.entries(value as object)) module.register_parameter(name, tensor as Parameter | null);
      } else if (key === '_buffers') {
        for (const [name, tensor] of Object.entries(value as object)) {
          module.register_buffer(name, tensor as Tensor | null, !hidden.has(name));
        }
      } else if (key === '_modules') {
        for (const [name, child] of Object.entries(value as object)) addMember(module, name, child);
      } else if (!/^_.*(hooks|_set|_kwargs|_called|_impl)/.test(key) && key !== '__proto__') {
        (module as unknown as Record<string, unknown>)[key] = value;
      }
    }
    return module;
  }
}
