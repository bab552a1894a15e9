import type { Operand } from '../../ops/devices.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { bool, integerRange, isComplex, isInexact } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Rounding } from '../../ops/arithmetic.ts';
import { roundedQuotient } from '../../ops/arithmetic.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Quaternary } from '../../ops/pointwise/row.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { checkBroadcast, commonType, inPlaceSource, intoOut, toType, writeInPlace, checkTensor, renamed } from '../arguments/operands.ts';
import { binary, dividing, ternary, unary } from './pointwiseFactories.ts';
import type { BinaryFunction, OutOptions } from './pointwiseFactories.ts';
import * as pointwise from '../pointwise.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Arithmetic whose signature has more than operands: alpha, rounding_mode, bounds that may be missing. */

export interface AlphaOptions extends OutOptions {
  readonly alpha?: number;
}

export interface ScaledFunction {
  (input: TensorLike, other: TensorLike, options?: AlphaOptions): Tensor;
  readonly inPlace: (input: Tensor, other: TensorLike, options?: AlphaOptions) => Tensor;
}

const sum = binary(ops.add, 'add');
const difference = binary(ops.sub, 'sub');

const isBool = (value: TensorLike): boolean => (value instanceof Tensor ? value.dtypeCore === bool : typeof value === 'boolean');

function refuseBooleans(input: TensorLike, other: TensorLike): void {
  if (isBool(input) && isBool(other)) {
    throw new NotImplementedError(
      'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.');
  }
  if (isBool(input) || isBool(other)) {
    throw new NotImplementedError(
      'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or '
      + '`logical_not()` operator instead.');
  }
}

function checkAlpha(input: TensorLike, other: TensorLike, alpha: number): void {
  if (!Number.isInteger(alpha) && !isInexact(commonType([input, other]))) {
    throw new RuntimeError('For integral input tensors, argument alpha must not be a floating point number.');
  }
}

function scaledBy(other: TensorLike, alpha: number): TensorLike {
  return alpha === 1 ? other : other instanceof Tensor ? pointwise.mul(other, alpha) : Number(other) * alpha;
}

function withAlpha(plain: BinaryFunction, name: string, check: (input: TensorLike, other: TensorLike) => void): ScaledFunction {
  return Object.assign(
    (input: TensorLike, other: TensorLike, options?: AlphaOptions): Tensor => {
      check(input, other);
      if (options === undefined) return plain(input, other);
      checkOptions(name, options, ['alpha', 'out']);
      const { alpha = 1, out } = options;
      checkAlpha(input, other, alpha);
      return plain(input, scaledBy(other, alpha), out === undefined ? undefined : { out });
    },
    {
      inPlace: (input: Tensor, other: TensorLike, options?: AlphaOptions): Tensor => {
        check(input, other);
        if (options === undefined) return plain.inPlace(input, other);
        checkOptions(`${name}_`, options, ['alpha']);
        const { alpha = 1 } = options;
        checkAlpha(input, other, alpha);
        return plain.inPlace(input, scaledBy(other, alpha));
      },
    });
}

/**
 * input + alpha · other, broadcast. Source: torch.add.
 * @example
 * torch.add(torch.tensor([1, 2]), torch.tensor([10, 20]), { alpha: 2 }); // → tensor([21, 42])
 */
export const add: ScaledFunction = withAlpha(sum, 'add', () => {});
/** input − alpha · other, broadcast. Source: torch.sub. */
export const sub: ScaledFunction = withAlpha(difference, 'sub', refuseBooleans);
/** As sub. Source: torch.subtract. */
export const subtract = sub;
/** other − alpha · input: subtraction the other way round. Source: torch.rsub. */
export function rsub(input: Tensor, other: TensorLike, options: { readonly alpha?: number } = {}): Tensor {
  checkOptions('rsub', options, ['alpha']);
  return renamed(sub(other, input, options), other instanceof Tensor ? 'RsubBackward0' : 'RsubBackward1');
}

export interface DivideOptions extends OutOptions {
  readonly rounding_mode?: Rounding | null;
}

