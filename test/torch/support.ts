import { torchValues } from '../tolerances.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as torch from '../../src/torch/index.ts';

/** Repeats calls that PyTorch has answered and compares: text, values, gradients, error class and message. */

/** The files of calls. */
export const groups = [
  'shape', 'joining', 'rearrange', 'products', 'indexing', 'searching', 'extremes', 'reductions', 'converting', 'components',
  'unary', 'binary', 'forms', 'creation', 'elements', 'special', 'structure',
];

export type Encoded =
  | null | boolean | number | string
  | { readonly number: Numeric }
  | { readonly dtypeName: string }
  | { readonly list: readonly Encoded[] }
  | { readonly tensor: Data; readonly dtype: string; readonly grad?: true; readonly copy?: true; readonly transposed?: true };

type Numeric = number | boolean | 'nan' | 'inf' | '-inf' | { readonly complex: readonly [Numeric, Numeric] };
export type Data = Numeric | readonly Data[];

export interface Answer {
  readonly text?: string;
  readonly values?: Data;
  readonly each?: readonly Answer[];
  readonly plain?: unknown;
}

export interface Call {
  readonly kind: 'function' | 'method';
  readonly name: string;
  readonly args: readonly Encoded[];
  readonly options?: Readonly<Record<string, Encoded>>;
  /** The op has another name on the tape, as it is made of other parts. */
  readonly anyName?: true;
  readonly error?: readonly [string, string];
  readonly answer?: Answer;
  readonly gradients?: readonly (Data | null)[];
}

