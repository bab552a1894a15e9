import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emitWgslFunction, requiredHelpers } from '../../src/backend/webgpu/wgsl.ts';
import type { WgslType } from '../../src/backend/webgpu/wgsl.ts';
import { bool, float32, int32, uint32 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { Expression } from '../../src/core/expression.ts';
import { argument, e } from '../../src/core/expression.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';

/** The text that the GPU will run. That it computes the right numbers is for the device's own suite. */

const library = readFileSync(new URL('../../gpu/math.wgsl', import.meta.url), 'utf8');
const types: readonly (readonly [DType, WgslType])[] = [[float32, 'f32'], [int32, 'i32'], [uint32, 'u32'], [bool, 'bool']];

it('writes an expression with its shared parts once', () => {
  const x = argument('x');
  const shifted = e.add(x, 1);
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.mul(shifted, e.exp2(shifted)), 'f32')).toBe([
    'fn f(x: f32) -> f32 {', '  let t0 = (x + 1.0);', '  let t1 = exp2(t0);', '  let t2 = (t0 * t1);', '  return t2;', '}',
  ].join('\n'));
});

it('spells constants and integers in their own types', () => {
  const x = argument('x');
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.select(e.lt(x, Infinity), e.mul(x, 1e-10), NaN), 'f32'))
    .toContain('select(flambeau_nan(), t1, t0)');
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.floorDivide(x, 3), 'u32')).toContain('flambeau_floorDivide_u32(x, 3u)');
  expect(emitWgslFunction('f', [{ name: 'x', boolean: false }], e.mul(x, 0.5), 'f32')).toContain('(x * 0.5)');
});

it('brings along what a text calls, and what that calls', () => {
  const helpers = requiredHelpers('flambeau_logaddexp(x, y)', library);
  expect([...helpers.matchAll(/^fn (\w+)/gm)].map((match) => match[1])).toEqual(
    ['flambeau_isnan', 'flambeau_isinf', 'flambeau_minimum', 'flambeau_maximum', 'flambeau_log1p', 'flambeau_logaddexp']
      .filter((name) => helpers.includes(`fn ${name}(`)));
  expect(helpers).toContain('fn flambeau_log1p');
  expect(() => requiredHelpers('flambeau_nothing(x)', library)).toThrow('gpu/math.wgsl has no function flambeau_nothing');
});

describe.each(pointwiseOps.map((op) => [op.name, op] as const))('%s', (name, op) => {
  const held = types.filter(([dtype]) => op.supports(dtype));
  it('is written for every type that WGSL holds', () => {
    for (const [dtype, type] of held) {
      const args = op.args.map((arg) => ({ name: arg, boolean: dtype === bool || op.conditions.includes(arg) }));
      const text = emitWgslFunction(`op_${name}`, args, op.expression(dtype) as Expression, type);
      expect(text).toMatch(new RegExp(`^fn op_${name}\\(.*\\) -> (f32|i32|u32|bool) \\{\\n`));
      expect(text).not.toMatch(/undefined|NaN|Infinity/);
      // Every helper that is called exists.
      requiredHelpers(text, library);
    }
    expect(held.length > 0 || op.dtypes.every(({ kind }) => kind === 'complex')).toBe(true);
  });
});
