import type { Draws } from '../draws.ts';
import type { DTypeName, Expression, Snapshot } from './program.ts';

/** Elements and numbers to compute with: mostly small and exact, now and then extreme. */

export type Kind = 'bool' | 'int' | 'uint' | 'float' | 'complex';

export const kindOf = (dtype: DTypeName): Kind => /^[a-z]+/.exec(dtype)![0] as Kind;
export const isInexact = (dtype: DTypeName): boolean => kindOf(dtype) === 'float' || kindOf(dtype) === 'complex';
export const bitsOf = (dtype: DTypeName): number => (dtype === 'bool' ? 8 : Number(/\d+$/.exec(dtype)![0]));
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

export function boundsOf(dtype: DTypeName): readonly [bigint, bigint] {
  const bits = BigInt(bitsOf(dtype));
  return kindOf(dtype) === 'uint' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/** How elements are drawn: `special` with zeros of both signs, infinities and NaN, `plain` without, `extreme` with the ends of integers. */
export type Flavour = 'plain' | 'special' | 'extreme';

const specials = [0, -0, Infinity, -Infinity, NaN, 1, -1];

function drawReal(draws: Draws, flavour: Flavour): number {
  if (flavour === 'special' && draws.chance(0.25)) return draws.pick(specials);
  if (flavour === 'extreme' && draws.chance(0.25)) return (draws.fraction() - 0.5) * 10 ** draws.between(-6, 6);
  return draws.chance(0.6) ? draws.between(-32, 32) / 4 : (draws.fraction() - 0.5) * 6;
}

function drawInteger(draws: Draws, dtype: DTypeName, flavour: Flavour): bigint {
  const [low, high] = boundsOf(dtype);
  if (flavour === 'extreme' && draws.chance(0.3)) return draws.pick([low, high, high - 1n, low + 1n]);
  if (flavour === 'extreme' && draws.chance(0.3)) return low + draws.word() % (high - low + 1n);
  return BigInt(draws.between(low < 0n ? -6 : 0, 9));
}

const half = new Float32Array(1);
const halfBits = new Uint32Array(half.buffer);

/** The bits of a half float, without subnormal ones: a number is cut off, not rounded, since any number will do. */
function toHalf(value: number): number {
  half[0] = value;
  const bits = halfBits[0];
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  if (Number.isNaN(value)) return 0x7e00;
  if (exponent > 15) return sign | (Number.isFinite(value) ? 0x7bff : 0x7c00);
  return exponent < -14 ? sign : sign | ((exponent + 15) << 10) | ((bits >>> 13) & 0x3ff);
}

const writers: Readonly<Record<string, (view: DataView, at: number, value: number) => void>> = {
  16: (view, at, value) => view.setUint16(at, toHalf(value), true),
  32: (view, at, value) => view.setFloat32(at, value, true),
  64: (view, at, value) => view.setFloat64(at, value, true),
};

export function drawElements(draws: Draws, dtype: DTypeName, shape: readonly number[], flavour: Flavour): Snapshot {
  const count = sizeOf(shape);
  const bytes = Buffer.alloc(count * bitsOf(dtype) / 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kind = kindOf(dtype);
  const components = kind === 'complex' ? 2 : 1;
  const bits = bitsOf(dtype) / components;
  for (let i = 0; i < count * components; i++) {
    const at = i * bits / 8;
    if (kind === 'bool') bytes[at] = draws.below(2);
    else if (kind === 'float' || kind === 'complex') writers[bits](view, at, drawReal(draws, flavour));
    else {
      const value = drawInteger(draws, dtype, flavour);
      for (let byte = 0; byte < bits / 8; byte++) bytes[at + byte] = Number((value >> BigInt(8 * byte)) & 0xffn);
    }
  }
  return { dtype, shape, bytes: bytes.toString('base64') };
}

export function realText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** A fraction: JavaScript's whole numbers are Python's integers. */
export function drawFraction(draws: Draws): Expression {
  if (draws.chance(0.04)) return { real: realText(draws.pick([NaN, Infinity, -Infinity, -0])) };
  return { real: realText(draws.between(-8, 8) + draws.pick([0.5, 0.25, 0.125, 0.7])) };
}

/** A Python scalar; most fit the dtype that they meet. */
export function drawScalar(draws: Draws, beside: DTypeName): Expression {
  const kind = kindOf(beside);
  return draws.weighted<() => Expression>([
    [kind === 'bool' ? 6 : 1, () => ({ truth: draws.chance(0.5) })],
    [6, () => ({ integer: String(draws.between(kind === 'uint' ? 0 : -4, 9)) })],
    [0.4, () => ({ integer: String(draws.pick([-1, 127, 128, 255, 256, 300, -129, 40000, 2 ** 31, -(2 ** 31)])) })],
    [0.15, () => ({ integer: String(draws.pick([2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n])) })],
    [kind === 'float' || kind === 'complex' ? 6 : 1.5, () => drawFraction(draws)],
    [kind === 'complex' ? 3 : 0.5, () => ({ complex: [realText(draws.between(-6, 6) / 2), realText(draws.between(-6, 6) / 2)] })],
  ])();
}
