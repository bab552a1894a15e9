import { elements } from '../../ops/host.ts';
import { fullLike } from '../../ops/creation.ts';
import { broadcastTo, detach } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { broadcastShape } from '../arguments/operands.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { either } from '../functions/pointwiseFactories.ts';
import { pairInFloats } from '../functions/specialFunctions.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Orthogonal polynomials, whose degrees are numbers or tensors. They are recurrences over degrees, and have no gradient. */

/** A recurrence: the terms of degrees 0 and 1, and the next from two. */
interface Recurrence {
  readonly first: (x: Tensor) => Tensor;
  readonly next: (x: Tensor, now: Tensor, before: Tensor, degree: number) => Tensor;
  /** Values of high degrees by another way, where that holds. */
  readonly closed?: { readonly above: number; readonly holds: (x: Tensor) => Tensor; readonly value: (x: Tensor, n: Tensor) => Tensor };
  /** The highest degree; those beyond are NaN. */
  readonly most?: (itemsize: number) => number;
}

function polynomial(name: string, { first, next, closed, most }: Recurrence) {
  return keyedOut(`special_${name}`, `input: ${either}, n: ${either}, *, out=None`, (input: TensorLike, n: TensorLike): Tensor => {
    const [given, order] = pairInFloats(name, input, n).map((each) => detach(each));
    const shape = broadcastShape([given, order].map(({ geometry }) => geometry.shape));
    const [x, degree] = [given, ops.truncate(order)].map((each) => broadcastTo(each, shape));
    const limit = most?.(x.dtypeCore.itemsize) ?? Infinity;
    const degrees = elements(detach(order)).map((each) => Math.trunc(Number(each))).filter((each) => each <= limit);
    let before = fullLike(x, 1);
    let now = first(x);
    let result = ops.where(ops.eq(degree, 0), before, ops.where(ops.eq(degree, 1), now, 0) as Tensor) as Tensor;
    const highest = Math.max(0, ...degrees.filter(Number.isFinite));
    for (let k = 2; k <= highest; k++) {
      [before, now] = [now, next(x, now, before, k)];
      if (degrees.includes(k)) result = ops.where(ops.eq(degree, k), now, result) as Tensor;
    }
    if (closed !== undefined && highest > closed.above) {
      const high = ops.logicalAnd(ops.gt(degree, closed.above), closed.holds(x));
      result = ops.where(high, closed.value(x, degree), result) as Tensor;
    }
    return limit === Infinity ? result : ops.where(ops.gt(degree, limit), NaN, result) as Tensor;
  });
}

const twice = (x: Tensor): Tensor => ops.add(x, x);
const chebyshevStep: Recurrence['next'] = (x, now, before) => ops.sub(ops.mul(twice(x), now), before);
const inside = (x: Tensor): Tensor => ops.lt(ops.abs(x), 1);
const plus = (n: Tensor, more: number): Tensor => ops.add(n, more);
const half = (angle: Tensor): Tensor => ops.mul(angle, 0.5);

const kinds = {
  t: { first: (x) => x, next: chebyshevStep, closed: { above: 6, holds: inside, value: (x, n) => ops.cos(ops.mul(n, ops.acos(x))) } },
  u: {
    first: twice, next: chebyshevStep,
    closed: { above: 8, holds: inside, value: (x, n) => ops.div(ops.sin(ops.mul(plus(n, 1), ops.acos(x))), ops.sin(ops.acos(x))) },
  },
  v: {
    first: (x) => ops.sub(twice(x), 1), next: chebyshevStep,
    closed: {
      above: 8, holds: inside,
      value: (x, n) => ops.div(ops.cos(ops.mul(plus(n, 0.5), ops.acos(x))), ops.cos(half(ops.acos(x)))),
    },
  },
  w: {
    first: (x) => ops.add(twice(x), 1), next: chebyshevStep,
    closed: {
      above: 8, holds: inside,
      value: (x, n) => ops.div(ops.sin(ops.mul(plus(n, 0.5), ops.acos(x))), ops.sin(half(ops.acos(x)))),
    },
  },
} satisfies Readonly<Record<string, Recurrence>>;

/** The same of 2x − 1. */
function shifted({ first, next, closed }: Recurrence): Recurrence {
  const moved = (x: Tensor): Tensor => ops.sub(twice(x), 1);
  return {
    first: (x) => first(moved(x)), next: (x, ...rest) => next(moved(x), ...rest),
    ...(closed && { closed: { above: closed.above, holds: (x) => closed.holds(moved(x)), value: (x, n) => closed.value(moved(x), n) } }),
  };
}

/**
 * Chebyshev's polynomial of the first kind of degree n. Source: torch.special.chebyshev_polynomial_t.
 * @example
 * torch.special.chebyshev_polynomial_t(torch.tensor([0.5, 2]), 3); // → tensor([-1., 26.])
 */
export const chebyshev_polynomial_t = polynomial('chebyshev_polynomial_t', kinds.t);
/**
 * Chebyshev's polynomial of the second kind of degree n. Source: torch.special.chebyshev_polynomial_u.
 * @example
 * torch.special.chebyshev_polynomial_u(torch.tensor([0.5, 2]), 3); // → tensor([-1., 56.])
 */
