import { cpu } from '../../core/device.ts';
import { bytesOf, componentType } from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { empty } from '../../ops/creation.ts';
import { clone } from '../../ops/movement.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { dtype, dtypeOf } from '../dtypes/dtype.ts';
import type { PythonValue } from './literal.ts';
import { LiteralError, bytesRepr, parseLiteral, pythonRepr } from './literal.ts';

/** The .npy format: magic bytes, a version, a header that is a Python literal, and the elements. */

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const alignment = 64;
/** The header keeps room for the longest first extent, so that a file can grow in place. */
const growthDigits = 21;
const mostAxes = 64;

/** Longer headers are refused unless asked for, as NumPy refuses them. */
export const defaultHeaderSize = 10000;

export function startsAsNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** An array as the bytes of a .npy file, the same as NumPy writes. */
export function encodeNpy(array: ndarray): Uint8Array<ArrayBuffer> {
  const { shape, flags } = array;
  const fortran = flags.f_contiguous && !flags.c_contiguous;
  const source = fortran ? array.T : flags.c_contiguous ? array : clone<ndarray>(array);
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  let header = `{'descr': '${dtypeOf(array.dtypeCore).str}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  if (shape.length > 0) header += ' '.repeat(growthDigits - String(shape[fortran ? shape.length - 1 : 0]).length);
  const prefix = magic.length + 4;
  header = `${header.padEnd(Math.ceil((prefix + header.length + 1) / alignment) * alignment - prefix - 1)}\n`;
  const start = prefix + header.length;
  const out = new Uint8Array(start + source.nbytes);
  out.set(magic);
  out.set([1, 0, header.length & 255, header.length >> 8], magic.length);
  for (let i = 0; i < header.length; i++) out[prefix + i] = header.charCodeAt(i);
  out.set(bytesOf(source.data), start);
  return out;
}

function read(bytes: Uint8Array, start: number, length: number, what: string): Uint8Array {
  const part = bytes.subarray(start, start + length);
  if (part.length < length) throw new ValueError(`EOF: reading ${what}, expected ${length} bytes got ${part.length}`);
  return part;
}

interface Header {
  readonly shape: readonly bigint[];
  readonly fortran: boolean;
  readonly type: DType;
  readonly bigEndian: boolean;
  /** Where the elements begin. */
  readonly start: number;
}

function decodeText(bytes: Uint8Array, utf8: boolean): string {
  if (utf8) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw new ValueError(`Cannot parse header: ${bytesRepr(bytes)}`, { cause });
    }
  }
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Whether a description of a dtype, however deep, names Python objects. */
function holdsObjects(descr: PythonValue): boolean {
  if (typeof descr === 'string') return /^[<>=|]?(O\d*|object_?)$/.test(descr);
  if (typeof descr !== 'object' || descr === null || descr.kind === 'dict') return false;
  if (descr.kind === 'tuple') return descr.items.length > 0 && holdsObjects(descr.items[0]);
  return descr.items.some((field) =>
    typeof field === 'object' && field !== null && field.kind === 'tuple' && field.items.length > 1 && holdsObjects(field.items[1]));
}

/** What NumPy has and arrays here do not, by the first letters of its name. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/^[Sa]\d*$/, 'bytes'], [/^(U\d*|str)$/, 'text'], [/^V\d*$/, 'raw bytes'], [/^[Mm]8(\[.*\])?$/, 'dates and times'],
  [/^(f(12|16)|c(24|32)|[gG])$/, 'floats of more than 64 bits'],
];

function readDescription(descr: PythonValue): { type: DType; bigEndian: boolean } {
  if (holdsObjects(descr)) throw new ValueError('Object arrays cannot be loaded when allow_pickle=False');
  const invalid = new ValueError(`descr is not a valid dtype descriptor: ${pythonRepr(descr)}`);
  if (typeof descr === 'object' && descr !== null && descr.kind !== 'dict') {
    throw new ValueError(`structured arrays cannot be loaded: descr is ${pythonRepr(descr)}; save each field as an array of its own`);
  }
  if (typeof descr !== 'string') throw invalid;
  const [, order, name] = /^([<>=|]?)(.*)$/s.exec(descr)!;
  for (const [pattern, what] of foreign) {
    if (pattern.test(name)) throw new ValueError(`arrays of ${what} cannot be loaded: descr is ${pythonRepr(descr)}`);
  }
  if (!/^[a-zA-Z?]\w*$/.test(name) && name !== '?') throw invalid;
  if (order !== '' && !/^([a-zA-Z?]|[biufc]\d+)$/.test(name)) throw invalid;
  try {
    return { type: dtype(name).core, bigEndian: order === '>' };
  } catch {
    throw invalid;
  }
}

const expectedKeys = ['descr', 'fortran_order', 'shape'];

function readHeader(bytes: Uint8Array, largestHeader: number): Header {
  const first = read(bytes, 0, magic.length + 2, 'magic string');
  if (!startsAsNpy(bytes)) {
    throw new ValueError(
      `the magic string is not correct; expected ${bytesRepr(magic)}, got ${bytesRepr(first.subarray(0, magic.length))}`);
  }
  const [major, minor] = first.subarray(magic.length);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new ValueError(`we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`);
  }
  const width = major === 1 ? 2 : 4;
  const size = read(bytes, first.length, width, 'array header length');
  const length = size.reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0);
  const start = first.length + width + length;
  const raw = read(bytes, first.length + width, length, 'array header');
  if (length > largestHeader) {
    throw new ValueError(`Header info length (${length}) is large and may not be safe to load securely.\n`
      + 'To allow loading, adjust `max_header_size`.');
  }
  const text = decodeText(raw, major === 3);
  let header: PythonValue;
  try {
    header = parseLiteral(text);
  } catch (cause) {
    if (!(cause instanceof LiteralError)) throw cause;
    throw new ValueError(`Cannot parse header: ${pythonRepr(text)}`, { cause });
  }
  if (typeof header !== 'object' || header === null || header.kind !== 'dict') {
    throw new ValueError(`Header is not a dictionary: ${pythonRepr(header)}`);
  }
  const { entries } = header;
  const keys = [...entries.keys()].sort();
  if (keys.length !== expectedKeys.length || keys.some((key, i) => key !== expectedKeys[i])) {
    throw new ValueError(`Header does not contain the correct keys: ${pythonRepr({ kind: 'list', items: keys })}`);
  }
  const shape = entries.get('shape')!;
  if (typeof shape !== 'object' || shape === null || shape.kind !== 'tuple' || shape.items.some((each) => typeof each !== 'bigint')) {
    throw new ValueError(`shape is not valid: ${pythonRepr(shape)}`);
  }
  const fortran = entries.get('fortran_order')!;
  if (typeof fortran !== 'boolean') throw new ValueError(`fortran_order is not a valid bool: ${pythonRepr(fortran)}`);
  return { shape: shape.items as readonly bigint[], fortran, ...readDescription(entries.get('descr')!), start };
}

/** Turns the bytes of every number round. */
function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) {
    for (let low = start, high = start + width - 1; low < high; low++, high--) {
      const byte = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
  }
}

/**
 * The array that the bytes of a .npy file hold. What the header claims is compared with the bytes that are there before
 * anything is allocated; bytes after the elements are not looked at.
 */
export function decodeNpy(bytes: Uint8Array, largestHeader: number = defaultHeaderSize): ndarray {
  const { shape, fortran, type, bigEndian, start } = readHeader(bytes, largestHeader);
  if (shape.length > mostAxes) {
    throw new ValueError(`maximum supported dimension for an ndarray is currently ${mostAxes}, found ${shape.length}`);
  }
  if (shape.some((extent) => extent < 0n)) throw new ValueError('negative dimensions are not allowed');
  const needed = shape.reduce((product, extent) => product * extent, BigInt(type.itemsize));
  const available = bytes.length - start;
  if (needed > available) throw new ValueError(`EOF: reading array data, expected ${needed} bytes got ${available}`);
  const extents = shape.map(Number);
  const out = empty(ndarray, fortran ? extents.reverse() : extents, type, cpu);
  const target = bytesOf(out.data);
  target.set(bytes.subarray(start, start + Number(needed)));
  if (bigEndian && type.itemsize > 1) swapBytes(target, componentType(type).itemsize);
  // Kernels read a boolean as 0 or 1.
  if (type.kind === 'bool') for (let i = 0; i < target.length; i++) if (target[i] > 1) target[i] = 1;
  return fortran ? out.T : out;
}
