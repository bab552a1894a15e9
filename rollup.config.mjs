// @ts-check
import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { transform } from 'esbuild';
import MagicString from 'magic-string';
import { rollup } from 'rollup';

/**
 * The package's JavaScript. `scripts/build.ts` runs this for a whole build, the WebAssembly modules before it and the types
 * after; `npx rollup -c` bundles alone.
 */

const root = dirname(fileURLToPath(import.meta.url));

/**
 * What the package's users import: the name below the package's and the module that it stands for.
 * @type {Readonly<Record<string, string>>}
 */
const publicModules = {
  index: 'src/index.ts',
  numpy: 'src/numpy/index.ts',
  'numpy/fft': 'src/numpy/fft/index.ts',
  'numpy/linalg': 'src/numpy/linalg/index.ts',
  'numpy/polynomial': 'src/numpy/polynomial/index.ts',
  'numpy/random': 'src/numpy/random/index.ts',
  'numpy/testing': 'src/numpy/testing/index.ts',
  torch: 'src/torch/index.ts',
  'torch/fft': 'src/torch/fft/index.ts',
  'torch/linalg': 'src/torch/linalg/index.ts',
  'torch/nn': 'src/torch/nn/index.ts',
  'torch/nn/functional': 'src/torch/nn/functional/index.ts',
  'torch/nn/init': 'src/torch/nn/init/index.ts',
  'torch/optim': 'src/torch/optim/index.ts',
  'torch/optim/lr_scheduler': 'src/torch/optim/lr_scheduler.ts',
  'torch/utils/data': 'src/torch/utils/data/index.ts',
  'torch/autograd': 'src/torch/autograd/index.ts',
  'torch/profiler': 'src/torch/profiler/index.ts',
  'torch/testing': 'src/torch/testing/index.ts',
  safetensors: 'src/torch/safetensors/index.ts',
  turbo: 'src/turbo.ts',
  testing: 'src/testing.ts',
  webgpu: 'src/webgpu.ts',
};

const target = 'es2022';

/**
 * TypeScript to JavaScript; imports name `.ts` files as they are, so nothing has to be resolved.
 * @type {import('rollup').Plugin}
 */
const typescript = {
  name: 'typescript',
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const result = await transform(code, { loader: 'ts', target, sourcefile: id, sourcemap: true, sourcesContent: false });
    return { code: result.code, map: result.map };
  },
};

/** @param {MagicString} text */
const changed = text => ({ code: text.toString(), map: text.generateMap({ hires: 'boundary' }) });

/**
 * The calls that an expression makes when it is evaluated: not those in the bodies of functions that it makes.
 * @param {unknown} node
 * @param {number[]} starts
 */
function callsIn(node, starts = []) {
  if (Array.isArray(node)) {
    for (const child of node) callsIn(child, starts);
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    const { type, start } = /** @type {SyntaxNode} */ (node);
    if (/Function|Class/.test(type)) return starts;
    if (type === 'CallExpression' || type === 'NewExpression') starts.push(start);
    for (const child of Object.values(node)) if (typeof child === 'object') callsIn(child, starts);
  }
  return starts;
}

/**
 * Marks what a module computes for a variable of its own as having no other effect: what has one is a statement.
 * @this {{ parse(code: string): { body: readonly any[] } }}
 * @param {string} code
 */
function markPure(code) {
  /** @type {number[]} */
  const starts = [];
  for (const statement of this.parse(code).body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'VariableDeclaration') for (const { init } of declaration.declarations) callsIn(init, starts);
  }
  const marked = new MagicString(code);
  for (const start of new Set(starts)) marked.appendLeft(start, '/* @__PURE__ */ ');
  return changed(marked);
}

/**
 * Tells bundlers, so that they leave it out where the variable is not used, and rollup before them, which would make a statement of what
 * nobody uses.
 * @type {import('rollup').Plugin}
 */
