import type { Intrinsic } from '../../src/core/expression.ts';

/** AssemblyScript's element types that expressions are emitted for. */
export type Element = 'f32' | 'f64' | 'i8' | 'i16' | 'i32' | 'i64' | 'u8' | 'u16' | 'u32' | 'u64';

interface Emission {
  /** One element. Boolean terms are `bool`. */
  readonly scalar: (t: Element, ...terms: string[]) => string;
  /** 16 bytes of elements; boolean terms are lane masks. Null where the type has no such instructions. */
  readonly simd: (t: Element, ...terms: string[]) => string | null;
}

const isFloat = (t: Element): boolean => t === 'f32' || t === 'f64';
const isUnsigned = (t: Element): boolean => t.startsWith('u');
const lanes = (t: Element): string => ({ f32: 'f32x4', f64: 'f64x2' } as Record<string, string>)[t];

const infix = (operator: string, simd: Emission['simd']): Emission =>
  ({ scalar: (t, x, y) => `<${t}>(${x} ${operator} ${y})`, simd });

const compare = (operator: string, name: string): Emission => ({
  scalar: (_, x, y) => `(${x} ${operator} ${y})`,
  simd: (t, x, y) => (t === 'u64' || (t === 'i64' && name !== 'eq' && name !== 'ne') ? null : `v128.${name}<${t}>(${x}, ${y})`),
});

/** Functions of wasm/math, which exist for floats only. */
const math = (name: string): Emission => ({
  scalar: (t, ...terms) => `math.${name}_${t}(${terms.join(', ')})`,
  simd: (t, ...terms) => (isFloat(t) ? `math.${name}_${lanes(t)}(${terms.join(', ')})` : null),
});

const mathOrInteger = (floatName: string, integerName: string): Emission => ({
  scalar: (t, ...terms) => (isFloat(t) ? math(floatName).scalar(t, ...terms) : `integer.${integerName}<${t}>(${terms.join(', ')})`),
  simd: math(floatName).simd,
});

const bitwise = (operator: string, name: string): Emission =>
  infix(operator, (t, x, y) => (isFloat(t) ? null : `v128.${name}(${x}, ${y})`));

const extreme = (name: 'min' | 'max'): Emission => ({
  scalar: (t, x, y) => `${name}<${t}>(${x}, ${y})`,
  simd: (t, x, y) => (t === 'i64' || t === 'u64' ? null : `v128.${name}<${t}>(${x}, ${y})`),
});

