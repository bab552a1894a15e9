import { dirname, relative, resolve, sep } from 'node:path';

/**
 * The project's own lint rules. `layers`: arrows between the folders of `src` point one way, façades → ops → core and
 * backend; nothing but the entry points and the runtime names an implementation of the backend. `no-backend-names`: nor do the
 * layers above know one by its name. `no-record`: only ops and the tape itself write the tape. `no-node-imports`: the package must
 * load in browsers, so Node's modules are reached through `process.getBuiltinModule`; what is bundled has one file that imports it.
 * `tolerances`: how near a result must be is said in one place.
 */

/** What the ops know of backends; façades know nothing, and ask the ops. */
const backendInterface = ['backend', 'families', 'kernels', 'parts', 'select', 'temporaries'].map(name => `backend/${name}.ts`);

/** What a layer may import beside itself: folders, or single files. */
const layers = {
  core: [],
  random: ['core'],
  autograd: ['core'],
  platform: ['core', 'generated'],
  backend: ['core', 'generated', 'platform'],
  ops: ['core', 'autograd', 'random', ...backendInterface],
  numpy: ['core', 'autograd', 'random', 'ops'],
  torch: ['core', 'autograd', 'random', 'ops'],
};

/** The one file in which the façades meet. */
const exceptions = { 'torch/bridge.ts': ['numpy'] };

/** @param {string} path of a file below `src` @param {string[]} allowed folders or files below `src` */
const isAmong = (path, allowed) => allowed.some(entry => path === entry || path.startsWith(`${entry}/`));

/** @param {string} root @param {string} path */
const below = (root, path) => relative(root, path).split(sep).join('/');

/** Calls back with every module specifier of a file, those of types included. */
function specifiers(report) {
  const visit = node => {
    const source = node.source ?? node.argument;
    if (source && typeof source.value === 'string') report(source.value, node);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
  };
}

/** A compiled module beside the built package is no part of a layer. */
const isCompiled = specifier => /\.wasm(\?module)?$/.test(specifier);

const layersRule = {
  meta: { type: 'problem' },
  create(context) {
    const root = resolve(context.cwd, 'src');
    const file = below(root, context.filename);
    const layer = file.split('/')[0];
    if (!Object.hasOwn(layers, layer)) return {};
    const allowed = [layer, ...layers[layer], ...exceptions[file] ?? []];
    return specifiers((specifier, node) => {
      if (!specifier.startsWith('.') || isCompiled(specifier)) return;
      const target = below(root, resolve(dirname(context.filename), specifier));
      if (!isAmong(target, allowed)) {
        context.report({ node, message: `src/${layer} must not import src/${target} (it may import: ${allowed.join(', ')})` });
      }
    });
  },
};

/** What the build puts into the package, and the one file that may import it. */
const bundled = { 'core/files/deflate.ts': 'fflate' };

const noNodeImports = {
  meta: { type: 'problem' },
  create(context) {
    const file = below(resolve(context.cwd, 'src'), context.filename);
    return specifiers((specifier, node) => {
      if (!specifier.startsWith('.') && specifier !== bundled[file]) {
        context.report({
          node, message: `src/${file} must not import '${specifier}': the package has no dependencies and loads in browsers`,
        });
      }
    });
  },
};

/** Layers that work on every device alike, so that a new backend changes none of them. */
const deviceBlind = ['ops', 'autograd', 'numpy', 'torch'];
const backendName = /^(wasm|webgpu|wgsl|dawn|reference)(backend)?$/i;
/** The public name of the namespace of GPUs, where it is defined and where it is exported. */
const namespaceFiles = ['torch/gpu.ts', 'torch/index.ts'];

const noBackendNames = {
  meta: { type: 'problem' },
  create(context) {
    const file = below(resolve(context.cwd, 'src'), context.filename);
    if (!deviceBlind.includes(file.split('/')[0])) return {};
    const report = (name, node) => context.report({
      node, message: `'${name}' names a backend: what a device can do is asked of the Backend interface`,
    });
    return {
      Literal(node) {
        if (typeof node.value === 'string' && backendName.test(node.value)) report(node.value, node);
      },
      Identifier(node) {
        if (backendName.test(node.name) && !(node.name === 'webgpu' && namespaceFiles.includes(file))) report(node.name, node);
      },
    };
  },
};

/** The value of an expression of numbers only, or null. */
function constant(node) {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : null;
  if (node.type === 'UnaryExpression') {
    const value = constant(node.argument);
    return value !== null && node.operator === '-' ? -value : null;
  }
  if (node.type !== 'BinaryExpression') return null;
  const [a, b] = [constant(node.left), constant(node.right)];
  if (a === null || b === null) return null;
  return { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '**': a ** b }[node.operator] ?? null;
}

/** Numbers of less than this size are taken for tolerances. */
const leastNumber = 0.01;

const tolerances = {
  meta: { type: 'problem' },
  create(context) {
    if (below(resolve(context.cwd, 'test'), context.filename) === 'tolerances.ts') return {};
    const report = (what, node) => context.report({
      node, message: `${what}: tolerances stand in test/tolerances.ts. What else is as small says so: `
        + '// oxlint-disable-next-line flambeau/tolerances -- the reason',
    });
    const visit = node => {
      const value = constant(node);
      if (value === null || value === 0 || Math.abs(value) >= leastNumber) return;
      // Parts of an expression count as the whole.
      if (constant(node.parent) === null) report(context.sourceCode.getText(node), node);
    };
    return {
      Literal: visit,
      UnaryExpression: visit,
      BinaryExpression: visit,
      MemberExpression(node) {
        const name = node.property.name ?? node.property.value;
        if (name === 'toBeCloseTo' || name === 'EPSILON') report(name, node);
      },
    };
  },
};

/** What writes the tape. Ops do, so that a façade's function is an op's call and nothing more. */
const recorders = ['record', 'recordAll', 'recordView'];
const recordingLayers = ['ops', 'autograd'];

const noRecord = {
  meta: { type: 'problem' },
  create(context) {
    const layer = below(resolve(context.cwd, 'src'), context.filename).split('/')[0];
    if (recordingLayers.includes(layer)) return {};
    const check = node => {
      if (!node.source?.value.endsWith('autograd/tape.ts')) return;
      for (const specifier of node.specifiers ?? []) {
        const name = specifier.imported?.name ?? specifier.local?.name;
        if (specifier.type === 'ImportNamespaceSpecifier' || recorders.includes(name)) {
          context.report({ node: specifier, message: `src/${layer} must not record: an op of src/ops does` });
        }
      }
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check };
  },
};

/** Lines are kept to 120 columns; beyond this many they are refused. */
const columns = 140;

const lineLength = {
  meta: { type: 'layout' },
  create: context => ({
    Program() {
      context.sourceCode.lines.forEach((line, i) => {
        if (line.length > columns) {
          const loc = { start: { line: i + 1, column: columns }, end: { line: i + 1, column: line.length } };
          context.report({ loc, message: `a line of ${line.length} columns; keep to 120` });
        }
      });
    },
  }),
};

export default {
  meta: { name: 'flambeau' },
  rules: {
    layers: layersRule, 'no-node-imports': noNodeImports, 'no-backend-names': noBackendNames, 'no-record': noRecord,
    'line-length': lineLength,
    tolerances,
  },
};
