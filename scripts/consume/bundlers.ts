import { cp, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { openChromium } from './browsers.ts';
import type { Consumer, Result } from './consumer.ts';
import { lines } from './consumer.ts';
import { cachedPackage, cachedPackages, execute } from './package.ts';
import { visit } from './visit.ts';

/**
 * Bundlers, each with `webgpu` installed, whose native code none of them may follow. A warning is a failure. What they make is opened in
 * Chromium, as a page and, where they know Workers, as a page that starts one.
 */

const pages = ['report', 'spawn'] as const;
const titles = { report: 'page', spawn: 'module Worker' };

/** Opens pages of a folder. */
export async function openPages(folder: string, names: readonly (keyof typeof titles)[], prefix = ''): Promise<Result[]> {
  const results: Result[] = [];
  for (const name of names) {
    const { lines: printed } = await visit(openChromium, folder, `${name}.html`);
    results.push({ what: prefix + titles[name], printed, wanted: lines.withGpu });
  }
  return results;
}

/** A module of a package that is kept in `.cache`; those who use it say what they use of it. */
const load = (folder: string, name: string): unknown => createRequire(join(folder, 'package.json'))(name);
const importFrom = (folder: string, path: string): Promise<unknown> => import(pathToFileURL(join(folder, 'node_modules', path)).href);

function refuse(name: string, warnings: readonly string[]): void {
  if (warnings.length > 0) throw new Error(`${name} warns:\n${warnings.join('\n')}`);
}

const rollupConsumer: Consumer = {
  name: 'rollup',
  async run(workshop) {
    const source = await workshop.withDawn('rollup');
    const warnings: string[] = [];
    const bundle = await rollup({
      input: join(source, 'report.js'), plugins: [nodeResolve({ browser: true })], onwarn: ({ message }) => warnings.push(message),
    });
    const site = join(source, 'site');
    await bundle.write({ format: 'es', inlineDynamicImports: true, dir: site });
    await bundle.close();
    refuse('rollup', warnings);
    if ((await readdir(site)).length !== 1) throw new Error('rollup made more than one file');
    await cp(join(source, 'report.html'), join(site, 'report.html'));
    return openPages(site, ['report'], 'one file, ');
  },
};

const esbuildConsumer: Consumer = {
  name: 'esbuild',
  async run(workshop) {
    const source = await workshop.withDawn('esbuild');
    const ways: readonly (readonly [string, BuildOptions])[] = [
      ['one file, ', {}], ['one file, minified, ', { minify: true }], ['split, minified, ', { minify: true, splitting: true }],
    ];
    const results: Result[] = [];
    for (const [prefix, options] of ways) {
      const site = join(source, `site${results.length}`);
      const { warnings } = await build({
        ...options, entryPoints: [join(source, 'report.js')], bundle: true, format: 'esm', platform: 'browser', outdir: site,
        logLevel: 'silent',
      });
      refuse('esbuild', warnings.map(({ text }) => text));
      await cp(join(source, 'report.html'), join(site, 'report.html'));
      results.push(...await openPages(site, ['report'], prefix));
    }
    return results;
  },
};

interface WebpackStats {
  toJson(options: object): Record<'errors' | 'warnings', readonly { readonly message: string }[]>;
}
type Webpack = (options: object, done: (error: Error | null, stats: WebpackStats) => void) => void;

const webpack: Consumer = {
  name: 'webpack',
  async run(workshop) {
    const run = load(await cachedPackages('webpack', ['webpack@5']), 'webpack') as Webpack;
    const source = await workshop.withDawn('webpack');
    const results: Result[] = [];
    for (const mode of ['production', 'development']) {
      const site = join(source, mode);
      const { errors, warnings } = await new Promise<ReturnType<WebpackStats['toJson']>>((resolve, reject) => {
        run({
          mode, context: source, entry: { report: './report.js', spawn: './spawn.js' }, output: { path: site, filename: '[name].js' },
          // Programs of this size are beyond what it takes for fast.
          performance: false,
        }, (error, stats) => (error ? reject(error) : resolve(stats.toJson({ all: false, errors: true, warnings: true }))));
      });
      refuse('webpack', [...errors, ...warnings].map(({ message }) => message));
      for (const page of pages) await cp(join(source, `${page}.html`), join(site, `${page}.html`));
      results.push(...await openPages(site, pages, `${mode}, `));
    }
    return results;
  },
};

interface Vite {
  build(options: object): Promise<unknown>;
  createServer(options: object): Promise<{
    listen(): Promise<unknown>;
    close(): Promise<void>;
    readonly resolvedUrls: { readonly local: readonly string[] };
  }>;
}

const vite: Consumer = {
  name: 'vite',
  async run(workshop) {
    const { build: make, createServer } = await importFrom(await cachedPackages('vite', ['vite@8']), 'vite/dist/node/index.js') as Vite;
    const source = await workshop.withDawn('vite');
    const warnings: string[] = [];
    const warn = (text: string): void => void warnings.push(text);
    const customLogger = { info() {}, warn, warnOnce: warn, error: warn, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false };
    const common = { root: source, configFile: false, logLevel: 'warn', customLogger };
    const input = Object.fromEntries(pages.map((page) => [page, join(source, `${page}.html`)]));
    await make({
      ...common, worker: { format: 'es' }, build: { outDir: 'site', rolldownOptions: { input }, chunkSizeWarningLimit: 2000 },
    });
    refuse('vite build', warnings);
    const results = await openPages(join(source, 'site'), pages, 'build, ');

    const server = await createServer({ ...common, server: { port: 0, host: 'localhost' }, optimizeDeps: { include: ['flambeau'] } });
    try {
      await server.listen();
      const { lines: printed } = await visit(openChromium, source, '', { elsewhere: `${server.resolvedUrls.local[0]}report.html` });
      results.push({ what: 'development server, page', printed, wanted: lines.withGpu });
    } finally {
      await server.close();
    }
    refuse('vite', warnings);
    return results;
  },
};

const parcel: Consumer = {
  name: 'parcel',
  async run(workshop) {
    const program = join(await cachedPackage('parcel', '2'), 'lib/bin.js');
    const source = await workshop.withDawn('parcel');
    const results: Result[] = [];
    for (const page of pages) {
      await writeFile(join(source, 'package.json'), JSON.stringify({
        name: 'stranger', private: true, type: 'module', browserslist: ['last 2 Chrome versions'],
        // Parcel reads `exports` of packages only where it is told to,
        '@parcel/resolver-default': { packageExports: true },
        // and loses modules that a Worker shares with what it imports on demand, unless it shares none.
        ...(page === 'spawn' ? { '@parcel/bundler-default': { minBundles: 100_000 } } : {}),
      }));
      // Without a lock file the folder that it runs in is the project.
      execute(process.execPath, [program, 'build', `${page}.html`, '--dist-dir', page, '--no-cache', '--no-autoinstall'], source);
      results.push(...await openPages(join(source, page), [page]));
    }
    return results;
  },
};

export const bundlers: readonly Consumer[] = [rollupConsumer, esbuildConsumer, webpack, vite, parcel];
