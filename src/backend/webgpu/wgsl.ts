import type { Expression, Intrinsic } from '../../core/expression.ts';

/** Writes the WGSL of a pointwise op's expression. What WGSL itself lacks is called from gpu/math.wgsl. */

/**
 * The types that kernels compute in: float16 is widened, small integers are unpacked into 32 bits. i64 is computed in i32 too, but
 * reports a result that does not fit, or has no such op.
 */
export type WgslType = 'f32' | 'i32' | 'u32' | 'i64' | 'bool';

type Emission = (type: WgslType, ...terms: string[]) => string;

const infix = (operator: string): Emission => (_, x, y) => `(${x} ${operator} ${y})`;
const builtin = (name: string): Emission => (_, ...terms) => `${name}(${terms.join(', ')})`;
/** A function of gpu/math.wgsl for floats. */
const helper = (name: string): Emission => (_, ...terms) => `flambeau_${name}(${terms.join(', ')})`;
/** A function of gpu/math.wgsl that exists for each number type. */
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
/** WGSL's own for integers, where there is no NaN. */
const nanAware = (name: string, own: string): Emission => (type, ...terms) =>
  (type === 'f32' ? helper(name) : builtin(own))(type, ...terms);

export const wgslEmissions: { readonly [K in Intrinsic]: Emission } = {
  add: checked('add', infix('+')), sub: checked('sub', infix('-')), mul: checked('mul', infix('*')), div: infix('/'),
  neg: checked('neg', (type, x) => (type === 'u32' ? `(0u - ${x})` : `(-${x})`)),
  abs: checked('abs', builtin('abs')),
  sign: (type, x) => (type === 'f32' ? `flambeau_sign(${x})` : type === 'u32' ? `min(${x}, 1u)` : `sign(${x})`),
  minimum: nanAware('minimum', 'min'), maximum: nanAware('maximum', 'max'), fmin: helper('fmin'), fmax: helper('fmax'),
  floor: builtin('floor'), ceil: builtin('ceil'), trunc: builtin('trunc'),
  // WGSL's round goes to the even neighbour.
  rint: builtin('round'),
  floorDivide: checked('floorDivide', perType('floorDivide')), floorMod: perType('floorMod'), fmod: perType('fmod'),
  pow: notForInt64('pow', perType('pow')),
  sqrt: builtin('sqrt'), cbrt: helper('cbrt'), exp: builtin('exp'), exp2: builtin('exp2'), expm1: helper('expm1'),
  log: builtin('log'), log2: builtin('log2'), log10: helper('log10'), log1p: helper('log1p'),
  sin: builtin('sin'), cos: builtin('cos'), tan: builtin('tan'), asin: builtin('asin'), acos: builtin('acos'),
  atan: builtin('atan'), atan2: builtin('atan2'), hypot: helper('hypot'),
  sinh: helper('sinh'), cosh: builtin('cosh'), tanh: helper('tanh'),
  asinh: helper('asinh'), acosh: helper('acosh'), atanh: helper('atanh'),
  sigmoid: helper('sigmoid'), erf: helper('erf'), erfc: helper('erfc'), logaddexp: helper('logaddexp'),
  copysign: helper('copysign'), nextafter: helper('nextafter'),
  bitwiseAnd: infix('&'), bitwiseOr: infix('|'), bitwiseXor: infix('^'), bitwiseNot: (_, x) => `(~${x})`,
  shiftLeft: notForInt64('left_shift', perType('shiftLeft')), shiftRight: perType('shiftRight'),
  select: (_, condition, x, y) => `select(${y}, ${x}, ${condition})`,
  eq: infix('=='), ne: infix('!='), lt: infix('<'), le: infix('<='), gt: infix('>'), ge: infix('>='),
  isnan: helper('isnan'), isinf: helper('isinf'),
  isfinite: (_, x) => `(!(flambeau_isnan(${x}) || flambeau_isinf(${x})))`,
  signbit: helper('signbit'),
  both: infix('&&'), either: infix('||'), differ: infix('!='), not: (_, x) => `(!${x})`,
  truthy: (type, x) => (type === 'f32' ? `(${x} != 0.0)` : `(${x} != ${type === 'u32' ? '0u' : '0'})`),
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
  readonly result: string;
}

/** The statements that compute an expression from its arguments, which are values of `type` (conditions are bool). */
export function emitWgsl(expression: Expression, type: WgslType): WgslBody {
  const statements: string[] = [];
  const names = new Map<Expression, string>();
  const emit = (node: Expression): string => {
    const known = names.get(node);
    if (known !== undefined) return known;
    switch (node.kind) {
      case 'argument': return node.name;
      case 'constant': return literal(node.value, type);
      case 'call': {
        const text = wgslEmissions[node.intrinsic](type, ...node.args.map(emit));
        const name = `t${names.size}`;
        statements.push(`let ${name} = ${text};`);
        names.set(node, name);
        return name;
      }
    }
  };
  const result = emit(expression);
  return { statements, result };
}

/** The functions of gpu/math.wgsl that a text calls, with those that they call, in the file's order. */
export function requiredHelpers(text: string, library: string): string {
  const functions = new Map<string, string>();
  for (const match of library.matchAll(/^fn (flambeau_\w+)[\s\S]*?^}$/gm)) functions.set(match[1], match[0]);
  const needed = new Set<string>();
  const visit = (source: string): void => {
    for (const [name] of source.matchAll(/flambeau_\w+/g)) {
      const body = functions.get(name);
      if (body === undefined) throw new Error(`gpu/math.wgsl has no function ${name}`);
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
  name: string, args: readonly { readonly name: string; readonly boolean: boolean }[], expression: Expression, type: WgslType,
): string {
  const { statements, result } = emitWgsl(expression, type);
  const own = type === 'i64' ? 'i32' : type;
  const parameters = args.map((arg) => `${arg.name}: ${arg.boolean ? 'bool' : own}`).join(', ');
  const resultType = expression.boolean ? 'bool' : own;
  return `fn ${name}(${parameters}) -> ${resultType} {\n${[...statements, `return ${result};`].map((line) => `  ${line}\n`).join('')}}`;
}