const pure = {
  name: 'pure',
  transform(code) {
    return markPure.call(this, code);
  },
  renderChunk(code) {
    return markPure.call(this, code);
  },
};

/** What esbuild takes for a call of somebody's getter, conversion or constructor. */
const withEffects = /^(Spread|Member|New|Binary|Unary|Tagged)/;

/**
 * Whether esbuild keeps an expression that nobody uses: it leaves out a call that is marked as pure, but not such arguments of it.
 * @param {unknown} node
 * @returns {boolean}
 */
function hasEffects(node) {
  if (Array.isArray(node)) return node.some(hasEffects);
  if (typeof node !== 'object' || node === null || !('type' in node)) return false;
  const { type, expressions } = /** @type {SyntaxNode} */ (node);
  if (/Function|Class/.test(type)) return false;
  return withEffects.test(type) || type === 'TemplateLiteral' && expressions.length > 0 || Object.values(node).some(hasEffects);
}

/**
 * Puts what variables are made of into functions that are called at once, which esbuild leaves out whole.
 * @type {import('rollup').Plugin}
 */
const shakable = {
  name: 'shakable',
  renderChunk(code) {
    const wrapped = new MagicString(code);
    for (const statement of this.parse(code).body) {
      if (statement.type !== 'VariableDeclaration') continue;
      for (const { init } of statement.declarations) {
        if (!hasEffects(init)) continue;
        const { start, end } = /** @type {SyntaxNode} */ (init);
        wrapped.appendLeft(start, '(()=>(').appendRight(end, '))()');
      }
    }
    return changed(wrapped);
  },
};

/** @typedef {{ readonly type: string, readonly start: number, readonly end: number, readonly [key: string]: any }} SyntaxNode */

/**
 * Where the body of every named class starts that has no static `name` of its own.
 * @param {unknown} node
 * @param {{ readonly name: string, readonly start: number }[]} found
 */
function classBodies(node, found = []) {
  if (Array.isArray(node)) {
    for (const child of node) classBodies(child, found);
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    const { type, id, body } = /** @type {SyntaxNode} */ (node);
    if ((type === 'ClassDeclaration' || type === 'ClassExpression') && id) {
      const hasName = body.body.some((/** @type {SyntaxNode} */ member) => member.static === true && member.key?.name === 'name');
      if (!hasName) found.push({ name: id.name, start: body.start });
    }
    for (const child of Object.values(node)) if (typeof child === 'object') classBodies(child, found);
  }
  return found;
}

/** The modules whose classes are met by name, in errors and printed modules: those of the façades, and what both have of the core. */
const named = /\/src\/(numpy|torch|core\/(errors|complex|literal|indexing))\b/;

/**
 * Gives classes their names as static fields, which the minifiers of those who embed the package leave alone.
 * @type {import('rollup').Plugin}
 */
const names = {
  name: 'names',
  transform(code, id) {
    if (!named.test(id)) return null;
    const marked = new MagicString(code);
    for (const { name, start } of classBodies(this.parse(code))) marked.appendLeft(start + 1, ` static name = '${name}';`);
    return changed(marked);
  },
};

/**
 * Drops white space and comments but no names.
 * @type {import('rollup').Plugin}
 */
const compact = {
  name: 'compact',
  async renderChunk(code) {
    const result = await transform(code, {
      loader: 'js', target, minifyWhitespace: true, minifySyntax: true, legalComments: 'none', charset: 'utf8',
      // An uncaught error shows the line that threw it.
      lineLimit: 160, sourcemap: true, sourcesContent: false,
    });
    return { code: result.code, map: result.map };
  },
};

/**
 * Keeps bundlers from following imports whose module is not written there: what they are for is outside. It takes the place of the
 * comments in the sources, which are gone with all others.
 * @type {import('rollup').Plugin}
 */
