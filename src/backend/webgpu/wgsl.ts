import type { ComplexExpression, Expression, Intrinsic } from '../../core/expression.ts';
import { isComplexExpression } from '../../core/pointwise.ts';

/** Writes the WGSL of a pointwise op's expression. What WGSL itself lacks, or leaves inaccurate, is called from gpu/math*.wgsl. */

/**
 * The types that kernels compute in: float16 is widened, small integers are unpacked into 32 bits. i64 is computed in i32 too, but
 * reports a result that does not fit, or has no such op. c64 is a pair of f32, and its expressions are of these.
 */
export type WgslType = 'f32' | 'i32' | 'u32' | 'i64' | 'bool' | 'c64';

/** WGSL's own type. */
export const wgslName = (type: WgslType): string => (type === 'i64' ? 'i32' : type === 'c64' ? 'vec2f' : type);

type Emission = (type: WgslType, ...terms: string[]) => string;

const infix = (operator: string): Emission => (_, x, y) => `(${x} ${operator} ${y})`;
const builtin = (name: string): Emission => (_, ...terms) => `${name}(${terms.join(', ')})`;
/** A function of gpu/ for floats. */
const helper = (name: string): Emission => (_, ...terms) => `flambeau_${name}(${terms.join(', ')})`;
/** A function of gpu/ that exists for each number type. */
const perType = (name: string): Emission => (type, ...terms) =>
  `flambeau_${name}${type === 'f32' ? '' : `_${type === 'i64' ? 'i32' : type}`}(${terms.join(', ')})`;
/** Where 32 bits may not hold the result of int64 operands, a function that reports it. */
const checked = (name: string, own: Emission): Emission => (type, ...terms) =>
  (type === 'i64' ? `flambeau_${name}_i64(${terms.join(', ')})` : own(type, ...terms));
/** Where even that is not there. */
const notForInt64 = (name: string, own: Emission): Emission => (type, ...terms) => {
  if (type !== 'i64') return own(type, ...terms);
  throw new TypeError(
    `${name} of int64 is not supported on the GPU, where int64 has 32 bits: cast to int32, which wraps, or compute on the CPU`);
};
/** A function of gpu/ for floats, WGSL's own for the rest. */
const forFloats = (name: string, own: Emission): Emission => (type, ...terms) => (type === 'f32' ? helper(name) : own)(type, ...terms);
/** False for NaN, whatever a compiler makes of the comparison. */
const compare = (operator: string): Emission => (type, x, y) =>
  (type === 'f32' ? `(${x} ${operator} ${y} && flambeau_ordered(${x}, ${y}))` : `(${x} ${operator} ${y})`);
/** Drivers may lose the sign of a zero. */
const rounding = (name: string): Emission => (_, x) => `flambeau_copysign(${name}(${x}), ${x})`;

export const wgslEmissions: { readonly [K in Intrinsic]: Emission } = {
  add: checked('add', infix('+')), sub: checked('sub', infix('-')), mul: checked('mul', infix('*')), div: helper('divide'),
  neg: checked('neg', (type, x) => (type === 'u32' ? `(0u - ${x})` : `(-${x})`)),
  abs: checked('abs', builtin('abs')),
  sign: forFloats('sign', (type, x) => (type === 'u32' ? `min(${x}, 1u)` : `sign(${x})`)),
  minimum: forFloats('minimum', builtin('min')), maximum: forFloats('maximum', builtin('max')),
  fmin: helper('fmin'), fmax: helper('fmax'),
  floor: rounding('floor'), ceil: rounding('ceil'), trunc: rounding('trunc'),
  // WGSL's round goes to the even neighbour.
  rint: rounding('round'),
  floorDivide: checked('floorDivide', perType('floorDivide')), floorMod: perType('floorMod'), fmod: perType('fmod'),
  pow: notForInt64('pow', perType('pow')),
  sqrt: helper('sqrt'), cbrt: helper('cbrt'), exp: helper('exp'), exp2: helper('exp2'), expm1: helper('expm1'),
  log: helper('log'), log2: helper('log2'), log10: helper('log10'), log1p: helper('log1p'),
  sin: helper('sin'), cos: helper('cos'), tan: helper('tan'), asin: helper('asin'), acos: helper('acos'),
  atan: helper('atan'), atan2: helper('atan2'), hypot: helper('hypot'),
  sinh: helper('sinh'), cosh: helper('cosh'), tanh: helper('tanh'),
  asinh: helper('asinh'), acosh: helper('acosh'), atanh: helper('atanh'),
  sigmoid: helper('sigmoid'), erf: helper('erf'), erfc: helper('erfc'), logaddexp: helper('logaddexp'),
  copysign: helper('copysign'), nextafter: helper('nextafter'),
  bitwiseAnd: infix('&'), bitwiseOr: infix('|'), bitwiseXor: infix('^'), bitwiseNot: (_, x) => `(~${x})`,
  shiftLeft: notForInt64('left_shift', perType('shiftLeft')), shiftRight: perType('shiftRight'),
  select: (_, condition, x, y) => `select(${y}, ${x}, ${condition})`,
  eq: compare('=='), ne: (type, x, y) => `(!${compare('==')(type, x, y)})`,
  lt: compare('<'), le: compare('<='), gt: compare('>'), ge: compare('>='),
  isnan: helper('isnan'), isinf: helper('isinf'), isfinite: helper('isfinite'), signbit: helper('signbit'),
  both: infix('&&'), either: infix('||'), differ: infix('!='), not: (_, x) => `(!${x})`,
  truthy: (type, x) => (type === 'f32' ? `flambeau_truthy(${x})` : `(${x} != ${type === 'u32' ? '0u' : '0'})`),
};

