import * as core from '../../core/dtype.ts';
import { EOFError, NotImplementedError, RuntimeError, ValueError, pythonTypeName } from '../../core/errors.ts';
import type { DistantFile, PresentFile, Progress, Reading } from '../../core/files/ranges.ts';
import { isDistant, readDistant, readPresent } from '../../core/files/ranges.ts';
import { isPath } from '../../core/files/paths.ts';
import { nameOfPath } from '../../core/files/platform.ts';
import type { Entry } from '../../core/files/zip.ts';
import { directoryOf, entryInParts, entryOf } from '../../core/files/zip.ts';
import { Signature } from '../../core/signature.ts';
import type { StateDict } from '../nn/state.ts';
import { readTensors } from '../safetensors/reading.ts';
import type { Classes } from './objects.ts';
import { Builder } from './objects.ts';
import type { StorageReference, Value } from './python.ts';
import { UnpicklingError } from './python.ts';
import type { MapLocation } from './storages.ts';
import { Block, placeOf, typeOfStorage } from './storages.ts';
import { Truncated, Unpickler } from './unpickler.ts';

/** Files that torch.save wrote, PyTorch's or ours. */

export interface LoadOptions {
  map_location?: MapLocation | null;
  /** Python's own pickles are the only ones: leave it out. */
  pickle_module?: null;
  /** Nothing of a file is run in either case. */
  weights_only?: boolean | null;
  /** Files are read in parts, none is mapped: leave it out. */
  mmap?: boolean | null;
  /** Classes by the names under which the file has them. PyTorch has `torch.serialization.add_safe_globals`. */
  classes?: Classes;
  /** Is told how many bytes of the file's have been read. */
  progress?: Progress;
}

interface Settings {
  readonly map: MapLocation | null;
  readonly classes: Classes;
  readonly progress: Progress | null;
}

/** No pickle that is only names and numbers is longer. */
const longestPickle = 2 ** 30;

const docs = '\n\nCheck the documentation of torch.load to learn more about types accepted by default with weights_only '
  + 'https://pytorch.org/docs/stable/generated/torch.load.html.';

function refused(error: unknown): unknown {
  if (!(error instanceof UnpicklingError)) return error;
  return new UnpicklingError(`Weights only load failed. WeightsUnpickler error: ${error.message}${docs}`, { cause: error });
}

/** Runs what reads a pickle, and says whose error it is. */
function unpickled<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw refused(error);
  }
}

function blockFor(wanted: StorageReference, { map }: Settings, available: number, isBig: boolean): Block {
  const dtype = typeOfStorage(wanted);
  const nbytes = wanted.length * (dtype ?? core.uint8).itemsize;
  if (nbytes > available) {
    throw new RuntimeError(`storage has wrong byte size: expected ${nbytes} got ${available}`);
  }
  const place = placeOf(map, wanted.location, nbytes);
  return new Block(dtype ?? core.uint8, wanted.length, place, isBig);
}

/** Counts bytes for who wants to know. */
function counter(progress: Progress | null, total: number): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    if (progress !== null) progress(done, total);
  };
}

const zipWords = 'PytorchStreamReader failed reading zip archive: ';
const advice = ' There is a high likelihood that your checkpoint file is corrupted. This can happen if the checkpoint was not saved '
  + 'properly, was transferred incorrectly, or the file was modified after saving.';

