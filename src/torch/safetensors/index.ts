import type { Device } from '../../core/device.ts';
import { bytesOf } from '../../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { isPath } from '../../core/files/paths.ts';
import type { FileBytes, FilePath } from '../../core/files/paths.ts';
import { fileSystem, nameOfPath } from '../../core/files/platform.ts';
import type { DistantFile, PresentFile, Progress } from '../../core/files/ranges.ts';
import { isDistant, joined, readDistant, readPresent, writeFile } from '../../core/files/ranges.ts';
import { isPlain } from '../../core/realms.ts';
import { declare } from '../../core/signature.ts';
import { hostValues } from '../../ops/host.ts';
import type { DeviceLike } from '../device.ts';
import { toDevice } from '../device.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Header } from './reading.ts';
import { readHeader, readTensors, typeNames } from './reading.ts';

/** Files of tensors alone, as the safetensors package has them: `import * as safetensors from 'flambeau/safetensors'`. */

export { SafetensorError } from './reading.ts';

/** Tensors by name. */
export type Tensors = Record<string, Tensor>;
/** Texts that a file says about itself. */
export type Metadata = Readonly<Record<string, string>>;

function checked(tensors: unknown): [string, Tensor][] {
  if (typeof tensors !== 'object' || tensors === null || !isPlain(tensors)) {
    throw new ValueError(`Expected a dict of [str, torch.Tensor] but received <class '${pythonTypeName(tensors)}'>`);
  }
  const pairs = Object.entries(tensors);
  const first = new Map<object, string>();
  for (const [name, tensor] of pairs as [string, unknown][]) {
    if (!(tensor instanceof Tensor)) {
      throw new ValueError(`Key \`${name}\` is invalid, expected torch.Tensor but received <class '${pythonTypeName(tensor)}'>`);
    }
    if (!Object.values(typeNames).includes(tensor.dtypeCore)) {
      throw new ValueError(`Key \`${name}\` is of ${String(tensor.dtype)}, which the format has not`);
    }
    const other = tensor.geometry.size === 0 ? undefined : first.get(tensor.storage);
    const [low, high] = tensor.geometry.range;
    const sharing = other === undefined ? undefined : (tensors as Tensors)[other].geometry.range;
    if (sharing !== undefined && low <= sharing[1] && sharing[0] <= high) {
      throw new RuntimeError('\n            Some tensors share memory, this will lead to duplicate memory on disk and potential '
        + `differences when loading them again: [{'${String(other)}', '${name}'}].\n`
        + '            A potential way to correctly save your model is to use `save_model`.\n'
        + '            More information at https://huggingface.co/docs/safetensors/torch_shared_tensors\n            ');
    }
    first.set(tensor.storage, name);
    if (!tensor.geometry.contiguous) {
      throw new ValueError(`You are trying to save a non contiguous tensor: \`${name}\` which is not allowed. It either means you are `
        + "trying to save tensors which are reference of each other in which case it's recommended to save only the full tensors, and "
        + 'reslice at load time, or simply call `.contiguous()` on your tensor to pack it before saving.');
    }
  }
  return pairs as [string, Tensor][];
}

/** In which order the package has dtypes; the widest come first, so that all are aligned. */
const order = ['BOOL', 'U8', 'I8', 'I16', 'U16', 'F16', 'BF16', 'I32', 'U32', 'F32', 'C64', 'F64', 'I64', 'U64'];
const nameOf = (tensor: Tensor): string => order.find((name) => typeNames[name] === tensor.dtypeCore)!;

function * partsOf(pairs: readonly (readonly [string, Tensor])[], metadata: Metadata | null): Generator<Uint8Array> {
  if (metadata !== null && (typeof metadata !== 'object' || !isPlain(metadata))) {
    throw new TypeError(`argument 'metadata': '${pythonTypeName(metadata)}' object is not an instance of 'dict'`);
  }
  if (metadata !== null && Object.values(metadata).some((value) => typeof value !== 'string')) {
    const value = Object.values(metadata).find((each) => typeof each !== 'string');
    throw new TypeError(`argument 'metadata': '${pythonTypeName(value)}' object is not an instance of 'str'`);
  }
  const sorted = [...pairs].sort(([a, x], [b, y]) =>
    order.indexOf(nameOf(y)) - order.indexOf(nameOf(x)) || (a < b ? -1 : 1));
  const texts = metadata === null ? [] : [`"__metadata__":${JSON.stringify(metadata)}`];
  let at = 0;
  for (const [name, tensor] of sorted) {
    const end = at + tensor.geometry.size * tensor.dtypeCore.itemsize;
    const info = { dtype: nameOf(tensor), shape: [...tensor.geometry.shape], data_offsets: [at, end] };
    texts.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    at = end;
  }
  const header = new TextEncoder().encode(`{${texts.join(',')}}`);
  const length = Math.ceil(header.length / 8) * 8;
  const out = new Uint8Array(8 + length).fill(0x20);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(header, 8);
  yield out;
  for (const [, tensor] of sorted) yield bytesOf(hostValues(tensor));
}

