import { afterEach, describe, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { sequences } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';
import { readCases } from './support.ts';

/** Attention, recurrent layers and transformers, as test/fixtures/nn/sequences.py has them from PyTorch. */

interface Packed {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: string;
}

type Value = null | number | string | boolean | Packed | { readonly list: readonly Value[] } | { readonly packed: readonly Value[] }
  | { readonly module: Spec } | { readonly dtypeName: string };
type Spec = readonly [name: string, args: readonly Value[], kwargs: Readonly<Record<string, Value>>];

interface Case {
  readonly spec?: Spec;
  readonly function?: string;
  readonly args: readonly Value[];
  readonly kwargs: Readonly<Record<string, Value>>;
  readonly same: readonly number[];
  readonly output: Value;
  readonly gradients: readonly (Packed | null)[];
  readonly repr?: string;
  readonly state?: Readonly<Record<string, Packed>>;
  readonly parameterGradients?: Readonly<Record<string, Packed | null>>;
  readonly evaluated?: Value;
  readonly warnings: readonly string[];
}

const dtypes = torch as unknown as Record<string, torch.dtype>;
const isPacked = (value: unknown): value is Packed => typeof value === 'object' && value !== null && 'data' in value;

function numbersOf({ dtype, data }: Packed): readonly (number | bigint)[] {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64')).buffer;
  return [...dtype === 'float64' ? new Float64Array(bytes) : dtype === 'int64' ? new BigInt64Array(bytes)
    : dtype === 'bool' ? new Uint8Array(bytes) : new Float32Array(bytes)];
}

function tensorOf(packed: Packed): torch.Tensor {
  return torch.tensor(numbersOf(packed) as number[], { dtype: dtypes[packed.dtype] }).reshape([...packed.shape]);
}

/** An argument; tensors of real numbers want gradients and are put into `leaves`. */
function read(value: Value, leaves: torch.Tensor[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isPacked(value)) {
    const tensor = tensorOf(value);
    if (!tensor.is_floating_point()) return tensor;
    leaves.push(tensor.requires_grad_());
    return tensor;
  }
  if ('list' in value) return value.list.map((each) => read(each, leaves));
  if ('packed' in value) {
    const [data, sizes, ...order] = value.packed.map((each) => read(each, leaves) as torch.Tensor | null);
    return new torch.nn.utils.rnn.PackedSequence(data!, sizes, ...order as [torch.Tensor | null, torch.Tensor | null]);
  }
  return 'module' in value ? build(value.module) : dtypes[value.dtypeName];
}

type Anything = (...args: unknown[]) => unknown;

function build([name, args, kwargs]: Spec): torch.nn.Module & Anything {
  const make = (torch.nn as unknown as Record<string, Anything>)[name];
  return invoke(make, args.map((each) => read(each, [])), kwargs) as torch.nn.Module & Anything;
}

function invoke(f: Anything, args: readonly unknown[], kwargs: Readonly<Record<string, Value>>, leaves: torch.Tensor[] = []): unknown {
  const named = Object.entries(kwargs).map(([key, value]) => [key, read(value, leaves)] as const);
  return f(...args, ...(named.length > 0 ? [Object.fromEntries(named)] : []));
}

function expectLike(found: unknown, wanted: Value, room: typeof sequences.outputs, what: string): void {
  if (isPacked(wanted)) {
    const tensor = found as torch.Tensor;
    expect([String(tensor.dtype), [...tensor.shape]], what).toEqual([`torch.${wanted.dtype}`, wanted.shape]);
    const values = tensor.detach().reshape(-1).tolist() as number[];
    numbersOf(wanted).forEach((value, i) => expectWithin(Number(values[i]), Number(value), room, `${what}[${i}]`));
  } else if (typeof wanted === 'object' && wanted !== null && ('list' in wanted || 'packed' in wanted)) {
    const parts = 'list' in wanted ? wanted.list : wanted.packed;
    const all = [...found as Iterable<unknown>];
    expect(all.length, what).toBe(parts.length);
    parts.forEach((each, i) => expectLike(all[i], each, room, `${what} ${i}`));
  } else {
    expect(found, what).toEqual(wanted);
  }
}

function tensorsOf(value: unknown): torch.Tensor[] {
  if (value instanceof torch.Tensor) return [value];
  if (value instanceof torch.nn.utils.rnn.PackedSequence) return [value.data];
  return Array.isArray(value) ? value.flatMap(tensorsOf) : [];
}

/** One number of all outputs, each element with a weight of its own. */
function lossOf(output: unknown): torch.Tensor {
  return tensorsOf(output).map((each, place) => {
    const weights = Float64Array.from({ length: each.numel() }, (_, i) => Math.cos(i * 0.7 + 0.3 + place));
    return each.mul(torch.tensor(weights).to(each.dtype).reshape(each.shape)).sum();
  }).reduce((sum, each) => sum.add(each));
}

afterEach(() => vi.restoreAllMocks());

/** Dropouts print 0 as 0.0 where Python's number is a float. */
const plain = (text: string): string => text.replaceAll('p=0.0', 'p=0');

describe.each(['attention', 'recurrent', 'transformers'])('%s', (file) => {
  const cases = readCases<Case>(file);
  const title = ({ spec, function: name, args, kwargs }: Case, i: number): string =>
    `${i} ${spec === undefined ? name : JSON.stringify(spec)} ${args.length} ${Object.keys(kwargs)}`;

  test.each(cases.map((each, i) => [title(each, i), each] as const))('%s', (_, each) => {
    const warned: string[] = [];
    vi.spyOn(console, 'warn').mockImplementation((message: string) => void warned.push(message));
    torch.manual_seed(11);
    const module = each.spec === undefined ? null : build(each.spec);
    if (module !== null) {
      expect(plain(String(module))).toBe(plain(each.repr!));
      const own = module.state_dict();
      expect(Object.keys(own)).toEqual(Object.keys(each.state!));
      for (const [name, packed] of Object.entries(each.state!)) expectLike(own[name], packed, sequences.states, name);
    }
    const call = module ?? (torch.nn.functional as unknown as Record<string, Anything>)[each.function!];
    const leaves: torch.Tensor[] = [];
    const args: unknown[] = [];
    each.args.forEach((value, i) => args.push(each.same[i] < i ? args[each.same[i]] : read(value, leaves)));
    torch.manual_seed(3);
    const output = invoke(call, args, each.kwargs, leaves);
    expectLike(output, each.output, sequences.outputs, 'output');
    lossOf(output).backward();
    const unique = each.gradients.filter((gradient, i) => gradient === null || each.gradients.findIndex((other) =>
      JSON.stringify(other) === JSON.stringify(gradient)) === i || each.same.every((place, k) => place === k));
    expect(leaves.length).toBe(unique.length);
    leaves.forEach((leaf, i) => expectLike(leaf.grad, unique[i], sequences.gradients, `gradient ${i}`));
    for (const [name, parameter] of module?.named_parameters() ?? []) {
      expectLike(parameter.grad, each.parameterGradients![name], sequences.gradients, `gradient of ${name}`);
    }
    expect(warned).toEqual(each.warnings);
    if (module === null) return;
    module.eval();
    const again = torch.no_grad(() => invoke(call, args, each.kwargs));
    expectLike(again, each.evaluated!, sequences.outputs, 'evaluated');
  });
});