export const emissions: { readonly [K in Intrinsic]: Emission } = {
  add: infix('+', (t, x, y) => `v128.add<${t}>(${x}, ${y})`),
  sub: infix('-', (t, x, y) => `v128.sub<${t}>(${x}, ${y})`),
  mul: infix('*', (t, x, y) => (t === 'i8' || t === 'u8' ? null : `v128.mul<${t}>(${x}, ${y})`)),
  div: { scalar: (_, x, y) => `(${x} / ${y})`, simd: (t, x, y) => (isFloat(t) ? `v128.div<${t}>(${x}, ${y})` : null) },
  neg: {
    scalar: (t, x) => (isFloat(t) ? `(-${x})` : `<${t}>(0 - ${x})`),
    simd: (t, x) => `v128.neg<${isUnsigned(t) ? t.replace('u', 'i') : t}>(${x})`,
  },
  abs: {
    scalar: (t, x) => (isFloat(t) ? `abs<${t}>(${x})` : isUnsigned(t) ? x : `<${t}>(${x} < 0 ? 0 - ${x} : ${x})`),
    simd: (t, x) => (isUnsigned(t) ? x : `v128.abs<${t}>(${x})`),
  },
  sign: {
    scalar: (t, x) => (isFloat(t) ? `math.sign_${t}(${x})`
      : isUnsigned(t) ? `<${t}>(${x} != 0 ? 1 : 0)` : `<${t}>(${x} > 0 ? 1 : ${x} < 0 ? -1 : 0)`),
    simd: math('sign').simd,
  },
  minimum: extreme('min'),
  maximum: extreme('max'),
  fmin: math('fmin'),
  fmax: math('fmax'),
  floor: math('floor'), ceil: math('ceil'), trunc: math('trunc'), rint: math('rint'),
  floorDivide: mathOrInteger('floorDivide', 'floorDivideInteger'),
  floorMod: mathOrInteger('floatMod', 'floorModInteger'),
  fmod: mathOrInteger('fmod', 'fmodInteger'),
  pow: mathOrInteger('pow', 'powInteger'),
  sqrt: math('sqrt'), cbrt: math('cbrt'),
  exp: math('exp'), exp2: math('exp2'), expm1: math('expm1'),
  log: math('log'), log2: math('log2'), log10: math('log10'), log1p: math('log1p'),
  sin: math('sin'), cos: math('cos'), tan: math('tan'), asin: math('asin'), acos: math('acos'), atan: math('atan'),
  atan2: math('atan2'), hypot: math('hypot'),
  sinh: math('sinh'), cosh: math('cosh'), tanh: math('tanh'), asinh: math('asinh'), acosh: math('acosh'), atanh: math('atanh'),
  sigmoid: math('sigmoid'), erf: math('erf'), erfc: math('erfc'), logaddexp: math('logaddexp'),
  copysign: math('copysign'), nextafter: math('nextafter'),
  bitwiseAnd: bitwise('&', 'and'), bitwiseOr: bitwise('|', 'or'), bitwiseXor: bitwise('^', 'xor'),
  bitwiseNot: { scalar: (t, x) => `<${t}>(~${x})`, simd: (t, x) => (isFloat(t) ? null : `v128.not(${x})`) },
  shiftLeft: { scalar: (t, x, y) => `integer.shiftLeftInteger<${t}>(${x}, ${y})`, simd: () => null },
  shiftRight: { scalar: (t, x, y) => `integer.shiftRightInteger<${t}>(${x}, ${y})`, simd: () => null },
  select: {
    scalar: (t, condition, x, y) => `select<${t}>(${x}, ${y}, ${condition})`,
    simd: (_, condition, x, y) => `v128.bitselect(${x}, ${y}, ${condition})`,
  },
  eq: compare('==', 'eq'), ne: compare('!=', 'ne'),
  lt: compare('<', 'lt'), le: compare('<=', 'le'), gt: compare('>', 'gt'), ge: compare('>=', 'ge'),
  isnan: { scalar: (_, x) => `(${x} != ${x})`, simd: (t, x) => `v128.ne<${t}>(${x}, ${x})` },
  isinf: {
    scalar: (t, x) => `(abs<${t}>(${x}) == <${t}>Infinity)`,
    simd: (t, x) => `v128.eq<${t}>(v128.abs<${t}>(${x}), v128.splat<${t}>(<${t}>Infinity))`,
  },
  isfinite: {
    scalar: (t, x) => `(abs<${t}>(${x}) < <${t}>Infinity)`,
    simd: (t, x) => `v128.lt<${t}>(v128.abs<${t}>(${x}), v128.splat<${t}>(<${t}>Infinity))`,
  },
  signbit: {
    scalar: (t, x) => (t === 'f32' ? `(reinterpret<i32>(${x}) < 0)` : `(reinterpret<i64>(${x}) < 0)`),
    simd: (t, x) => (t === 'f32' ? `i32x4.shr_s(${x}, 31)` : `i64x2.shr_s(${x}, 63)`),
  },
  both: { scalar: (_, x, y) => `<bool>(${x} & ${y})`, simd: (_, x, y) => `v128.and(${x}, ${y})` },
  either: { scalar: (_, x, y) => `<bool>(${x} | ${y})`, simd: (_, x, y) => `v128.or(${x}, ${y})` },
  differ: { scalar: (_, x, y) => `(${x} != ${y})`, simd: (_, x, y) => `v128.xor(${x}, ${y})` },
  not: { scalar: (_, x) => `(!${x})`, simd: (_, x) => `v128.not(${x})` },
  truthy: {
    scalar: (_, x) => `(${x} != 0)`,
    simd: (t, x) => (t === 'u64' ? null : `v128.ne<${t}>(${x}, v128.splat<${t}>(0))`),
  },
};
