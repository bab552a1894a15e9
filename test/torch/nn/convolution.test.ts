import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';

/** Convolutions against PyTorch's, bit for bit, by position and by name, with their gradients and errors. */

interface Given {
  readonly name: 'conv1d' | 'conv2d' | 'conv3d' | 'conv_transpose1d' | 'conv_transpose2d' | 'conv_transpose3d';
  readonly shapes: readonly [readonly number[], readonly number[], readonly number[] | null];
  readonly options: Readonly<Record<string, unknown>>;
}

interface Case extends Given {
  readonly dtype: 'float32' | 'float64' | 'complex64' | 'int64';
  readonly operands: readonly (readonly number[] | null)[];
  readonly shape: readonly number[];
  readonly out: readonly number[];
  readonly gradient?: readonly number[];
  readonly grads?: readonly (readonly number[])[];
}

const dtypes = { float32: torch.float32, float64: torch.float64, int64: torch.int64 } as const;

const { cases, errors } = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/convolution/functions.json'), 'utf8')) as {
  readonly cases: readonly Case[];
  readonly errors: readonly (Given & { readonly error: string; readonly message: string })[];
};

function tensorOf(values: readonly number[], shape: readonly number[], dtype: Case['dtype']): torch.Tensor {
  if (dtype === 'complex64') return torch.view_as_complex(torch.tensor(values, { dtype: torch.float32 }).reshape([...shape, 2]));
  return torch.tensor(values, { dtype: dtypes[dtype] }).reshape(shape);
}

const flat = (tensor: torch.Tensor): number[] =>
  (tensor.is_complex() ? torch.view_as_real(tensor.detach().resolve_conj()) : tensor.detach()).reshape(-1).tolist().map(Number);

type Call = (...given: readonly unknown[]) => torch.Tensor;

/** A call in another spelling each time: options by name, all by name, or all by position. */
function called(i: number, { name, options }: Given, [input, weight, bias]: readonly (torch.Tensor | null)[]): torch.Tensor {
  const f = (i % 2 === 0 ? torch : torch.nn.functional)[name] as unknown as Call;
  if (i % 3 === 0) return f({ input, weight, ...(bias === null ? {} : { bias }), ...options });
  if (i % 3 === 1) return bias === null ? f(input, weight, options) : f(input, weight, bias, options);
  const order = name.includes('transpose')
    ? ['stride', 'padding', 'output_padding', 'groups', 'dilation'] : ['stride', 'padding', 'dilation', 'groups'];
  const defaults: Readonly<Record<string, number>> = { padding: 0, output_padding: 0 };
  return f(input, weight, bias, ...order.map((option) => options[option] ?? defaults[option] ?? 1));
}

describe.each(['conv1d', 'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d', 'conv_transpose3d'] as const)('%s', (name) => {
  test.each(cases.map((each, i) => [i, each] as const).filter(([, each]) => each.name === name))('case %i', (i, given) => {
    const operands = given.operands.map((values, k) => {
      const operand = values === null ? null : tensorOf(values, given.shapes[k]!, given.dtype);
      return given.grads === undefined || operand === null ? operand : operand.detach().requires_grad_();
    });
    // Images that lie otherwise than row by row are read where they are.
    const [image, ...rest] = operands;
    const out = called(i, given, [i % 4 === 3 ? image!.transpose(0, -1).contiguous().transpose(0, -1) : image, ...rest]);
    expect([...out.shape]).toEqual(given.shape);
    expect(flat(out)).toEqual(given.out);
    if (given.grads === undefined) return;
    out.backward(tensorOf(given.gradient!, given.shape, given.dtype));
    expect(operands.filter((each) => each !== null).map((each) => flat(each.grad!))).toEqual(given.grads);
  });
});

test('of images without channels nothing comes, and of none of them no gradient', () => {
  const weight = torch.zeros(2, 0, 2, 2).requires_grad_();
  const out = torch.conv2d(torch.zeros(2, 0, 3, 3), weight, torch.tensor([1.5, 2]));
  expect([...out.shape]).toEqual([2, 0, 2, 2]);
  expect(out.grad_fn?.name()).toBe('ConvolutionBackward0');
  out.sum().backward();
  expect([...weight.grad!.shape]).toEqual([2, 0, 2, 2]);
  const kernel = torch.ones(4, 3, 3, 3).requires_grad_();
  torch.conv2d(torch.zeros(0, 3, 5, 5), kernel).sum().backward();
  expect(kernel.grad!.abs().sum().item()).toBe(0);
});

test.each([
  ['conv1d', 'slow_conv2d_cpu'], ['conv3d', 'compute_columns3d'], ['conv_transpose1d', 'slow_conv_transpose2d_out_cpu'],
  ['conv_transpose3d', 'slow_conv_transpose3d_out_cpu'],
] as const)('%s of truths is refused as by %s', (name, kernel) => {
  const sides = Array.from({ length: Number(name.at(-2)) }, () => 2);
  const operand = torch.ones([1, 1, ...sides], { dtype: torch.bool });
  expect(() => called(1, { name, shapes: [[], [], null], options: {} }, [operand, operand, null]))
    .toThrow(`"${kernel}" not implemented for 'Bool'`);
});

test.each(errors)('$name of $shapes with $options', ({ name, shapes, options, error, message }) => {
  const operands = shapes.map((shape) => (shape === null ? null : torch.zeros(shape)));
  const call = (): torch.Tensor => called(1, { name, shapes, options }, operands);
  expect(call).toThrow(expect.objectContaining({ name: error }) as Error);
  expect(call).toThrow(message);
});
