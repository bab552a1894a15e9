import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Plugin } from 'rollup';
import { rollup } from 'rollup';
import { root } from './stamp.ts';

/** What the package's users import: the name below the package's and the module that it stands for. */
const publicModules: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  numpy: 'src/numpy/index.ts',
  torch: 'src/torch/index.ts',
  'torch/nn': 'src/torch/nn/index.ts',
};

/** Where the kernels come from: the entry points of a variant are the same modules behind another runtime file. */
const runtimes: Readonly<Record<string, string>> = {
  embedded: 'src/runtime/embedded.ts',
  workerd: 'src/runtime/workerd.ts',
  'edge-light': 'src/runtime/edgeLight.ts',
  start: 'src/runtime/start.ts',
};

const target = 'es2022';

/** TypeScript to JavaScript; imports name `.ts` files as they are, so nothing has to be resolved. */
const typescript: Plugin = {
  name: 'typescript',
  resolveId: id => id.includes('.wasm') ? { id, external: true } : null,
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const result = await transform(code, { loader: 'ts', target, sourcefile: id });
    return { code: result.code, map: null };
  },
};

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Where the body of every named class starts that has no static `name` of its own. */
function classBodies(node: unknown, found: { readonly name: string; readonly start: number }[] = []): typeof found {
  if (Array.isArray(node)) {
    for (const child of node) classBodies(child, found);
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    const { type, id, body } = node as SyntaxNode & { id?: { name: string } | null; body?: SyntaxNode & { body: SyntaxNode[] } };
    if ((type === 'ClassDeclaration' || type === 'ClassExpression') && id) {
      const hasName = body!.body.some(member => member.static === true && (member.key as { name?: string } | undefined)?.name === 'name');
      if (!hasName) found.push({ name: id.name, start: body!.start });
    }
    for (const child of Object.values(node)) if (typeof child === 'object') classBodies(child, found);
  }
  return found;
}

/**
 * Drops white space and comments but no names: those of classes show in errors and printed modules. A class also gets its name
 * as a static field, which the minifiers of those who embed the package leave alone.
 */
const compact: Plugin = {
  name: 'compact',
  async renderChunk(code, chunk) {
    let named = code;
    for (const { name, start } of classBodies(this.parse(code)).sort((a, b) => b.start - a.start)) {
      if (/\$\d+$/.test(name)) throw new Error(`${chunk.fileName}: two classes of one name met and one became ${name}; rename one of them`);
      named = `${named.slice(0, start + 1)} static name = '${name}';${named.slice(start + 1)}`;
    }
    const result = await transform(named, {
      loader: 'js', target, minifyWhitespace: true, minifySyntax: true, legalComments: 'none', charset: 'utf8',
      // An uncaught error shows the line that threw it.
      lineLimit: 160,
    });
    return { code: result.code, map: null };
  },
};

/** An entry point: the runtime file, then everything that the module exports. */
async function writeEntry(folder: string, name: string, runtime: string): Promise<string> {
  const up = name.split('/').slice(1).map(() => '../').join('') || './';
  await mkdir(dirname(join(folder, name)), { recursive: true });
  const lines = [`import '${up}runtime/${runtime}.js';`];
  const module = name.replace(/^(workerd|edge-light|slim)\//, '');
  lines.push(`export * from '${up}modules/${module}.js';`, '');
  await writeFile(join(folder, `${name}.js`), lines.join('\n'));
  return `${name}.js`;
}

/** Bundles the package's JavaScript into `folder` and returns the names of the files. */
export async function bundle(folder: string): Promise<string[]> {
  const modules = Object.entries(publicModules).filter(([, path]) => existsSync(join(root, path)));
  const input: Record<string, string> = { turbo: join(root, 'src/turbo.ts'), 'modules/slim': join(root, 'src/slim.ts') };
  for (const [name, path] of modules) input[`modules/${name}`] = join(root, path);
  for (const [name, path] of Object.entries(runtimes)) input[`runtime/${name}`] = join(root, path);

  const build = await rollup({
    input,
    plugins: [typescript, compact],
    preserveEntrySignatures: 'strict',
    onwarn(warning) {
      throw new Error(`rollup: ${warning.message}`);
    },
  });
  const { output } = await build.write({
    dir: folder,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    hoistTransitiveImports: false,
  });
  await build.close();
  const files = output.map(file => file.fileName);
  for (const [name] of modules) {
    files.push(await writeEntry(folder, name, 'embedded'));
    files.push(await writeEntry(folder, `workerd/${name}`, 'workerd'));
    files.push(await writeEntry(folder, `edge-light/${name}`, 'edge-light'));
    if (name !== 'index') files.push(await writeEntry(folder, `slim/${name}`, 'start'));
  }
  files.push(await writeEntry(folder, 'slim', 'start'));
  return files;
}