function literal(value: number, type: WgslType): string {
  if (type === 'f32') {
    if (Number.isNaN(value)) return 'flambeau_nan()';
    if (!Number.isFinite(value)) return value > 0 ? 'flambeau_infinity()' : '(-flambeau_infinity())';
    const text = String(Math.fround(value));
    return `${/[.e]/.test(text) ? text : `${text}.0`}${/e/.test(text) ? 'f' : ''}`;
  }
  if (type === 'i64' && !(value >= -(2 ** 31) && value < 2 ** 31)) {
    throw new TypeError(`the constant ${value} is beyond the 32 bits that int64 has on the GPU`);
  }
  return type === 'u32' ? `${value}u` : value === -(2 ** 31) ? '(-2147483647 - 1)' : String(value);
}

export interface WgslBody {
  /** `let` statements, each shared part computed once. */
  readonly statements: readonly string[];
  readonly results: readonly string[];
}

/** The statements that compute expressions from their arguments, which are values of `type` (conditions are bool). */
export function emitWgsl(expressions: readonly Expression[], type: WgslType): WgslBody {
  const statements: string[] = [];
  const names = new Map<Expression, string>();
  const emit = (node: Expression): string => {
    const known = names.get(node);
    if (known !== undefined) return known;
    switch (node.kind) {
      case 'argument': return node.name;
      case 'constant': return literal(node.value, type);
      case 'call': {
        const { intrinsic } = node;
        const sum = intrinsic === 'add' || intrinsic === 'sub';
        // A product is rounded before it is added, where compilers may fuse the two. Anything times a constant 0 they take for 0.
        const isHeld = (arg: Expression): boolean => type === 'f32' && (
          (sum && arg.kind === 'call' && arg.intrinsic === 'mul') || (intrinsic === 'mul' && arg.kind === 'constant' && arg.value === 0));
        const terms = node.args.map((arg) => (isHeld(arg) ? `flambeau_hold(${emit(arg)})` : emit(arg)));
        const text = wgslEmissions[intrinsic](type, ...terms);
        const name = `t${names.size}`;
        statements.push(`let ${name} = ${text};`);
        names.set(node, name);
        return name;
      }
    }
  };
  const results = expressions.map(emit);
  return { statements, results };
}

/** The functions and constants of gpu/ that a text names, with those that they name, in the files' order. */
export function requiredHelpers(text: string, library: string): string {
  const functions = new Map<string, string>();
  // A function ends at the first line that is a closing brace alone, a constant at the first semicolon.
  for (const match of library.matchAll(/^(?:fn (flambeau_\w+)[\s\S]*?^}$|const (flambeau_\w+)[^;]*;)/gm)) {
    functions.set(match[1] ?? match[2], match[0]);
  }
  const needed = new Set<string>();
  const visit = (source: string): void => {
    for (const [name] of source.matchAll(/flambeau_\w+/g)) {
      const body = functions.get(name);
      if (body === undefined) throw new Error(`gpu/ has no function ${name}`);
      if (needed.has(name)) continue;
      needed.add(name);
      visit(body);
    }
  };
  visit(text);
  return [...functions].filter(([name]) => needed.has(name)).map(([, body]) => body).join('\n\n');
}

/** One op as a WGSL function of its arguments: what the kernels of the device inline. */
export function emitWgslFunction(
  name: string, args: readonly { readonly name: string; readonly boolean: boolean }[], expression: Expression | ComplexExpression,
  type: WgslType,
): string {
  const own = wgslName(type);
  const parameters = args.map((arg) => `${arg.name}: ${arg.boolean ? 'bool' : own}`).join(', ');
  const lines: string[] = [];
  const line = (text: string): void => void lines.push(`  ${text}\n`);
  if (type === 'c64') {
    // As the expression calls the parts of its arguments.
    for (const arg of args) if (!arg.boolean) line(`let ${arg.name}Re = ${arg.name}.x; let ${arg.name}Im = ${arg.name}.y;`);
  }
  const isPair = isComplexExpression(expression);
  const { statements, results } = emitWgsl(isPair ? [expression.re, expression.im] : [expression], type === 'c64' ? 'f32' : type);
  statements.forEach(line);
  line(`return ${isPair ? `vec2f(${results.join(', ')})` : results[0]};`);
  const result = isPair ? own : expression.boolean ? 'bool' : type === 'c64' ? 'f32' : own;
  return `fn ${name}(${parameters}) -> ${result} {\n${lines.join('')}}`;
}
