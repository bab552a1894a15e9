import { existsSync } from 'node:fs';
import { cp, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { softwareGpu } from '../softwareGpu.ts';
import { openPages } from './bundlers.ts';
import type { Consumer, Result } from './consumer.ts';
import { Unavailable, lines, linesOf, passed } from './consumer.ts';
import { cachedPackages, execute } from './package.ts';
import { bundleWorker } from './worker.ts';

/** Runtimes beside Node: Deno, Bun, and Cloudflare's as its simulator runs it. */

/** The program that a package brings in one of its packages for platforms; only the one for this machine is installed. */
async function nativeProgram(name: string, version: string, scope: string, path: string): Promise<string> {
  const packages = join(await cachedPackages(name, [`${name}@${version}`]), 'node_modules', scope);
  const wanted = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'arm64' ? 'aarch64|arm64' : 'x64'}`;
  const pattern = new RegExp(wanted.replace(/-(.*)$/, '-($1)'));
  const folder = (existsSync(packages) ? await readdir(packages) : []).find((each) => pattern.test(each) && !/musl|baseline/.test(each));
  if (folder === undefined) throw new Unavailable(`the registry has no ${name} for ${process.platform} on ${process.arch}`);
  return join(packages, folder, path + (process.platform === 'win32' ? '.exe' : ''));
}

const bunProgram = (): Promise<string> => nativeProgram('bun', '1', '@oven', 'bin/bun');

const bun: Consumer = {
  name: 'bun',
  async run(workshop) {
    const program = await bunProgram();
    const alone = await workshop.alone('bun');
    const wanted = lines.withoutDawn('Bun');
    await writeFile(join(alone, 'wanted.json'), JSON.stringify(wanted));
    const results: Result[] = [{ what: 'bun run', printed: linesOf(execute(program, ['main.js'], alone)), wanted }];
    execute(program, ['test', 'program.test.js'], alone);
    results.push(passed('bun test'));

    const source = await workshop.withDawn('bun');
    const gpu = softwareGpu();
    const built = ['build', 'main.js', '--target', 'bun', '--minify', '--outfile', 'built.js'];
    execute(program, built, source);
    results.push({ what: 'bun build --target bun', printed: linesOf(execute(program, ['built.js'], source, gpu)), wanted: lines.withGpu });
    for (const options of [[], ['--minify'], ['--minify', '--splitting']]) {
      const site = join(source, `site${results.length}`);
      execute(program, ['build', 'report.js', '--target', 'browser', '--outdir', site, ...options], source);
      await cp(join(source, 'report.html'), join(site, 'report.html'));
      results.push(...await openPages(site, ['report'], `${['bun build', ...options].join(' ')}, `));
    }
    return results;
  },
};

const deno: Consumer = {
  name: 'deno',
  async run(workshop) {
    const program = await nativeProgram('deno', '2', '@deno', 'deno');
    const folder = await workshop.alone('deno');
    // It has a GPU of its own.
    const printed = (...options: string[]): string[] =>
      linesOf(execute(program, ['run', '--quiet', '--no-prompt', ...options, 'main.js'], folder, softwareGpu()));
    return [
      { what: 'without any permission', printed: printed(), wanted: lines.withGpu },
      { what: 'with --allow-all', printed: printed('--allow-all'), wanted: lines.withGpu },
    ];
  },
};

interface MiniflareModule {
  readonly Miniflare: new (options: object) => {
    dispatchFetch(url: string): Promise<{ json(): Promise<unknown> }>;
    dispose(): Promise<void>;
  };
}

const miniflare: Consumer = {
  name: 'miniflare',
  async run(workshop) {
    const packages = await cachedPackages('miniflare', ['miniflare@4']);
    const { Miniflare } = createRequire(join(packages, 'package.json'))('miniflare') as MiniflareModule;
    const folder = await workshop.alone('miniflare');
    const { code, modules } = await bundleWorker(dirname(folder), 'miniflare/workerd.js', 'workerd');
    const server = new Miniflare({
      compatibilityDate: '2026-01-01',
      modules: [
        { type: 'ESModule', path: 'worker.js', contents: code },
        ...Array.from(modules, ([path, contents]) => ({ type: 'CompiledWasm', path, contents })),
      ],
    });
    try {
      const printed = await (await server.dispatchFetch('http://localhost/')).json() as string[];
      return [{ what: `workerd with ${[...modules.keys()].sort().join(', ')}`, printed, wanted: lines.never('Workers') }];
    } finally {
      await server.dispose();
    }
  },
};

export const runtimes: readonly Consumer[] = [miniflare, deno, bun];
