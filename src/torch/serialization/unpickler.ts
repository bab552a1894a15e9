import { Complex } from '../../core/complex.ts';
import { op } from './opcodes.ts';
import type { Value } from './python.ts';
import { Dict, Global, Made, PythonSet, StorageReference, Tuple, UnpicklingError, typeName } from './python.ts';

/**
 * Reads pickles without running anything: names stand for themselves until something that is known here is made of them, and a name
 * that is not known is refused. What a pickle makes takes no more memory than its own bytes call for.
 */

/** The pickle goes on behind the bytes at hand. */
export class Truncated extends UnpicklingError {}

/** Modules that nobody's list can allow. */
const blocked: ReadonlySet<string> = new Set(['sys', 'os', 'posix', 'nt']);

/** Names that Python 2 had, and pickles of protocol 2 have. */
const renamed: Readonly<Record<string, string>> = { __builtin__: 'builtins', copy_reg: 'copyreg' };

/** What may be called, and what it makes. */
const known: ReadonlySet<string> = new Set([
  'collections.OrderedDict', 'collections.Counter', 'torch.nn.parameter.Parameter', 'torch.serialization._get_layout', 'torch.Size',
  'torch.Tensor', 'torch.device', '_codecs.encode', 'builtins.bytearray', 'builtins.set', 'builtins.complex',
  ...['parameter', 'parameter_with_state', 'qtensor', 'tensor', 'tensor_v2', 'tensor_v3', 'sparse_tensor', 'meta_tensor_no_storage',
    'wrapper_subclass', 'device_tensor_from_numpy', 'device_tensor_from_cpu_tensor'].map((name) => `torch._utils._rebuild_${name}`),
  'torch._tensor._rebuild_from_type_v2',
]);
const patterns: readonly RegExp[] = [
  /^torch\.(cuda\.)?[A-Z]\w*(Storage|Tensor)$/, /^torch\.storage\.(Typed|Untyped)Storage$/,
  /^torch\.(float|bfloat|complex|bcomplex|int|uint|quint|qint|bits)\d[\w]*$/, /^torch\.(bool|per_(tensor|channel)_\w+)$/,
];

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new UnpicklingError('a text in the pickle is not valid UTF-8');
  }
}

/** Python's `latin1`. */
const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Two's complement in little-endian bytes. */
function long(bytes: Uint8Array): number | bigint {
  let hex = '';
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i].toString(16).padStart(2, '0');
  if (hex === '') return 0;
  const value = BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

export class Unpickler {
  /** Where the next pickle begins. */
  position: number;
  /** The storages that were named, in the order in which they were first. */
  readonly storages = new Map<string, StorageReference>();
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly allowed: ReadonlySet<string>;
  private readonly memo = new Map<number, Value>();
  private stack: Value[] = [];
  private readonly marked: Value[][] = [];

  constructor(bytes: Uint8Array, allowed: ReadonlySet<string>, position = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.allowed = allowed;
    this.position = position;
  }

  /** The value of the pickle that begins at `position`. */
  load(): Value {
    this.memo.clear();
    this.stack = [];
    this.marked.length = 0;
    for (;;) {
      const code = this.take(1)[0];
      if (code === op.stop) return this.pop();
      this.run(code);
    }
  }

  private take(length: number): Uint8Array {
    const end = this.position + length;
    if (end > this.bytes.length) throw new Truncated('pickle data was truncated');
    const part = this.bytes.subarray(this.position, end);
    this.position = end;
    return part;
  }

  private at(length: number): number {
    this.take(length);
    return this.position - length;
  }

  private uint32(): number {
    return this.view.getUint32(this.at(4), true);
  }

  private uint64(): number {
    return Number(this.view.getBigUint64(this.at(8), true));
  }

