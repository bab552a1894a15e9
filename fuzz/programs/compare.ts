import { dtypeNamed } from '../../src/core/dtype.ts';
import { halfBitsToNumber } from '../../src/core/scalar.ts';
import { programRoom, programSteps } from '../../test/tolerances.ts';
import { epsilon, ulpDistance } from '../../test/ulps.ts';
import type { Policy } from './policies.ts';
import type { DTypeName, Snapshot } from './program.ts';
import { bitsOf, isInexact, kindOf } from './values.ts';

/** Whether two results are the same, as far as the statement lets them be. */

const coreDType = (name: DTypeName): NonNullable<ReturnType<typeof dtypeNamed>> => dtypeNamed(name)!;

/** The components as numbers; only of inexact dtypes. */
export function componentsOf({ dtype, bytes }: Snapshot): number[] {
  const buffer = Buffer.from(bytes, 'base64');
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const width = bitsOf(dtype) / 8 / (kindOf(dtype) === 'complex' ? 2 : 1);
  return Array.from({ length: buffer.length / width }, (_, i) => {
    const at = i * width;
    return width === 8 ? view.getFloat64(at, true) : width === 4 ? view.getFloat32(at, true) : halfBitsToNumber(view.getUint16(at, true));
  });
}

/** The components' dtype, which units in the last place are counted in. */
const component = (dtype: DTypeName): DTypeName => (dtype === 'complex128' ? 'float64' : dtype === 'complex64' ? 'float32' : dtype);

export interface Context {
  readonly policy: Policy;
  readonly scale: Snapshot | null;
  /** The coarsest machine epsilon of what went in and came out, and how many terms there may be. */
  readonly epsilon: number;
  readonly terms: number;
  /** Whether the result is wider than the computation. */
  readonly wide: boolean;
  readonly complex: boolean;
}

const both = (a: number, b: number, test: (value: number) => boolean): boolean => test(a) && test(b);

function sameComponent(got: number, wanted: number, dtype: DTypeName, { policy, wide, epsilon }: Context): boolean {
  if (Object.is(got, wanted) || both(got, wanted, Number.isNaN)) return true;
  if (policy.kind === 'exact') return false;
  if (got === wanted) return true;
  if (policy.kind === 'eitherZero') return false;
  if (policy.kind !== 'steps') return false;
  if (wide && Math.abs(got - wanted) <= programSteps.float64 * epsilon * Math.abs(wanted)) return true;
  return ulpDistance(got, wanted, coreDType(dtype)) <= programSteps[dtype as 'float64'];
}

const largest = { float16: 65504, float32: 3.4028234663852886e38, float64: Number.MAX_VALUE } as const;

function sameScaled(got: number, wanted: number, at: number, dtype: DTypeName, context: Context): boolean {
  const { policy, scale } = context;
  if (policy.kind !== 'scaled') return false;
  if (got === wanted || both(got, wanted, Number.isNaN)) return true;
  if (scale === null) return false;
  const scales = componentsOf(scale);
  const unit = scales.length === 1 ? scales[0] : scales[at] ?? Math.max(...scales);
  // Products of complex infinities are NaN or infinite, as their parts come together.
  if (context.complex && !Number.isFinite(got) && !Number.isFinite(wanted)) return true;
  // Sums in another order overflow at other places.
  if (!both(got, wanted, Number.isFinite)) return unit * (context.terms + 1) >= largest[dtype as 'float64'] / 2;
  const room = programRoom(context.epsilon, context.terms) * unit;
  return policy.squared ? Math.abs(got ** 2 - wanted ** 2) <= room + context.epsilon * wanted ** 2 : Math.abs(got - wanted) <= room;
}

/** Complex results in steps count by modulus, both parts at once. */
function sameComplex(got: readonly number[], wanted: readonly number[], dtype: DTypeName, context: Context): boolean {
  const finite = [...got, ...wanted].every(Number.isFinite);
  if (!finite) return got.every((each, i) => each === wanted[i] || !Number.isFinite(wanted[i]) || !Number.isFinite(each));
  const distance = Math.hypot(got[0] - wanted[0], got[1] - wanted[1]);
  const precision = Math.max(epsilon(coreDType(dtype)), context.wide ? context.epsilon : 0);
  return distance <= programSteps.complex * precision * Math.hypot(...wanted) || distance < Number.MIN_VALUE * 16;
}

export type Difference = 'dtype' | 'shape' | 'values';

export function difference(got: Snapshot, wanted: Snapshot, context: Context): Difference | null {
  if (got.dtype !== wanted.dtype) return 'dtype';
  if (String(got.shape) !== String(wanted.shape)) return 'shape';
  if (got.bytes === wanted.bytes) return null;
  if (!isInexact(got.dtype)) return 'values';
  const [ours, theirs] = [componentsOf(got), componentsOf(wanted)];
  const dtype = component(got.dtype);
  const complex = kindOf(got.dtype) === 'complex';
  if (complex && context.policy.kind === 'steps') {
    const pairs = Array.from({ length: ours.length / 2 }, (_, i) => [ours, theirs].map((each) => each.slice(2 * i, 2 * i + 2)));
    return pairs.every(([a, b]) => sameComplex(a, b, got.dtype, context)) ? null : 'values';
  }
  const same = ours.every((each, i) => sameComponent(each, theirs[i], dtype, context)
    || sameScaled(each, theirs[i], complex ? i >> 1 : i, dtype, context));
  return same ? null : 'values';
}

/** Elements for a person to read. */
export function show({ dtype, shape, bytes }: Snapshot): string {
  const most = 12;
  let values: string[];
  if (isInexact(dtype)) {
    const components = componentsOf({ dtype, shape, bytes });
    const written = components.map((each) => (Object.is(each, -0) ? '-0' : String(each)));
    values = kindOf(dtype) === 'complex'
      ? Array.from({ length: written.length / 2 }, (_, i) => `${written[2 * i]}${written[2 * i + 1].replace(/^(?!-)/, '+')}j`) : written;
  } else {
    values = integersOf({ dtype, shape, bytes }).map((each) => (dtype === 'bool' ? (each === 0n ? 'False' : 'True') : String(each)));
  }
  return `${dtype}(${shape.join(', ')}) ${values.slice(0, most).join(' ')}${values.length > most ? ' ...' : ''}`;
}

export function integersOf({ dtype, bytes }: Snapshot): bigint[] {
  const buffer = Buffer.from(bytes, 'base64');
  const width = bitsOf(dtype) / 8;
  return Array.from({ length: buffer.length / width }, (_, i) => {
    const raw = [...buffer.subarray(i * width, (i + 1) * width)].reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
    return kindOf(dtype) === 'int' ? BigInt.asIntN(8 * width, raw) : raw;
  });
}
