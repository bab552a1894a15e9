import { describe, expect, test } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { linalgValues } from '../tolerances.ts';
import type { Answer, Call, Data } from './support.ts';
import { checkValues, decode, decodeData, fixture } from './support.ts';

/** Linear algebra, transforms and windows against PyTorch: values, dtypes, shapes, gradients, and what is refused. */

interface Named extends Answer {
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly type?: string;
  readonly each?: readonly Named[];
}

interface LinalgCall extends Omit<Call, 'answer'> {
  readonly answer?: Named;
  /** Vectors are given but for a factor of size 1: absolute values are compared. */
  readonly phases?: true;
}

type AnyFunction = (...args: unknown[]) => unknown;

function invoke(call: LinalgCall, leaves: torch.Tensor[]): unknown {
  const args = call.args.map((each) => decode(each, leaves));
  if (call.options) args.push(Object.fromEntries(Object.entries(call.options).map(([key, value]) => [key, decode(value, leaves)])));
  if (call.kind === 'method') return (args[0] as Record<string, AnyFunction>)[call.name](...args.slice(1));
  const path = call.name.split('.');
  const owner = path.slice(0, -1).reduce<Record<string, never>>((from, part) => from[part], torch as never);
  return (owner as Record<string, AnyFunction>)[path.at(-1)!](...args);
}

const partsOf = (result: unknown): torch.Tensor[] =>
  (result instanceof torch.Tensor ? [result] : [...result as Iterable<torch.Tensor>]);

function check(found: torch.Tensor, wanted: Named, phases: boolean): void {
  expect(found.dtype.name).toBe(wanted.dtype);
  expect([...found.shape]).toEqual(wanted.shape);
  checkValues(phases ? found.abs() : found, wanted.values!, linalgValues);
}

function checkRefusal(call: LinalgCall, [name, message]: readonly [string, string]): void {
  let thrown: unknown = null;
  try {
    invoke(call, []);
  } catch (error) {
    thrown = error;
  }
  expect(thrown, `instead of ${name}: ${message}`).toBeInstanceOf(Error);
  expect((thrown as Error).name, (thrown as Error).message).toBe(name);
  if (message.includes('received an invalid combination of arguments')) return;
  const plain = (text: string): string => text.replace(/ \(position \d+\)/, '').replace(/^"\w+" not implemented/, 'not implemented')
    .replace(/(dtypes, got: ).*/, '$1');
  expect(plain((thrown as Error).message)).toBe(plain(message));
}

/** Functions of one triangle, to which what is not Hermitian of a gradient means nothing. */
const ofHermitian = /eigh|eigvalsh|linalg\.cholesky|sqrth/;

const evenPart = (x: torch.Tensor): torch.Tensor => x.add(x.mH).mul(0.5);

function checkGradient(found: torch.Tensor, wanted: Data, hermitian: boolean): void {
  if (!hermitian) checkValues(found, wanted, linalgValues);
  else {
    const even = evenPart(torch.tensor(decodeData(wanted), { dtype: found.dtype }));
    expect(torch.allclose(evenPart(found), even, { rtol: 0, atol: linalgValues[found.dtype.name] })).toBe(true);
  }
}

const calls = fixture<LinalgCall[]>('linalg');

describe.each(['function', 'method'] as const)('%s', (kind) => {
  calls.forEach((call, i) => {
    if (call.kind !== kind) return;
    test(`${i}: ${call.name} ${JSON.stringify(call.options ?? {})}`, () => {
      if (call.error) {
        checkRefusal(call, call.error);
        return;
      }
      const leaves: torch.Tensor[] = [];
      const result = invoke(call, leaves);
      const wanted = call.answer!;
      const parts = partsOf(result);
      if (wanted.type !== undefined && !wanted.type.startsWith('_')) expect(String(result)).toContain(`torch.return_types.${wanted.type}(`);
      const each = wanted.each ?? [wanted];
      expect(parts).toHaveLength(each.length);
      parts.forEach((part, place) => check(part, each[place], call.phases === true));
      if (call.gradients === undefined) return;
      const outputs = parts.filter((part) => part.requires_grad).map((part) => (call.phases ? part.abs() : part));
      const seeds = outputs.map((output) => torch.arange(output.numel()).reshape(output.shape).mul(0.5).add(1).to(output.dtype));
      const gradients = torch.autograd.grad(outputs, leaves, { grad_outputs: seeds, allow_unused: true });
      call.gradients.forEach((gradient, place) => {
        if (gradient === null) expect(gradients[place]).toBeNull();
        else checkGradient(gradients[place]!, gradient, ofHermitian.test(call.name));
      });
    });
  });
});


test('decompositions of low rank draw PyTorch\'s random numbers', () => {
  const x = torch.arange(12).to(torch.float).reshape(4, 3).remainder(5);
  torch.manual_seed(0);
  checkValues(torch.svd_lowrank(x, 2)[1], [6.437259197235107, 3.0097644329071045], linalgValues);
  torch.manual_seed(0);
  checkValues(torch.pca_lowrank(x, 2)[1], [3.6725192070007324, 2.995171070098877], linalgValues);
});

test('second derivatives', () => {
  const x = torch.tensor([[4, 1, 0.5], [0.25, 3, -1], [1, 0.5, 5]], { dtype: torch.float64, requires_grad: true });
  const { linalg } = torch;
  for (const f of [
    linalg.det, linalg.inv, linalg.matrix_exp, (a: torch.Tensor) => linalg.pinv(a), (a: torch.Tensor) => linalg.lu_factor(a).LU,
    (a: torch.Tensor) => linalg.polar(a).U, (a: torch.Tensor) => torch.logdet(a)]) {
    expect(torch.autograd.gradgradcheck(f, [x])).toBe(true);
  }
});
