import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { text } from 'node:stream/consumers';

/** A server of a folder's files. */

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.bin': 'application/octet-stream',
};

export interface FolderServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Sent with every file. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes what pages post, whatever the address. */
  readonly receive?: (body: string) => void;
  /** Hears of what was asked for and is not there. */
  readonly missing?: (path: string) => void;
}

/** Serves a folder's files on this machine alone; port 0 takes any free one. */
export async function serveFolder(folder: string, port: number, options: ServeOptions = {}): Promise<FolderServer> {
  const { headers = {}, receive, missing } = options;
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (request.method === 'POST' && receive !== undefined) {
      receive(await text(request));
      response.writeHead(204).end();
      return;
    }
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    const size = file.startsWith(folder + sep) ? await stat(file).then((found) => (found.isFile() ? found.size : null), () => null) : null;
    if (size === null) {
      missing?.(path);
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-length': size, 'cache-control': 'no-cache', ...headers,
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