export function fixture<F>(name: string): F {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/torch/${name}.json`), 'utf8')) as F;
}

const special: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };

/** Numbers as JavaScript has them: complex ones as `torch.Complex`. */
export function decodeData(data: Data): never {
  if (Array.isArray(data)) return data.map(decodeData) as never;
  if (typeof data === 'string') return (Object.hasOwn(special, data) ? special[data] : data) as never;
  if (typeof data === 'object') {
    const [re, im] = (data as { complex: [Numeric, Numeric] }).complex;
    return new torch.Complex(decodeData(re), decodeData(im)) as never;
  }
  return data as never;
}

const dtypeNamed = (name: string): torch.dtype => (torch as unknown as Record<string, torch.dtype>)[name];

export function decode(argument: Encoded, leaves: torch.Tensor[]): unknown {
  if (argument === null || typeof argument !== 'object') return argument;
  if ('number' in argument) return decodeData(argument.number);
  if ('dtypeName' in argument) return dtypeNamed(argument.dtypeName);
  if ('list' in argument) return argument.list.map((each) => decode(each, leaves));
  const leaf = torch.tensor(decodeData(argument.tensor), { dtype: dtypeNamed(argument.dtype) });
  if (argument.grad) {
    leaf.requires_grad_();
    leaves.push(leaf);
  }
  const tensor = argument.copy ? leaf.clone() : leaf;
  return argument.transposed ? tensor.t() : tensor;
}

/** That numbers are within `limit` of their size or of 1. */
function close(found: unknown, wanted: unknown, limit: number, path: string): void {
  if (Array.isArray(wanted)) {
    expect(Array.isArray(found), path).toBe(true);
    expect((found as unknown[]).length, path).toBe(wanted.length);
    wanted.forEach((each, i) => close((found as unknown[])[i], each, limit, `${path}[${i}]`));
  } else if (wanted instanceof torch.Complex) {
    close((found as torch.Complex).re, wanted.re, limit, `${path}.re`);
    close((found as torch.Complex).im, wanted.im, limit, `${path}.im`);
  } else if (typeof wanted === 'number' && Number.isFinite(wanted)) {
    expect(Math.abs((found as number) - wanted), `${path}: ${String(found)} instead of ${wanted}`)
      .toBeLessThanOrEqual(limit * Math.max(1, Math.abs(wanted)));
  } else {
    expect(found, path).toEqual(wanted);
  }
}

export function checkValues(found: torch.Tensor, wanted: Data, limits = torchValues): void {
  close(found.detach().tolist({ bigint: false }), decodeData(wanted), limits[found.dtype.name] ?? limits.float64, 'values');
}

export function checkAnswer(found: unknown, wanted: Answer, anyName = false): void {
  if (wanted.each !== undefined) {
    const list = [...found as Iterable<unknown>];
    expect(list.length).toBe(wanted.each.length);
    wanted.each.forEach((each, i) => checkAnswer(list[i], each));
  }
  if (wanted.values !== undefined) checkValues(found as torch.Tensor, wanted.values);
  if (wanted.text !== undefined) {
    const plain = (text: string): string => (anyName ? text.replace(/grad_fn=<\w+>/, 'grad_fn=<>') : text);
    expect(plain(String(found))).toBe(plain(wanted.text));
  }
  if ('plain' in wanted) {
    const plain = wanted.plain;
    const wantedPlain = decodeData(plain as Data);
    if (plain !== null && typeof plain === 'object' && !Array.isArray(plain)) close(found, wantedPlain, torchValues.float64, 'value');
    else expect(found).toEqual(wantedPlain);
  }
}

function outputsOf(result: unknown): torch.Tensor[] {
  if (result instanceof torch.Tensor) return [result];
  if (result !== null && typeof result === 'object' && Symbol.iterator in result) {
    return [...result as Iterable<unknown>].filter((each) => each instanceof torch.Tensor);
  }
  return [];
}

export function invoke(call: Call, leaves: torch.Tensor[]): unknown {
  const args = call.args.map((each) => decode(each, leaves));
  if (call.options) args.push(Object.fromEntries(Object.entries(call.options).map(([key, value]) => [key, decode(value, leaves)])));
  if (call.kind === 'function') {
    const found = call.name.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], torch as unknown);
    return (found as (...args: unknown[]) => unknown)(...args);
  }
  const self = args[0] as Record<string, (...args: unknown[]) => unknown>;
  const result = self[call.name](...args.slice(1));
  if (/[a-z]_$/.test(call.name)) expect(result, 'an in-place form returns its tensor').toBe(self);
  return result;
}

/** Python's classes by the names that errors have here. */
function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

export async function checkCall(call: Call): Promise<void> {
  const leaves: torch.Tensor[] = [];
  if (call.error) {
    let thrown: unknown = null;
    let result: unknown;
    try {
      result = invoke(call, leaves);
    } catch (error) {
      thrown = error;
    }
    expect(thrown, `gave ${String(result)} instead of throwing ${call.error[0]}: ${call.error[1]}`).not.toBeNull();
    const [name, message] = call.error;
    expect(errorName(thrown), (thrown as Error).message).toBe(name);
    // Functions do not know whether they are called as methods, so they name an argument but not its position; and where
    // Python lists every signature that would have been right, they say which argument is wrong.
    if (!message.includes('received an invalid combination of arguments')) {
      // Nor is the name of the kernel that a dtype has none of the same.
      const plain = (text: string): string => text.replace(/ \(position \d+\)/, '').replace(/^"\w+" not implemented/, 'not implemented');
      expect(plain((thrown as Error).message)).toBe(plain(message));
    }
    return;
  }
  const result = await invoke(call, leaves);
  checkAnswer(result, call.answer!, call.anyName);
  if (call.gradients) {
    const outputs = outputsOf(result).filter((output) => output.requires_grad);
    const seeds = outputs.map((output) =>
      torch.arange(output.numel()).reshape(output.shape).mul(0.5).add(1).to(output.dtype));
    const gradients = torch.autograd.grad(outputs, leaves, { grad_outputs: seeds, allow_unused: true });
    call.gradients.forEach((wanted, i) => {
      const found = gradients[i];
      if (wanted === null) expect(found).toBeNull();
      else {
        expect(found, `gradient ${i}`).not.toBeNull();
        checkValues(found!, wanted);
      }
    });
  }
}

export function describeCall(call: Call): string {
  const text = (value: Encoded): string => (value !== null && typeof value === 'object'
    ? 'tensor' in value ? `${value.dtype}${JSON.stringify(value.tensor)}${value.grad ? 'ᵍ' : ''}` : 'list' in value
      ? `[${value.list.map(text)}]` : JSON.stringify(value) : JSON.stringify(value));
  const options = Object.entries(call.options ?? {}).map(([key, value]) => `${key}=${text(value)}`);
  return `${call.kind === 'method' ? 'x.' : ''}${call.name}(${[...call.args.map(text), ...options].join(', ')})`;
}