const saved = declare<[tensors: Tensors, metadata?: Metadata | null]>()(
  'safetensors.save', 'tensors: object, metadata: object = None',
  ({ tensors, metadata }): Uint8Array<ArrayBuffer> => joined(partsOf(checked(tensors), metadata)));

/**
 * The bytes of a file of tensors, those that the package writes. Tensors are contiguous and share no memory, or it is a ValueError or
 * a RuntimeError. Source: safetensors.torch.save.
 * @example
 * const bytes = safetensors.save({ weight: torch.ones(2) }, { format: 'pt' });
 * safetensors.load(bytes).weight // → tensor([1., 1.])
 */
export const save: typeof saved = (...given) =>
  // One of the tensors may have the parameter's name.
  saved(...given.length === 1 && (given[0] as Partial<Tensors> | undefined)?.tensors instanceof Tensor ? [given[0] as Tensors, {}] : given);

/**
 * The same into a file, one tensor after the other. Source: safetensors.torch.save_file.
 * @example
 * safetensors.save_file({ weight: torch.ones(2) }, '/tmp/flambeau.safetensors', { format: 'pt' });
 * safetensors.load_file('/tmp/flambeau.safetensors').weight // → tensor([1., 1.])
 */
export const save_file = declare<[tensors: Tensors, filename: FilePath, metadata?: Metadata | null]>()(
  'safetensors.save_file', 'tensors: object, filename, metadata: object = None',
  ({ tensors, filename, metadata }): void => writeFile('save_file', filename, partsOf(checked(tensors), metadata)));

/**
 * The tensors in a file's bytes. Source: safetensors.torch.load.
 * @example
 * safetensors.load(safetensors.save({ bias: torch.zeros(2) })) // → { bias: tensor([0., 0.]) }
 */
export const load = declare<[data: FileBytes]>()('safetensors.load', 'data: Any', ({ data }): Tensors => {
  if (isPath(data)) throw new TypeError("load() takes a file's bytes; load_file() takes its path");
  return readPresent('load', data, (size) => readTensors(size, toDevice('cpu'), null));
});

export interface LoadFileOptions {
  device?: DeviceLike;
  /** Is told how many bytes of the file's have been read. */
  progress?: Progress;
}

/** The shards that an index names, beside it. */
function shards(filename: FilePath, place: Device, progress: Progress | null): Tensors {
  const index = JSON.parse(new TextDecoder().decode(fileSystem('the shards one by one').readFileSync(filename))) as
    { readonly weight_map?: Readonly<Record<string, unknown>> };
  const names = Object.entries(index.weight_map ?? {});
  const folder = nameOfPath(filename).replace(/[^/\\]*$/, '');
  const out: Tensors = {};
  for (const file of new Set(names.map(([, each]) => each))) {
    if (typeof file !== 'string' || /[/\\]|^\.\.?$/.test(file)) throw new ValueError(`the index names a shard elsewhere: ${String(file)}`);
    const found = readPresent('load_file', folder + file, (size) => readTensors(size, place, progress));
    for (const [name, each] of names) {
      if (each !== file) continue;
      if (!Object.hasOwn(found, name)) throw new ValueError(`tensor '${name}' is not in ${file}, where the index has it`);
      Object.defineProperty(out, name, { value: found[name], writable: true, enumerable: true, configurable: true });
    }
  }
  return out;
}

/**
 * The tensors of a file, by path or bytes at once, of a Blob, a Response or an object with `size` and `read(start, end)` as a promise.
 * A path that ends in `.index.json` is that of several files beside it. Source: safetensors.torch.load_file.
 * @example
 * const file = new Blob([safetensors.save({ bias: torch.zeros(2) })]);
 * await safetensors.load_file(file) // → { bias: tensor([0., 0.]) }
 */
