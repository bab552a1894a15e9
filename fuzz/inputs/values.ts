import * as torch from 'flambeau/torch';
import { dtypeNamed } from '../../src/core/dtype.ts';
import { programRoom } from '../../test/tolerances.ts';
import { epsilon } from '../../test/ulps.ts';

/** Values as cases.py writes them: arguments to make, and results to compare with. */

export type Encoded = null
  | { readonly bool: boolean } | { readonly int: string } | { readonly float: string } | { readonly complex: readonly [string, string] }
  | { readonly str: string } | { readonly dtype: string } | { readonly named: string } | { readonly list: readonly Encoded[] }
  | EncodedTensor;
export interface EncodedTensor {
  readonly tensor: string;
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
const realOf = (written: string): number => words[written] ?? Number(written);
const byName = torch as unknown as Readonly<Record<string, unknown>>;
const isComplex = (dtype: string): boolean => dtype.startsWith('complex');
const isFloat = (dtype: string): boolean => /float|complex/.test(dtype);

function integerOf(written: string): number | bigint {
  const value = Number(written);
  return Number.isSafeInteger(value) ? value : BigInt(written);
}

function tensorOf({ tensor: name, shape, data }: EncodedTensor): torch.Tensor {
  const dtype = byName[name] as torch.dtype;
  if (!isFloat(name)) return torch.tensor(data.map(integerOf), { dtype: torch.int64 }).to(dtype).reshape([...shape]);
  const parts = torch.tensor(data.map(realOf), { dtype: name === 'complex64' ? torch.float32 : torch.float64 });
  if (isComplex(name)) return torch.view_as_complex(parts.reshape(parts.numel() / 2, 2)).reshape([...shape]);
  return parts.to(dtype).reshape([...shape]);
}

/** The value that an argument stands for. */
export function decode(value: Encoded): unknown {
  if (value === null) return null;
  if ('bool' in value) return value.bool;
  if ('int' in value) return integerOf(value.int);
  if ('float' in value) return realOf(value.float);
  if ('complex' in value) return new torch.Complex(realOf(value.complex[0]), realOf(value.complex[1]));
  if ('str' in value) return value.str;
  if ('dtype' in value) return byName[value.dtype];
  if ('named' in value) return byName[value.named];
  if ('list' in value) return value.list.map(decode);
  return tensorOf(value);
}

/** How many elements an argument has, of which a result may be a sum. */
export function elementsOf(value: Encoded): number {
  if (value === null) return 0;
  if ('list' in value) return value.list.reduce((sum, each) => sum + elementsOf(each), 0);
  return 'tensor' in value ? value.data.length : 0;
}

/** The elements of a tensor as numbers, a complex one's parts side by side, integers in full. */
function partsOf(x: torch.Tensor): (number | bigint)[] {
  const real = isComplex(x.dtype.name) ? torch.view_as_real(x) : x;
  const flat = real.reshape(-1);
  return isFloat(x.dtype.name) ? flat.to(torch.float64).tolist() as number[] : flat.to(torch.int64).tolist({ bigint: true }) as bigint[];
}

const listed = (got: unknown): readonly unknown[] | null =>
  (Array.isArray(got) ? got : typeof got === 'object' && got !== null && Symbol.iterator in got ? [...got as Iterable<unknown>] : null);

/** Where a result is not what PyTorch gives, and how; null where it is. */
export function difference(got: unknown, wanted: Encoded, terms: number, place = ''): string | null {
  if (wanted === null) return got === null || got === undefined ? null : `${place} is not None`;
  if ('list' in wanted) {
    const list = got instanceof torch.Tensor ? null : listed(got);
    if (list === null || list.length !== wanted.list.length) return `${place} is no list of ${wanted.list.length}`;
    return wanted.list.map((each, i) => difference(list[i], each, terms, `${place}[${i}]`)).find((each) => each !== null) ?? null;
  }
  if (!('tensor' in wanted)) {
    const value = decode(wanted);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return Math.abs(Number(got) - Number(value)) <= programRoom(Number.EPSILON, terms) * Math.abs(Number(value))
        || Object.is(Number(got), Number(value)) ? null : `${place} is another number`;
    }
    return String(got) === String(value) ? null : `${place} is another value`;
  }
  if (!(got instanceof torch.Tensor)) return `${place} is no tensor`;
  if (got.dtype.name !== wanted.tensor) return `${place} has dtype ${got.dtype.name}, not ${wanted.tensor}`;
  if (String([...got.shape]) !== String(wanted.shape)) return `${place} has shape ${[...got.shape]}, not ${wanted.shape}`;
  const ours = partsOf(got);
  if (!isFloat(wanted.tensor)) {
    const wrong = ours.findIndex((each, i) => each !== BigInt(wanted.data[i]));
    return wrong < 0 ? null : `${place} differs in its elements`;
  }
  const theirs = wanted.data.map(realOf);
  const components: Readonly<Record<string, string>> = { complex64: 'float32', complex128: 'float64' };
  const component = components[wanted.tensor] ?? wanted.tensor;
  const room = programRoom(epsilon(dtypeNamed(component)!), terms);
  const largest = Math.max(0, ...theirs.filter(Number.isFinite).map(Math.abs));
  const wrong = theirs.findIndex((each, i) => !Object.is(ours[i], each) && ours[i] !== each
    && !(Math.abs(Number(ours[i]) - each) <= room * (Math.abs(each) + largest)));
  return wrong < 0 ? null : `${place} differs in its elements`;
}

/** An argument in a few letters. */
export function shown(value: Encoded): string {
  if (value === null) return 'None';
  if ('list' in value) return `[${value.list.map(shown).join(', ')}]`;
  if ('tensor' in value) return `${value.tensor}[${value.shape}]`;
  return String(Object.values(value)[0]);
}
