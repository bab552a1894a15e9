import { EOFError, NotImplementedError, pythonTypeName } from '../errors.ts';
import { bytesOf } from '../dtype.ts';
import type { ResponseLike } from '../realms.ts';
import { isArrayBuffer, isPromise, isResponse } from '../realms.ts';
import type { FileBytes, FilePath } from './paths.ts';
import { isPath } from './paths.ts';
import { fileSystem, nameOfPath } from './platform.ts';

/**
 * Files that are read in parts. What reads one is written once, as a generator that asks for ranges of bytes; whoever has the file answers,
 * at once or some time later.
 */

export interface ByteRange {
  readonly start: number;
  /** The byte behind the last one. */
  readonly end: number;
}

/** A computation over a file: it asks for ranges and is given their bytes, which it may not keep. */
export type Reading<T> = Generator<ByteRange, T, Uint8Array>;

/** Something that gives any range of a file when asked: a server that knows ranges, a part of an archive. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to but without `end`. */
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
}

/** What a Blob or File has of use here. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What a Response has. */
interface Streamed {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> } } | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Files that are there at once, and those that take their time. */
export type PresentFile = FilePath | FileBytes;
export type DistantFile = BlobLike | ResponseLike | ByteSource | Promise<ResponseLike>;

/** Is told how many bytes of how many have been read. */
export type Progress = (done: number, total: number) => void;

const isBlob = (value: unknown): value is BlobLike =>
  typeof value === 'object' && value !== null && /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value));
const isSource = (value: unknown): value is ByteSource =>
  typeof value === 'object' && value !== null && typeof (value as Partial<ByteSource>).read === 'function'
  && typeof (value as Partial<ByteSource>).size === 'number';

export const isDistant = (value: unknown): value is DistantFile =>
  isBlob(value) || isResponse(value) || isSource(value) || isPromise(value);

const tooShort = ({ start, end }: ByteRange): EOFError => new EOFError(`the file ends before byte ${end}, of which ${start} is the first`);

/** Calls a computation over a file of a known size; `take` gives bytes at once. */
function drive<T>(reading: Reading<T>, size: number, take: (range: ByteRange) => Uint8Array): T {
  let step = reading.next();
  while (step.done !== true) {
    const range = step.value;
    if (range.end > size) step = reading.throw(tooShort(range));
    else step = reading.next(take(range));
  }
  return step.value;
}

const viewOf = (file: FileBytes): Uint8Array => (ArrayBuffer.isView(file) ? bytesOf(file) : new Uint8Array(file));

export const isBytes = (value: unknown): value is FileBytes => ArrayBuffer.isView(value) || isArrayBuffer(value);

/** Computes over a file that is there. */
export function readPresent<T>(caller: string, file: unknown, start: (size: number) => Reading<T>): T {
  if (isBytes(file)) {
    const bytes = viewOf(file);
    return drive(start(bytes.length), bytes.length, (range) => bytes.subarray(range.start, range.end));
  }
  if (!isPath(file)) {
    throw new TypeError(`${caller}() takes a path, bytes, a Blob, a Response or an object with \`size\` and \`read\`, `
      + `not ${pythonTypeName(file)}`);
  }
  const system = fileSystem(`the bytes to ${caller}`);
  const descriptor = system.openSync(file, 'r');
  try {
    const { size } = system.fstatSync(descriptor);
    return drive(start(size), size, (range) => {
      const bytes = new Uint8Array(range.end - range.start);
      let at = 0;
      while (at < bytes.length) {
        const count = system.readSync(descriptor, bytes, at, bytes.length - at, range.start + at);
        if (count === 0) throw tooShort(range);
        at += count;
      }
      return bytes;
    });
  } finally {
    system.closeSync(descriptor);
  }
}

async function driveLater<T>(reading: Reading<T>, { size, read }: ByteSource): Promise<T> {
  let step = reading.next();
  while (step.done !== true) {
    const range = step.value;
    if (range.end > size) {
      step = reading.throw(tooShort(range));
      continue;
    }
    const bytes = await read(range.start, range.end);
    if (bytes.length !== range.end - range.start) throw tooShort(range);
    step = reading.next(bytes);
  }
  return step.value;
}

/** A response's body: ranges that are asked for in order come as they arrive; once one lies before the last, all are kept. */
async function streamed(response: Streamed, inOrder: boolean): Promise<ByteSource> {
  if (!response.ok) throw new EOFError(`the server answered ${response.status}${response.url === '' ? '' : ` for ${response.url}`}`);
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const isPlain = response.headers.get('content-encoding') === null;
  if (!inOrder || !isPlain || !Number.isSafeInteger(length) || response.body === null) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
  }
  const reader = response.body.getReader();
  let parts: Uint8Array[] = [];
  let [from, until] = [0, 0];
  return {
    size: length,
    async read(start, end) {
      if (start < from) throw new NotImplementedError('a response is read from its start to its end: give its bytes instead');
      while (until < end) {
        const { done, value } = await reader.read();
        if (done || value === undefined) throw tooShort({ start, end });
        parts.push(value);
        until += value.length;
      }
      const wanted = new Uint8Array(end - start);
      let at = from;
      const kept: Uint8Array[] = [];
      for (const part of parts) {
        const [first, last] = [Math.max(start, at), Math.min(end, at + part.length)];
        if (first < last) wanted.set(part.subarray(first - at, last - at), first - start);
        // What follows the range stays, from where it begins.
        if (at + part.length > end) kept.push(at < end ? part.subarray(end - at) : part);
        at += part.length;
      }
      parts = kept;
      from = end;
      return wanted;
    },
  };
}

/** Computes over a file that takes its time. `inOrder` promises that no range lies before the one asked for last. */
export async function readDistant<T>(given: DistantFile, start: (size: number) => Reading<T>, inOrder: boolean): Promise<T> {
  const file: unknown = await given;
  let source: ByteSource;
  if (isResponse(file)) {
    source = await streamed(file as unknown as Streamed, inOrder);
  } else if (isBlob(file)) {
    source = { size: file.size, read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()) };
  } else if (isSource(file)) {
    source = { size: file.size, read: (from, to) => file.read(from, to) };
  } else {
    return readPresent('load', file, start);
  }
  return driveLater(start(source.size), source);
}

/** Parts of a file to write. Each is written before the next is made. */
export type Parts = Iterable<Uint8Array>;

/** Something that takes a file's bytes one part after the other. */
export interface ByteSink {
  write(bytes: Uint8Array): unknown;
}

export function joined(parts: Parts): Uint8Array<ArrayBuffer> {
  const all = [...parts];
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Writes a file part by part, beside the one that it replaces, so that a failure leaves that as it was. */
export function writeFile(caller: string, path: FilePath, parts: Parts): void {
  const system = fileSystem(`no path to ${caller}, and take the bytes`);
  const beside = `${nameOfPath(path)}.${Math.floor(performance.now() * 1000) % 1e6}.part`;
  const descriptor = system.openSync(beside, 'w');
  let isWhole = false;
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length;) at += system.writeSync(descriptor, part, at, Math.min(part.length - at, 2 ** 30));
    }
    isWhole = true;
  } finally {
    system.closeSync(descriptor);
    if (!isWhole) system.unlinkSync(beside);
  }
  system.renameSync(beside, path);
}
