import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fftC2C, fftC2R, fftR2C } from '../../src/ops/fft/transforms.ts';
import type { Tensor } from '../../src/torch/index.ts';
import * as torch from '../../src/torch/index.ts';
import { transformRoom } from '../tolerances.ts';

/** Fourier transforms and their gradients, of first and second order, against PyTorch's. */

interface Case {
  readonly op: keyof typeof calls;
  readonly shape: readonly number[];
  readonly dtype: 'float64' | 'complex128';
  readonly params: Params;
  readonly result: readonly [shape: readonly number[], at: number];
  readonly first: number;
  readonly second: number;
}

interface Params {
  readonly axes: readonly number[];
  readonly axis: number;
  readonly length: number;
  readonly forward: boolean;
  readonly onesided: boolean;
  readonly scale: number;
}

const calls = {
  fftC2C: (x: Tensor, { axes, forward, scale }: Params) => fftC2C(x, axes, forward, scale),
  fftR2C: (x: Tensor, { axis, forward, onesided, scale }: Params) => fftR2C(x, axis, forward, onesided, scale),
  fftC2R: (x: Tensor, { axis, length, forward, scale }: Params) => fftC2R(x, axis, length, forward, scale),
};

const file = (name: string): URL => new URL(`../fixtures/fft/${name}`, import.meta.url);
const { cases, most } = JSON.parse(readFileSync(file('gradients.json'), 'utf8')) as { cases: readonly Case[]; most: number };
const data = new Float64Array(new Uint8Array(readFileSync(file('gradients.bin'))).buffer);

/** Numbers that follow from their places, as test/fixtures/fft/gradients.py has them. */
function waves(shape: readonly number[], salt: number): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = Array.from({ length: size }, (_, i) => ((i * 37 + salt * 11) % 401 - 200) / 256);
  return torch.tensor(values, { dtype: torch.float64 }).reshape(shape);
}

const partsOf = (x: Tensor): Tensor => (x.is_complex() ? torch.view_as_real(x) : x);

/** How far components are from those that the fixture keeps, in units of the room around them. */
function distance(x: Tensor, at: number): number {
  const values = partsOf(x.detach()).flatten().tolist() as number[];
  const count = Math.min(values.length, most);
  const scale = Math.max(...values.map(Math.abs));
  // Each is a transform of what is a cube of one, and that again.
  const room = 8 * transformRoom('float64', values.length) * scale;
  const kept = Array.from({ length: count }, (_, i) =>
    values[values.length <= most ? i : Math.floor(i * (values.length - 1) / (most - 1))]);
  return Math.max(...kept.map((value, i) => Math.abs(value - data[at / 8 + i]) / room));
}

it.each(cases.map((each) => [`${each.op} ${JSON.stringify([each.shape, each.params])}`, each] as const))('%s', (_, each) => {
  const { op, shape, dtype, params, result, first, second } = each;
  const x = dtype === 'complex128' ? torch.view_as_complex(waves([...shape, 2], 1)) : waves(shape, 1);
  x.requires_grad_();
  const y = calls[op](x, params);
  expect([y.shape, y.dtype === (op === 'fftC2R' ? torch.float64 : torch.complex128)]).toEqual([result[0], true]);
  const components = partsOf(y);
  const loss = components.pow(3).mul(waves(components.shape, 2)).sum();
  const [gradient] = torch.autograd.grad(loss, [x], { create_graph: true }) as [Tensor];
  const [again] = torch.autograd.grad(partsOf(gradient).mul(waves(partsOf(gradient).shape, 3)).sum(), [x]) as [Tensor];
  expect(gradient.shape).toEqual(x.shape);
  const far = [distance(y, result[1]), distance(gradient, first), distance(again, second)];
  expect(far.filter((each) => !(each <= 1))).toEqual([]);
});
