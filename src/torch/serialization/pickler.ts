import { Complex } from '../../core/complex.ts';
import { OverflowError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { isMap, isPlain, isSet } from '../../core/realms.ts';
import type { Storage } from '../../core/storage.ts';
import { device } from '../device.ts';
import { dtype, scalarTypeName } from '../dtypes/dtypes.ts';
import { Module } from '../nn/module.ts';
import { membersOf } from '../nn/members.ts';
import { Parameter } from '../nn/parameter.ts';
import { Size } from '../tensor/size.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Classes } from './objects.ts';
import { deepest } from './objects.ts';
import { op } from './opcodes.ts';

/** Writes pickles of protocol 2, of the instructions that PyTorch reads with weights_only alone. */

/** The dtypes whose storages have no class of their own: these are bytes, and the tensor says what they are. */
const isUntyped = ({ name }: { readonly name: string }): boolean => /^uint(16|32|64)$/.test(name);

/** A tuple: what becomes one in Python. */
const tuple = (...items: unknown[]): readonly unknown[] => Object.freeze(items);

/** The fields with which PyTorch's modules come back, besides those that hold something. */
const emptyFields = [
  '_backward_pre_hooks', '_backward_hooks', '_forward_hooks', '_forward_hooks_with_kwargs', '_forward_hooks_always_called',
  '_forward_pre_hooks', '_forward_pre_hooks_with_kwargs', '_state_dict_hooks', '_state_dict_pre_hooks', '_load_state_dict_pre_hooks',
  '_load_state_dict_post_hooks',
];

export class Pickler {
  /** A tensor on each storage that was met, in the order of their keys. */
  readonly storages = new Map<Storage, Tensor>();
  private readonly keys = new Map<Storage, string>();
  private readonly memo = new Map<unknown, number>();
  private readonly classes: readonly (readonly [string, unknown])[];
  private bytes = new Uint8Array(1024);
  private length = 0;
  private depth = 0;

  constructor(classes: Classes) {
    this.classes = Object.entries(classes).map(([path, type]) => [path, (type as { readonly prototype?: unknown }).prototype]);
  }

  dump(value: unknown): Uint8Array {
    this.put(op.protocol, 2);
    this.save(value);
    this.put(op.stop);
    return this.bytes.slice(0, this.length);
  }

  private put(...codes: readonly number[]): void {
    this.append(Uint8Array.from(codes));
  }

  private append(part: Uint8Array): void {
    if (this.length + part.length > this.bytes.length) {
      const longer = new Uint8Array(Math.max(this.bytes.length * 2, this.length + part.length));
      longer.set(this.bytes);
      this.bytes = longer;
    }
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  private number(code: number, size: number, write: (view: DataView) => void): void {
    const part = new Uint8Array(size + 1);
    part[0] = code;
    write(new DataView(part.buffer, 1));
    this.append(part);
  }

  private remember(value: unknown): void {
    const index = this.memo.size;
    this.memo.set(value, index);
    if (index < 256) this.put(op.binPut, index);
    else this.number(op.longBinPut, 4, (view) => view.setUint32(0, index, true));
  }

  /** Writes what was written before as its number. */
  private recalled(value: unknown): boolean {
    const index = this.memo.get(value);
    if (index === undefined) return false;
    if (index < 256) this.put(op.binGet, index);
    else this.number(op.longBinGet, 4, (view) => view.setUint32(0, index, true));
    return true;
  }

  private save(value: unknown): void {
    if (value === null || value === undefined) this.put(op.none);
    else if (typeof value === 'boolean') this.put(value ? op.newTrue : op.newFalse);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'bigint') this.integer(value);
    else if (typeof value === 'number') {
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.integer(BigInt(value));
      else this.number(op.binFloat, 8, (view) => view.setFloat64(0, value, false));
    } else if (!this.recalled(value)) {
      if (++this.depth > deepest) throw new RuntimeError('maximum recursion depth exceeded while pickling an object');
      this.object(value);
      this.depth--;
    }
  }

  private integer(value: bigint): void {
    if (value >= 0n && value < 256n) this.put(op.binInt1, Number(value));
    else if (value >= 0n && value < 65536n) this.number(op.binInt2, 2, (view) => view.setUint16(0, Number(value), true));
    else if (BigInt.asIntN(32, value) === value) this.number(op.binInt, 4, (view) => view.setInt32(0, Number(value), true));
    else {
      const part: number[] = [];
      let rest = value;
      // The last byte tells the sign.
      do {
        part.push(Number(BigInt.asUintN(8, rest)));
        rest >>= 8n;
      } while (rest !== (part.at(-1)! > 127 ? -1n : 0n));
      if (part.length > 255) throw new OverflowError('integers of more than 255 bytes cannot be saved');
      this.put(op.long1, part.length, ...part);
    }
  }

  private text(value: string): void {
    if (this.recalled(value)) return;
    const encoded = new TextEncoder().encode(value);
    this.number(op.binUnicode, 4, (view) => view.setUint32(0, encoded.length, true));
    this.append(encoded);
    this.remember(value);
  }

  private global(module: string, name: string): void {
    const key = `global ${module}\n${name}\n`;
    const memoKey = this.globals.get(key) ?? {};
    if (this.recalled(memoKey)) return;
    this.globals.set(key, memoKey);
    this.put(op.global);
    this.append(new TextEncoder().encode(`${module}\n${name}\n`));
    this.remember(memoKey);
  }

  private readonly globals = new Map<string, object>();

  /** A call of a name. */
  private call(module: string, name: string, ...args: readonly unknown[]): void {
    this.global(module, name);
    this.items(args);
    this.put(op.reduce);
  }

  /** A tuple that nothing else refers to. */
  private items(items: readonly unknown[]): void {
    if (items.length > 3) this.put(op.mark);
    for (const item of items) {
      if (typeof item === 'function' && item !== null && this.writers.has(item)) (item as () => void)();
      else this.save(item);
    }
    this.put([op.emptyTuple, op.tuple1, op.tuple2, op.tuple3][items.length] ?? op.tuple);
  }

  /** Functions among the items of a tuple that write what stands there. */
  private readonly writers = new WeakSet<object>();

  private written(write: () => void): () => void {
    this.writers.add(write);
    return write;
  }

  private object(value: unknown): void {
    if (value instanceof Tensor) this.tensor(value);
    else if (value instanceof Module) this.module(value);
    else if (value instanceof Complex) this.call('__builtin__', 'complex', this.float(value.re), this.float(value.im));
    else if (value instanceof dtype) this.global('torch', value.name);
    else if (value instanceof device) {
      const { type, index } = value;
      this.call('torch', 'device', ...(index === null ? [type] : ['cuda', index]));
      this.remember(value);
    } else if (value instanceof Size) {
      this.call('torch', 'Size', tuple(...value));
      this.remember(value);
    } else if (Array.isArray(value)) this.list(value);
    else if (value instanceof Uint8Array) {
      let text = '';
      for (let i = 0; i < value.length; i++) text += String.fromCharCode(value[i]);
      this.call('_codecs', 'encode', text, 'latin1');
      this.remember(value);
    } else if (isSet(value)) {
      this.call('__builtin__', 'set', [...value]);
      this.remember(value);
    } else if (isMap(value)) this.dict(value, value);
    else if (typeof value === 'object' && value !== null && isPlain(value)) this.dict(value, pairsOf(value));
    else this.instance(value);
  }

  private float(value: number): () => void {
    return this.written(() => this.number(op.binFloat, 8, (view) => view.setFloat64(0, value, false)));
  }

  private list(value: readonly unknown[]): void {
    if (Object.isFrozen(value)) {
      this.items(value);
      this.remember(value);
      return;
    }
    this.put(op.emptyList);
    this.remember(value);
    if (value.length === 0) return;
    this.put(op.mark);
    for (const item of value) this.save(item);
    this.put(op.appends);
  }

  private dict(value: object | null, pairs: Iterable<readonly [unknown, unknown]>): void {
    this.put(op.emptyDict);
    if (value !== null) this.remember(value);
    this.put(op.mark);
    for (const [key, item] of pairs) {
      this.save(key);
      this.save(item);
    }
    this.put(op.setItems);
  }

  private ordered(pairs: Iterable<readonly [string, unknown]>): () => void {
    return this.written(() => {
      this.call('collections', 'OrderedDict');
      this.put(op.mark);
      for (const [key, item] of pairs) {
        this.save(key);
        this.save(item);
      }
      this.put(op.setItems);
    });
  }

  private storage(value: Tensor): () => void {
    const { storage, dtypeCore: type } = value;
    const isBytes = isUntyped(type);
    const known = this.storages.get(storage);
    if (known !== undefined && known.dtypeCore !== type && !(isBytes && isUntyped(known.dtypeCore))) {
      throw new RuntimeError('Cannot save multiple tensors or storages that view the same data as different types');
    }
    if (known === undefined) {
      this.keys.set(storage, String(this.storages.size));
      this.storages.set(storage, value);
    }
    const key = this.keys.get(storage)!;
    const room = storage.roomFor(type);
    const place = storage.device.type === 'cpu' ? 'cpu' : `cuda:${storage.device.index}`;
    return this.written(() => {
      const kind = this.written(() => (isBytes ? this.global('torch.storage', 'UntypedStorage')
        : this.global('torch', `${scalarTypeName(type)}Storage`)));
      this.items(['storage', kind, key, place, isBytes ? room * type.itemsize : room]);
      this.put(op.binPersonalId);
    });
  }

  private tensor(value: Tensor): void {
    if (value instanceof Parameter) {
      const data = this.written(() => this.plain(value, false));
      this.call('torch._utils', '_rebuild_parameter', data, value.requires_grad, this.ordered([]));
    } else {
      this.plain(value, value.requires_grad);
    }
    this.remember(value);
  }

  private plain(value: Tensor, requiresGrad: boolean): void {
    const { geometry: { shape, strides, offset }, dtypeCore: type } = value;
    const parts = [this.storage(value), offset, tuple(...shape), tuple(...strides), requiresGrad, this.ordered([])];
    if (strides.some((stride) => stride < 0)) throw new RuntimeError('tensors with negative strides cannot be saved: call contiguous()');
    if (!isUntyped(type)) this.call('torch._utils', '_rebuild_tensor_v2', ...parts);
    else this.call('torch._utils', '_rebuild_tensor_v3', ...parts, this.written(() => this.global('torch', type.name)));
  }

  private pathOf(value: object): string {
    const prototype = Object.getPrototypeOf(value) as unknown;
    const found = this.classes.find(([, each]) => each === prototype);
    if (found === undefined) {
      const name = pythonTypeName(value);
      throw new TypeError(`cannot pickle '${name}' object: name its class, as in { classes: { '__main__.${name}': ${name} } }`);
    }
    return found[0];
  }

  private newObject(value: object): void {
    const path = this.pathOf(value);
    const dot = path.lastIndexOf('.');
    this.global(path.slice(0, dot), path.slice(dot + 1));
    this.put(op.emptyTuple, op.newObject);
    this.remember(value);
  }

  private instance(value: unknown): void {
    if (typeof value !== 'object' || value === null) throw new TypeError(`cannot pickle '${pythonTypeName(value)}' object`);
    this.newObject(value);
    this.dict(null, Object.entries(value));
    this.put(op.build);
  }

  private module(value: Module): void {
    const { parameters, buffers, modules } = membersOf(value);
    const held = new Set([...parameters, ...buffers, ...modules].map(([name]) => name));
    const own = Object.entries(value).filter(([name, field]) => !held.has(name) && typeof field !== 'function');
    // Fields without a value are parameters that a layer does without.
    const absent = own.filter(([, field]) => field === null).map(([name]) => [name, null] as const);
    this.newObject(value);
    this.put(op.emptyDict, op.mark);
    const field = (name: string, write: () => void): void => {
      this.save(name);
      write();
    };
    field('training', () => this.save(value.training));
    field('_parameters', () => this.dict(null, [...parameters, ...absent.filter(([name]) => /weight|bias/.test(name))]));
    field('_buffers', () => this.dict(null, buffers.map(([name, buffer]) => [name, buffer] as const)));
    const hidden = new Set(buffers.filter(([, , persistent]) => !persistent).map(([name]) => name));
    field('_non_persistent_buffers_set', () => this.save(hidden));
    for (const name of emptyFields) field(name, this.ordered([]));
    field('_modules', () => this.dict(null, modules));
    for (const [name, item] of own) {
      if (name !== 'training' && !(item === null && /weight|bias/.test(name))) field(name, () => this.save(item));
    }
    this.put(op.setItems, op.build);
  }
}

/** An object's pairs; the states in an optimiser's state_dict have numbers for keys. */
function pairsOf(value: object): Iterable<readonly [unknown, unknown]> {
  const pairs = Object.entries(value);
  const { state, param_groups: groups } = value as { state?: unknown; param_groups?: unknown };
  if (!Array.isArray(groups) || typeof state !== 'object' || state === null || !isPlain(state)) return pairs;
  const numbered = new Map(Object.entries(state).map(([key, item]) => [/^\d+$/.test(key) ? Number(key) : key, item as unknown]));
  return pairs.map(([key, item]) => [key, item === state ? numbered : item as unknown] as const);
}
