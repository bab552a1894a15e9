import { NotImplementedError } from '../../../core/errors.ts';
import type { PythonValue } from '../../../core/printing/index.ts';
import { PythonTuple, pythonRepr } from '../../../core/printing/index.ts';
import type { Call, NamesOf, Text, Values } from '../../../core/signature.ts';
import { Signature } from '../../../core/signature.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Module } from '../module.ts';
import { layer } from './layer.ts';

/** Layers that call a function of `nn.functional` with the parameters that they were made with, which are their fields. */

interface Definition {
  readonly compute: (...inputsAndParameters: readonly unknown[]) => Tensor;
  /** Its fields, in order. */
  names: readonly string[];
  /** Fields that are tensors and part of the module's state. */
  readonly buffers: readonly string[];
  /** How the module shows its parameters. */
  readonly style: Style;
}

/** By name, by value only, or not at all; or by name, with whole numbers as such and lists as tuples. */
export type Style = 'named' | 'bare' | 'silent' | 'whole';

/** What a layer is: a hidden field, which copies of the layer have too. */
const key = Symbol('definition');

const definitionOf = (layer: Module): Definition => (layer as unknown as { readonly [key]: Definition })[key];

export abstract class FunctionLayer extends Module {
  constructor(definition: Definition, parameters: object) {
    if (typeof (definition as Partial<Definition> | undefined)?.compute !== 'function') {
      throw new NotImplementedError('a base class of layers');
    }
    super();
    Object.defineProperty(this, key, { value: definition });
    for (const [name, value] of Object.entries(parameters)) {
      if (definition.buffers.includes(name)) this.register_buffer(name, value as Tensor | null);
      else Object.assign(this, { [name]: value });
    }
  }

  abstract override forward(...inputs: never): Tensor;

  override extra_repr(): string {
    const { style } = definitionOf(this);
    if (style === 'silent') return '';
    const { inplace, ...rest } = parametersOf(this);
    const texts = Object.entries(rest).map(([name, value]) => {
      const shown = style === 'whole' && Array.isArray(value) ? new PythonTuple(value) : value as PythonValue;
      const text = pythonRepr(shown, { float: name !== 'dim' && style !== 'whole' });
      return style === 'bare' ? text : `${name}=${text}`;
    });
    return [...texts, ...(inplace === true ? ['inplace=True'] : [])].join(', ');
  }
}

/** The parameters as the fields have them now. */
function parametersOf(layer: Module): Record<string, unknown> {
  const fields = layer as unknown as Record<string, unknown>;
  return Object.fromEntries(definitionOf(layer).names.map((name) => [name, fields[name]]));
}

/** What the layer's function makes of inputs. */
export function computed(layer: FunctionLayer, ...inputs: readonly unknown[]): Tensor {
  return definitionOf(layer).compute(...inputs, parametersOf(layer));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The class of a layer of kind L with parameters P under the names N, and with fields F. */
export interface LayerClass<L extends Module, N extends readonly string[], P extends readonly unknown[], F> {
  new (...given: Call<N, P>): L & F;
  (...given: Call<N, P>): L & F;
  readonly prototype: L & F;
}

interface Choices<V, F> extends Partial<Pick<Definition, 'style' | 'buffers'>> {
  /** The parameters of `forward`, where they have other names than input and target. */
  readonly inputs?: string;
  /** The fields that the parameters become, where those are not the parameters themselves. */
  readonly fields?: (values: V) => F;
}

/** The layer of a function: `kind` is the class that all layers of its sort extend, P its parameters. */
export const layerOf = <L extends FunctionLayer, P extends readonly unknown[]>(
  kind: new (definition: Definition, parameters: object) => L,
) => <const T extends Text, F extends object = Mutable<Values<NamesOf<T>, P, unknown>>>(
  name: string, text: T, compute: (...given: [...inputs: Parameters<L['forward']>, parameters: F]) => Tensor,
  { style = 'silent', buffers = [], inputs, fields }: Choices<Values<NamesOf<T>, P, unknown>, F> = {},
): LayerClass<L, NamesOf<T>, P, F> => {
  const parameters = new Signature<NamesOf<T>, P, unknown>(`${name}.__init__`, text);
  const definition = { compute: compute as Definition['compute'], names: [] as readonly string[], style, buffers };
  return layer(name, class extends (kind as unknown as new (definition: Definition, parameters: object) => Module) {
    constructor(...given: readonly unknown[]) {
      const values = parameters.read(given);
      const own = fields === undefined ? values as object : fields(values);
      definition.names = Object.keys(own);
      super(definition, own);
    }
  }, inputs) as unknown as LayerClass<L, NamesOf<T>, P, F>;
};
