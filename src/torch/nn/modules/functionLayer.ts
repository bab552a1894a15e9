import { callable } from '../../../core/callable.ts';
import type { PythonValue } from '../../../core/printing/index.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import type { Positional } from '../../arguments/bind.ts';
import { bindArguments } from '../../arguments/bind.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Module } from '../module.ts';

/** Layers that call a function of `nn.functional` with the parameters that they were made with, which are their fields. */

interface Definition {
  readonly compute: (...inputsAndParameters: readonly unknown[]) => Tensor;
  readonly names: readonly string[];
  /** Parameters that are tensors and part of the module's state. */
  readonly buffers: readonly string[];
  /** How the module shows its parameters. */
  readonly style: Style;
}

/** By name, by value only, or not at all. */
export type Style = 'named' | 'bare' | 'silent';

const definitions = new WeakMap<Module, Definition>();

export abstract class FunctionLayer extends Module {
  constructor(definition: Definition, parameters: object) {
    super();
    definitions.set(this, definition);
    for (const [name, value] of Object.entries(parameters)) {
      if (definition.buffers.includes(name)) this.register_buffer(name, value as Tensor | null);
      else Object.assign(this, { [name]: value });
    }
  }

  abstract override forward(...inputs: never): Tensor;

  override extra_repr(): string {
    const { style } = definitions.get(this)!;
    if (style === 'silent') return '';
    const { inplace, ...rest } = parametersOf(this);
    const texts = Object.entries(rest).map(([name, value]) => {
      const text = pythonRepr(value as PythonValue, { float: name !== 'dim' });
      return style === 'bare' ? text : `${name}=${text}`;
    });
    return [...texts, ...(inplace === true ? ['inplace=True'] : [])].join(', ');
  }
}

/** The parameters as the fields have them now. */
function parametersOf(layer: Module): Record<string, unknown> {
  const fields = layer as unknown as Record<string, unknown>;
  return Object.fromEntries(definitions.get(layer)!.names.map((name) => [name, fields[name]]));
}

/** What the layer's function makes of inputs. */
export function computed(layer: FunctionLayer, ...inputs: readonly Tensor[]): Tensor {
  return definitions.get(layer)!.compute(...inputs, parametersOf(layer));
}

/** The class of a layer of kind L with parameters O, which are given by position or by name. */
export interface LayerClass<L extends Module, O extends object> {
  new (...parameters: Positional<O>): L & O;
  (...parameters: Positional<O>): L & O;
  readonly prototype: L & O;
}

/** The layer of a function: `kind` is the class that all layers of its sort extend. */
export function layerOf<L extends FunctionLayer, O extends object>(
  kind: new (definition: Definition, parameters: object) => L, name: string,
  compute: (...given: [...inputs: Parameters<L['forward']>, parameters: O]) => Tensor, defaults: O,
  { style = 'silent', buffers = [] }: Partial<Pick<Definition, 'style' | 'buffers'>> = {},
): LayerClass<L, O> {
  const definition: Definition = { compute: compute as Definition['compute'], names: Object.keys(defaults), style, buffers };
  return callable(name, class extends (kind as unknown as new (definition: Definition, parameters: object) => Module) {
    constructor(...parameters: Positional<O>) {
      super(definition, bindArguments(name, parameters, defaults));
    }
  }) as unknown as LayerClass<L, O>;
}