function * fromZip(size: number, settings: Settings): Reading<unknown> {
  let entries: Entry[];
  try {
    entries = yield * directoryOf(size);
  } catch (cause) {
    if (!(cause instanceof ValueError) && !(cause instanceof EOFError)) throw cause;
    throw new RuntimeError(`${zipWords}${cause.message}.${advice}`, { cause });
  }
  const folder = entries.length === 0 ? '' : entries[0].name.split('/')[0];
  const records = new Map(entries.map((entry) => [entry.name, entry]));
  const record = (name: string): Entry => {
    const found = records.get(`${folder}/${name}`);
    if (found === undefined) throw new RuntimeError(`PytorchStreamReader failed locating file ${name}: file not found`);
    return found;
  };
  if (records.has(`${folder}/constants.pkl`)) {
    throw new RuntimeError('Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``. They are programs, which '
      + 'are not run here: save the state_dict of the module instead.');
  }
  const pickle = record('data.pkl');
  if (pickle.size > longestPickle) throw new RuntimeError(`${zipWords}data.pkl has ${pickle.size} bytes`);
  const count = counter(settings.progress, size);
  const order = records.has(`${folder}/byteorder`) ? new TextDecoder().decode(yield * entryOf(record('byteorder'))) : 'little';
  if (order !== 'little' && order !== 'big') throw new ValueError(`Unknown endianness type: ${order}`);
  const unpickler = new Unpickler((yield * entryOf(pickle)).slice(), new Set(Object.keys(settings.classes)));
  count(pickle.size);
  const value = unpickled(() => unpickler.load());
  const blocks = new Map<string, Block>();
  for (const wanted of unpickler.storages.values()) {
    const entry = record(`data/${wanted.key}`);
    const block = blockFor(wanted, settings, entry.size, order === 'big');
    const { dtypeCore: dtype } = block.tensor;
    if (entry.size !== wanted.length * dtype.itemsize) {
      throw new RuntimeError(`storage has wrong byte size: expected ${wanted.length * dtype.itemsize} got ${entry.size}`);
    }
    yield * entryInParts(entry, (bytes, at) => {
      block.write(bytes, at);
      count(bytes.length);
    });
    blocks.set(wanted.key, block);
  }
  return unpickled(() => new Builder(blocks, settings.classes).build(value));
}

/** The number that files of the old format begin with, and their version. */
const magic = 0x1950a86a20f9469cfc6cn;
const version = 1001;
const firstWindow = 2 ** 20;

/** Values of several pickles that follow each other from the file's start; as much of it is read as they take. */
function * pickles(size: number, settings: Settings): Reading<{ values: Value[]; unpickler: Unpickler }> {
  for (let window = firstWindow; ; window *= 4) {
    const end = Math.min(size, window);
    const bytes = (yield { start: 0, end }).slice();
    const unpickler = new Unpickler(bytes, new Set(Object.keys(settings.classes)));
    try {
      const values = [unpickler.load()];
      if (values[0] === magic) for (let i = 0; i < 4; i++) values.push(unpickler.load());
      return { values, unpickler };
    } catch (error) {
      if (!(error instanceof Truncated) || end === size || end > longestPickle) throw refused(error);
    }
  }
}

/** How many bytes are read at a time. */
const portion = 2 ** 24;

function * fromOld(size: number, settings: Settings): Reading<unknown> {
  const start = yield { start: 0, end: Math.min(size, 512) };
  if (String.fromCharCode(...start.subarray(257, 262)) === 'ustar') {
    throw new RuntimeError('Cannot use ``weights_only=True`` with files saved in the legacy .tar format.');
  }
  const { values: [first, given, , value, keys], unpickler } = yield * pickles(size, settings);
  if (first !== magic) throw new RuntimeError('Invalid magic number; corrupt file?');
  if (given !== version) throw new RuntimeError(`Invalid protocol version: ${String(given)}`);
  if (!Array.isArray(keys)) throw new UnpicklingError('the storages of the file are not listed');
  const blocks = new Map<string, Block>();
  const count = counter(settings.progress, size);
  let at = unpickler.position;
  count(at);
  for (const key of keys) {
    const wanted = typeof key === 'string' ? unpickler.storages.get(key) : undefined;
    if (wanted === undefined) throw new UnpicklingError(`storage ${String(key)} is listed and not used`);
    const head = yield { start: at, end: at + 8 };
    const length = new DataView(head.buffer, head.byteOffset, 8).getBigInt64(0, true);
    at += 8;
    if (length !== BigInt(wanted.length)) {
      throw new RuntimeError(`storage has wrong size: expected ${length} got ${wanted.length}`);
    }
    const block = blockFor(wanted, settings, size - at, false);
    const nbytes = wanted.length * block.tensor.dtypeCore.itemsize;
    for (let done = 0; done < nbytes; done += portion) {
      const bytes = yield { start: at + done, end: at + Math.min(done + portion, nbytes) };
      block.write(bytes, done);
      count(bytes.length);
    }
    at += nbytes;
    blocks.set(wanted.key, block);
  }
  for (const { key } of unpickler.storages.values()) if (!blocks.has(key)) throw new UnpicklingError(`storage ${key} is not in the file`);
  return unpickled(() => new Builder(blocks, settings.classes).build(value));
}

