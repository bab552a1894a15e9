import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { dtypeOf } from '../backend/arrays.ts';
import { poolingRoom } from '../tolerances.ts';
import { expectWithin } from '../within.ts';

/** Poolings and what they refuse against PyTorch (test/fixtures/nn/pooling.py): values, places, gradients, and what layers show. */

interface Packed {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: string;
}

interface Case {
  readonly place: 'torch' | 'functional' | 'module';
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly special?: boolean;
  readonly transposed?: boolean;
  readonly answer?: {
    readonly results: readonly Packed[]; readonly gradient?: Packed; readonly name?: string | null; readonly text?: string;
  };
  readonly error?: readonly [name: string, message: string];
}

const file = new URL('../fixtures/nn/pooling.json.gz', import.meta.url);
const { cases } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { readonly cases: readonly Case[] };

function numbers(shape: readonly number[], dtype: string, special = false): torch.Tensor {
  const { kind } = dtypeOf(dtype);
  const whole = kind === 'int' || kind === 'uint' || kind === 'bool' || kind === 'complex';
  const count = shape.reduce((product, extent) => product * extent, 1);
  const values = Array.from({ length: count }, (_, i) => {
    if (special && !whole) {
      if (i % 19 === 7) return -Infinity;
      if (i % 17 === 5) return Infinity;
      if (i % 13 === 3) return NaN;
    }
    return ((389 * i + 17) % 211 - 105) / (whole ? 1 : 8);
  });
  return torch.tensor(values, { dtype: torch.float64 }).to(namedDType(dtype)).reshape([...shape]);
}

const namedDType = (name: string): torch.dtype => (torch as unknown as Record<string, torch.dtype>)[name];

function listOf({ dtype, bytes }: Packed): number[] {
  const buffer = Uint8Array.from(Buffer.from(bytes, 'base64')).buffer;
  const { kind } = dtypeOf(dtype);
  return [...kind !== 'float' ? new Int32Array(buffer) : dtype === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer)];
}

function expectTensor(found: torch.Tensor, wanted: Packed, name: string, what: string): void {
  expect([what, String(found.dtype), [...found.shape]]).toEqual([what, `torch.${wanted.dtype}`, wanted.shape]);
  const values = found.detach().reshape(-1).tolist() as unknown as number[];
  const room = wanted.dtype.includes('int') ? { relative: 0, absolute: 0 } : poolingRoom(name, dtypeOf(wanted.dtype));
  listOf(wanted).forEach((value, i) => expectWithin(Number(values[i]), value, room, `${what}[${i}]`));
}

function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('number' in value) return value.number === 'inf' ? Infinity : -Infinity;
  const packed = (value as { readonly tensor: Packed }).tensor;
  return torch.tensor(listOf(packed), { dtype: namedDType(packed.dtype) }).reshape([...packed.shape]);
}

type Found = torch.Tensor | readonly torch.Tensor[];
type Callable = (...given: unknown[]) => Found;

function inputOf({ shape, dtype, special, transposed }: Case): torch.Tensor {
  const x = transposed === true ? numbers([...shape].reverse(), dtype, special).permute([...shape.keys()].reverse())
    : numbers(shape, dtype, special);
  return dtypeOf(dtype).kind === 'float' ? x.requires_grad_() : x;
}

function called({ place, name, args, kwargs }: Case, x: torch.Tensor): { readonly found: Found; readonly text: string } {
  const given = args.map(valueOf);
  const named = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, valueOf(value)]));
  const options = Object.keys(named).length > 0 ? [named] : [];
  torch.manual_seed(3);
  if (place !== 'module') {
    const functions = (place === 'torch' ? torch : torch.nn.functional) as unknown as Readonly<Record<string, Callable>>;
    return { found: functions[name](x, ...given, ...options), text: '' };
  }
  const make = (torch.nn as unknown as Readonly<Record<string, (...parameters: unknown[]) => Callable>>)[name];
  const isBack = name.includes('Unpool');
  const layer = make(...isBack ? given.slice(1) : given, ...options);
  return { found: isBack ? layer(x, given[0]) : layer(x), text: String(layer) };
}

