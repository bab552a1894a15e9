import { afterEach, describe, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { differences, layers } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';
import type { Packed } from './support.ts';
import { build, expectClose, expectEqual, readCases, unpack } from './support.ts';

interface ModuleCase {
  readonly spec: [string, unknown[], Record<string, unknown>];
  readonly repr: string;
  readonly state: Record<string, Packed>;
  readonly inputs: Packed[];
  readonly output: Packed;
  readonly gradFn: string | null;
  readonly gradients: (Packed | null)[];
  readonly parameterGradients: Record<string, Packed | null>;
  readonly warnings: string[];
  readonly buffers?: Record<string, Packed>;
  readonly evaluated?: Packed;
}

const cases = ['modules', 'spatialModules', 'convolutionModules'].flatMap((name) => readCases<ModuleCase>(name));

/** Weights that make one number of an output, different for each element. */
function weights(shape: readonly number[]): torch.Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return torch.tensor(Float64Array.from({ length: count }, (_, i) => Math.cos(i * 0.7 + 0.3))).float().reshape([...shape]);
}

function leavesOf(inputs: readonly Packed[]): torch.Tensor[] {
  return inputs.map((packed) => {
    const input = unpack(packed);
    return input.is_floating_point() ? input.requires_grad_() : input;
  });
}

afterEach(() => vi.restoreAllMocks());

describe('modules', () => {
  const title = ({ repr, inputs }: ModuleCase, i: number): string =>
    `${i} ${repr.split('\n')[0]} on ${inputs.map(({ shape }) => `[${shape}]`).join(' ')}`;
  test.each(cases.map((each, i) => [title(each, i), each] as const))(
    '%s', (_title, { spec, repr, state, inputs, output, gradFn, gradients, parameterGradients, warnings, buffers, evaluated }) => {
      const warned: string[] = [];
      vi.spyOn(console, 'warn').mockImplementation((message: string) => void warned.push(message));
      torch.manual_seed(11);
      const module = build(spec);
      expect(String(module)).toBe(repr);
      const own = module.state_dict();
      expect(Object.keys(own)).toEqual(Object.keys(state));
      for (const [name, packed] of Object.entries(state)) expectEqual(own[name], packed, name);
      const leaves = leavesOf(inputs);
      torch.manual_seed(3);
      const out = module(...leaves);
      const isConvolution = spec[0].startsWith('Conv');
      const room = isConvolution ? layers.convolutionGradients : layers.gradients;
      expectClose(
        out, output, isConvolution ? layers.convolutionOutputs : spec[0] === 'GELU' ? layers.gelu : layers.outputs, 'output');
      expect(out.grad_fn?.name() ?? null).toBe(gradFn);
      out.mul(weights(output.shape)).sum().backward();
      leaves.forEach((leaf, i) => expectClose(leaf.grad, gradients[i], room, `gradient of input ${i}`));
      for (const [name, parameter] of module.named_parameters()) {
        expectClose(parameter.grad, parameterGradients[name], room, `gradient of ${name}`);
      }
      expect(warned).toEqual(warnings);
      if (buffers === undefined) return;
      const named = Object.fromEntries(module.named_buffers());
      expect(Object.keys(named)).toEqual(Object.keys(buffers));
      for (const [name, packed] of Object.entries(buffers)) expectClose(named[name], packed, layers.runningStatistics, name);
      module.eval();
      const again = torch.no_grad(() => module(...leaves.map((leaf) => leaf.detach())));
      expectClose(again, evaluated!, layers.outputs, 'output of eval()');
    });

  /** The same gradients by differences, and again of the gradients, in double precision. */
  const smooth = cases.filter(({ spec: [name] }) => !/Dropout|Embedding/.test(name));
  test.each(smooth.map((each, i) => [title(each, i), each] as const))(
    'second derivative of %s', (_title, { spec, inputs }) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
      torch.manual_seed(11);
      const module = build(spec).double();
      const given = inputs.map((packed) => {
        const input = unpack(packed);
        return input.is_floating_point() ? input.double().add(0.0123).requires_grad_() : input;
      });
      const points = given.map((input) => (input.requires_grad ? input.detach() : input));
      if (/^(BCELoss|KLDivLoss|NLLLoss)$/.test(spec[0])) points[0] = points[0].sub(0.0123).clamp({ max: 0.98 });
      if (/^BCELoss$/.test(spec[0])) points[0] = points[0].clamp({ min: 0.02 });
      const variables = points.map((point) => (point.is_floating_point() ? point.requires_grad_() : point));
      const leaves = variables.filter((variable) => variable.requires_grad);
      const directions = leaves.map((leaf, k) => weights(leaf.shape).double().add(0.1 * k));
      const along = (gradients: readonly (torch.Tensor | null)[]): torch.Tensor => gradients
        .map((gradient, k) => (gradient === null ? torch.zeros([], { dtype: torch.double }) : gradient.mul(directions[k]).sum()))
        .reduce((sum, each) => sum.add(each));
      /** The slope along the directions, as a function of how far the leaves are moved along them. */
      const slope = (distance: number, create: boolean): torch.Tensor => {
        const moved = variables.map((variable) => {
          const k = leaves.indexOf(variable);
          return k < 0 ? variable : variable.detach().add(directions[k].mul(distance)).requires_grad_();
        });
        const out = module(...moved);
        const loss = out.mul(weights(out.shape).double()).sum();
        const targets = moved.filter((each) => each.requires_grad);
        const first = torch.autograd.grad(loss, targets, { create_graph: create, allow_unused: true });
        const total = along(first);
        if (!create) return total;
        if (!total.requires_grad) return torch.zeros([], { dtype: torch.double });
        return along(torch.autograd.grad(total, targets, { allow_unused: true }));
      };
      const { step } = differences;
      const analytic = slope(0, true).item() as number;
      const numeric = ((slope(step, false).item() as number) - (slope(-step, false).item() as number)) / (2 * step);
      if (Number.isFinite(analytic) || Number.isFinite(numeric)) expectWithin(analytic, numeric, differences, 'second derivative');
    });
});