export const chebyshev_polynomial_u = polynomial('chebyshev_polynomial_u', kinds.u);
/**
 * Chebyshev's polynomial of the third kind of degree n. Source: torch.special.chebyshev_polynomial_v.
 * @example
 * torch.special.chebyshev_polynomial_v(torch.tensor([0.5, 2]), 3); // → tensor([-1., 41.])
 */
export const chebyshev_polynomial_v = polynomial('chebyshev_polynomial_v', kinds.v);
/**
 * Chebyshev's polynomial of the fourth kind of degree n. Source: torch.special.chebyshev_polynomial_w.
 * @example
 * torch.special.chebyshev_polynomial_w(torch.tensor([0.5, 2]), 3); // → tensor([-1., 71.])
 */
export const chebyshev_polynomial_w = polynomial('chebyshev_polynomial_w', kinds.w);
/**
 * As chebyshev_polynomial_t of 2x − 1. Source: torch.special.shifted_chebyshev_polynomial_t.
 * @example
 * torch.special.shifted_chebyshev_polynomial_t(torch.tensor([0.75, 2]), 3); // → tensor([-1., 99.])
 */
export const shifted_chebyshev_polynomial_t = polynomial('shifted_chebyshev_polynomial_t', shifted(kinds.t));
/**
 * As chebyshev_polynomial_u of 2x − 1. Source: torch.special.shifted_chebyshev_polynomial_u.
 * @example
 * torch.special.shifted_chebyshev_polynomial_u(torch.tensor([0.75, 2]), 3); // → tensor([ -1., 204.])
 */
export const shifted_chebyshev_polynomial_u = polynomial('shifted_chebyshev_polynomial_u', shifted(kinds.u));
/**
 * As chebyshev_polynomial_v of 2x − 1. Source: torch.special.shifted_chebyshev_polynomial_v.
 * @example
 * torch.special.shifted_chebyshev_polynomial_v(torch.tensor([0.75, 2]), 3); // → tensor([ -1., 169.])
 */
export const shifted_chebyshev_polynomial_v = polynomial('shifted_chebyshev_polynomial_v', shifted(kinds.v));
/**
 * As chebyshev_polynomial_w of 2x − 1. Source: torch.special.shifted_chebyshev_polynomial_w.
 * @example
 * torch.special.shifted_chebyshev_polynomial_w(torch.tensor([0.75, 2]), 3); // → tensor([ -1., 239.])
 */
export const shifted_chebyshev_polynomial_w = polynomial('shifted_chebyshev_polynomial_w', shifted(kinds.w));

/** Beyond these degrees PyTorch gives NaN. */
const hermiteLimit = (itemsize: number): number => (itemsize === 8 ? 512 : itemsize === 4 ? 128 : 1024);

/**
 * The physicists' Hermite polynomial of degree n. Source: torch.special.hermite_polynomial_h.
 * @example
 * torch.special.hermite_polynomial_h(torch.tensor([0.5, 2]), 3); // → tensor([-5., 40.])
 */
export const hermite_polynomial_h = polynomial('hermite_polynomial_h', {
  first: twice, most: hermiteLimit,
  next: (x, now, before, k) => ops.sub(ops.mul(twice(x), now), ops.mul(before, 2 * (k - 1))),
});
/**
 * The probabilists' Hermite polynomial of degree n. Source: torch.special.hermite_polynomial_he.
 * @example
 * torch.special.hermite_polynomial_he(torch.tensor([0.5, 2]), 3); // → tensor([-1.3750,  2.0000])
 */
export const hermite_polynomial_he = polynomial('hermite_polynomial_he', {
  first: (x) => x, most: hermiteLimit, next: (x, now, before, k) => ops.sub(ops.mul(x, now), ops.mul(before, k - 1)),
});
/**
 * Laguerre's polynomial of degree n. Source: torch.special.laguerre_polynomial_l.
 * @example
 * torch.special.laguerre_polynomial_l(torch.tensor([0.5, 2]), 3); // → tensor([-0.1458, -0.3333])
 */
export const laguerre_polynomial_l = polynomial('laguerre_polynomial_l', {
  first: (x) => ops.sub.reversed<Tensor>(1, x),
  next: (x, now, before, k) =>
    ops.div(ops.sub(ops.mul(ops.sub.reversed<Tensor>(2 * k - 1, x), now), ops.mul(before, k - 1)), k),
});
/**
 * Legendre's polynomial of degree n. Source: torch.special.legendre_polynomial_p.
 * @example
 * torch.special.legendre_polynomial_p(torch.tensor([0.5, 2]), 3); // → tensor([-0.4375, 17.0000])
 */
export const legendre_polynomial_p = polynomial('legendre_polynomial_p', {
  first: (x) => x,
  next: (x, now, before, k) => ops.div(ops.sub(ops.mul(ops.mul(x, 2 * k - 1), now), ops.mul(before, k - 1)), k),
});