export function load_file(filename: PresentFile, options?: DeviceLike | LoadFileOptions): Tensors;
export function load_file(filename: DistantFile, options?: DeviceLike | LoadFileOptions): Promise<Tensors>;
export function load_file(...args: readonly unknown[]): Tensors | Promise<Tensors> {
  // What has `size` and `read` may be an object like that of the names.
  const given = args.length === 1 && isDistant(args[0]) ? [args[0], {}] : args;
  return loadFile(...given as Parameters<typeof loadFile>);
}

const loadFile = declare<[filename: PresentFile | DistantFile, device?: DeviceLike], { readonly progress?: Progress | null }>()(
  'safetensors.load_file', "filename: Any, device: Any='cpu', *, progress: Any=None",
  ({ filename, device, progress }): Tensors | Promise<Tensors> => {
    const place = toDevice(device);
    if (isPath(filename) && nameOfPath(filename).endsWith('.index.json')) return shards(filename, place, progress);
    const start = (size: number): ReturnType<typeof readTensors> => readTensors(size, place, progress);
    return isDistant(filename) ? readDistant(filename, start, true) : readPresent('load_file', filename, start);
  });

/**
 * What a file says about itself, or null; only its header is read. The package has `safe_open(...).metadata()`.
 * @example
 * safetensors.metadata(safetensors.save({ bias: torch.zeros(2) }, { format: 'pt' })) // → { format: 'pt' }
 */
export function metadata(filename: PresentFile): Metadata | null;
export function metadata(filename: DistantFile): Promise<Metadata | null>;
export function metadata(...args: readonly unknown[]): Metadata | null | Promise<Metadata | null> {
  const given = args.length === 1 && isDistant(args[0]) ? [args[0], {}] : args;
  return metadataOf(...given as Parameters<typeof metadataOf>);
}

const metadataOf = declare<[filename: PresentFile | DistantFile]>()(
  'safetensors.metadata', 'filename: Any', ({ filename }): Metadata | null | Promise<Metadata | null> => {
    const said = ({ metadata: found }: Header): Metadata | null => found;
    return isDistant(filename) ? readDistant(filename, readHeader, true).then(said) : said(readPresent('metadata', filename, readHeader));
  });

/**
 * Several files of at most so many bytes each, and the index that names them: `model.safetensors` becomes
 * `model-00001-of-00002.safetensors`, ... and `model.safetensors.index.json`, as Hugging Face has them.
 * @example
 * safetensors.save_sharded({ a: torch.ones(4), b: torch.ones(4) }, '/tmp/flambeau.safetensors', 16);
 * Object.keys(safetensors.load_file('/tmp/flambeau.safetensors.index.json')) // → ['a', 'b']
 */
export const save_sharded = declare<
  [tensors: Tensors, filename: FilePath, max_shard_size?: number, metadata?: Metadata | null]
>()('safetensors.save_sharded', 'tensors: object, filename, max_shard_size: float = 5e9, metadata: object = None', (
  { tensors, filename, max_shard_size, metadata },
): void => {
  const shardsOf: [string, Tensor][][] = [[]];
  let size = 0;
  let total = 0;
  for (const pair of checked(tensors)) {
    const nbytes = pair[1].geometry.size * pair[1].dtypeCore.itemsize;
    if (size > 0 && size + nbytes > max_shard_size) {
      shardsOf.push([]);
      size = 0;
    }
    shardsOf.at(-1)!.push(pair);
    size += nbytes;
    total += nbytes;
  }
  const path = nameOfPath(filename);
  const stem = path.replace(/\.safetensors$/, '');
  const digits = (value: number): string => String(value).padStart(5, '0');
  const weightMap: [string, string][] = [];
  shardsOf.forEach((pairs, i) => {
    const file = `${stem}-${digits(i + 1)}-of-${digits(shardsOf.length)}.safetensors`;
    writeFile('save_sharded', file, partsOf(pairs, metadata));
    for (const [name] of pairs) weightMap.push([name, file.replace(/^.*[/\\]/, '')]);
  });
  const index = { metadata: { total_size: total }, weight_map: Object.fromEntries(weightMap) };
  writeFile('save_sharded', `${path}.index.json`, [new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`)]);
});
