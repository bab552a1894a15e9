import type * as np from 'flambeau/numpy';
import type { Action, Expression, Named } from '../program.ts';
import { call, integer, none, text, tuple, variable } from '../program.ts';
import type { Row, Scene, Variable } from '../scene.ts';
import { convertible, dtypeOf } from '../scene.ts';
import { drawScalar, isInexact, kindOf } from '../values.ts';

/** Reads and writes by every kind of index, and the functions that take indices. */

function slice(scene: Scene, extent: number): Expression {
  const { draws } = scene;
  const bound = (): string | null => (draws.chance(0.4) ? null : String(draws.between(-extent - 1, extent + 1)));
  const step = draws.weighted<string | null>([[5, null], [2, '-1'], [2, '2'], [1, '-2'], [0.1, '3'], [0.03, '0']]);
  return { slice: [bound(), bound(), step], ...(draws.chance(0.2) ? { object: true } : {}) };
}

const position = (scene: Scene, extent: number): Expression =>
  (extent === 0 || scene.wrong() ? integer(scene.draws.pick([extent, -extent - 1])) : integer(scene.draws.between(-extent, extent - 1)));

function integers(scene: Scene, extent: number, shape: readonly number[]): Expression {
  const { draws } = scene;
  if (extent === 0) return { list: [] };
  if (shape.length === 1 && draws.chance(0.4)) return { list: Array.from({ length: shape[0] }, () => position(scene, extent)) };
  return variable(scene.freshIntegers(shape, -extent, extent - 1, draws.pick(['int64', 'int64', 'int32'])).name);
}

/** The parts of an index; `rich` with masks and integer arrays. */
function index(scene: Scene, array: np.ndarray, rich: boolean): Expression[] {
  const { draws } = scene;
  const { shape } = array;
  const parts: Expression[] = [];
  let axis = 0;
  let ellipsis = false;
  const together = draws.pick([[2], [3], [2, 2], [1], []]);
  while (axis < shape.length && !draws.chance(0.2)) {
    const extent = shape[axis];
    const kind = draws.weighted([[4, 'slice'], [3, 'position'], [rich ? 3 : 0, 'integers'], [rich ? 1.5 : 0, 'mask'],
      [rich ? 0.5 : 0, 'maskOfTwo'], [ellipsis ? 0 : 1, 'ellipsis'], [0.8, 'new']] as const);
    switch (kind) {
      case 'slice': parts.push(slice(scene, extent)); axis++; break;
      case 'position': parts.push(position(scene, extent)); axis++; break;
      case 'integers': parts.push(integers(scene, extent, together)); axis++; break;
      case 'mask':
        parts.push(variable(scene.freshMask([scene.wrong() ? extent + 1 : extent]).name));
        axis++;
        break;
      case 'maskOfTwo':
        if (axis + 1 >= shape.length) break;
        parts.push(variable(scene.freshMask([extent, shape[axis + 1]]).name));
        axis += 2;
        break;
      case 'ellipsis':
        parts.push({ ellipsis: true });
        ellipsis = true;
        axis += draws.between(0, shape.length - axis);
        break;
      case 'new': parts.push(none); break;
    }
  }
  if (parts.length === 0) parts.push(draws.pick<Expression>([{ ellipsis: true }, none]));
  if (scene.wrong()) parts.push(integer(0), integer(0), integer(0));
  return parts;
}

/** A mask of the array's own shape, often a comparison that is there. */
const wholeMask = (scene: Scene, x: Variable): Expression => scene.mask(x.array.shape);

const read: Row = (scene) => {
  const x = scene.draws.chance(0.9) ? scene.atLeast(1) : scene.any();
  const rich = scene.draws.chance(0.5);
  if (rich && scene.draws.chance(0.25)) return { kind: 'read', on: x.name, index: [wholeMask(scene, x)] };
  return { kind: 'read', on: x.name, index: index(scene, x.array, rich) };
};

