import type { StridedArray } from '../core/strided.ts';
import { add, conjOperand, mul } from './pointwise/arithmetic.ts';
import type { ResultSpec, StructuralOp } from './registry/op.ts';
import { structural } from './registry/op.ts';

/** Ops that add a product to an array: beta · bias + alpha · (a · b), the bias broadcast, recorded as one op. */

export interface ScaledParams {
  readonly beta: number;
  readonly alpha: number;
}

interface Product<Params> {
  readonly results: (a: StridedArray, b: StridedArray) => readonly ResultSpec[];
  /** The product, in fresh memory. */
  readonly multiply: (a: StridedArray, b: StridedArray) => StridedArray;
  /** From its gradient those of its operands. */
  readonly a: (g: StridedArray, b: StridedArray, params: Params) => StridedArray;
  readonly b: (g: StridedArray, a: StridedArray, params: Params) => StridedArray;
}

type Triple = readonly [bias: StridedArray, a: StridedArray, b: StridedArray];

const scaled = <A extends StridedArray>(x: A, factor: number): A => (factor === 1 ? x : mul(x, factor));

export function addProduct<Params = unknown>(name: string, product: Product<Params>): StructuralOp<Triple, ScaledParams & Params> {
  return structural({
    name, args: ['bias', 'a', 'b'],
    results: ([, a, b]: Triple, _: ScaledParams & Params) => product.results(a, b),
    composite: ([bias, a, b], { beta, alpha }) => {
      const out = product.multiply(a, b);
      if (alpha !== 1) mul(out, alpha, out);
      // With beta 0 the bias is not even read: its NaN does not count.
      return [beta === 0 ? out : add(out, scaled(bias, beta), out)];
    },
    saves: { a: ['b'], b: ['a'] },
    vjp: {
      bias: (g, _, { beta }) => scaled(g, conjOperand(beta)),
      a: (g, { b }, params) => scaled(product.a(g, b, params), conjOperand(params.alpha)),
      b: (g, { a }, params) => scaled(product.b(g, a, params), conjOperand(params.alpha)),
    },
    widensRules: false,
  });
}
