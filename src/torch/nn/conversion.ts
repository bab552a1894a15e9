import { withGradMode } from '../../autograd/mode.ts';
import { isFloating } from '../../core/dtype.ts';
import { cast } from '../../ops/cast.ts';
import { overloaded } from '../arguments/keyed.ts';
import type { DeviceLike } from '../device.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { cpu } from '../tensor/conversions.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Parameter } from './parameter.ts';

/** Modules in other dtypes and on other devices. */

interface TargetOptions {
  readonly device?: DeviceLike | null;
  readonly dtype?: dtype | null;
  readonly non_blocking?: boolean;
}

export type ModuleTarget = [device: DeviceLike | null, dtype?: dtype | null, non_blocking?: boolean]
  | [device: DeviceLike | null, options: Omit<TargetOptions, 'device'>]
  | [dtype: dtype, non_blocking?: boolean] | [tensor: Tensor, non_blocking?: boolean]
  | [options: TargetOptions & { readonly tensor?: Tensor }];

interface Target {
  readonly type?: dtype | null;
  readonly place?: DeviceLike | null;
}

export const moduleTarget = overloaded<(...target: ModuleTarget) => Target>('nn.Module.to',
  ['device=None, dtype=None, non_blocking=False', (place?: DeviceLike, type?: dtype): Target => ({ type, place })],
  ['dtype, non_blocking=False', (type: dtype): Target => ({ type })],
  ['tensor: Tensor, non_blocking=False', ({ dtype: type, device: place }: Tensor): Target => ({ type, place })]);

/** A module by the tensors that it holds. */
interface Holder {
  parameters(): Parameter[];
  buffers(): Tensor[];
}

/** Changes every tensor of a module, and the gradients, in place. */
export function convert<M extends Holder>(root: M, change: (tensor: Tensor) => Tensor): M {
  withGradMode(false, () => {
    const apply = (tensor: Tensor): void => {
      const changed = change(tensor);
      if (changed !== tensor) tensor.data = changed;
    };
    for (const parameter of root.parameters()) {
      const gradient = parameter.grad;
      apply(parameter);
      if (gradient !== null) apply(gradient);
    }
    root.buffers().forEach(apply);
  });
  return root;
}

export function convertFloats<M extends Holder>(root: M, type: dtype): M {
  return convert(root, (tensor) => (isFloating(tensor.dtypeCore) ? cast(tensor, type.core) : tensor));
}

/** Brings all tensors of a module to the CPU, and the gradients, in place. */
export async function fetchAll(root: Holder): Promise<void> {
  const tensors = [...root.parameters(), ...root.buffers()];
  const gradients = tensors.flatMap(({ grad }) => grad ?? []);
  const all = [...tensors, ...gradients];
  const fetched = await Promise.all(all.map((tensor) => cpu(tensor.detach())));
  all.forEach((tensor, i) => {
    tensor.data = fetched[i];
  });
}
