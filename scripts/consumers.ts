import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { rollup } from 'rollup';
import { root } from './build/stamp.ts';
import { cachedPackage, execute, installInto, nodeBinary, pack, withFolder } from './consume/package.ts';
import { inJavaScriptWords } from './consume/words.ts';

/**
 * Two projects use the packed package as strangers would: one in Node with `moduleResolution: nodenext`, one bundled for the
 * browser by rollup and by esbuild into a single file, which headless Chromium runs from a plain server. The tutorials are part of
 * both, and both are compiled by the compiler of today and by the one before, strictly and with the types of the package checked.
 */

const expected = [
  'numpy 15',
  'training converges',
  'ValueError: operands could not be broadcast together with shapes (3,) (4,) ',
  'simd true',
];
const withoutGpu = [...expected, 'RuntimeError: WebGPU under Node needs the package webgpu, version 0.6.2 or later: npm install webgpu'];
const withGpu = [...expected, 'webgpu 108'];

/** Chromium's own software driver, so that there is a GPU everywhere. */
const softwareGpu = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const tutorials = ['numpyBeginner', 'pytorchBeginner'];

let failures = 0;

function report(name: string, printed: readonly string[], wanted: readonly string[]): void {
  const passed = JSON.stringify(printed) === JSON.stringify(wanted);
  if (!passed) failures++;
  process.stdout.write(`${name}: ${passed ? 'passed' : `FAILED\n  expected ${wanted.join(' | ')}\n  got      ${printed.join(' | ')}`}\n`);
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** Adds the tutorials to a project and compiles it with each compiler. */
async function compile(folder: string): Promise<void> {
  for (const name of tutorials) await cp(join(root, `examples/tutorials/${name}.ts`), join(folder, `${name}.ts`));
  for (const version of ['5.9', '7']) {
    const compiler = await cachedPackage('typescript', version, `typescript-${version}`);
    execute(process.execPath, [join(compiler, 'bin/tsc'), '-p', folder], folder);
    process.stdout.write(`${basename(folder)}, types by TypeScript ${version}: passed\n`);
  }
}

function chromiumPath(): string {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path) && process.platform === 'linux' && process.getuid?.() === 0) {
    process.stdout.write('installing chromium\n');
    execute('apt-get', ['update', '-qq'], root);
    execute('apt-get', ['install', '-y', '-qq', 'chromium'], root, { DEBIAN_FRONTEND: 'noninteractive' });
  }
  if (!existsSync(path)) throw new Error(`there is no ${path}: install Chromium, or name its program in CHROMIUM`);
  return path;
}

/** Serves the one script and a page that loads it, nothing else, without the headers that isolate an origin. */
async function runInBrowser(script: string): Promise<string[]> {
  const foreign: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,"><script type="module" src="/app.js"></script>');
    } else if (request.url === '/app.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else {
      foreign.push(request.url ?? '');
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: softwareGpu });
  try {
    const page = await browser.newPage();
    const printed: string[] = [];
    page.on('console', message => printed.push(message.text()));
    page.on('pageerror', error => printed.push(`page error: ${String(error)}`));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'load' });
    await page.waitForFunction('globalThis.done === true', null, { timeout: 30_000 }).catch(() => printed.push('it did not end'));
    if (await page.evaluate('crossOriginIsolated')) printed.push('the page is cross-origin isolated');
    return [...printed, ...foreign.map(url => `asked for ${url}`)];
  } finally {
    await browser.close();
    await new Promise(resolve => server.close(resolve));
  }
}

async function nodeConsumer(archive: string, folder: string): Promise<void> {
  await installInto(folder, 'test/consumers/nodenext', archive);
  await compile(folder);
  for (const name of tutorials) {
    const golden = await readFile(join(root, `examples/tutorials/golden/${name}.txt`), 'utf8');
    const printed = execute(process.execPath, [`out/${name}.js`], folder);
    report(`nodenext, ${name}`, linesOf(inJavaScriptWords(printed)), linesOf(inJavaScriptWords(golden)));
  }
  report('nodenext, types and Node', linesOf(execute(process.execPath, ['out/main.js'], folder)), withoutGpu);
  report('nodenext, require()', linesOf(execute(await nodeBinary(22), ['out/common.cjs'], folder)), ['required [0 1 2]']);
}

async function browserConsumer(archive: string, folder: string): Promise<void> {
  await installInto(folder, 'test/consumers/bundler', archive);
  await compile(folder);
  const entry = join(folder, 'out/main.js');
  const end = 'finished.then(() => { globalThis.done = true; }, (error) => console.log(String(error)));';
  await writeFile(entry, `${await readFile(entry, 'utf8')}\n${end}\n`);

  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ browser: true })],
    onwarn: warning => {
      throw new Error(`rollup: ${warning.message}`);
    },
  });
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });
  await bundle.close();
  if (output.length !== 1) throw new Error(`rollup made ${output.length} files`);
  report('bundler, rollup and Chromium', await runInBrowser(output[0].code), withGpu);

  for (const minify of [false, true]) {
    const { outputFiles, warnings } = await build({
      entryPoints: [entry], bundle: true, format: 'esm', platform: 'browser', minify, write: false, logLevel: 'silent',
    });
    if (outputFiles.length !== 1 || warnings.length > 0) {
      throw new Error(`esbuild: ${outputFiles.length} files, ${warnings.length} warnings`);
    }
    report(`bundler, esbuild${minify ? ' minified' : ''} and Chromium`, await runInBrowser(outputFiles[0].text), withGpu);
  }
}

await withFolder(async folder => {
  const archive = await pack(join(folder, 'archive'));
  await nodeConsumer(archive, join(folder, 'nodenext'));
  await browserConsumer(archive, join(folder, 'bundler'));
});
process.stdout.write(`consumers: ${failures === 0 ? 'passed' : `${failures} FAILED`}\n`);
if (failures > 0) process.exitCode = 1;
