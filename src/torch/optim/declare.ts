import type { Callable } from '../../core/callable.ts';
import { callable } from '../../core/callable.ts';
import { ValueError, pythonTypeName } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import type { Call, NamesOf, Text, Values } from '../../core/signature.ts';
import { Signature } from '../../core/signature.ts';
import { isComplex } from '../../core/dtype.ts';
import { complexView, partsView } from '../../ops/views.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup, ParameterState, Parameters } from './optimizer.ts';
import { Optimizer } from './optimizer.ts';

/** How optimisers are declared: by their options and by what a step does to one parameter. */

/** How slowly the two running averages of Adam's family forget: those of the gradient and of its square. */
export type Betas = readonly [beta1: number, beta2: number];

/** What PyTorch calls an option where that is more than its name. */
const words: Readonly<Record<string, string>> = { lr: 'learning rate', eps: 'epsilon value' };

/** Options are 0 or more; some have an upper bound too. */
function checkOption(name: string, value: number | Betas): void {
  const check = (text: string, each: number, most: number): void => {
    if (typeof each !== 'number') throw new TypeError(`'<=' not supported between instances of 'float' and '${pythonTypeName(each)}'`);
    if (!(each >= 0 && each <= most)) throw new ValueError(`Invalid ${text}: ${pythonRepr(each, { float: true })}`);
  };
  if (typeof value === 'number') check(words[name] ?? `${name} value`, value, name === 'rho' ? 1 : Infinity);
  else [0, 1].forEach((i) => check(`beta parameter at index ${i}`, value[i], 1 - 2 ** -53));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The options of an optimiser, that is all parameters of its signature but the first. */
type Options<N extends readonly string[], P extends readonly unknown[], K> =
  N extends readonly [string, ...infer Names extends readonly string[]] ? Mutable<Values<Names, P, K>> & object : never;

/** Options that choose among PyTorch's own implementations, which are one here. */
export interface Hints {
  readonly foreach?: boolean | null;
  readonly maximize?: boolean;
  readonly capturable?: boolean;
  readonly differentiable?: boolean;
  readonly fused?: boolean | null;
}

/** The options of an optimiser's class, for a name to be given to them. */
export type OptionsOf<C extends abstract new (...args: never) => { readonly defaults: object }> = InstanceType<C>['defaults'];

interface Declaration<O extends object> {
  /** Options that are checked, in PyTorch's order. */
  readonly checked: readonly (keyof O & string)[];
  /** Refuses options that do not go together. */
  check?(options: O): void;
  /** Whether it has no steps for complex numbers, which it refuses itself. */
  readonly realOnly?: boolean;
  /** Refuses parameters that it is not for. */
  checkParameter?(parameter: Tensor): void;
  /** One step of one parameter, in place and outside of every graph. */
  update(parameter: Tensor, gradient: Tensor, group: ParamGroup<O>, state: ParameterState): void;
}

export class DeclaredOptimizer<O extends object> extends Optimizer<O> {
  private readonly declaration: Declaration<O>;

  constructor(
    parameters: Signature<readonly string[], readonly unknown[], unknown>, declaration: Declaration<O>, given: readonly unknown[],
  ) {
    const { params, ...rest } = parameters.read(given) as { readonly params: Parameters<O> };
    const options = rest as O;
    for (const key of declaration.checked) checkOption(key, options[key] as number | Betas);
    declaration.check?.(options);
    super(params, options);
    for (const group of this.param_groups) for (const parameter of group.params) declaration.checkParameter?.(parameter);
    this.declaration = declaration;
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<O>, state: ParameterState): void {
    if (!isComplex(parameter.dtypeCore) || this.declaration.realOnly === true) {
      this.declaration.update(parameter, gradient, group, state);
      return;
    }
    // Complex numbers are pairs of real ones, and their states complex again.
    const parts = Object.fromEntries(Object.entries(state).map(([key, value]) =>
      [key, value !== null && isComplex(value.dtypeCore) ? partsView(value) : value]));
    const before = new Set(Object.keys(parts));
    this.declaration.update(partsView(parameter), partsView(gradient), group, parts);
    const { length } = parameter.geometry.shape;
    for (const [key, value] of Object.entries(parts)) {
      if (!before.has(key)) state[key] = value !== null && value.geometry.shape.length > length ? complexView(value) : value;
    }
  }
}

type OptimizerClass<N extends readonly string[], P extends readonly unknown[], K, O extends object> =
  Callable<new (...given: Call<N, [params: Parameters<O>, ...P], K>) => DeclaredOptimizer<O>>;

/** The class of an optimiser whose options are P, by position or by name, and K, by name alone. */
export const optimizer = <P extends readonly unknown[], K>() => <const T extends Text>(
  name: string, text: T, declaration: Declaration<Options<NamesOf<T>, P, K>>,
): OptimizerClass<NamesOf<T>, P, K, Options<NamesOf<T>, P, K>> => {
  const parameters = new Signature<readonly string[], readonly unknown[], unknown>(`${name}.__init__`, text);
  return callable(name, class extends DeclaredOptimizer<Options<NamesOf<T>, P, K>> {
    constructor(...given: readonly unknown[]) {
      super(parameters, declaration, given);
    }
  }) as unknown as OptimizerClass<NamesOf<T>, P, K, Options<NamesOf<T>, P, K>>;
};
