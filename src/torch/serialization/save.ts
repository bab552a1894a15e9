import { NotImplementedError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { bytesOf } from '../../core/dtype.ts';
import { isPath } from '../../core/files/paths.ts';
import type { FilePath } from '../../core/files/paths.ts';
import type { ByteSink, Parts } from '../../core/files/ranges.ts';
import { joined, writeFile } from '../../core/files/ranges.ts';
import type { Member } from '../../core/files/zip.ts';
import { zipParts } from '../../core/files/zip.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { Signature } from '../../core/signature.ts';
import { hostValues, isDeferred } from '../../ops/host.ts';
import { cpu } from '../tensor/conversions.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Classes } from './objects.ts';
import { Pickler } from './pickler.ts';

/** Files that PyTorch loads. */

export interface SaveOptions {
  /** Python's own pickles are the only ones: leave it out. */
  pickle_module?: null;
  /** Only 2, which is the one that PyTorch writes. */
  pickle_protocol?: number;
  /** Only true: the format since PyTorch 1.6. */
  _use_new_zipfile_serialization?: boolean;
  /** Leaves out the record that says in which order bytes are. */
  _disable_byteorder_record?: boolean;
  /** The names under which a file has the classes of modules and other objects. */
  classes?: Classes;
}

/** What PyTorch's records begin at multiples of. */
const alignment = 64;
const folder = 'archive';

/** A tensor of all that a storage holds. */
function wholeOf(value: Tensor): Tensor {
  const { storage, dtypeCore: type } = value;
  return new Tensor(storage, type, contiguousLayout([Math.floor(storage.roomFor(type))]));
}

/** The bytes of a storage, which are not copied where they lie in memory that is at hand. */
function bytesIn(whole: Tensor): Uint8Array {
  const { storage, dtypeCore: type, geometry: { size } } = whole;
  return bytesOf(storage.hostView(type, 0, size * type.components) ?? hostValues(whole));
}

function * members(pickle: Uint8Array, storages: readonly Tensor[], hasOrder: boolean): Generator<Member> {
  const text = (name: string, contents: string): Member =>
    ({ name: `${folder}/${name}`, contents: new TextEncoder().encode(contents) });
  yield { name: `${folder}/data.pkl`, contents: pickle };
  yield text('.format_version', '1');
  yield text('.storage_alignment', String(alignment));
  if (hasOrder) yield text('byteorder', 'little');
  for (const [i, storage] of storages.entries()) yield { name: `${folder}/data/${i}`, contents: bytesIn(storage) };
  yield text('version', '3\n');
}

const saved = new Signature<readonly string[], readonly unknown[], unknown>('save', [
  'obj: Any, f: Any=None, pickle_module: Any=None, pickle_protocol: int=2, _use_new_zipfile_serialization=True,',
  '_disable_byteorder_record=False, *, classes: Any=None',
].join(' '));

const isSink = (value: unknown): value is ByteSink => typeof (value as Partial<ByteSink> | null)?.write === 'function';

/**
 * Writes tensors and what holds them as PyTorch does, to a path or to an object with a method `write`; without either, returns the
 * file's bytes. Objects and Maps become dicts, arrays lists, frozen ones tuples, whole numbers ints. Tensors that share memory share
 * it in the file too, all of it. Of tensors on a GPU, writing ends later: `await` it. Source: torch.save.
 * @example
 * const bytes = torch.save({ weight: torch.ones(2) });
 * torch.load(bytes).weight; // → tensor([1., 1.])
 */
export function save(obj: unknown, options?: SaveOptions): Uint8Array<ArrayBuffer>;
export function save(obj: unknown, f: FilePath, options?: SaveOptions): void | Promise<void>;
export function save(obj: unknown, f: ByteSink, options?: SaveOptions): Promise<void>;
export function save(obj: unknown, f: FilePath | ByteSink, pickle_module: null, pickle_protocol?: number,
  _use_new_zipfile_serialization?: boolean, _disable_byteorder_record?: boolean): void | Promise<void>;
export function save(...args: readonly unknown[]): Uint8Array<ArrayBuffer> | void | Promise<void> {
  // What is saved may be an object of the kind that names arguments.
  const [obj, ...rest] = args.length === 1 || (args.length === 2 && isSink(args[1])) ? [...args, {}] : args;
  const values = args.length === 0 ? saved.list(args) : [obj, ...saved.list([null, ...rest]).slice(1)];
  const [, f, pickle_module, protocol, isNew, withoutOrder, classes] = values as [
    unknown, unknown, unknown, number, boolean, boolean, Classes | null | undefined,
  ];
  if (pickle_module !== null && pickle_module !== undefined) throw new NotImplementedError('pickle_module: leave it out');
  if (protocol !== undefined && protocol !== 2) throw new NotImplementedError(`pickle_protocol=${protocol} is not written, only 2`);
  if (isNew === false) throw new NotImplementedError('_use_new_zipfile_serialization=false: the old format is read, and not written');
  const isPlace = f !== null && f !== undefined;
  if (isPlace && !isPath(f) && !isSink(f)) {
    throw new TypeError(`expected 'f' to be a path or an object with a method write, but got ${pythonTypeName(f)}`);
  }
  const pickler = new Pickler(classes ?? {});
  const pickle = pickler.dump(obj);
  const storages = [...pickler.storages.values()].map(wholeOf);
  const parts = (wholes: readonly Tensor[]): Parts =>
    zipParts(members(pickle, wholes, withoutOrder !== true), null, undefined, alignment);
  if (isSink(f)) return deliver(f, storages, parts);
  if (storages.some((each) => isDeferred(each))) {
    if (!isPath(f)) {
      throw new RuntimeError('tensors on a GPU cannot be read at once: give torch.save a path or an object with a method write');
    }
    return fetched(storages).then((present) => writeFile('torch.save', f, parts(present)));
  }
  if (!isPath(f)) return joined(parts(storages));
  writeFile('torch.save', f, parts(storages));
}

const fetched = async (storages: readonly Tensor[]): Promise<Tensor[]> =>
  Promise.all(storages.map(async (each) => (isDeferred(each) ? cpu(each) : each)));

async function deliver(sink: ByteSink, storages: readonly Tensor[], parts: (wholes: readonly Tensor[]) => Parts): Promise<void> {
  // What was written may be kept by the sink until later, and memory that is lent may change.
  for (const part of parts(await fetched(storages))) await sink.write(part.slice());
}

