import { execFile } from 'node:child_process';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './stamp.ts';

/** Before 5.7 TypeScript did not say what views are over; `of` is declared to make them over ArrayBuffers by the compilers that do. */
const forOlderCompilers = (text: string): string => text
  .replace(/\b(\w+Array|ArrayBufferView)<ArrayBufferLike>/g, '$1')
  .replace(/\b(\w+Array)<ArrayBuffer>/g, 'ReturnType<typeof $1.of>');

/** Writes the types of `src` into `folder`. Their imports name `.ts` files, which the package does not have. */
export async function writeDeclarations(folder: string): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], { cwd: root })
    .catch(({ stdout, stderr, message }: { stdout?: string; stderr?: string; message: string }) => {
      throw new Error(`tsc: ${stdout ?? message}${stderr ?? ''}`);
    });
  await rm(join(folder, 'generated'), { recursive: true, force: true });
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    const rewritten = forOlderCompilers(text.replace(/((?:\bfrom|\bimport|\bimport\(|\bmodule)\s*['"]\.[^'"\n]*)\.ts(['"])/g, '$1.js$2'));
    // `using` is younger than the libraries that most projects ask for.
    const reference = /\bDisposable\b|Symbol\.dispose/.test(text) ? '/// <reference lib="esnext.disposable" />\n' : '';
    if (reference + rewritten !== text) await writeFile(path, reference + rewritten);
  }
}
