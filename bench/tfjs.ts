import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** tfjs with a backend and its gradients as one file, which also serves where no packages can be installed. */
export async function loadTfjs<T>(entry: URL, name: string): Promise<T> {
  const bundled = new URL(`../build/bench/tfjs-${name}.cjs`, import.meta.url);
  if (!existsSync(bundled)) {
    const installed = new URL('node_modules/@tensorflow/tfjs-core/package.json', import.meta.url);
    if (!existsSync(installed)) throw new Error('it is not installed here (npm run bench -- gpu installs it)');
    const { build } = await import('esbuild');
    await build({
      entryPoints: [fileURLToPath(entry)], outfile: fileURLToPath(bundled),
      bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], minifyWhitespace: true, logLevel: 'error',
    });
  }
  return await import(bundled.href) as T;
}
