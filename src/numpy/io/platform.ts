import { RuntimeError } from '../../core/errors.ts';
import type { UrlLike } from '../../core/realms.ts';
import { deflate } from './deflate.ts';

/** What Node, Deno and Bun have built in, reached without an import, so that bundles for browsers stay whole. */

interface FileSystem {
  readFileSync(path: string | UrlLike): Uint8Array;
  writeFileSync(path: string | UrlLike, bytes: Uint8Array): void;
}
interface Compression {
  deflateRawSync(bytes: Uint8Array): Uint8Array;
}

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } };
  return process?.getBuiltinModule?.(`node:${name}`);
}

/** Reads and writes files; throws where the platform has none, or hides them. */
export function fileSystem(): FileSystem {
  const found = builtin('fs') as FileSystem | undefined;
  if (typeof found?.readFileSync !== 'function') {
    throw new RuntimeError('files are named by path only in Node 20.16 and later, Deno and Bun; elsewhere give the bytes to np.load, '
      + 'and take those that np.save returns without a path');
  }
  return found;
}

/** Deflates with the platform's own code, which is faster, or with what the package brings. */
export function compress(bytes: Uint8Array): Uint8Array {
  const found = builtin('zlib') as Compression | undefined;
  return typeof found?.deflateRawSync === 'function' ? found.deflateRawSync(bytes) : deflate(bytes);
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
