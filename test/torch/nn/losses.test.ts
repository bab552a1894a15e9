import { afterEach, describe, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { layers } from '../../tolerances.ts';
import type { Packed } from './support.ts';
import { expectClose, readCases, unpack } from './support.ts';

/** Losses, distances, gates, dropouts and first values, as PyTorch has answered: test/fixtures/nn/losses.py. */

type Argument = Packed & { readonly grad?: true; readonly turned?: true };

interface Case {
  readonly space: 'F' | 'torch' | 'nn' | 'init' | 'method';
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly inputs?: readonly unknown[];
  readonly repr?: string;
  readonly state?: Readonly<Record<string, Packed>>;
  readonly error?: readonly [string, string];
  readonly result?: Packed;
  readonly after?: number;
  readonly gradFn?: string;
  readonly gradients?: readonly (Packed | null)[];
  readonly warnings: readonly string[];
}

const spaces = { F: torch.nn.functional, torch, nn: torch.nn, init: torch.nn.init } as unknown as
  Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => unknown>>>>;

const isTensor = (value: unknown): value is Argument => typeof value === 'object' && value !== null && 'shape' in value;

function decode(value: unknown, leaves: torch.Tensor[]): unknown {
  if (!isTensor(value)) return value === 'Infinity' ? Infinity : value;
  const tensor = value.turned ? unpack(value).t() : unpack(value);
  if (value.grad) leaves.push(tensor.detach().requires_grad_());
  return value.grad ? leaves.at(-1) : tensor;
}

/** Weights that make one number of an output, different for each element. */
function weights(shape: readonly number[]): torch.Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return torch.tensor(Float64Array.from({ length: count }, (_, i) => Math.cos(i * 0.7 + 0.3))).reshape([...shape]);
}

afterEach(() => vi.restoreAllMocks());

type Module = torch.nn.Module & ((...inputs: unknown[]) => torch.Tensor);

/** What a call gives, its leaves and, of a module's, the module. */
function invoke({ space, name, args, kwargs, inputs }: Case): { result: torch.Tensor; leaves: torch.Tensor[]; module: Module | null } {
  let leaves: torch.Tensor[] = [];
  const decoded = args.map((each) => decode(each, leaves));
  const options = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, decode(value, leaves)]));
  if (name.endsWith('_') && leaves.includes(decoded[0] as torch.Tensor)) decoded[0] = (decoded[0] as torch.Tensor).mul(1);
  const rest = Object.keys(options).length > 0 ? [options] : [];
  torch.manual_seed(11);
  if (space === 'method') {
    const [self, ...others] = decoded as [Readonly<Record<string, (...args: unknown[]) => torch.Tensor>>];
    return { result: self[name](...others, ...rest), leaves, module: null };
  }
  const made = spaces[space][name](...decoded, ...rest);
  if (inputs === undefined) return { result: made as torch.Tensor, leaves, module: null };
  leaves = [];
  const given = inputs.map((each) => decode(each, leaves));
  const module = made as Module;
  return { result: module(...given), leaves: [...leaves, ...module.parameters()], module };
}

const title = ({ space, name, args, kwargs }: Case, i: number): string =>
  `${i} ${space}.${name}(${[...args, ...Object.entries(kwargs).map((each) => each.join('='))]
    .map((each) => (isTensor(each) ? `${each.dtype}[${each.shape}]` : String(each))).join(', ')})`;

describe('losses and their neighbours', () => {
  test.each(readCases<Case>('losses').map((each, i) => [title(each, i), each] as const))('%s', (_title, given) => {
    const { error, result, after, gradFn, gradients, warnings, repr, state } = given;
    const warned: string[] = [];
    vi.spyOn(console, 'warn').mockImplementation((message: string) => void warned.push(message));
    if (error !== undefined) {
      let thrown: unknown;
      try {
        invoke(given);
      } catch (caught) {
        thrown = caught;
      }
      expect([(thrown as Error | undefined)?.name, (thrown as Error | undefined)?.message.split('\n')[0]]).toEqual(error);
      return;
    }
    const { result: found, leaves, module } = invoke(given);
    const isDouble = result!.dtype === 'float64';
    // What comes of a factorisation is some roundings away.
    const single = given.name.startsWith('orthogonal') ? layers.gradients : layers.outputs;
    expectClose(found, result!, isDouble ? layers.doubles : result!.dtype.endsWith('16') ? layers.narrow : single, 'result');
    if (module !== null) {
      expect(String(module)).toBe(repr);
      expect(Object.keys(module.state_dict())).toEqual(Object.keys(state!));
      for (const [key, packed] of Object.entries(state!)) expectClose(module.state_dict()[key], packed, layers.outputs, key);
    }
    expect(torch.rand(1).item()).toBe(after);
    expect(warned).toEqual(warnings);
    expect(found.grad_fn?.name()).toBe(gradFn);
    if (gradFn === undefined) return;
    const slopes = torch.autograd.grad(found.mul(weights(found.shape).to(found.dtype)).sum(), leaves, { allow_unused: true });
    const wide = isDouble ? layers.doubleGradients : layers.gradients;
    gradients!.forEach((packed, i) => expectClose(slopes[i], packed, wide, `gradient ${i}`));
  });
});
