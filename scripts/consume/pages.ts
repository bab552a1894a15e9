import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { OpenBrowser } from './browsers.ts';
import { openChromium, openFirefox, openWebKit } from './browsers.ts';
import type { Consumer, Result } from './consumer.ts';
import { lines } from './consumer.ts';
import type { VisitOptions } from './visit.ts';
import { visit } from './visit.ts';
import type { Workshop } from './workshop.ts';

/** Browsers and what pages may be in them: Workers, Service Workers, content security policies. */

/** Bundles pages and Workers as a plain site: each a file of its own beside those that they share. */
async function site(workshop: Workshop, name: string): Promise<string> {
  const source = await workshop.alone(name);
  const folder = join(source, 'site');
  await build({
    entryPoints: ['report', 'spawn', 'register', 'serviceWorker'].map((entry) => join(source, `${entry}.js`)),
    bundle: true, splitting: true, minify: true, format: 'esm', platform: 'browser', outdir: folder, logLevel: 'error',
  });
  for (const page of ['report', 'spawn', 'register']) await cp(join(source, `${page}.html`), join(folder, `${page}.html`));
  return folder;
}

const browser = (name: string, open: OpenBrowser, wanted: readonly string[]): Consumer => ({
  name,
  async run(workshop) {
    const folder = await site(workshop, name);
    const results: Result[] = [];
    for (const [what, page] of [['page', 'report.html'], ['module Worker', 'spawn.html']] as const) {
      const { lines: printed, version } = await visit(open, folder, page);
      results.push({ what: `${version}, ${what}`, printed, wanted });
    }
    return results;
  },
});

const policy = (scripts: string): VisitOptions => ({ headers: { 'content-security-policy': `script-src ${scripts}` } });

const strict: Consumer = {
  name: 'csp',
  async run(workshop) {
    const folder = await site(workshop, 'csp');
    const results: Result[] = [];
    for (const [what, page] of [['page', 'report.html'], ['module Worker', 'spawn.html']] as const) {
      const { lines: printed } = await visit(openChromium, folder, page, policy("'self' 'wasm-unsafe-eval'"));
      results.push({ what: `${what} with 'wasm-unsafe-eval'`, printed, wanted: lines.withGpu });
      const { lines: refused } = await visit(openChromium, folder, page, policy("'self'"));
      const names = refused.length === 1 && refused[0].startsWith('ended by ') && refused[0].includes("'wasm-unsafe-eval'");
      const wanted = ["an error that names 'wasm-unsafe-eval'"];
      results.push({ what: `${what} without`, printed: names ? wanted : refused, wanted });
    }
    return results;
  },
};

const serviceWorker: Consumer = {
  name: 'service-worker',
  async run(workshop) {
    const folder = await site(workshop, 'service-worker');
    const { lines: printed } = await visit(openChromium, folder, 'register.html');
    return [{ what: 'module Service Worker with flambeau/webgpu', printed, wanted: lines.withGpu }];
  },
};

export const pages: readonly Consumer[] = [
  browser('chromium', openChromium, lines.withGpu),
  browser('firefox', openFirefox, lines.withoutGpu),
  browser('webkit', openWebKit, lines.withoutGpu),
  strict,
  serviceWorker,
];
