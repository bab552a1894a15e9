import type { Callable } from '../../core/callable.ts';
import { callable } from '../../core/callable.ts';
import { ValueError } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import type { Positional } from '../arguments/bind.ts';
import { bindArguments } from '../arguments/bind.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup, ParameterState, Parameters } from './optimizer.ts';
import { Optimizer } from './optimizer.ts';

/** How optimisers are declared: by their options and by what a step does to one parameter. */

export type Betas = readonly [beta1: number, beta2: number];

/** Options that choose among PyTorch's own implementations. */
export const unset = null as boolean | null;

/** What PyTorch calls an option where that is more than its name. */
const words: Readonly<Record<string, string>> = { lr: 'learning rate', eps: 'epsilon value' };

/** Options are 0 or more; some have an upper bound too. */
function checkOption(name: string, value: number | Betas): void {
  const check = (text: string, each: number, valid: boolean): void => {
    if (!valid) throw new ValueError(`Invalid ${text}: ${pythonRepr(each, { float: true })}`);
  };
  if (typeof value === 'number') check(words[name] ?? `${name} value`, value, value >= 0 && !(name === 'rho' && value > 1));
  else value.forEach((beta, i) => check(`beta parameter at index ${i}`, beta, beta >= 0 && beta < 1));
}

/** The type of options, for a name to be given to it. */
export type OptionsOf<D extends object> = D;

interface Declaration<O extends object> {
  /** All options in order, with their defaults. */
  readonly options: O;
  /** Those that are checked, in PyTorch's order. */
  readonly checked: readonly (keyof O & string)[];
  /** Refuses options that do not go together. */
  check?(options: O): void;
  /** One step of one parameter, in place and outside of every graph. */
  update(parameter: Tensor, gradient: Tensor, group: ParamGroup<O>, state: ParameterState): void;
}

export class DeclaredOptimizer<O extends object> extends Optimizer<O> {
  private readonly declaration: Declaration<O>;

  constructor(name: string, declaration: Declaration<O>, params: Parameters<O>, given: Positional<O>) {
    const options = bindArguments(name, given, declaration.options);
    for (const key of declaration.checked) checkOption(key, options[key] as number | Betas);
    declaration.check?.(options);
    super(params, options);
    this.declaration = declaration;
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<O>, state: ParameterState): void {
    this.declaration.update(parameter, gradient, group, state);
  }
}

/** The class of an optimiser. */
export function optimizer<O extends object>(
  name: string, declaration: Declaration<O>,
): Callable<new (params: Parameters<O>, ...options: Positional<O>) => DeclaredOptimizer<O>> {
  return callable(name, class extends DeclaredOptimizer<O> {
    constructor(params: Parameters<O>, ...options: Positional<O>) {
      super(name, declaration, params, options);
    }
  });
}