const write: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const dtype = dtypeOf(x.array);
  const masked = draws.chance(0.2);
  const parts = masked ? [wholeMask(scene, x)] : index(scene, x.array, draws.chance(0.4));
  // What the index names tells which values fit.
  let shape: readonly number[] = [];
  try {
    shape = x.array.at(...parts.map((each) => scene.run.value(each)) as np.Index[]).shape;
  } catch {
    // Both sides have to refuse it.
  }
  const value = masked && draws.chance(0.7) ? drawScalar(draws, dtype) : scene.operand(shape, dtype);
  // What a list is as a single element is Python's to say.
  if (shape.length === 0 && 'list' in value) return null;
  if (!fits(scene, value, x)) return null;
  return { kind: 'write', on: x.name, index: parts, value };
};

/** Whether the processor has no say in how the value is converted. */
function fits(scene: Scene, value: Expression, x: Variable): boolean {
  const dtype = dtypeOf(x.array);
  if ('variable' in value) return convertible(scene.run.array(value.variable), dtype);
  if ('list' in value) return value.list.every((each) => fits(scene, each, x));
  if (!('real' in value) || isInexact(dtype)) return true;
  return Number.isFinite(Number(value.real)) && (kindOf(dtype) !== 'uint' || Number(value.real) > 0);
}

const taking: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const on = variable(x.name);
  const { ndim, shape, size } = x.array;
  const axis = draws.between(0, ndim - 1);
  const mode = draws.weighted<Expression | null>([[6, null], [1, text('wrap')], [1, text('clip')]]);
  const reach = mode === null ? 0 : 3;
  const named: Named = mode === null ? {} : { mode };
  const along = shape[axis];
  const indices = (extent: number): Expression =>
    variable(scene.freshIntegers(draws.pick([[2], [2, 2], []]), -extent - reach, Math.max(extent - 1 + reach, 0)).name);
  return draws.pick<() => Action | null>([
    () => call('take', [on, indices(size)], named),
    () => call('take', [on, indices(along)], { axis: integer(axis), ...named }),
    () => ({ kind: 'method', on: x.name, name: 'take', args: [indices(along), integer(axis)], named }),
    () => (along === 0 ? null : call('take_along_axis', [on, variable(scene.freshIntegers(
      shape.map((extent, i) => (i === axis ? 2 : extent)), -along, along - 1).name), integer(axis)])),
    () => {
      if (along === 0) return null;
      const places = scene.freshIntegers(shape.map((extent, i) => (i === axis ? 1 : extent)), -along, along - 1);
      return call('put_along_axis', [on, variable(places.name), drawValue(scene, x), integer(axis)]);
    },
    () => (size === 0 ? null : call('put', [on, indices(size), drawValue(scene, x)], named)),
    () => call('compress', [variable(scene.freshMask([along]).name), on], draws.chance(0.8) ? { axis: integer(axis) } : {}),
    () => call('extract', [wholeMask(scene, x), on]),
    () => call('nonzero', [on]),
    () => call(draws.pick(['argwhere', 'flatnonzero', 'count_nonzero', 'where']), [on]),
    () => call('select', [
      // NumPy's choices that are scalars are cast by rules of their own.
      { list: [scene.mask(shape), scene.mask(shape)] }, { list: [on, variable(scene.fresh(shape, scene.dtype()).name)] },
    ], draws.chance(0.4) ? { default: drawScalar(draws, dtypeOf(x.array)) } : {}),
    () => (size === 0 ? null : call('unravel_index', [indices(size - 1), tuple(shape)])),
    () => {
      const value = scene.operand(shape, dtypeOf(x.array));
      const named: Record<string, Expression> = draws.chance(0.6) ? { where: scene.mask(shape) } : {};
      if (draws.chance(0.3)) named.casting = text('unsafe');
      return fits(scene, value, x) ? call('copyto', [on, value], named) : null;
    },
    () => {
      const value = drawValue(scene, x);
      return { kind: 'method', on: x.name, name: 'fill', args: [value], named: {} };
    },
  ])();
};

function drawValue(scene: Scene, x: Variable): Expression {
  const value = drawScalar(scene.draws, dtypeOf(x.array));
  return fits(scene, value, x) ? value : integer(1);
}

export const indexingRows: readonly (readonly [number, Row])[] = [[6, read], [4, write], [3, taking]];
