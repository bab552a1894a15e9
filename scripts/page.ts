import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build/stamp.ts';
import { buildSite } from './page/site.ts';
import { serveFolder } from './serveFolder.ts';

/**
 * `npm run page` builds the page of examples/browser and serves it (`-- --port 8080`); `npm run page -- --build site` only
 * writes it into a folder, from which any server of files can serve it.
 */

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' }, build: { type: 'string' } } });

if (values.build !== undefined) {
  await buildSite(values.build);
  process.stdout.write(`the page is in ${values.build}\n`);
} else {
  const folder = join(root, 'build/page');
  await rm(folder, { recursive: true, force: true });
  await buildSite(folder);
  const { url } = await serveFolder(folder, Number(values.port));
  process.stdout.write(`the page of ${relative(root, folder)} is at ${url} (Ctrl-C ends it)\n`);
}
