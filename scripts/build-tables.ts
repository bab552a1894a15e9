import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StructuralOp } from '../src/ops/registry/op.ts';
import { partNames } from '../src/platform/parts.ts';
import { root } from './build/stamp.ts';

/**
 * Writes each backend's table of kernels: what the files of its folder `kernels` export, under the ops' names, 'part' for what comes
 * with the op's part, which is a folder there, and 'composite' for every other op that has one. An op that has nothing of this is missing
 * from the table, which then does not compile, unless it has a part: then it is left to the devices that the part is for.
 */

const backends = ['wasm', 'webgpu', 'reference'] as const;

/** The names that a file exports, constants taken apart among them. */
function exportsOf(text: string): string[] {
  return [...text.matchAll(/^export (?:const|function) (?:\{([^}]*)\}|(\w+))/gm)]
    .flatMap(([, several, one]) => several?.split(',').map((name) => name.trim()).filter((name) => name !== '') ?? [one]);
}

type Files = ReadonlyMap<string, readonly string[]>;

/** By the files of a folder below a backend's `kernels`, their exports. */
async function kernelsOf(backend: string, part = ''): Promise<Files> {
  const folder = join(root, 'src/backend', backend, 'kernels', part);
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ts')).sort();
  return new Map(await Promise.all(
    files.map(async (file) => [join(part, file), exportsOf(await readFile(join(folder, file), 'utf8'))] as const)));
}

const namesIn = (files: Files): string[] => [...files.values()].flat();
const importsOf = (backend: string, files: Files): string[] =>
  [...files].map(([file, exported]) => `import { ${exported.join(', ')} } from '../backend/${backend}/kernels/${file}';`);

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
  const kernels = await Promise.all(backends.map((backend) => kernelsOf(backend)));
  const parts = await Promise.all(partNames.map(async (name) => [name, await kernelsOf('wasm', name)] as const));
  const inParts = new Set(parts.flatMap(([, files]) => namesIn(files)));
  const names = [...new Set([...kernels.flatMap(namesIn), ...inParts])].sort();
  await mkdir(join(root, 'src/generated'), { recursive: true });
  await writeFile(join(root, 'src/generated/wasmParts.ts'), [
    ...parts.flatMap(([, files]) => importsOf('wasm', files)),
    "import type { KernelPart } from '../backend/parts.ts';",
    "import { bring } from '../backend/wasm/binaries.ts';",
    ...parts.map(([name]) => `import { bytes as ${name}Bytes } from './parts/${name}.ts';`),
    '',
    '/** Made of the folders in src/backend/wasm/kernels; written by the build. */',
    ...parts.flatMap(([name, files]) => [
      `export const ${name}Kernels = { ${namesIn(files).join(', ')} } satisfies KernelPart;`,
      `export const ${name} = bring('${name}', ${name}Bytes, ${name}Kernels);`,
    ]),
    'export type { KernelPart };',
    '',
  ].join('\n'));
  await Promise.all(backends.map(async (backend, i) => {
    const own = kernels[i];
    const present = new Set(namesIn(own));
    const others = names.filter((name) => !present.has(name)).map((name) => {
      const hasComposite = Boolean((ops.get(name) as StructuralOp | undefined)?.composite);
      const inPart = inParts.has(name);
      return [name, backend === 'wasm' && inPart ? 'part' : hasComposite ? 'composite' : inPart ? 'none' : null] as const;
    });
    const entries = [...present, ...others.flatMap(([name, found]) => (found === null ? [] : [`${name}: '${found}'`]))];
    await writeFile(join(root, 'src/generated', `${backend}Kernels.ts`), [
      ...importsOf(backend, own),
      "import type { KernelTable } from '../backend/kernels.ts';",
      '',
      `/** Made of the folder src/backend/${backend}/kernels; written by the build. */`,
      `export const ${backend}Kernels: KernelTable = { ${entries.join(', ')} };`,
      '',
    ].join('\n'));
  }));
}
