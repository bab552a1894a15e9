import { checkInPlace, isRecorded, record } from '../autograd/tape.ts';
import { requiresGrad } from '../autograd/viewHistory.ts';
import type { Backend, Operand } from '../backend/backend.ts';
import { declined } from '../backend/kernels.ts';
import { backendOf } from '../backend/select.ts';
import type { Scalar } from '../core/complex.ts';
import type { DType } from '../core/dtype.ts';
import { bool, componentType } from '../core/dtype.ts';
import type { Device } from '../core/device.ts';
import { differentDevices } from '../core/device.ts';
import { ValueError, shapeText } from '../core/errors.ts';
import type { Layout } from '../core/layout.ts';
import {
  broadcastPair, broadcastShapes, checkShape, contiguousLayout, isDense, largestBytes, layoutAt, sameShape,
} from '../core/layout.ts';
import { StridedArray, writesOf } from '../core/strided.ts';
import type { PointwiseOp } from './pointwise/op.ts';
import { listener, reported } from './registry/listener.ts';
import { quietly } from './registry/quietly.ts';

/** A fresh, uninitialised array like `like` in class and device. */
export function emptyLike<A extends StridedArray>(like: A, layout: Layout, dtype: DType = like.dtypeCore): A {
  if (layout.size * dtype.itemsize > largestBytes) checkShape(layout.shape, dtype);
  const storage = backendOf(like.storage.device).allocate(layout.size, dtype);
  return new like.species(storage, dtype, layout);
}

/** The dtype that an op computes in: that of its array operands, which the façades have made equal. */
function computeDType(op: PointwiseOp, operands: readonly Operand[]): DType {
  let dtype: DType | undefined;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i];
    if (!(operand instanceof StridedArray) || (op.conditions.length > 0 && op.conditions.includes(op.args[i]))) continue;
    if (dtype === undefined) dtype = operand.dtypeCore;
    else if (dtype !== operand.dtypeCore) {
      throw new TypeError(`${op.name}: operands have dtypes ${dtype.name} and ${operand.dtypeCore.name}; cast one of them first`);
    }
  }
  if (dtype === undefined) throw new TypeError(`${op.name}: at least one operand must be an array`);
  if (!op.supports(dtype)) throw new TypeError(`${op.name} is not supported for ${dtype.name}`);
  return dtype;
}

/**
 * The layout of a fresh result. Operands that all lie alike in one dense block hand their order of axes on, as NumPy's
 * order='K' and PyTorch do, so transposed operands stay one fast loop.
 */
function resultLayout(operands: readonly Operand[]): Layout {
  let first: StridedArray | undefined;
  let shape: readonly number[] = [];
  let alike = true;
  for (const operand of operands) {
    if (!(operand instanceof StridedArray)) continue;
    if (first === undefined) {
      first = operand;
      shape = operand.geometry.shape;
    } else if (operand.geometry !== first.geometry) {
      const next = broadcastPair(shape, operand.geometry.shape);
      if (next === null) {
        shape = broadcastShapes(operands.filter((each) => each instanceof StridedArray).map((each) => each.geometry.shape));
        continue;
      }
      shape = next;
      alike &&= sameShape(operand.geometry.strides, first.geometry.strides)
        && sameShape(operand.geometry.shape, first.geometry.shape);
    }
  }
  const { geometry: layout } = first!;
  if (alike) {
    if (layout.contiguous) {
      if (layout.offset === 0 && layout.size > 0) return layout;
    } else if (isDense(layout) && layout.strides.every((stride) => stride >= 0)) {
      return layoutAt(layout, 0);
    }
  }
  return contiguousLayout(shape);
}

/**
 * The operands on one device. As in PyTorch an array without axes that can be read at once may lie elsewhere: it counts as a
 * scalar, unless it wants a gradient.
 */
export function onOneDevice(op: string, operands: readonly Operand[]): readonly Operand[] {
  let device: Device | undefined;
  let apart = false;
  for (const operand of operands) {
    if (!(operand instanceof StridedArray)) continue;
    if (device === undefined) device = operand.storage.device;
    else if (operand.storage.device !== device) apart = true;
  }
  if (!apart) return operands;
  const isLoose = (array: StridedArray): boolean => array.geometry.shape.length === 0 && !requiresGrad(array)
    && backendOf(array.storage.device).deferred === null;
  const [main] = operands.filter((operand) => operand instanceof StridedArray && !isLoose(operand)) as StridedArray[];
  return operands.map((operand) => {
    if (!(operand instanceof StridedArray) || operand.storage.device === main.storage.device) return operand;
    if (!isLoose(operand)) throw differentDevices(main.storage.device, operand.storage.device, op);
    return backendOf(operand.storage.device).read(operand, operand.geometry.offset);
  });
}

/** Whether two arrays are the same elements in the same order. */
export function coincides(a: StridedArray, b: StridedArray): boolean {
  return a.storage === b.storage && a.dtypeCore === b.dtypeCore && a.geometry.offset === b.geometry.offset
    && sameShape(a.geometry.strides, b.geometry.strides) && sameShape(a.geometry.shape, b.geometry.shape);
}

/** Whether writing `out` element by element could change an operand before it is read. */
export function overlaps(out: StridedArray, operand: StridedArray): boolean {
  if (out.storage !== operand.storage || out.geometry.size === 0 || operand.geometry.size === 0) return false;
  if (coincides(out, operand)) return false;
  const bytes = (array: StridedArray): readonly [number, number] => {
    const [low, high] = array.geometry.range;
    return [low * array.dtypeCore.itemsize, (high + 1) * array.dtypeCore.itemsize];
  };
  const [outLow, outHigh] = bytes(out);
  const [low, high] = bytes(operand);
  return outLow < high && low < outHigh;
}

