import { gradMode, withGradMode } from '../../autograd/mode.ts';
import type { JointRule } from '../../autograd/node.ts';
import { isRecorded, recordAll, recordView } from '../../autograd/tape.ts';
import { requiresGrad } from '../../autograd/viewHistory.ts';
import type { Backend } from '../../backend/backend.ts';
import type { Declined, Kernel, KernelName, Unloaded } from '../../backend/kernels.ts';
import { declined } from '../../backend/kernels.ts';
import type { KernelPart } from '../../backend/parts.ts';
import { backendOf } from '../../backend/select.ts';
import { withTemporariesOn } from '../../backend/temporaries.ts';
import { float32, isHalf } from '../../core/dtype.ts';
import { differentDevices } from '../../core/device.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { contiguousLayout, sameShape } from '../../core/layout.ts';
import { isLarge } from '../../core/parts.ts';
import type { StridedArray } from '../../core/strided.ts';
import { viewOf } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { emptyLike } from '../dispatch.ts';
import { listener, reported } from './listener.ts';
import { quietly } from './quietly.ts';
import type { Operands, ResultSpec, StructuralOp } from './op.ts';
import { widened } from './op.ts';

/**
 * The runner: what every op that is not pointwise has in common. One device and one dtype, half floats widened at the start and
 * rounded once at the end, results allocated, a kernel chosen or the composite in its stead, and the op recorded.
 */

type AnyKernel = Kernel<unknown, Operands>;

function mainOperand(op: StructuralOp, operands: Operands): StridedArray {
  let main: StridedArray | null = null;
  for (let i = 0; i < operands.length; i++) {
    main ??= operands[i];
    if (operands[i] !== null && !op.apart[i]) return operands[i]!;
  }
  if (main === null) throw new TypeError(`${op.name}: at least one operand must be an array`);
  return main;
}

/** Refuses operands on several devices, of several dtypes, or of one that the op does not know. */
function check(op: StructuralOp, operands: Operands, main: StridedArray): void {
  const { dtypeCore: dtype, storage: { device } } = main;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i];
    if (operand === null || operand === main) continue;
    if (operand.storage.device !== device) throw differentDevices(device, operand.storage.device, op.name);
    if (operand.dtypeCore !== dtype && !op.apart[i]) {
      throw new TypeError(`${op.name}: operands have dtypes ${dtype.name} and ${operand.dtypeCore.name}; cast one of them first`);
    }
  }
  if (!op.dtypes.has(dtype)) throw new TypeError(`${op.name} is not supported for ${dtype.name}`);
}

const notThere = ({ name }: StructuralOp): NotImplementedError => new NotImplementedError(`${name} is not there on this device`);

/** Whether an operand comes as float32 where half floats are widened. */
const isNarrow = (op: StructuralOp, array: StridedArray | null, i: number): boolean =>
  array !== null && !op.apart[i] && isHalf(array.dtypeCore);

function someNarrow(op: StructuralOp, operands: Operands): boolean {
  for (let i = 0; i < operands.length; i++) if (isNarrow(op, operands[i], i)) return true;
  return false;
}

/** Calls a kernel, in float32 where the backend does not compute half floats by itself. */
export function launch(
  op: StructuralOp, backend: Backend, kernel: AnyKernel, operands: Operands, params: unknown, results: readonly StridedArray[],
): void | Declined {
  if (op.moves || backend.computesHalves || !someNarrow(op, operands)) return kernel(operands, params, results);
  return withTemporariesOn(backend, (temporaries) => {
    const wide = operands.map((operand, i) => (isNarrow(op, operand, i) ? temporaries.converted(operand!, float32) : operand));
    const targets = results.map((result) => (isHalf(result.dtypeCore) ? temporaries.make(result.geometry.shape, float32) : result));
    if (kernel(wide, params, targets) === declined) return declined;
    targets.forEach((target, i) => {
      if (target !== results[i]) backend.cast(target, results[i]);
    });
    return undefined;
  });
}

/** Whether an array is some operand's own memory, which a composite has handed through. */
function isHandedThrough({ storage }: StridedArray, operands: Operands): boolean {
  for (let i = 0; i < operands.length; i++) if (operands[i] !== null && operands[i]!.storage === storage) return true;
  return false;
}

function compose(
  op: StructuralOp, operands: Operands, params: unknown, specs: readonly ResultSpec[], { species, dtypeCore }: StridedArray,
  large = false,
): readonly StridedArray[] {
  const composite = large ? op.inParts : op.composite;
  if (composite === null) throw notThere(op);
  return quietly(() => {
    const asTheyAre = large || op.moves || !isHalf(dtypeCore);
    const wide = asTheyAre ? operands : operands.map((operand, i) => (op.apart[i] ? operand : widened(operand)));
    const results = composite(wide, params) as StridedArray[];
    for (let i = 0; i < specs.length; i++) {
      const { shape, dtype } = specs[i];
      const rounded = cast(results[i], dtype);
      if (!sameShape(rounded.geometry.shape, shape)) throw new Error(`${op.name}: the composite's result ${i} has another shape`);
      const own = isHandedThrough(rounded, operands) ? copied(rounded) : rounded;
      results[i] = own.species === species ? own : new species(own.storage, own.dtypeCore, own.geometry);
    }
    return results;
  });
}

