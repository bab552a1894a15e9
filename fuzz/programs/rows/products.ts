import type { Action, Expression } from '../program.ts';
import { call, integer, text, variable } from '../program.ts';
import type { Row, Scene, Variable } from '../scene.ts';
import { dtypeOf } from '../scene.ts';

/** Products of matrices and vectors. */

/** The right operand of a matrix product, with the extents that fit. */
function partner(scene: Scene, x: Variable): Variable {
  const { draws } = scene;
  const { shape } = x.array;
  const inner = scene.wrong() ? shape[shape.length - 1] + 1 : shape[shape.length - 1];
  const fits = (candidate: readonly number[]): boolean => candidate.length > 0 && candidate[Math.max(candidate.length - 2, 0)] === inner
    && candidate.length <= 2;
  const there = scene.find((array) => fits(array.shape));
  if (there !== null && draws.chance(0.4)) return there;
  const dtype = draws.chance(0.6) ? dtypeOf(x.array) : scene.dtype();
  const stack = shape.length > 2 && draws.chance(0.5) ? shape.slice(0, -2) : [];
  return draws.chance(0.25) ? scene.fresh([inner], dtype) : scene.fresh([...stack, inner, scene.extent()], dtype);
}

const product: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const y = partner(scene, x);
  const [on, other] = [variable(x.name), variable(y.name)];
  return draws.pick<() => Action | null>([
    () => ({ kind: 'operator', on: x.name, name: 'matmul', value: other }),
    () => call('matmul', [on, other]),
    () => call('dot', [on, other]),
    () => ({ kind: 'method', on: x.name, name: 'dot', args: [other], named: {} }),
    () => call('inner', [on, on]),
    () => call('inner', [on, variable(scene.fresh([...scene.shape(0, 1), x.array.shape.at(-1)!], dtypeOf(x.array)).name)]),
    () => (x.array.size > 12 || y.array.size > 12 ? null : call('outer', [on, other])),
    () => call('tensordot', [on, other], { axes: integer(x.array.ndim > 0 && y.array.ndim < 3 && draws.chance(0.7) ? 1 : 0) }),
    () => (x.array.size > 12 || y.array.size > 12 ? null : call('kron', [on, other])),
    () => call('vecdot', [on, variable(scene.fresh(scene.besides(x.array.shape), dtypeOf(x.array)).name)]),
    () => call('vdot', [on, variable(scene.fresh(x.array.shape, scene.dtype()).name)]),
    () => (x.array.ndim === 1 && x.array.size > 0
      ? call('convolve', [on, variable(scene.fresh([draws.between(1, 3)], scene.dtype()).name)],
        draws.chance(0.5) ? { mode: text(draws.pick(['full', 'same', 'valid'])) } : {}) : null),
  ])();
};

/** Letters for axes: those of one letter have one extent. */
const einsum: Row = (scene) => {
  const { draws } = scene;
  const letters = ['i', 'j', 'k'];
  const extents = new Map(letters.map((letter) => [letter, draws.between(1, 3)]));
  const operands: Expression[] = [];
  const terms: string[] = [];
  const dtype = scene.dtype();
  for (let i = draws.between(1, 3); i > 0; i--) {
    const term = Array.from({ length: draws.between(1, 2) }, () => draws.pick(letters)).join('');
    terms.push(term);
    const shape = [...term].map((letter) => extents.get(letter)!);
    const there = scene.find((array) => String(array.shape) === String(shape));
    operands.push(variable((there ?? scene.fresh(shape, draws.chance(0.7) ? dtype : scene.dtype())).name));
  }
  const used = [...new Set(terms.join(''))];
  const output = draws.shuffled(used).slice(0, draws.between(0, used.length)).join('');
  return call('einsum', [text(`${terms.join(',')}${draws.chance(0.8) ? `->${output}` : ''}`), ...operands]);
};

export const productRows: readonly (readonly [number, Row])[] = [[2.5, product], [0.6, einsum]];
