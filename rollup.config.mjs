// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

/**
 * The package's JavaScript. `scripts/build.ts` runs this for a whole build, the WebAssembly modules before it and the types
 * after; `npx rollup -c` bundles alone.
 */

const root = dirname(fileURLToPath(import.meta.url));

/** What the package's users import: the name below the package's and the module that it stands for. */
const publicModules = {
  index: 'src/index.ts',
  numpy: 'src/numpy/index.ts',
  torch: 'src/torch/index.ts',
  'torch/nn': 'src/torch/nn/index.ts',
};

/** Where the kernels come from: the entry points of a variant are the same modules behind another runtime file. */
const runtimes = {
  embedded: 'src/runtime/embedded.ts',
  node: 'src/runtime/node.ts',
  workerd: 'src/runtime/workerd.ts',
  'edge-light': 'src/runtime/edgeLight.ts',
  start: 'src/runtime/start.ts',
};

const target = 'es2022';

/**
 * TypeScript to JavaScript; imports name `.ts` files as they are, so nothing has to be resolved.
 * @type {import('rollup').Plugin}
 */
const typescript = {
  name: 'typescript',
  resolveId: id => id.includes('.wasm') ? { id, external: true } : null,
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const result = await transform(code, { loader: 'ts', target, sourcefile: id });
    return { code: result.code, map: null };
  },
};

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
 * Tells bundlers that what a module computes for a variable of its own has no other effect, so that they leave it out where the
 * variable is not used: what has one is a statement.
 * @type {import('rollup').Plugin}
 */
const pure = {
  name: 'pure',
  renderChunk(code) {
    /** @type {number[]} */
    const starts = [];
    for (const statement of this.parse(code).body) {
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declaration?.type === 'VariableDeclaration') for (const { init } of declaration.declarations) callsIn(init, starts);
    }
    let marked = code;
    for (const start of [...new Set(starts)].sort((a, b) => b - a)) {
      marked = `${marked.slice(0, start)}/* @__PURE__ */ ${marked.slice(start)}`;
    }
    return { code: marked, map: null };
  },
};

/** @typedef {{ readonly type: string, readonly start: number, readonly [key: string]: any }} SyntaxNode */

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
    let marked = code;
    for (const { name, start } of classBodies(this.parse(code)).sort((a, b) => b.start - a.start)) {
      marked = `${marked.slice(0, start + 1)} static name = '${name}';${marked.slice(start + 1)}`;
    }
    return { code: marked, map: null };
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
      lineLimit: 160,
    });
    return { code: result.code, map: null };
  },
};

/** The folder of every variant, '' for the package's own, and the runtime file that its entry points load first. */
const variants = [['', 'embedded'], ['workerd/', 'workerd'], ['edge-light/', 'edge-light'], ['slim/', 'start']];

/**
 * The entry points: each loads the runtime file, then hands on everything that the module exports.
 * @type {import('rollup').Plugin}
 */
const entries = {
  name: 'entries',
  generateBundle() {
    /** @param {string} name @param {string} module @param {string} runtime @param {readonly string[]} beside */
    const emit = (name, module, runtime, beside = []) => {
      const up = '../'.repeat(name.split('/').length - 1) || './';
      const first = [`runtime/${runtime}`, ...beside].map(path => `import '${up}${path}.js';\n`).join('');
      this.emitFile({ type: 'asset', fileName: `${name}.js`, source: `${first}export * from '${up}modules/${module}.js';\n` });
    };
    for (const module of Object.keys(publicModules)) {
      for (const [folder, runtime] of variants) if (folder + module !== 'slim/index') emit(folder + module, module, runtime);
    }
    emit('slim', 'slim', 'start');
    // In Node, where bytes do not travel, tensors become arrays whether or not the program imports NumPy.
    for (const module of Object.keys(publicModules)) {
      emit(`node/${module}`, module, 'node', module.startsWith('torch') ? ['modules/numpy'] : []);
    }
  },
};

/** @param {string} folder @param {Readonly<Record<string, string>>} modules */
const inputs = (folder, modules) =>
  Object.fromEntries(Object.entries(modules).map(([name, path]) => [`${folder}/${name}`, join(root, path)]));

/** @type {import('rollup').RollupOptions} */
export default {
  input: {
    turbo: join(root, 'src/turbo.ts'), ...inputs('modules', { slim: 'src/slim.ts', ...publicModules }), ...inputs('runtime', runtimes),
  },
  plugins: [typescript, names, compact, pure, entries],
  preserveEntrySignatures: 'strict',
  onwarn(warning) {
    throw new Error(`rollup: ${warning.message}`);
  },
  output: {
    dir: join(root, 'dist'),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    hoistTransitiveImports: false,
  },
};