function copied(array: StridedArray): StridedArray {
  const copy = emptyLike(array, contiguousLayout(array.geometry.shape));
  backendOf(array.storage.device).cast(array, copy);
  return copy;
}

type Found = AnyKernel | 'composite' | 'none' | Unloaded | null;

/** What a device has for an op: null where it is not in the table, as of an op that has no kernels at all. */
export function kernelOf(backend: Backend, op: { readonly name: string; readonly part?: KernelPart }): Found {
  const found = (backend.kernels as Readonly<Record<string, Found | 'part'>>)[op.name as KernelName] ?? null;
  return found === 'part' ? op.part?.[op.name as KernelName] as AnyKernel | undefined ?? 'none' : found;
}

function compute(op: StructuralOp, operands: Operands, params: unknown, main: StridedArray): readonly StridedArray[] {
  const backend = backendOf(main.storage.device);
  const specs = op.results(operands, params);
  if (op.inParts !== null && !backend.computesHalves && isLarge(main, isHalf(main.dtypeCore) ? float32 : main.dtypeCore)) {
    return compose(op, operands, params, specs, main, true);
  }
  const kernel = kernelOf(backend, op);
  if (typeof kernel === 'function') {
    const results: StridedArray[] = [];
    for (const { shape, dtype } of specs) results.push(emptyLike(main, contiguousLayout(shape), dtype));
    if (launch(op, backend, kernel, operands, params, results) !== declined) return results;
    for (const { storage } of results) storage.free();
  } else if (kernel !== null && typeof kernel === 'object') {
    throw new RuntimeError(`${op.name} needs a module that is not loaded: import '${kernel.module}' first`);
  }
  return compose(op, operands, params, specs, main);
}

/** The composite's gradients: it is run again on the operands, recorded, and passed backwards. */
function gradientsOfComposite(op: StructuralOp): JointRule<Readonly<Record<string, unknown>>> {
  return (gradients, saved, wanted, backward) => {
    const createGraph = gradMode.enabled;
    return withGradMode(true, () => {
      // Aliases end the pass at the operands; with createGraph they carry the operands' history on.
      const aliases = op.args.map((name, i) => {
        const operand = saved[name] as StridedArray | null;
        if (operand === null || !wanted[i]) return operand;
        return recordView(viewOf(operand, operand.geometry), 'AliasBackward0', operand, (g) => g);
      });
      const inputs = aliases.filter((alias, i) => alias !== null && wanted[i]) as StridedArray[];
      const results = op.composite!(aliases.map((alias, i) => (op.apart[i] ? alias : widened(alias))), saved.params);
      const roots = results.map((result, i) => ({ result, gradient: gradients[i] ?? null }))
        .filter(({ result, gradient }) => gradient !== null && requiresGrad(result));
      const found = backward(
        roots.map(({ result }) => result), roots.map(({ result, gradient }) => cast(gradient!, result.dtypeCore)),
        { retainGraph: createGraph, createGraph, inputs });
      let next = 0;
      return aliases.map((alias, i) => (alias !== null && wanted[i] ? found[next++] : null));
    });
  };
}

const compositeRules = new WeakMap<StructuralOp, JointRule<never>>();

function rulesOf(op: StructuralOp): Exclude<StructuralOp['rules'], 'composite' | null> {
  if (op.rules !== 'composite') return op.rules!;
  let rule = compositeRules.get(op);
  if (rule === undefined) compositeRules.set(op, rule = gradientsOfComposite(op) as JointRule<never>);
  return rule;
}

function remember(op: StructuralOp, operands: Operands, params: unknown, results: readonly StridedArray[], gradName: string): void {
  const shapes: (readonly number[])[] = [];
  const saved: Record<string, unknown> = { params, shapes };
  for (let i = 0; i < operands.length; i++) {
    shapes.push(operands[i]?.geometry.shape ?? []);
    if (!requiresGrad(operands[i])) continue;
    for (const name of op.saves[i] ?? []) {
      const place = op.args.indexOf(name);
      saved[name] = place >= 0 ? operands[place] : results[op.names.indexOf(name)];
    }
  }
  const { differentiable } = op;
  recordAll(differentiable < results.length ? results.slice(0, differentiable) : results, gradName, operands, rulesOf(op), saved);
}

/** Runs an op on operands that are promoted already, and records it. `gradName` stands for the op's own name in `grad_fn`. */
export function run<A extends StridedArray, Params>(
  op: StructuralOp<Operands, Params>, operands: readonly (A | null)[], params: Params, gradName: string = op.gradName,
): readonly A[] {
  const main = mainOperand(op, operands);
  check(op, operands, main);
  const results = listener === null ? compute(op, operands, params, main)
    : reported(op.name, operands, params, () => compute(op, operands, params, main));
  if (op.rules !== null && isRecorded(operands)) remember(op, operands, params, results, gradName);
  return results as readonly A[];
}

/** Runs the kernel of an op that changes arrays which are there already. Nothing is recorded, and versions are the caller's. */
export function runInto<Params>(
  op: StructuralOp<Operands, Params>, operands: Operands, params: Params, targets: readonly StridedArray[],
): void {
  const backend = backendOf(targets[0].storage.device);
  const kernel = kernelOf(backend, op);
  reported(op.name, operands, params, () => {
    if (typeof kernel !== 'function' || launch(op, backend, kernel, operands, params, targets) === declined) throw notThere(op);
    return targets;
  });
}
