import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StructuralOp } from '../src/ops/registry/op.ts';
import { root } from './build/stamp.ts';

/**
 * Writes each backend's table of kernels: what the files of its folder `kernels` export, under the ops' names, and 'composite' for
 * every other op that has one. An op that has neither is missing from the table, which then does not compile.
 */

const backends = ['wasm', 'webgpu', 'reference'] as const;

/** The names that a file exports, constants taken apart among them. */
function exportsOf(text: string): string[] {
  return [...text.matchAll(/^export (?:const|function) (?:\{([^}]*)\}|(\w+))/gm)]
    .flatMap(([, several, one]) => several?.split(',').map((name) => name.trim()).filter((name) => name !== '') ?? [one]);
}

async function kernelsOf(backend: string): Promise<Map<string, readonly string[]>> {
  const folder = join(root, 'src/backend', backend, 'kernels');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  return new Map(await Promise.all(files.map(async (file) => [file, exportsOf(await readFile(join(folder, file), 'utf8'))] as const)));
}

/** Every op of src/ops. */
async function registeredOps(): Promise<ReadonlyMap<string, unknown>> {
  const folder = join(root, 'src/ops');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  for (const file of files) await import(pathToFileURL(join(folder, file)).href);
  const { structuralOps } = await import('../src/ops/registry/op.ts');
  return structuralOps;
}

export async function writeKernelTables(): Promise<void> {
  const ops = await registeredOps();
  const kernels = await Promise.all(backends.map(kernelsOf));
  const names = [...new Set(kernels.flatMap((files) => [...files.values()].flat()))].sort();
  await mkdir(join(root, 'src/generated'), { recursive: true });
  await Promise.all(backends.map(async (backend, i) => {
    const own = kernels[i];
    const present = new Set([...own.values()].flat());
    const composites = names.filter((name) => !present.has(name) && (ops.get(name) as StructuralOp | undefined)?.composite);
    const entries = [...present, ...composites.map((name) => `${name}: 'composite'`)];
    await writeFile(join(root, 'src/generated', `${backend}Kernels.ts`), [
      ...[...own].map(([file, exported]) => `import { ${exported.join(', ')} } from '../backend/${backend}/kernels/${file}';`),
      "import type { KernelTable } from '../backend/kernels.ts';",
      '',
      `/** Made of the folder src/backend/${backend}/kernels; written by the build. */`,
      `export const ${backend}Kernels: KernelTable = { ${entries.join(', ')} };`,
      '',
    ].join('\n'));
  }));
}