/** The op takes what division of integers takes, so the façade's function of two operands can be made from it. */
const rounded = (mode: Rounding): BinaryFunction => {
  const divide = <A extends StridedArray>(x: A | Operand, y: A | Operand): A => roundedQuotient(x, y, mode);
  return dividing(binary(Object.assign(divide, { op: ops.floorDivide.op, reversed: divide }), `div_${mode}_cpu`));
};
const roundings: Readonly<Record<Rounding, BinaryFunction>> = { trunc: rounded('trunc'), floor: rounded('floor') };

function quotient(input: TensorLike, other: TensorLike, mode: Rounding | null): Tensor {
  if (mode === null) return pointwise.true_divide(input, other);
  if (mode !== 'floor' && mode !== 'trunc') {
    throw new RuntimeError(`div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${String(mode)}'`);
  }
  return roundings[mode](input, other);
}

/**
 * True division; with rounding_mode the quotient rounded towards zero or down. Source: torch.div.
 * @example
 * torch.div(torch.tensor([7, -7]), 2, { rounding_mode: 'trunc' }); // → tensor([ 3, -3])
 */
export const div = Object.assign(
  (input: TensorLike, other: TensorLike, options: DivideOptions = {}): Tensor => {
    checkOptions('div', options, ['rounding_mode', 'out']);
    const { rounding_mode = null, out } = options;
    if (out !== undefined) return intoOut('div', quotient(input, other, rounding_mode), out, [input, other]);
    return quotient(input, other, rounding_mode);
  },
  {
    inPlace: (input: Tensor, other: TensorLike, options: DivideOptions = {}): Tensor => {
      checkOptions('div_', options, ['rounding_mode']);
      const mode = options.rounding_mode ?? null;
      return mode === null ? pointwise.true_divide.inPlace(input, other) : writeInPlace(input, quotient(inPlaceSource(input), other, mode));
    },
  });
/** As div. Source: torch.divide. */
export const divide = div;

export interface ClampOptions extends OutOptions {
  readonly min?: TensorLike | null;
  readonly max?: TensorLike | null;
}

/** A bound that is missing is the end of the dtype's range. */
function bound(value: TensorLike | null | undefined, input: Tensor, side: 'min' | 'max'): TensorLike {
  if (value !== null && value !== undefined) return value;
  const type = input.dtypeCore;
  if (type.kind === 'float') return side === 'min' ? -Infinity : Infinity;
  return integerRange(type)[side === 'min' ? 0 : 1];
}

function clampBounds(min: TensorLike | null | ClampOptions | undefined, max: TensorLike | null | ClampOptions | undefined): ClampOptions {
  const last = isOptions(max) ? max : isOptions(min) ? min : {};
  checkOptions('clamp', last, ['min', 'max', 'out']);
  const bounds = {
    ...last,
    ...(min !== undefined && !isOptions(min) ? { min } : {}),
    ...(max !== undefined && !isOptions(max) ? { max } : {}),
  } as ClampOptions;
  if ((bounds.min ?? null) === null && (bounds.max ?? null) === null) {
    throw new RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None");
  }
  return bounds;
}

const clampTernary = ternary(ops.clamp, 'clamp');

function checkClamp(input: Tensor): void {
  checkTensor('clamp', 'input', input);
  if (isComplex(input.dtypeCore)) throw new NotImplementedError('clamp is not supported for complex types');
}

function clampName(result: Tensor, { min, max }: ClampOptions): Tensor {
  return min instanceof Tensor || max instanceof Tensor ? renamed(result, 'ClampBackward0') : result;
}

/**
 * Each element between `min` and `max`; NaN stays. Source: torch.clamp.
 * @example
 * torch.tensor([-1, 0.5, 2]).clamp(0, 1); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const clamp = Object.assign(
  (input: Tensor, min?: TensorLike | null | ClampOptions, max?: TensorLike | null | ClampOptions, options: OutOptions = {}): Tensor => {
    checkClamp(input);
    const bounds = clampBounds(min, max);
    const out = options.out ?? bounds.out;
    const result = clampTernary(input, bound(bounds.min, input, 'min'), bound(bounds.max, input, 'max'), out ? { out } : undefined);
    return clampName(result, bounds);
  },
  {
    inPlace: (input: Tensor, min?: TensorLike | null | ClampOptions, max?: TensorLike | null | ClampOptions): Tensor => {
      checkClamp(input);
      const bounds = clampBounds(min, max);
      return clampName(clampTernary.inPlace(input, bound(bounds.min, input, 'min'), bound(bounds.max, input, 'max')), bounds);
    },
  });
/** As clamp. Source: torch.clip. */
export const clip = clamp;

