import type { Species } from '../../core/strided.ts';
import { requireGrad } from '../functions/creation.ts';
import { asTensor } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
import { Tensor } from '../tensor/tensor.ts';
import { callable } from '../../core/callable.ts';
import { announceKind } from '../../core/arrayKinds.ts';
import { flagsOf } from '../tensor/sending.ts';

/** Tensors that belong to modules. What is computed from them is an ordinary tensor. */

/** A switch that is on unless said, by position or by name. */
function switchOf<Key extends string>(caller: string, key: Key, given: boolean | { readonly [K in Key]?: boolean }): boolean {
  if (typeof given !== 'object') return given;
  checkOptions(caller, given, [key]);
  return given[key] ?? true;
}

class ParameterTensor extends Tensor {
  /** Shares the memory of `data`. */
  constructor(data: Tensor, requires_grad: boolean | { readonly requires_grad?: boolean } = true) {
    super(asTensor(data, 'detach').storage, data.dtypeCore, data.geometry);
    if (switchOf('Parameter', 'requires_grad', requires_grad)) requireGrad(this);
  }

  override get species(): Species<this> {
    return Tensor as unknown as Species<this>;
  }

  /** As a tensor prints, under the words `Parameter containing:`. */
  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}

/**
 * A tensor that a module trains: assigned to a module's field, it is one of `module.parameters()`. Source: torch.nn.Parameter.
 * @example
 * const p = new nn.Parameter(torch.ones(2));
 * p.requires_grad; // → true
 */
export const Parameter = callable('Parameter', ParameterTensor);
announceKind('Parameter', {
  module: 'flambeau/torch', is: (array) => array instanceof ParameterTensor, flags: flagsOf,
  make: ({ storage, dtypeCore, geometry }, { requiresGrad }) => new Parameter(new Tensor(storage, dtypeCore, geometry), requiresGrad),
});
export type Parameter = ParameterTensor;

class BufferTensor extends Tensor {
  /** Whether it is saved with the module. */
  readonly persistent: boolean;

  constructor(data: Tensor, persistent: boolean | { readonly persistent?: boolean } = true) {
    super(asTensor(data, 'detach').storage, data.dtypeCore, data.geometry);
    this.persistent = switchOf('Buffer', 'persistent', persistent);
  }

  override get species(): Species<this> {
    return Tensor as unknown as Species<this>;
  }
}

/**
 * A tensor that is part of a module's state but is not trained. Source: torch.nn.Buffer.
 * @example
 * nn.Buffer(torch.tensor([0.5])); // → tensor([0.5000])
 */
export const Buffer = callable('Buffer', BufferTensor);
announceKind('Buffer', {
  module: 'flambeau/torch', is: (array) => array instanceof BufferTensor,
  flags: (array) => ({ ...flagsOf(array), persistent: (array as BufferTensor).persistent }),
  make: ({ storage, dtypeCore, geometry }, { persistent }) => new Buffer(new Tensor(storage, dtypeCore, geometry), persistent),
});
export type Buffer = BufferTensor;