const unfollowed = {
  name: 'unfollowed',
  renderChunk(code) {
    const marks = '/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ ';
    return changed(new MagicString(code).replace(/\bimport\(\s*(?=[\w$])/g, `import(${marks}`));
  },
};

/** @param {string} path */
const source = path => join(root, 'src', path);
const publicNames = new Map(Object.entries(publicModules).map(([name, path]) => [join(root, path), name]));

/** Modules of kernels that come with the ops that use them, as the build of WebAssembly wrote them. */
const partFiles = readdirSync(source('generated/parts'));
const withoutBytes = '\0without bytes';

/**
 * Puts other modules where the sources have stand-ins: the backends that are there from the start, the parts, and the place; and a
 * stand-in where turbo is out of reach. A place of null is left to the conditions of the package's own imports.
 * @param {string | null} place
 * @returns {import('rollup').Plugin}
 */
const placed = place => ({
  name: 'placed',
  async resolveId(id, importer) {
    if (id.includes('.wasm')) return { id, external: true };
    if (!id.startsWith('.') || importer === undefined) return null;
    const path = join(dirname(importer), id);
    // Namespaces in namespaces stay modules of their own, of which bundlers take what is used.
    const [from, to] = [publicNames.get(importer), publicNames.get(path)];
    if (from !== undefined && to !== undefined) return { id: `./${relative(dirname(from), to).split(sep).join('/')}.js`, external: true };
    if (path === source('backend/present.ts')) return source('backend/wasm/present.ts');
    if (path === source('backend/parts.ts')) return source('generated/wasmParts.ts');
    const part = partFiles.find(file => path === source(`generated/parts/${file}`));
    if (part !== undefined && place === null) return { id: `#platform/${part.replace('.ts', '')}`, external: true };
    if (part !== undefined && place === 'slim') return withoutBytes;
    if (path === source('backend/wasm/turbo.ts') && place !== 'node') return source('backend/wasm/withoutTurbo.ts');
    if (path !== source('platform/current.ts')) return null;
    return place === null ? { id: '#platform', external: true } : source(`platform/${place}.ts`);
  },
  load: id => id === withoutBytes ? 'export const bytes = null;' : null,
});

/**
 * The parts where modules are imported compiled, by condition.
 * @type {import('rollup').Plugin}
 */
const compiledParts = {
  name: 'compiled parts',
  generateBundle() {
    for (const [condition, suffix] of [['workerd', ''], ['edge-light', '?module']]) {
      for (const file of partFiles) {
        const part = file.replace('.ts', '');
        this.emitFile({
          type: 'asset', fileName: `platform/${condition}/${part}.js`,
          source: `import module from'../../../wasm/${part}.wasm${suffix}';export const bytes=()=>module;\n`,
        });
      }
    }
  },
};

/** @type {import('rollup').WarningHandlerWithDefault} */
const onwarn = warning => {
  throw new Error(`rollup: ${warning.message}`);
};

/** The one package that is part of ours: `THIRD-PARTY.md` has its licence. */
const bundled = 'fflate';
const bundledPath = join(root, 'node_modules', bundled);
const bundledNames = ['deflateSync', 'inflateSync'];

/**
 * Makes what the sources use of the package one function that is called at first use: its tables are made by statements, which
 * bundlers would keep in every program.
 * @type {import('rollup').Plugin}
 */
const atFirstUse = {
  name: 'at first use',
  resolveId: id => id === bundled ? bundledPath : null,
  async load(id) {
    if (id !== bundledPath) return null;
    const input = '\0used';
    /** @type {import('rollup').Plugin} */
    const used = {
      name: 'used',
      resolveId: each => each === input ? each : null,
      load: each => each === input ? `export { ${bundledNames.join()} } from '${bundled}';` : null,
    };
    const build = await rollup({ input, plugins: [used, nodeResolve({ rootDir: root })], onwarn });
    const { output: [{ code }] } = await build.generate({ format: 'iife', name: 'made' });
    await build.close();
    const calls = bundledNames.map(name => `export const ${name} = (...args) => (made ??= make()).${name}(...args);\n`);
    return { code: `const make = () => { ${code}\nreturn made; };\nlet made;\n${calls.join('')}`, map: { mappings: '' } };
  },
};

/**
 * In Node, where bytes do not travel, tensors become arrays whether or not the program imports NumPy: what all of torch lies in loads it.
 * @type {import('rollup').Plugin}
 */
const numpyBesideTorch = {
  name: 'numpy beside torch',
  renderChunk: (code, { fileName }) =>
    fileName === 'chunks/torch.js' ? changed(new MagicString(code).prepend("import './numpy.js';\n")) : null,
};

/** What the other chunks have at the least: what leads to them is in `core`. */
const roots = ['numpy', 'runtime', 'platform'].map(folder => source(`${folder}/`));

/**
 * Few files, since each takes its time to be found and read; bundlers take out of them what is used.
 * @returns {import('rollup').GetManualChunk}
 */
function chunks() {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** @type {(id: string, graph: import('rollup').ManualChunkMeta) => boolean} */
  const isUsedWithoutTorch = (id, graph) => {
    let used = known.get(id);
    if (used === undefined) {
      const { importers = [], dynamicImporters = [] } = graph.getModuleInfo(id) ?? {};
      used = roots.some(folder => id.startsWith(folder))
        || [...importers, ...dynamicImporters].some(importer => isUsedWithoutTorch(importer, graph));
      known.set(id, used);
    }
    return used;
  };
  return (id, graph) => {
    const path = relative(source(''), id).split(sep).join('/');
    const [folder] = path.split('/');
    if (/^(backend\/webgpu\/|generated\/(shaders|webgpuKernels))/.test(path)) return 'webgpu';
    if (id === bundledPath) return 'core';
    // `runtime` is apart, since it may fetch the GPU's part: what both share would be a file of its own in every bundle.
    if (folder === 'numpy' || folder === 'torch' || folder === 'runtime') return folder;
    // What the kernels are packed in compresses better apart from code.
    if (folder === 'platform' || /^generated\/(binaries|parts)/.test(path)) return 'platform';
    return isUsedWithoutTorch(id, graph) ? 'core' : 'torch';
  };
}

/** @param {string} id */
const isEntry = id => id.startsWith('\0') || publicNames.has(id) || dirname(id) === source('');

/**
 * @param {string} folder below `dist`
 * @param {string | null} place
 * @param {Readonly<Record<string, string>>} modules
 * @returns {import('rollup').RollupOptions}
 */
const build = (folder, place, modules, chunkOf = chunks()) => ({
  input: Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, path.startsWith('src/') ? join(root, path) : path])),
  plugins: [
    placed(place), atFirstUse, typescript, names, compact, shakable, unfollowed, pure, ...place === 'node' ? [numpyBesideTorch] : [],
    ...place === null ? [compiledParts] : [],
  ],
  preserveEntrySignatures: 'strict',
  onwarn,
  output: {
    dir: join(root, 'dist', folder),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    manualChunks: (id, graph) => isEntry(id) || (place === null && id.startsWith(source('platform/'))) ? null : chunkOf(id, graph),
    hoistTransitiveImports: false,
    // Programs meet these two; the others are the same code.
    sourcemap: place === 'embedded' || place === 'node',
    // The package has the sources.
    sourcemapExcludeSources: true,
  },
});

/**
 * For bundlers and browsers; for Node, where the numbers of files and of bytes count that are read; for edge runtimes, which take
 * compiled modules; and without kernels.
 */
export default [
  build('', 'embedded', publicModules),
  build('node', 'node', publicModules),
  build('edge', null, {
    ...publicModules, 'platform/workerd': 'src/platform/workerd.ts', 'platform/edge-light': 'src/platform/edgeLight.ts',
  }),
  build('slim', 'slim', { ...publicModules, index: 'src/slim.ts' }),
];