export function copyInto(source: StridedArray, target: StridedArray): void {
  backendOf(target.storage.device).cast(source, target);
}

export function fillInto(target: StridedArray, value: Scalar): void {
  backendOf(target.storage.device).fill(target, value);
}

/**
 * As `runPointwise` for an array, or two of one dtype that lie alike, in memory without gaps and without gradients, which is nearly every
 * call, or into another such array; null where it is not so, and nothing has been done.
 */
export function runAlike<A extends StridedArray>(op: PointwiseOp, x: A, y?: A, out?: A): A | null {
  const { geometry: layout, dtypeCore: dtype } = x;
  if (listener !== null || !layout.contiguous || layout.offset !== 0 || layout.size === 0 || x.state !== null || !op.supports(dtype)
    || (y !== undefined && !isAlike(x, y))) return null;
  const backend = backendOf(x.storage.device);
  const resultDType = op.result === 'same' ? dtype : op.result === 'bool' ? bool : componentType(dtype);
  if (out !== undefined && (out.geometry.offset !== 0 || !isAlike(x, out, resultDType)
    // A second operand that lies elsewhere in the same memory would be overwritten before it is read.
    || (y !== undefined && y.storage === out.storage && y.geometry.offset !== 0))) return null;
  const result = out ?? new x.species(backend.allocate(layout.size, resultDType), resultDType, layout) as A;
  compute(backend, op, y === undefined ? [x] : [x, y], dtype, result);
  if (out !== undefined) writesOf(out).version++;
  return result;
}

function isAlike({ geometry, dtypeCore, storage }: StridedArray, y: StridedArray, dtype: DType = dtypeCore): boolean {
  return y.state === null && y.dtypeCore === dtype && storage.device === y.storage.device
    && (y.geometry === geometry || (y.geometry.contiguous && sameShape(y.geometry.shape, geometry.shape)));
}

/** The operands as the op's rules need them: those whose memory `out` is about to overwrite as copies, with their history. */
function operandsBefore(op: PointwiseOp, operands: readonly Operand[], out: StridedArray): readonly Operand[] {
  if (!op.differentiable || !isRecorded(operands)) return operands;
  const needed = new Set(op.saves.flatMap((names, i) => (requiresGrad(operands[i]) ? names : [])));
  return operands.map((operand, i) => {
    if (!(operand instanceof StridedArray) || operand.storage !== out.storage || !needed.has(op.args[i])) return operand;
    const copy = emptyLike(operand, contiguousLayout(operand.geometry.shape));
    copyInto(operand, copy);
    return record(copy, 'CloneBackward0', [operand], [(g) => g]);
  });
}

/** How an op is put together from others: see composition.ts, which knows them all. */
type Composition = (op: PointwiseOp, operands: readonly Operand[]) => StridedArray;
export let composed: Composition;
export function setComposition(composition: Composition): void {
  composed = composition;
}

/** Fills `out` by the device's kernel, or by other ops where it has none. */
function compute(backend: Backend, op: PointwiseOp, operands: readonly Operand[], dtype: DType, out: StridedArray): void {
  if (backend.pointwise(op, operands, dtype, out) !== declined) return;
  const [value] = quietly(() => [composed(op, operands)]);
  backend.cast(value, out);
  value.storage.free();
}

/** Runs one pointwise op; into `out` where it is given, which must have the result's dtype and shape. */
export function runPointwise<A extends StridedArray>(op: PointwiseOp, given: readonly Operand[], out?: A): A {
  if (listener === null) return runUnreported(op, given, out);
  return reported(op.name, given, null, () => [runUnreported(op, given, out)] as const)[0];
}

function runUnreported<A extends StridedArray>(op: PointwiseOp, given: readonly Operand[], out?: A): A {
  const dtype = computeDType(op, given);
  const operands = onOneDevice(op.name, given);
  let like: StridedArray | undefined;
  for (const operand of operands) {
    if (operand instanceof StridedArray) {
      like = operand;
      break;
    }
  }
  const layout = resultLayout(operands);
  const resultDType = op.result === 'same' ? dtype : op.result === 'bool' ? bool : componentType(dtype);
  const backend = backendOf(like!.storage.device);
  let result: StridedArray;
  let keptOperands = operands;
  if (out === undefined) {
    result = emptyLike(like!, layout, resultDType);
    compute(backend, op, operands, dtype, result);
  } else {
    if (!sameShape(out.geometry.shape, layout.shape)) {
      throw new ValueError(
        `non-broadcastable output operand with shape ${shapeText(out.geometry.shape)} `
        + `doesn't match the broadcast shape ${shapeText(layout.shape)}`);
    }
    if (out.dtypeCore !== resultDType) {
      throw new TypeError(`${op.name}: out has dtype ${out.dtypeCore.name}, the result ${resultDType.name}`);
    }
    checkInPlace(out, operands);
    keptOperands = operandsBefore(op, operands, out);
    if (operands.some((operand) => operand instanceof StridedArray && overlaps(out, operand))) {
      const temporary = emptyLike(out, contiguousLayout(layout.shape));
      compute(backend, op, operands, dtype, temporary);
      backend.cast(temporary, out);
      temporary.storage.free();
    } else {
      compute(backend, op, operands, dtype, out);
    }
    writesOf(out).version++;
    result = out;
  }
  if (op.differentiable && isRecorded(operands)) {
    const saved: Record<string, unknown> = {};
    op.saves.forEach((names, i) => {
      if (!requiresGrad(operands[i])) return;
      for (const name of names) saved[name] = name === 'out' ? result : keptOperands[op.args.indexOf(name)];
    });
    record(result, op.gradName, operands, op.rules, saved);
  }
  return result as A;
}
