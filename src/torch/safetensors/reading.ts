import * as core from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import type { Device } from '../../core/device.ts';
import { NotImplementedError, PythonError } from '../../core/errors.ts';
import type { Progress, Reading } from '../../core/files/ranges.ts';
import { isPlain } from '../../core/realms.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { Block } from '../serialization/storages.ts';
import { Tensor } from '../tensor/tensor.ts';

/** The format: the length of a header in JSON, the header, and the tensors behind one another. */

/**
 * A file that is no safetensors file, or whose header lies. Source: safetensors.SafetensorError.
 * @example
 * safetensors.load(new Uint8Array(4)) // → SafetensorError: Error while deserializing: header too small
 */
export class SafetensorError extends PythonError {}

export const typeNames: Readonly<Record<string, DType>> = {
  BOOL: core.bool, U8: core.uint8, I8: core.int8, I16: core.int16, U16: core.uint16, F16: core.float16, BF16: core.bfloat16,
  I32: core.int32, U32: core.uint32, F32: core.float32, C64: core.complex64, F64: core.float64, I64: core.int64, U64: core.uint64,
};
const absent = new Set(['F4', 'F6_E2M3', 'F6_E3M2', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ']);

export const largestHeader = 100_000_000;

/** A tensor of a file: its place behind the header. */
export interface Described {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly tensors: readonly Described[];
  /** Where the tensors begin. */
  readonly start: number;
}

const wrong = (what: string): SafetensorError => new SafetensorError(`Error while deserializing: ${what}`);
const wrongJson = (what: string): SafetensorError => wrong(`invalid JSON in header: ${what}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value);

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongJson(`invalid type: ${JSON.stringify(value)}, expected usize`);
  if (value < 0) throw wrongJson(`invalid value: integer \`${value}\`, expected usize`);
  return value;
}

function described(name: string, value: unknown): Described {
  if (!isObject(value)) throw wrongJson(`invalid type: ${JSON.stringify(value)}, expected struct TensorInfo`);
  const { dtype, shape, data_offsets: offsets } = value;
  for (const key of ['dtype', 'shape', 'data_offsets']) if (!Object.hasOwn(value, key)) throw wrongJson(`missing field \`${key}\``);
  if (typeof dtype !== 'string' || (!Object.hasOwn(typeNames, dtype) && !absent.has(dtype))) {
    const known = [...Object.keys(typeNames), ...absent].map((each) => `\`${each}\``).join(', ');
    throw wrongJson(`unknown variant \`${String(dtype)}\`, expected one of ${known}`);
  }
  if (absent.has(dtype)) throw new NotImplementedError(`tensor '${name}' is of ${dtype}, of which there are no tensors here`);
  if (!Array.isArray(shape) || !Array.isArray(offsets) || offsets.length !== 2) {
    throw wrongJson(`tensor \`${name}\` has no list of extents, or not two offsets`);
  }
  const extents = shape.map(whole);
  const [start, end] = offsets.map(whole);
  return { name, dtype: typeNames[dtype], shape: extents, start, end };
}

/** Reads the header, and checks that the tensors lie behind one another and fill the file. */
export function * readHeader(size: number): Reading<Header> {
  if (size < 8) throw wrong('header too small');
  const head = yield { start: 0, end: 8 };
  const length = Number(new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true));
  if (length > largestHeader) throw wrong('header too large');
  if (8 + length > size) throw wrong('invalid header length');
  let text: string;
  const bytes = yield { start: 8, end: 8 + length };
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice());
  } catch {
    throw wrong('invalid UTF-8 in header');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrongJson((error as Error).message);
  }
  if (!isObject(json)) throw wrongJson('expected a map');
  let metadata: Record<string, string> | null = null;
  const tensors: Described[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name !== '__metadata__') {
      tensors.push(described(name, value));
    } else if (isObject(value) && Object.values(value).every((each) => typeof each === 'string')) {
      metadata = value as Record<string, string>;
    } else if (value !== null) {
      throw wrongJson('`__metadata__` is no map of strings');
    }
  }
  tensors.sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const { name, dtype, shape, start, end } of tensors) {
    if (start !== at || end < start) throw wrong(`invalid offset for tensor \`${name}\``);
    at = end;
    const nbytes = shape.reduce((product, extent) => product * extent, dtype.itemsize);
    if (!Number.isSafeInteger(nbytes) || shape.some((extent) => !Number.isSafeInteger(extent))) {
      throw wrong('overflow computing buffer size from shape and/or element type');
    }
    if (nbytes !== end - start) throw wrong('invalid shape, data type, or offset for tensor');
  }
  if (8 + length + at !== size) throw wrong('incomplete metadata, file not fully covered');
  return { metadata, tensors, start: 8 + length };
}

/** How many bytes are read at a time. */
const portion = 2 ** 24;

/** The tensors by name, read in the order in which they lie. */
export function * readTensors(size: number, place: Device, progress: Progress | null): Reading<Record<string, Tensor>> {
  const header = yield * readHeader(size);
  const out: Record<string, Tensor> = {};
  for (const { name, dtype, shape, start, end } of header.tensors) {
    const block = new Block(dtype, (end - start) / dtype.itemsize, place);
    for (let at = start; at < end; at += portion) {
      const until = Math.min(at + portion, end);
      block.write(yield { start: header.start + at, end: header.start + until }, at - start);
      if (progress !== null) progress(header.start + until, size);
    }
    const value = new Tensor(block.tensor.storage, dtype, contiguousLayout(shape));
    Object.defineProperty(out, name, { value, writable: true, enumerable: true, configurable: true });
  }
  return out;
}
