import { componentsOf, integersOf } from './compare.ts';
import { sliceText } from './execute.ts';
import type { Action, Expression, Input, Named, Program } from './program.ts';
import { operators, unaryOperators, usedBy } from './program.ts';
import { isInexact, kindOf, realText } from './values.ts';

/** Programs as Python and as TypeScript. */

interface Language {
  readonly integer: (written: string) => string;
  readonly real: (written: string) => string;
  readonly complex: (re: string, im: string) => string;
  readonly truth: (value: boolean) => string;
  readonly none: string;
  readonly ellipsis: string;
  readonly tuple: (items: readonly string[]) => string;
  readonly slice: (bounds: readonly (string | null)[], object: boolean) => string;
  /** Named arguments after the others. */
  readonly named: (entries: readonly (readonly [string, string])[]) => string[];
  /** Before a class that is called. */
  readonly create: string;
  readonly shape: (shape: readonly number[]) => string;
  readonly dtype: (name: string) => string;
  readonly assign: (target: string, code: string) => string;
  /** The forms of Python's syntax that are methods elsewhere. */
  readonly read: (on: string, index: string) => string;
  readonly write: (on: string, index: string, value: string) => string;
  readonly operator: (on: string, name: string, value: string | null) => string;
  readonly update: (on: string, name: string, value: string) => string;
}

const python: Language = {
  integer: (written) => written,
  real: (written) => written.replace(/nan|inf/, 'np.$&'),
  complex: (re, im) => `complex(${re}, ${im})`,
  truth: (value) => (value ? 'True' : 'False'),
  none: 'None',
  ellipsis: '...',
  tuple: (items) => `(${items.join(', ')}${items.length === 1 ? ',' : ''})`,
  slice: (bounds) => sliceText(bounds),
  named: (entries) => entries.map(([name, value]) => `${name}=${value}`),
  create: '',
  shape: (shape) => `(${shape.map((extent) => `${extent},`).join(' ')})`,
  dtype: (name) => `'${name}'`,
  assign: (target, code) => `${target} = ${code}`,
  read: (on, index) => `${on}[${index}]`,
  write: (on, index, value) => `${on}[${index}] = ${value}`,
  operator: (on, name, value) => (value === null ? `${unaryOperators[name]}(${on})` : `${on} ${operators[name]} ${value}`),
  update: (on, name, value) => `${on} ${operators[name]}= ${value}`,
};

const infinities: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

const script: Language = {
  integer: (written) => (Number.isSafeInteger(Number(written)) ? written : `${written}n`),
  real: (written) => infinities[written] ?? written,
  complex: (re, im) => `new np.Complex(${re}, ${im})`,
  truth: String,
  none: 'null',
  ellipsis: "'...'",
  tuple: (items) => `[${items.join(', ')}]`,
  slice: (bounds, object) => (object ? `np.slice(${bounds.join(', ')})` : `'${sliceText(bounds)}'`),
  named: (entries) => (entries.length === 0 ? [] : [`{ ${entries.map(([name, value]) => `${name}: ${value}`).join(', ')} }`]),
  create: 'new ',
  shape: (shape) => `[${shape.join(', ')}]`,
  dtype: (name) => `{ dtype: '${name}' }`,
  assign: (target, code) => `const ${target} = ${code};`,
  read: (on, index) => `${on}.at(${index})`,
  write: (on, index, value) => `${on}.set([${index}], ${value})`,
  operator: (on, name, value) => `${on}.${name}(${value ?? ''})`,
  update: (on, name, value) => `${on}.${name}_(${value})`,
};

function nested(values: readonly string[], shape: readonly number[]): string {
  if (shape.length === 0) return values[0];
  const [extent, ...rest] = shape;
  const size = values.length / extent;
  return `[${Array.from({ length: extent }, (_, i) => nested(values.slice(i * size, (i + 1) * size), rest)).join(', ')}]`;
}

function elements(input: Input, language: Language): string[] {
  if (input.dtype === 'bool') return integersOf(input).map((each) => language.truth(each !== 0n));
  if (!isInexact(input.dtype)) return integersOf(input).map((each) => language.integer(String(each)));
  const components = componentsOf(input).map((each) => language.real(realText(each)));
  if (kindOf(input.dtype) !== 'complex') return components;
  return Array.from({ length: components.length / 2 }, (_, i) => language.complex(components[2 * i], components[2 * i + 1]));
}

function inputText(input: Input, language: Language): string {
  const values = elements(input, language);
  const dtype = language.dtype(input.dtype);
  const code = values.length === 0
    ? `np.zeros(${language.shape(input.shape)}, ${dtype})` : `np.array(${nested(values, input.shape)}, ${dtype})`;
  return language.assign(input.name, input.fortran ? `np.asfortranarray(${code})` : code);
}

function expressionText(expression: Expression, language: Language): string {
  const all = (list: readonly Expression[]): string[] => list.map((each) => expressionText(each, language));
  if ('variable' in expression) return expression.variable;
  if ('integer' in expression) return language.integer(expression.integer);
  if ('real' in expression) return language.real(expression.real);
  if ('complex' in expression) return language.complex(language.real(expression.complex[0]), language.real(expression.complex[1]));
  if ('truth' in expression) return language.truth(expression.truth);
  if ('none' in expression) return language.none;
  if ('text' in expression) return `'${expression.text}'`;
  if ('dtype' in expression) return `np.${expression.dtype}`;
  if ('list' in expression) return `[${all(expression.list).join(', ')}]`;
  if ('tuple' in expression) return language.tuple(all(expression.tuple));
  if ('ellipsis' in expression) return language.ellipsis;
  return language.slice(expression.slice, expression.object ?? false);
}

function actionText(action: Action, language: Language): string {
  const one = (expression: Expression): string => expressionText(expression, language);
  const args = (list: readonly Expression[], named: Named): string =>
    [...list.map(one), ...language.named(Object.entries(named).map(([name, each]) => [name, one(each)]))].join(', ');
  switch (action.kind) {
    case 'call': return `np.${action.name}(${args(action.args, action.named)})`;
    case 'method': return `${action.on}.${action.name}(${args(action.args, action.named)})`;
    case 'random':
      return `${language.create}np.random.${action.maker}(${action.seed}).${action.name}(${args(action.args, action.named)})`
        .replace(/^new (?=np\.random\.default_rng)/, '');
    case 'attribute': return `${action.on}.${action.name}`;
    case 'read': return language.read(action.on, action.index.map(one).join(', '));
    case 'write': return language.write(action.on, action.index.map(one).join(', '), one(action.value));
    case 'operator': return language.operator(action.on, action.name, action.value && one(action.value));
    case 'update': return language.update(action.on, action.name, one(action.value));
  }
}

function written({ inputs, statements }: Program, language: Language): string {
  const used = new Set(statements.flatMap(({ action }) => usedBy(action)));
  const lines = statements.flatMap(({ target, action }) => {
    const code = actionText(action, language);
    const parts = [...used].filter((name) => name.startsWith(`${target}_`));
    // In Python it is no expression.
    if (action.kind === 'update') return used.has(target) ? [code, language.assign(target, action.on)] : [code];
    if (parts.length === 0) return [used.has(target) ? language.assign(target, code) : code];
    return [language.assign(target, code), ...parts.map((name) => language.assign(name, `${target}[${name.slice(target.length + 1)}]`))];
  });
  return [...inputs.map((input) => inputText(input, language)), ...lines].join('\n');
}

export const asPython = (program: Program): string => written(program, python);
export const asTypeScript = (program: Program): string => written(program, script);
