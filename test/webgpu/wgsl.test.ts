import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emitWgslFunction, requiredHelpers } from '../../src/backend/webgpu/wgsl.ts';
import type { WgslType } from '../../src/backend/webgpu/wgsl.ts';
import { bool, complex64, float32, int32, uint32 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import { argument, complexArgument, e } from '../../src/core/expression.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';

/** The text that the GPU will run. That it computes the right numbers is for the device's own suite. */

const folder = new URL('../../gpu/', import.meta.url);
const library = readdirSync(folder).filter((name) => /^(math\w+|convert|faults)\.wgsl$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8').replace(/\/\/.*$/gm, '')).join('\n');
const types: readonly (readonly [DType, WgslType])[] = [
  [float32, 'f32'], [int32, 'i32'], [uint32, 'u32'], [bool, 'bool'], [complex64, 'c64'],
];

it('writes an expression with its shared parts once', () => {
  const x = argument('x');
  const shifted = e.add(x, 1);
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.mul(shifted, e.exp2(shifted)), 'f32')).toBe([
    'fn f(x: f32) -> f32 {', '  let t0 = (x + 1.0);', '  let t1 = flambeau_exp2(t0);', '  let t2 = (t0 * t1);', '  return t2;', '}',
  ].join('\n'));
});

it('spells constants and integers in their own types', () => {
  const x = argument('x');
  // oxlint-disable-next-line flambeau/tolerances -- an operand
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.select(e.lt(x, Infinity), e.mul(x, 1e-10), NaN), 'f32'))
    .toContain('select(flambeau_nan(), t1, t0)');
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.floorDivide(x, 3), 'u32')).toContain('flambeau_floorDivide_u32(x, 3u)');
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.mul(x, 0.5), 'f32')).toContain('(x * 0.5)');
});

it('rounds a product before it is added to something, which a GPU may otherwise fuse', () => {
  const args = ['x', 'y'].map((name) => ({ name, boolean: false }));
  const sum = e.sub(e.mul(argument('x'), argument('y')), argument('x'));
  expect(emitWgslFunction('f', args, sum, 'f32')).toContain('let t1 = (flambeau_hold(t0) - x);');
  expect(emitWgslFunction('f', args, sum, 'i32')).toContain('let t1 = (t0 - x);');
});

it('leaves no product with 0 to what a compiler makes of it', () => {
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.mul(argument('x'), 0), 'f32')).toContain('(x * flambeau_hold(0.0))');
});

it('leaves no comparison of floats to what a compiler makes of NaN', () => {
  const args = ['x', 'y'].map((name) => ({ name, boolean: false }));
  const [x, y] = [argument('x'), argument('y')];
  expect(emitWgslFunction('f', args, e.le(x, y), 'f32')).toContain('(x <= y && flambeau_ordered(x, y))');
  expect(emitWgslFunction('f', args, e.ne(x, y), 'f32')).toContain('(!(x == y && flambeau_ordered(x, y)))');
  expect(emitWgslFunction('f', args, e.ne(x, y), 'i32')).toContain('(!(x == y))');
});

it('writes complex numbers as what becomes of their parts', () => {
  const z = complexArgument('z');
  const conjugate = { re: z.re, im: e.neg(z.im) };
  expect(emitWgslFunction('f', [{ name: 'z', boolean: false }], conjugate, 'c64')).toBe([
    'fn f(z: vec2f) -> vec2f {', '  let zRe = z.x; let zIm = z.y;', '  let t0 = (-zIm);', '  return vec2f(zRe, t0);', '}',
  ].join('\n'));
  expect(emitWgslFunction('f', [{ name: 'z', boolean: false }], e.hypot(z.re, z.im), 'c64')).toContain('fn f(z: vec2f) -> f32 {');
  const chosen = { re: e.select(argument('c', true), z.re, 0), im: e.select(argument('c', true), z.im, 0) };
  expect(emitWgslFunction('f', [{ name: 'c', boolean: true }, { name: 'z', boolean: false }], chosen, 'c64'))
    .toContain('fn f(c: bool, z: vec2f) -> vec2f {\n  let zRe');
});

it('checks int64, which has 32 bits, and refuses what would need more', () => {
  const args = ['x', 'y'].map((name) => ({ name, boolean: false }));
  const [x, y] = [argument('x'), argument('y')];
  const text = emitWgslFunction('f', args, e.mul(x, y), 'i64');
  expect(text).toContain('fn f(x: i32, y: i32) -> i32 {');
  expect(requiredHelpers(text, library)).toContain('fn flambeau_fault(');
  expect(() => emitWgslFunction('f', args, e.pow(x, y), 'i64')).toThrow(/^pow of int64 is not supported on the GPU/);
  expect(() => emitWgslFunction('f', args, e.shiftLeft(x, y), 'i64')).toThrow(/^left_shift of int64 is not supported on the GPU/);
});

const names = (text: string): string[] => [...text.matchAll(/^(?:fn|const) (\w+)/gm)].map((match) => match[1]);

it('brings along what a text calls, and what that calls', () => {
  const helpers = requiredHelpers('flambeau_cbrt(x)', library);
  expect(names(helpers)).toEqual(['flambeau_copysign', 'flambeau_hold', 'flambeau_scale', 'flambeau_cbrt']);
  expect(names(requiredHelpers('flambeau_reduceFar(x)', library)).sort()).toEqual(
    ['flambeau_mulHigh', 'flambeau_reduceFar', 'flambeau_signbit', 'flambeau_twoOverPi']);
  expect(() => requiredHelpers('flambeau_nothing(x)', library)).toThrow('gpu/ has no function flambeau_nothing');
});

it('has every helper once, and each is of use', () => {
  const all = names(library);
  expect(new Set(all).size).toBe(all.length);
  const used = (name: string): boolean => [...library.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1;
  const spelled = (name: string): boolean => types.some(([dtype, type]) => pointwiseOps().some((op) => op.supports(dtype)
    && emitWgslFunction('f', [], op.expression(dtype), type).includes(`${name}(`)));
  const ofMath = all.filter((name) => !/^flambeau_(to|from)[A-Z]|_[ic]64$|^flambeau_fault$/.test(name));
  expect(ofMath.filter((name) => !used(name) && !spelled(name))).toEqual([]);
});

describe.each(pointwiseOps().map((op) => [op.name, op] as const))('%s', (name, op) => {
  const held = types.filter(([dtype]) => op.supports(dtype));
  it('is written for every type that WGSL holds', () => {
    for (const [dtype, type] of held) {
      const args = op.args.map((arg) => ({ name: arg, boolean: dtype === bool || op.conditions.includes(arg) }));
      const text = emitWgslFunction(`op_${name}`, args, op.expression(dtype), type);
      expect(text).toMatch(new RegExp(`^fn op_${name}\\(.*\\) -> (f32|i32|u32|vec2f|bool) \\{\\n`));
      expect(text).not.toMatch(/undefined|NaN|Infinity/);
      // Every helper that is called exists.
      requiredHelpers(text, library);
    }
    expect(held.length).toBeGreaterThan(0);
  });
});
