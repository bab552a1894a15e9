import { RuntimeError } from '../errors.ts';
import type { UrlLike } from '../realms.ts';
import { deflate } from './deflate.ts';

/** What Node, Deno and Bun have built in, reached without an import, so that bundles for browsers stay whole. */

interface FileSystem {
  readFileSync(path: string | UrlLike): Uint8Array;
  writeFileSync(path: string | UrlLike, bytes: Uint8Array): void;
  openSync(path: string | UrlLike, flags: 'r' | 'w'): number;
  closeSync(descriptor: number): void;
  fstatSync(descriptor: number): { readonly size: number };
  readSync(descriptor: number, into: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number): number;
  renameSync(from: string | UrlLike, to: string | UrlLike): void;
  unlinkSync(path: string | UrlLike): void;
}
interface Compression {
  deflateRawSync(bytes: Uint8Array): Uint8Array;
  /** Since Node 22.2. */
  crc32?(bytes: Uint8Array, value: number): number;
}

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } };
  return process?.getBuiltinModule?.(`node:${name}`);
}

const numpyInstead = 'the bytes to np.load, and take those that np.save returns without a path';

/** A path as text. */
export const nameOfPath = (path: string | UrlLike): string => (typeof path === 'string' ? path : decodeURIComponent(path.pathname));

/** Reads and writes files; throws where the platform has none, or hides them. */
export function fileSystem(instead = numpyInstead): FileSystem {
  const found = builtin('fs') as FileSystem | undefined;
  if (typeof found?.readFileSync !== 'function') {
    throw new RuntimeError(`files are named by path only in Node 20.16 and later, Deno and Bun; elsewhere give ${instead}`);
  }
  return found;
}

/** Deflates with the platform's own code, which is faster, or with what the package brings. */
export function compress(bytes: Uint8Array): Uint8Array {
  const found = builtin('zlib') as Compression | undefined;
  return typeof found?.deflateRawSync === 'function' ? found.deflateRawSync(bytes) : deflate(bytes);
}

/** The platform's own checksum, which is faster, or null. */
export function builtinCrc32(): ((bytes: Uint8Array, value: number) => number) | null {
  const found = builtin('zlib') as Compression | undefined;
  return typeof found?.crc32 === 'function' ? found.crc32 : null;
}

interface Gzip {
  gunzipSync(bytes: Uint8Array): Uint8Array;
  gzipSync(bytes: Uint8Array): Uint8Array;
}

/** What gzip compressed, and what it makes of bytes, where the platform has it built in. */
export const gunzip = (bytes: Uint8Array): Uint8Array => zlib().gunzipSync(bytes);
export const gzip = (bytes: Uint8Array): Uint8Array => zlib().gzipSync(bytes);

function zlib(): Gzip {
  const found = builtin('zlib') as Gzip | undefined;
  if (typeof found?.gunzipSync === 'function') return found;
  throw new RuntimeError('files that end in .gz are compressed only in Node 20.16 and later, Deno and Bun');
}
