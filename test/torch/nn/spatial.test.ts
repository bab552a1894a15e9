import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { torchValues } from '../../tolerances.ts';

/** What PyTorch's functions that pad, normalise, resize, rearrange and sample images give: values, gradients, refusals. */

interface Spec {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly salt: number;
  readonly low: number;
  readonly high: number;
  readonly grad: boolean;
  readonly turned: boolean;
}

interface Packed {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: string;
}

interface Case {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly output?: Packed;
  readonly gradFn?: string | null;
  readonly gradients?: readonly (Packed | null)[];
  readonly buffers?: readonly Packed[];
  readonly error?: readonly [string, string];
}

const file = new URL('../../fixtures/nn/spatial.json.gz', import.meta.url);
const { cases } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { readonly cases: readonly Case[] };

const named = torch as unknown as Readonly<Record<string, torch.dtype>>;

/** The like of the fixtures' inputs. */
function make({ shape, dtype, salt, low, high, grad, turned }: Spec): torch.Tensor {
  const floating = /^(float|bfloat|complex)/.test(dtype);
  const values = Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, i) => {
    const value = low + (high - low) * (0.5 + 0.5 * Math.sin(2.399 * i + 1.3 * salt + 0.7));
    return floating ? Math.floor(64 * value) / 64 : Math.floor(Math.floor(64 * value) / 64);
  });
  const x = torch.tensor(values, { dtype: torch.float64 }).to(named[dtype]).reshape([...shape]);
  const laid = turned ? x.transpose(-1, -2).contiguous().transpose(-1, -2) : x;
  return grad ? laid.requires_grad_() : laid;
}

const isTensor = (value: unknown): value is { readonly tensor: Spec } => typeof value === 'object' && value !== null && 'tensor' in value;

const readers: Readonly<Record<string, (bytes: ArrayBuffer) => ArrayLike<number | bigint>>> = {
  float64: (bytes) => new Float64Array(bytes), complex128: (bytes) => new Float64Array(bytes), int64: (bytes) => new BigInt64Array(bytes),
  int32: (bytes) => new Int32Array(bytes), uint8: (bytes) => new Uint8Array(bytes), bool: (bytes) => new Uint8Array(bytes),
};

function numbersOf({ dtype, bytes }: Packed): number[] {
  const data = Uint8Array.from(Buffer.from(bytes, 'base64')).buffer;
  return Array.from((readers[dtype] ?? ((each) => new Float32Array(each)))(data), Number);
}

function expectLike(found: torch.Tensor | null, wanted: Packed | null, what: string): void {
  if (wanted === null) {
    expect(found, what).toBeNull();
    return;
  }
  expect(found, what).not.toBeNull();
  const { dtype, shape } = wanted;
  expect(`${what} ${String(found!.dtype)} [${found!.shape.join()}]`).toBe(`${what} torch.${dtype} [${shape.join()}]`);
  const plain = dtype.startsWith('complex') ? torch.view_as_real(found!.detach()) : found!.detach();
  const values = (plain.reshape(-1).tolist({ bigint: false }) as (number | boolean)[]).map(Number);
  const limit = torchValues[dtype] ?? 0;
  numbersOf(wanted).forEach((value, i) => {
    const difference = Math.abs(values[i] - value);
    const agree = Object.is(values[i], value) || values[i] === value || difference <= limit * Math.max(1, Math.abs(value));
    if (!agree) throw new Error(`${what}[${i}] is ${values[i]} instead of ${value}`);
  });
}

const weights = (shape: readonly number[]): torch.Tensor => torch.tensor(
  Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, i) => Math.floor(64 * Math.cos(i * 0.7 + 0.3)) / 64),
  { dtype: torch.float64 }).reshape([...shape]);

/** Errors tell which argument is wrong, where Python lists every signature that would have been right. */
const plainly = (message: string): string => message.replace(/^"\w+" not implemented/, 'not implemented').replace(/ \(position \d+\)/, '')
  .replace(/(must be tuple of ints), .*/, '$1');

function title({ name, args, kwargs }: Case, i: number): string {
  const shown = (value: unknown): string =>
    (isTensor(value) ? `${value.tensor.dtype}[${value.tensor.shape.join()}]` : JSON.stringify(value));
  return `${i} ${name}(${[...args.map(shown), ...Object.entries(kwargs).map(([key, value]) => `${key}=${shown(value)}`)].join(', ')})`;
}

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

const names = [...new Set(cases.map(({ name }) => name))];

describe.each(names)('%s', (name) => {
  test.each(cases.filter((each) => each.name === name).map((each, i) => [title(each, i), each] as const))('%s', (_, each) => {
    const leaves: torch.Tensor[] = [];
    const buffers: torch.Tensor[] = [];
    const read = (value: unknown): unknown => {
      if (!isTensor(value)) return value;
      const x = make(value.tensor);
      (x.requires_grad ? leaves : buffers).push(x);
      return x;
    };
    const call = (): torch.Tensor => {
      const f = (torch.nn.functional as unknown as Record<string, (...given: unknown[]) => torch.Tensor>)[name];
      const options = Object.fromEntries(Object.entries(each.kwargs).map(([key, value]) => [key, value]));
      const given = each.args.map(read);
      for (const [key, value] of Object.entries(options)) options[key] = read(value);
      return f(...given, ...(Object.keys(options).length > 0 ? [options] : []));
    };
    if (each.error) {
      const [kind, message] = each.error;
      let thrown: Error | null = null;
      try {
        call();
      } catch (error) {
        thrown = error as Error;
      }
      expect(`${thrown?.name}: ${plainly(thrown?.message ?? '')}`).toBe(`${kind}: ${plainly(message)}`);
      return;
    }
    const out = call();
    expectLike(out, each.output!, 'output');
    expect(out.grad_fn?.name() ?? null).toBe(each.gradFn);
    each.buffers?.forEach((buffer, i) => expectLike(buffers[i], buffer, `buffer ${i}`));
    if (each.gradients === undefined) return;
    const gradients = torch.autograd.grad([out], leaves, { grad_outputs: [weights(out.shape).to(out.dtype)], allow_unused: true });
    each.gradients.forEach((wanted, i) => expectLike(gradients[i], wanted, `gradient ${i}`));
  });
});
