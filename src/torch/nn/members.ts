import { AttributeError, KeyError, pythonTypeName } from '../../core/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Buffer, Parameter } from './parameter.ts';

/** What the fields of a module hold. */

/** The names that a module keeps beside its fields. */
interface Names {
  /** Fields that are part of the state without being parameters, and whether they are saved. */
  readonly buffers: Map<string, boolean>;
  /** Fields that were seen to hold a parameter: a plain tensor put there is a mistake. */
  readonly parameterNames: Set<string>;
  /** The fields that were set by `addMember`, in that order. */
  readonly added: Set<string>;
}

// Every module is in it, which is how one is told from other values.
const modules = new WeakMap<object, Names>();

/** Makes an object a module. */
export function addModule(module: object): void {
  modules.set(module, { buffers: new Map(), parameterNames: new Set(), added: new Set() });
}

export function namesOf(module: object): Names {
  const names = modules.get(module);
  if (names === undefined) throw new AttributeError('cannot assign module before Module.__init__() call');
  return names;
}

export interface Members<M> {
  readonly parameters: [string, Parameter][];
  readonly buffers: [string, Tensor, boolean][];
  readonly modules: [string, M][];
}

/** Sets a field, which comes behind all others where there was none of this name. */
export function addMember(module: object, name: string, value: unknown): void {
  const { added } = namesOf(module);
  if (!Object.hasOwn(module, name)) added.delete(name);
  added.add(name);
  (module as Record<string, unknown>)[name] = value;
}

/** The names of fields in the order in which they were set. Where there are numbers JavaScript has them first, whenever they were set. */
function fieldNames(module: object): readonly string[] {
  const { added } = namesOf(module);
  const names = Object.keys(module);
  return /^\d/.test(names[0]) ? [...names.filter((name) => !added.has(name)), ...[...added].filter((name) => Object.hasOwn(module, name))]
    : names;
}

/** Sorts a module's fields by what they hold. Fields keep the order in which they were first assigned. */
export function membersOf<M extends object>(module: M): Members<M> {
  const { buffers, parameterNames } = namesOf(module);
  const members: Members<M> = { parameters: [], buffers: [], modules: [] };
  for (const name of fieldNames(module)) {
    const value = (module as Record<string, unknown>)[name];
    if (modules.has(value as object)) {
      members.modules.push([name, value as M]);
    } else if (value instanceof Parameter) {
      parameterNames.add(name);
      members.parameters.push([name, value]);
    } else if (value instanceof Tensor) {
      if (buffers.has(name)) members.buffers.push([name, value, buffers.get(name)!]);
      else if (value instanceof Buffer) members.buffers.push([name, value, value.persistent]);
      else if (parameterNames.has(name)) {
        throw new TypeError(`cannot assign a tensor as parameter '${name}' (torch.nn.Parameter or None expected)`);
      }
    }
  }
  return members;
}

export const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

export function checkName(kind: string, name: unknown): asserts name is string {
  if (typeof name !== 'string') throw new TypeError(`${kind} name should be a string. Got ${pythonTypeName(name)}`);
  if (name.includes('.')) throw new KeyError(`${kind} name can't contain "."`);
  if (name === '') throw new KeyError(`${kind} name can't be empty string ""`);
}

/** The path of a member's module, and the member's own name. */
export function splitPath(target: string): [path: string, name: string] {
  const dot = target.lastIndexOf('.');
  return [dot < 0 ? '' : target.slice(0, dot), target.slice(dot + 1)];
}

/** The lines after the first of what stands inside a module, one step further in. */
export function indent(text: string): string {
  return text.replaceAll(/\n(?=[^\n]*\S)/g, '\n  ');
}

/** The refusal of what is no tensor, or none of the wanted class. */
export function notAssignable(value: unknown, wanted: string): TypeError {
  return new TypeError(`cannot assign '${pythonTypeName(value)}' object to ${wanted} or None required)`);
}