function * fromFile(size: number, settings: Settings): Reading<unknown> {
  if (size === 0) throw new EOFError('Ran out of input');
  const head = yield { start: 0, end: Math.min(size, 4) };
  return yield * (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4 ? fromZip : fromOld)(size, settings);
}

const loaded = new Signature<readonly string[], readonly unknown[], unknown>(
  'load', 'f, map_location=None, pickle_module: Any=None, *, weights_only: Any=None, mmap: Any=None, classes: Any=None, '
  + 'progress: Any=None');

/**
 * What `torch.save` wrote, PyTorch's or ours, from a path or bytes at once, from a Blob, a Response or an object with `size` and
 * `read(start, end)` as a promise. Nothing in the file is run: tensors, numbers, texts and containers are known, and classes that
 * `classes` names; all else is an UnpicklingError. Files are read in parts, straight to where their tensors lie. Dicts become objects
 * (Maps where keys are not texts), tuples frozen arrays. Source: torch.load.
 * @example
 * const bytes = torch.save({ weight: torch.ones(2), epoch: 3 });
 * torch.load(bytes); // → { weight: tensor([1., 1.]), epoch: 3 }
 */
export function load<T = StateDict>(f: PresentFile, options?: LoadOptions): T;
export function load<T = StateDict>(f: DistantFile, options?: LoadOptions): Promise<T>;
export function load<T = StateDict>(f: PresentFile, map_location: MapLocation | null, options?: LoadOptions): T;
export function load<T = StateDict>(f: DistantFile, map_location: MapLocation | null, options?: LoadOptions): Promise<T>;
export function load(...args: readonly unknown[]): unknown {
  const [f, map_location, pickle_module, , mmap, classes, progress] = loaded.list(
    // What has `size` and `read` may be an object like that of the names.
    args.length === 1 && isDistant(args[0]) ? [args[0], {}] : args) as [
    unknown, MapLocation | null | undefined, unknown, unknown, boolean | null | undefined, Classes | undefined, Progress | undefined,
  ];
  if (pickle_module !== null && pickle_module !== undefined) {
    throw new RuntimeError('Can not safely load weights when explicit pickle_module is specified');
  }
  if (mmap === true) {
    if (!isPath(f)) throw new ValueError('f must be a file path in order to use the mmap argument');
    throw new NotImplementedError('files cannot be mapped into memory, they are read in parts: leave mmap out');
  }
  const settings: Settings = { map: map_location ?? null, classes: classes ?? {}, progress: progress ?? null };
  if (isPath(f) && nameOfPath(f).endsWith('.safetensors')) {
    if (typeof map_location === 'function' || pythonTypeName(map_location) === 'dict') {
      throw new RuntimeError(`Loading safetensors file with ${typeof map_location === 'function' ? 'callable' : 'dict'} map_location is `
        + 'not supported. Use a device string or torch.device instead.');
    }
    const place = placeOf(settings.map, 'cpu', 0);
    return readPresent('torch.load', f, (size) => readTensors(size, place, settings.progress));
  }
  const start = (size: number): Reading<unknown> => fromFile(size, settings);
  return isDistant(f) ? readDistant(f, start, false) : readPresent('torch.load', f, start);
}
