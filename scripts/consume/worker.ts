import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A Worker for platforms that take WebAssembly as compiled modules, imported statically. */

export interface BundledWorker {
  readonly code: string;
  /** The names by which it imports the modules, and their bytes. */
  readonly modules: ReadonlyMap<string, Buffer>;
}

/** Bundles a Worker of the project `folder` under an export condition. */
export async function bundleWorker(folder: string, entry: string, condition: string): Promise<BundledWorker> {
  const names = new Set<string>();
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [join(folder, entry)], bundle: true, format: 'esm', write: false, conditions: [condition], logLevel: 'silent',
    plugins: [{
      name: 'static modules',
      setup: ({ onResolve }) => onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => {
        const name = path.slice(path.lastIndexOf('/') + 1).replace('?module', '');
        names.add(name);
        return { path: `./${name}`, external: true };
      }),
    }],
  });
  const modules = new Map<string, Buffer>();
  for (const name of names) modules.set(name, await readFile(join(folder, 'node_modules/flambeau/dist/wasm', name)));
  return { code: text, modules };
}