const groups = new Map<string, (Case & { readonly i: number })[]>();
cases.forEach((each, i) => {
  const key = `${each.place} ${each.name}`;
  groups.set(key, [...groups.get(key) ?? [], { ...each, i }]);
});

describe.each([...groups])('%s', (_, members) => {
  const titled = members.map((each) =>
    [`${each.i}: ${JSON.stringify([each.shape, each.dtype, each.args, each.kwargs]).slice(0, 100)}`, each] as const);
  it.each(titled)('%s', (__, each) => {
    const { answer, error, name } = each;
    if (error !== undefined) {
      let thrown: Error | null = null;
      try {
        called(each, inputOf(each));
      } catch (caught) {
        thrown = caught as Error;
      }
      expect(thrown === null ? null : [thrown.name, thrown.message]).toEqual(error);
      return;
    }
    const x = inputOf(each);
    const { found, text } = called(each, x);
    const results = found instanceof torch.Tensor ? [found] : found;
    expect(results.length).toBe(answer!.results.length);
    answer!.results.forEach((wanted, i) => expectTensor(results[i], wanted, name, `result ${i}`));
    if (answer!.text !== undefined) expect(text).toBe(answer!.text);
    if (answer!.gradient === undefined) return;
    const [gradient] = torch.autograd.grad(results[0], x, { grad_outputs: numbers(results[0].geometry.shape, each.dtype) });
    expectTensor(gradient!, answer!.gradient, `avg ${name}`, 'gradient');
    if (answer!.name !== null && !/lp_?pool/i.test(name)) expect(results[0].grad_fn!.name()).toBe(answer!.name);
  });
});

describe('calls', () => {
  const { functional } = torch.nn;
  const image = numbers([1, 2, 6, 9], 'float64');
  const line = numbers([2, 11], 'float64');

  it('by position, by name and mixed give the same', () => {
    const [values, indices] = functional.max_pool2d(image, 3, 2, 1, 1, true, true);
    const [named, places] = functional.max_pool2d(image, 3, { stride: 2, padding: 1, ceil_mode: true, return_indices: true });
    torch.testing.assert_close(named, values);
    torch.testing.assert_close(places, indices);
    torch.testing.assert_close(torch.max_pool2d(image, 3, 2, { padding: 1, ceil_mode: true }), values);
    torch.testing.assert_close(torch.max_pool1d(line, { kernel_size: 3 }), torch.max_pool1d_with_indices(line, 3, 3)[0]);
    torch.testing.assert_close(torch.max_pool3d(image, 2, { dilation: [1, 2, 1] }), functional.max_pool3d(image, 2, null, 0, [1, 2, 1]));
    torch.testing.assert_close(torch.avg_pool1d(line, 3, { padding: 1 }), functional.avg_pool1d(line, 3, null, 1));
    torch.testing.assert_close(torch.adaptive_avg_pool1d(line, 4), functional.adaptive_avg_pool1d(line, { output_size: 4 }));
    torch.testing.assert_close(torch.adaptive_max_pool1d(line, 4)[0], functional.adaptive_max_pool1d(line, 4));
  });

  it('what is not a parameter is refused', () => {
    expect(() => functional.max_pool2d(image, 3, { strides: 2 } as never)).toThrow("got an unexpected keyword argument 'strides'");
    expect(() => (functional.avg_pool1d as (...given: unknown[]) => unknown)(line, 3, 1, 0, false, true, 2)).toThrow('positional argument');
  });

  it('gradients have gradients', () => {
    const x = numbers([1, 1, 5, 7], 'float64').requires_grad_();
    const poolings: ((input: torch.Tensor) => torch.Tensor)[] = [
      (input) => functional.max_pool2d(input.mul(input), 3, 2, 1), (input) => functional.avg_pool2d(input.mul(input), 3, 2, 1, true, false),
      (input) => functional.adaptive_avg_pool2d(input.mul(input), [2, 3]), (input) => functional.lp_pool2d(input, 2, 2),
    ];
    for (const pool of poolings) expect(torch.autograd.gradgradcheck(pool, [x])).toBe(true);
  });
});
