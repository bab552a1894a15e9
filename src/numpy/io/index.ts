import { bytesOf } from '../../core/dtype.ts';
import { Printed } from '../../core/printed.ts';
import { EOFError, KeyError, NotImplementedError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { isArrayBuffer, typedArrayName } from '../../core/realms.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { CallOf, PiecesOf } from '../../core/signature.ts';
import { isOptions } from '../arguments/options.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { pythonSignature } from '../arguments/routine.ts';
import type { FileBytes, FilePath } from '../../core/files/paths.ts';
import { isPath } from '../../core/files/paths.ts';
import { decodeNpy, defaultHeaderSize, encodeNpy, startsAsNpy } from './npy.ts';
import { compress, fileSystem } from '../../core/files/platform.ts';
import type { Entry } from '../../core/files/zip.ts';
import { readDirectory, readEntry, writeZip } from '../../core/files/zip.ts';

/** Arrays in .npy and .npz files. */

export type { FileBytes, FilePath };

function withExtension(path: FilePath, extension: string): FilePath {
  if (typeof path === 'string') return path.endsWith(extension) ? path : path + extension;
  if (path.pathname.endsWith(extension)) return path;
  const longer = new URL(path.href);
  longer.pathname += extension;
  return longer;
}

const notPath = (caller: string, value: unknown): TypeError =>
  new TypeError(`${caller}() takes a path before the arrays, or arrays alone, not ${pythonTypeName(value)}`);

const saved = pythonSignature('save', 'file, arr, allow_pickle=True');
const savedBytes = pythonSignature('save#bytes', 'arr, allow_pickle=True');
const zipped = pythonSignature('savez', 'file, *args, allow_pickle=True');
const compressed = pythonSignature('savez_compressed', 'file, *args, allow_pickle=True');
const loadText = "file, mmap_mode: Any=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size: int=10000";
const loaded = pythonSignature('load', loadText);

export interface SaveOptions {
  /** There are no objects in arrays here that would need it. */
  allow_pickle?: boolean;
}

/**
 * Writes an array as a .npy file, adding `.npy` to a path without it; without a path, returns the file's bytes. They are the
 * ones that NumPy writes. Source: numpy.save.
 * @example
 * const bytes = np.save([1.5, 2.5]);
 * np.load(bytes) // → [1.5 2.5]
 */
export function save(arr: ArrayLike, allow_pickle?: boolean): Uint8Array<ArrayBuffer>;
export function save(arr: ArrayLike, options: SaveOptions): Uint8Array<ArrayBuffer>;
export function save(file: FilePath, arr: ArrayLike, allow_pickle?: boolean): void;
export function save(file: FilePath, arr: ArrayLike, options: SaveOptions): void;
export function save(file: FilePath, options: SaveOptions & { arr: ArrayLike }): void;
export function save(options: SaveOptions & { file: FilePath; arr: ArrayLike }): void;
export function save(...args: readonly unknown[]): Uint8Array<ArrayBuffer> | void {
  const [first] = args;
  if (args.length > 0 && !isPath(first) && !(isOptions(first) && 'file' in first)) {
    if (args.length > 1 && !isOptions(args[1]) && typeof args[1] !== 'boolean') throw notPath('save', first);
    return encodeNpy(asArray(savedBytes.list(args)[0] as ArrayLike));
  }
  const [file, arr] = saved.list(args) as [FilePath, ArrayLike];
  if (!isPath(file)) throw notPath('save', file);
  fileSystem().writeFileSync(withExtension(file, '.npy'), encodeNpy(asArray(arr)));
}

/** Arrays by name. */
export type NamedArrays = Readonly<Record<string, ArrayLike>>;

function pack(
  declared: AnySignature, args: readonly unknown[], deflating: ((bytes: Uint8Array) => Uint8Array) | null,
): Uint8Array<ArrayBuffer> | void {
  const last = args.at(-1);
  const { file, allow_pickle, ...arrays } = isOptions(last) ? last : {};
  const positional = isOptions(last) ? args.slice(0, -1) : args;
  // Without a path the first array stands where it would.
  const inMemory = args.length > 0 && file === undefined && !isPath(positional[0]);
  const [path, unnamed] = declared.list([...inMemory ? [''] : [], ...positional, { file, allow_pickle }]) as [unknown, unknown[]];
  if (!isPath(path)) throw notPath(declared.name, path);
  const named: Record<string, unknown> = arrays;
  unnamed.forEach((array, i) => {
    const key = `arr_${i}`;
    if (Object.hasOwn(named, key)) throw new ValueError(`Cannot use un-named variables and keyword ${key}`);
    named[key] = array;
  });
  const members = Object.entries(named).map(([name, array]) =>
    ({ name: `${name}.npy`, contents: encodeNpy(asArray(array as ArrayLike)) }));
  const bytes = writeZip(members, deflating);
  if (inMemory) return bytes;
  fileSystem().writeFileSync(withExtension(path, '.npz'), bytes);
}

/**
 * Writes arrays into one .npz file: those of the last object under their names, others as `arr_0`, `arr_1`, ... Adds `.npz` to a
 * path without it; without a path, returns the file's bytes. Source: numpy.savez.
 * @example
 * const bytes = np.savez({ x: [1, 2], y: [[3]] });
 * np.load<np.NpzFile>(bytes).get('x') // → [1 2]
 */
export function savez(file: FilePath, ...arrays: readonly (ArrayLike | NamedArrays)[]): void;
export function savez(...arrays: readonly (ArrayLike | NamedArrays)[]): Uint8Array<ArrayBuffer>;
export function savez(...args: readonly unknown[]): Uint8Array<ArrayBuffer> | void {
  return pack(zipped, args, null);
}

/**
 * As savez, with the arrays compressed. Source: numpy.savez_compressed.
 * @example
 * np.savez_compressed({ x: np.zeros(10000) }).length < 1000 // → true
 */
export function savez_compressed(file: FilePath, ...arrays: readonly (ArrayLike | NamedArrays)[]): void;
export function savez_compressed(...arrays: readonly (ArrayLike | NamedArrays)[]): Uint8Array<ArrayBuffer>;
export function savez_compressed(...args: readonly unknown[]): Uint8Array<ArrayBuffer> | void {
  return pack(compressed, args, compress);
}

/**
 * The arrays of a .npz file, each read when it is asked for, and every time anew. Source: numpy.lib.npyio.NpzFile.
 * @example
 * const file = np.load<np.NpzFile>(np.savez({ x: [1, 2], y: [3] }));
 * [...file].map((name) => file.get(name).size) // → [2, 1]
 */
export class NpzFile extends Printed {
  /** The arrays' names, in the order of the file. */
  readonly files: readonly string[];
  /** The arrays as properties: `file.f.x`, `file.f['x']`. */
  readonly f: Readonly<Record<string, ndarray>>;
  private bytes: Uint8Array | null;
  private readonly entries = new Map<string, Entry>();
  private readonly name: string;
  private readonly largestHeader: number;

  constructor(bytes: Uint8Array, name: string | null = null, largestHeader: number = defaultHeaderSize) {
    super();
    if (typedArrayName(bytes) !== 'Uint8Array') throw new TypeError(`NpzFile(): expected bytes, not ${pythonTypeName(bytes)}`);
    this.bytes = bytes;
    this.name = name === null ? "'object'" : `'${name}'`;
    this.largestHeader = largestHeader;
    // The last of several files of one name counts.
    for (const entry of readDirectory(bytes)) this.entries.set(entry.name.replace(/\.npy$/, ''), entry);
    this.files = [...this.entries.keys()];
    this.f = new Proxy<Record<string, ndarray>>({}, {
      get: (_, key) => (typeof key === 'string' ? this.get(key) : undefined),
      has: (_, key) => typeof key === 'string' && this.has(key),
      ownKeys: () => [...this.files],
      getOwnPropertyDescriptor: (_, key) =>
        (typeof key === 'string' && this.has(key) ? { enumerable: true, configurable: true, value: this.get(key) } : undefined),
    });
  }

  /** The array of a name: a KeyError where there is none, a ValueError where the file of that name holds no array. */
  get(name: string): ndarray {
    const { bytes } = this;
    const entry = this.entries.get(name) ?? (name.endsWith('.npy') ? this.entries.get(name.slice(0, -4)) : undefined);
    if (entry === undefined) throw new KeyError(`${name} is not a file in the archive`);
    if (bytes === null) throw new ValueError('I/O operation on closed file.');
    return decodeNpy(readEntry(bytes, entry), this.largestHeader);
  }

  /**
   * Whether there is an array of a name.
   * @example
   * np.load<np.NpzFile>(np.savez({ x: [1, 2] })).has('y') // → false
   */
  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The number of arrays.
   * @example
   * np.load<np.NpzFile>(np.savez({ x: [1, 2] })).length // → 1
   */
  get length(): number {
    return this.files.length;
  }

  /**
   * The arrays' names.
   * @example
   * np.load<np.NpzFile>(np.savez({ x: [1, 2] })).keys() // → ['x']
   */
  keys(): readonly string[] {
    return this.files;
  }

  /**
   * The arrays, each read when it is its turn.
   * @example
   * [...np.load<np.NpzFile>(np.savez({ x: [1, 2] })).values()] // → [[1 2]]
   */
  * values(): Generator<ndarray> {
    for (const name of this.files) yield this.get(name);
  }

  /**
   * The names with their arrays.
   * @example
   * for (const [name, x] of np.load<np.NpzFile>(np.savez({ x: [1, 2] })).items()) console.log(name, x.size); // → x 2
   */
  * items(): Generator<[name: string, array: ndarray]> {
    for (const name of this.files) yield [name, this.get(name)];
  }

  /** The names, as in Python. */
  [Symbol.iterator](): Iterator<string> {
    return this.files[Symbol.iterator]();
  }

  /**
   * Lets go of the file's bytes: what is asked for after it throws a ValueError.
   * @example
   * const file = np.load<np.NpzFile>(np.savez({ x: [1, 2] }));
   * file.close();
   * file.get('x') // → ValueError: I/O operation on closed file.
   */
  close(): void {
    this.bytes = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  override toString(): string {
    const shown = this.files.slice(0, 5).join(', ');
    return `NpzFile ${this.name} with keys: ${shown}${this.files.length > 5 ? '...' : ''}`;
  }
}

export interface LoadOptions {
  /** Only null: files are read into memory. */
  mmap_mode?: null;
  /** Only false: objects of Python cannot be read. */
  allow_pickle?: false;
  /** How names in objects of Python 2 are read, of which there are none. */
  fix_imports?: boolean;
  /** How texts in objects of Python 2 are read. */
  encoding?: 'ASCII' | 'latin1' | 'bytes';
  /** The longest header to read, in bytes; 10000 unless given. */
  max_header_size?: number | bigint;
}
type LoadArguments<File> = CallOf<PiecesOf<typeof loadText>, [
  file: File, mmap_mode?: null, allow_pickle?: false, fix_imports?: boolean, encoding?: LoadOptions['encoding'],
  max_header_size?: number | bigint,
]>;

function readBytes(file: unknown): { bytes: Uint8Array; name: string | null } {
  if (isPath(file)) return { bytes: fileSystem().readFileSync(file), name: typeof file === 'string' ? file : file.pathname };
  if (ArrayBuffer.isView(file)) return { bytes: bytesOf(file), name: null };
  if (isArrayBuffer(file)) return { bytes: new Uint8Array(file), name: null };
  throw new TypeError(`load() takes a path, an ArrayBuffer or a Uint8Array, not ${pythonTypeName(file)}`);
}

/**
 * Reads a .npy file (an array) or a .npz file (an NpzFile) from its bytes or, where the platform has files, its path. TypeScript
 * sees which from the ending of a path; else say `np.load<np.NpzFile>(...)` for a .npz file. Throws a ValueError where the file is
 * truncated, corrupt or of a dtype that arrays here do not have, before anything is allocated. Source: numpy.load.
 * @example
 * np.load(np.save(np.eye(2))) // → [[1. 0.]
 *                             //    [0. 1.]]
 */
export function load(...args: LoadArguments<`${string}.npy`>): ndarray;
export function load(...args: LoadArguments<`${string}.npz`>): NpzFile;
export function load<T extends ndarray | NpzFile = ndarray>(...args: LoadArguments<FilePath | FileBytes>): T;
export function load(...args: readonly unknown[]): ndarray | NpzFile {
  const [file, mmap_mode, allow_pickle, , encoding = 'ASCII', max_header_size = defaultHeaderSize] = loaded.list(args) as [
    unknown, unknown, boolean?, boolean?, string?, number?,
  ];
  if (mmap_mode !== undefined) throw new NotImplementedError('files cannot be mapped into memory: leave mmap_mode out');
  if (allow_pickle === true) throw new NotImplementedError('objects of Python cannot be loaded: leave allow_pickle out');
  if (!['ASCII', 'latin1', 'bytes'].includes(encoding)) throw new ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'");
  const { bytes, name } = readBytes(file);
  if (bytes.length === 0) throw new EOFError('No data left in file');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 && bytes[3] === 4 || bytes[2] === 5 && bytes[3] === 6);
  if (isZip) return new NpzFile(bytes, name, max_header_size);
  if (!startsAsNpy(bytes) && bytes[0] === 0x80) {
    throw new ValueError('This file contains pickled (object) data, which cannot be loaded; save it as arrays.');
  }
  return decodeNpy(bytes, max_header_size);
}