/** Elements below `min` raised to it. Source: torch.clamp_min. */
export const clamp_min = Object.assign(
  (input: Tensor, min: TensorLike): Tensor => renamed(clamp(input, min), min instanceof Tensor ? 'ClampMinBackward1' : 'ClampMinBackward0'),
  { inPlace: (input: Tensor, min: TensorLike): Tensor => clamp.inPlace(input, min) });
/** Elements above `max` lowered to it. Source: torch.clamp_max. */
export const clamp_max = Object.assign(
  (input: Tensor, max: TensorLike): Tensor =>
    renamed(clamp(input, null, max), max instanceof Tensor ? 'ClampMaxBackward1' : 'ClampMaxBackward0'),
  { inPlace: (input: Tensor, max: TensorLike): Tensor => clamp.inPlace(input, null, max) });

export interface ValueOptions extends OutOptions {
  readonly value?: number;
}

function withValue(op: Quaternary, name: string) {
  const compute = (input: Tensor, a: Tensor, b: Tensor, value: number): Tensor => {
    const type = commonType([input, a, b]);
    if (!op.op.supports(type)) {
      throw new RuntimeError(
        `Integer division with ${name} is no longer supported, and in a future  release ${name} will perform a true division of tensor1 `
        + `and tensor2. The historic ${name} behavior can be implemented as `
        + '(input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) '
        + `for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future ${name} behavior is just the latter `
        + 'implementation: (input + value * tensor1 / tensor2), for all dtypes.');
    }
    const [x, y, z] = toType([input, a, b], commonType([input, a, b]));
    checkBroadcast([input, a, b]);
    return op(x, y, z, value) as Tensor;
  };
  return Object.assign(
    (input: Tensor, a: Tensor, b: Tensor, options: ValueOptions = {}): Tensor => {
      checkOptions(name, options, ['value', 'out']);
      const result = compute(input, a, b, options.value ?? 1);
      return options.out ? intoOut(name, result, options.out, [input, a, b]) : result;
    },
    {
      inPlace: (input: Tensor, a: Tensor, b: Tensor, options: ValueOptions = {}): Tensor => {
        checkOptions(`${name}_`, options, ['value']);
        const type = input.dtypeCore;
        if (a.dtypeCore === type && b.dtypeCore === type) {
          checkBroadcast([input, a, b]);
          return op(input, a, b, options.value ?? 1, input) as Tensor;
        }
        return writeInPlace(input, compute(inPlaceSource(input), a, b, options.value ?? 1));
      },
    });
}

/** input + value · tensor1 · tensor2. Source: torch.addcmul. */
export const addcmul = withValue(ops.addcmul, 'addcmul');
/** input + value · tensor1 / tensor2. Source: torch.addcdiv. */
export const addcdiv = withValue(ops.addcdiv, 'addcdiv');

export interface RoundOptions extends OutOptions {
  readonly decimals?: number;
}

const roundUnary = unary(ops.rint, 'round');

function roundedTo(input: Tensor, decimals: number): Tensor {
  if (decimals === 0) return roundUnary(input);
  const scale = 10 ** Math.abs(decimals);
  return decimals > 0
    ? pointwise.true_divide(roundUnary(pointwise.mul(input, scale)), scale)
    : pointwise.mul(roundUnary(pointwise.true_divide(input, scale)), scale);
}

/** To the nearest integer (or `decimals` places), halves to even. Source: torch.round. */
export const round = Object.assign(
  (input: Tensor, options: RoundOptions = {}): Tensor => {
    checkOptions('round', options, ['decimals', 'out']);
    const result = roundedTo(input, options.decimals ?? 0);
    return options.out ? intoOut('round', result, options.out, [input]) : result;
  },
  {
    inPlace: (input: Tensor, options: RoundOptions = {}): Tensor => {
      checkOptions('round_', options, ['decimals']);
      return writeInPlace(input, roundedTo(input, options.decimals ?? 0));
    },
  });
