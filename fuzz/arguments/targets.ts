import { readFileSync } from 'node:fs';
import * as np from 'flambeau/numpy';
import type { Action, Expression, Named } from '../programs/program.ts';

/** What is called: everything whose parameters NumPy declares, and that gives arrays or numbers. */

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly place: 'position' | 'either' | 'name' | 'rest';
}

export interface Target {
  /** `np.sum`, `ndarray.sum`, `add.reduce`, `Generator.normal`. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly action: (receiver: string, seed: number, args: readonly Expression[], named: Named) => Action;
  readonly method: boolean;
}

type Texts = Readonly<Record<string, readonly string[]>>;

const read = (name: string): Readonly<Record<string, Texts>> =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/signatures/${name}.json`, import.meta.url), 'utf8')) as Readonly<Record<string,
  Texts>>;

function parametersOf(texts: readonly string[]): Parameter[] {
  const slash = texts.indexOf('/');
  let named = false;
  const parameters: Parameter[] = [];
  for (const [i, text] of texts.entries()) {
    if (text === '/' || text.startsWith('**')) continue;
    if (text.startsWith('*')) {
      named = true;
      if (text !== '*') parameters.push({ name: text.slice(1), required: false, place: 'rest' });
      continue;
    }
    const [name] = text.split('=');
    parameters.push({ name, required: !text.includes('='), place: named ? 'name' : i < slash ? 'position' : 'either' });
  }
  return parameters;
}

/** What gives no arrays, elements that nothing has set, or changes what later calls do. */
const apart = new RegExp('^(empty|empty_like|bytes|get_state|set_state|seed|spawn|array2string|array_repr|array_str|base_repr|binary_repr'
  + '|format_float_\\w+|set_printoptions|get_printoptions|printoptions|seterr|geterr|errstate|save|savez|savez_compressed|load|frombuffer'
  + '|fromfunction|apply_along_axis|apply_over_axes|dtype|finfo|iinfo|result_type|promote_types|min_scalar_type|isdtype|issubdtype|isscalar'
  + '|can_cast|common_type|show_config|info|unique_\\w+|ndarray|broadcast_shapes|meshgrid|ix_|byteswap|getfield|setfield|setflags|tofile'
  + '|dump|dumps|view|to_device|einsum|tobytes|resize|choose|item|einsum_path|shares_memory|may_share_memory|from_dlpack|fromiter'
  + '|asarray_chkfinite|iterable|histogramdd|block|select|piecewise|average|require|copyto|frompyfunc|mask_indices|poly\\w*|roots)$');

const has = (holder: object, name: string): boolean => typeof (holder as Readonly<Record<string, unknown>>)[name] === 'function';

export function allTargets(): Target[] {
  const [functions, methods] = [read('numpy'), read('numpyMethods')];
  const call = (name: string, texts: readonly string[]): Target => ({
    name: `np.${name}`, parameters: parametersOf(texts), method: false,
    action: (_, __, args, named) => ({ kind: 'call', name, args, named }),
  });
  const ufuncs = Object.entries(methods.ufuncs).filter(([name]) => has(np, name));
  const binary = ufuncs.filter(([, texts]) => texts[1] === 'x2' && !/out1|\(None/.test(texts.join(' ')))
    .filter(([name]) => name !== 'matmul' && name !== 'vecdot');
  const ofUfuncs: Texts = {
    reduce: ['array', '/', 'axis=0', 'dtype=None', 'out=None', 'keepdims=False', 'initial=None', 'where=True'],
    accumulate: methods.ufunc.accumulate, reduceat: methods.ufunc.reduceat, outer: ['A', 'B', '/', '*', 'dtype=None', 'casting=None'],
  };
  const makers = [['default_rng', 'random.Generator', np.random.default_rng(0)],
    ['RandomState', 'random.RandomState', new np.random.RandomState(0)]] as const;
  return [
    ...Object.entries(functions.numpy).filter(([name]) => has(np, name) && !apart.test(name)).map(([name, texts]) => call(name, texts)),
    ...ufuncs.map(([name, texts]) => call(name, texts)),
    ...binary.flatMap(([name]) => Object.entries(ofUfuncs).map(([method, texts]) => call(`${name}.${method}`, texts))),
    ...Object.entries(methods.ndarray).filter(([name]) => has(np.ndarray.prototype,
      name) && !apart.test(name)).map(([name, texts]): Target => ({
      name: `ndarray.${name}`, parameters: parametersOf(texts), method: true,
      action: (on, _, args, named) => ({ kind: 'method', on, name, args, named }),
    })),
    ...makers.flatMap(([maker, key, made]) => Object.entries(methods[key]).filter(([name]) => has(made, name) && !apart.test(name))
      .map(([name, texts]): Target => ({
        name: `${maker}.${name}`, parameters: parametersOf(texts), method: false,
        action: (_, seed, args, named) => ({ kind: 'random', maker, seed, name, args, named }),
      }))),
  ];
}