  private line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    if (end < 0) throw new Truncated('pickle data was truncated');
    const part = text(this.take(end - this.position));
    this.position++;
    return part;
  }

  private pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw new UnpicklingError('unexpected MARK found');
    return value;
  }

  private top(): Value {
    const value = this.stack.at(-1);
    if (value === undefined) throw new UnpicklingError('unexpected MARK found');
    return value;
  }

  /** What was put on the stack since the last mark. */
  private popMark(): Value[] {
    const outer = this.marked.pop();
    if (outer === undefined) throw new UnpicklingError('could not find MARK');
    const items = this.stack;
    this.stack = outer;
    return items;
  }

  private several(count: number): Value[] {
    if (this.stack.length < count) throw new UnpicklingError('unexpected MARK found');
    return this.stack.splice(this.stack.length - count);
  }

  private recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new UnpicklingError(`Memo value not found at index ${index}`);
    this.stack.push(value);
  }

  private run(code: number): void {
    const { stack } = this;
    switch (code) {
      case op.protocol: {
        const [protocol] = this.take(1);
        if (protocol > 5) throw new UnpicklingError(`unsupported pickle protocol: ${protocol}`);
        break;
      }
      case op.frame: this.take(8); break;
      case op.mark:
        this.marked.push(stack);
        this.stack = [];
        break;
      case op.pop:
        if (stack.length > 0) stack.pop();
        else this.popMark();
        break;
      case op.popMark: this.popMark(); break;
      case op.dup: stack.push(this.top()); break;
      case op.none: stack.push(null); break;
      case op.newTrue: stack.push(true); break;
      case op.newFalse: stack.push(false); break;
      case op.binInt: stack.push(this.view.getInt32(this.at(4), true)); break;
      case op.binInt1: stack.push(this.take(1)[0]); break;
      case op.binInt2: stack.push(this.view.getUint16(this.at(2), true)); break;
      case op.binFloat: stack.push(this.view.getFloat64(this.at(8), false)); break;
      case op.long1: stack.push(long(this.take(this.take(1)[0]))); break;
      case op.long4: stack.push(long(this.take(this.uint32()))); break;
      case op.binUnicode: stack.push(text(this.take(this.uint32()))); break;
      case op.shortBinUnicode: stack.push(text(this.take(this.take(1)[0]))); break;
      case op.binUnicode8: stack.push(text(this.take(this.uint64()))); break;
      // Texts of Python 2.
      case op.shortBinString: stack.push(latin(this.take(this.take(1)[0]))); break;
      case op.binString: stack.push(latin(this.take(this.uint32()))); break;
      case op.binBytes: stack.push(this.take(this.uint32()).slice()); break;
      case op.shortBinBytes: stack.push(this.take(this.take(1)[0]).slice()); break;
      case op.binBytes8: stack.push(this.take(this.uint64()).slice()); break;
      case op.emptyTuple: stack.push(new Tuple([])); break;
      case op.tuple1: stack.push(new Tuple(this.several(1))); break;
      case op.tuple2: stack.push(new Tuple(this.several(2))); break;
      case op.tuple3: stack.push(new Tuple(this.several(3))); break;
      case op.tuple: {
        const items = this.popMark();
        this.stack.push(new Tuple(items));
        break;
      }
      case op.emptyList: stack.push([]); break;
      case op.append: this.extend([this.pop()], 'append to'); break;
      case op.appends: this.extend(this.popMark(), 'extend'); break;
      case op.emptyDict: stack.push(new Dict()); break;
      case op.setItem: this.setItems(this.several(2), 'SETITEM'); break;
      case op.setItems: this.setItems(this.popMark(), 'SETITEMS'); break;
      case op.emptySet: stack.push(new PythonSet([])); break;
      case op.frozenSet: {
        const items = this.popMark();
        this.stack.push(new PythonSet(items));
        break;
      }
      case op.addItems: {
        const items = this.popMark();
        const set = this.top();
        if (!(set instanceof PythonSet)) throw new UnpicklingError(`Can only add items to sets, but got ${typeName(set)}`);
        for (const item of items) set.items.add(item);
        break;
      }
      case op.binGet: this.recall(this.take(1)[0]); break;
      case op.longBinGet: this.recall(this.uint32()); break;
      case op.binPut: this.memo.set(this.take(1)[0], this.top()); break;
      case op.longBinPut: this.memo.set(this.uint32(), this.top()); break;
      case op.memoize: this.memo.set(this.memo.size, this.top()); break;
      case op.global: {
        const module = this.line();
        stack.push(this.named(module, this.line()));
        break;
      }
      case op.stackGlobal: {
        const [module, name] = this.several(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw new UnpicklingError('STACK_GLOBAL requires str');
        stack.push(this.named(module, name));
        break;
      }
      case op.newObject: {
        const [type, args] = this.several(2);
        stack.push(this.newObject(type, args));
        break;
      }
      case op.reduce: {
        const [type, args] = this.several(2);
        stack.push(this.reduce(type, args));
        break;
      }
      case op.build: {
        const state = this.pop();
        this.build(this.top(), state);
        break;
      }
      case op.binPersonalId: stack.push(this.storage(this.pop())); break;
      default: throw new UnpicklingError(`Unsupported operand ${code}`);
    }
  }

  private extend(items: readonly Value[], verb: string): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new UnpicklingError(`Can only ${verb} lists, but got <class '${typeName(list)}'>`);
    for (const item of items) list.push(item);
  }

  private setItems(items: readonly Value[], code: string): void {
    const dict = this.top();
    if (!(dict instanceof Dict)) {
      throw new UnpicklingError(
        `Can only ${code} for dict, collections.OrderedDict, collections.Counter, but got <class '${typeName(dict)}'>`);
    }
    if (items.length % 2 !== 0) throw new UnpicklingError(`odd number of items for ${code}`);
    for (let i = 0; i < items.length; i += 2) dict.entries.set(items[i], items[i + 1]);
  }

  private named(given: string, name: string): Global {
    const module = Object.hasOwn(renamed, given) ? renamed[given] : given;
    const path = `${module}.${name}`;
    if (blocked.has(module)) {
      throw new UnpicklingError(`Trying to load unsupported GLOBAL ${path} whose module ${module} is blocked.`);
    }
    if (this.allowed.has(path) || known.has(path) || patterns.some((pattern) => pattern.test(path))) return new Global(path);
    const shown = module === 'builtins' ? name : path;
    throw new UnpicklingError(
      `Unsupported global: GLOBAL ${shown} was not an allowed global by default. Please use \`classes: { '${path}': ... }\` to allowlist `
      + 'this global if you trust this class/function.');
  }

  private newObject(type: Value, args: Value): Value {
    if (type instanceof Global && args instanceof Tuple) {
      if (this.allowed.has(type.path)) return new Made(type.path, args.items);
      if (/OrderedDict|Counter|Parameter|Size|set|complex|bytearray/.test(type.path)) return this.reduce(type, args);
    }
    throw new UnpicklingError(
      `Can only create new object for nn.Parameter or classes allowlisted via \`classes\` but got ${typeName(type)}`);
  }

  private reduce(type: Value, args: Value): Value {
    if (!(type instanceof Global)) throw new UnpicklingError(`Trying to call reduce for unrecognized function ${typeName(type)}`);
    if (!(args instanceof Tuple)) throw new UnpicklingError(`the arguments of ${type.path} are no tuple`);
    const { items } = args;
    const [first] = items;
    switch (type.path) {
      case 'collections.OrderedDict':
      case 'collections.Counter': {
        const dict = new Dict();
        const pairs = first instanceof Dict ? [...first.entries] : Array.isArray(first) ? first : [];
        for (const pair of pairs) {
          const [key, value] = pair instanceof Tuple ? pair.items : Array.isArray(pair) ? pair : [];
          if (key === undefined || value === undefined) throw new UnpicklingError(`${type.path} is made of pairs`);
          dict.entries.set(key, value);
        }
        return dict;
      }
      case 'builtins.set': return new PythonSet(Array.isArray(first) ? first : first instanceof Tuple ? first.items : []);
      case 'builtins.complex': {
        const [re = 0, im = 0] = items;
        if (typeof re !== 'number' || typeof im !== 'number') throw new UnpicklingError('complex() takes two numbers');
        return new Complex(re, im);
      }
      case '_codecs.encode': {
        if (typeof first !== 'string') throw new UnpicklingError('_codecs.encode takes a str');
        return Uint8Array.from(first, (letter) => letter.charCodeAt(0));
      }
      case 'builtins.bytearray': {
        // A number alone would ask for that many zeros.
        if (items.length === 0) return new Uint8Array(0);
        if (first instanceof Uint8Array) return first;
        if (typeof first === 'string') return Uint8Array.from(first, (letter) => letter.charCodeAt(0));
        throw new UnpicklingError('bytearray() is loaded from bytes alone');
      }
      default: return new Made(type.path, items);
    }
  }

  private build(value: Value, state: Value): void {
    // The fields of an OrderedDict, such as a state_dict's _metadata, have no place in an object.
    if (value instanceof Dict) return;
    const fillable = value instanceof Made && (this.allowed.has(value.path) || /^torch\.(Tensor|nn\.parameter)|_rebuild_/.test(value.path));
    if (!fillable) {
      throw new UnpicklingError(
        `Can only build Tensor, Parameter, OrderedDict or types allowlisted via \`classes\`, but got <class '${typeName(value)}'>`);
    }
    value.state = state;
  }

  private storage(id: Value): Value {
    if (!(id instanceof Tuple)) throw new UnpicklingError(`persistent_load id must be tuple or int, but got <class '${typeName(id)}'>`);
    const [kind, type, key, location, length] = id.items;
    if (kind === 'module' && type instanceof Global) return type;
    if (kind !== 'storage') throw new UnpicklingError(`Only persistent_load of storage is allowed, but got ${String(typeName(kind))}`);
    const isWhole = Number.isSafeInteger(length) && (length as number) >= 0;
    if (!(type instanceof Global) || typeof key !== 'string' || typeof location !== 'string' || !isWhole) {
      throw new UnpicklingError('a storage is named by a type, a key, a location and a length');
    }
    const present = this.storages.get(key);
    if (present !== undefined) return present;
    const made = new StorageReference(key, type.path.slice(type.path.lastIndexOf('.') + 1), location, length as number);
    this.storages.set(key, made);
    return made;
  }
}
