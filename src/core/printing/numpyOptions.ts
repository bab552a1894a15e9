/** NumPy's print options: the values, their defaults, and the checks of `np.set_printoptions`. */

import { ValueError, noAttribute } from '../errors.ts';

export type FloatMode = 'fixed' | 'unique' | 'maxprec' | 'maxprec_equal';
export type SignMode = '-' | '+' | ' ';

/** Functions that write elements: by type ('bool', 'int', 'float', 'complexfloat'), by kind ('int_kind', ...), or 'all'. */
export type Formatter = Readonly<Record<string, (value: never) => string>>;

export interface PrintOptions {
  readonly edgeitems: number;
  readonly threshold: number;
  readonly floatmode: FloatMode;
  readonly precision: number;
  readonly suppress: boolean;
  readonly linewidth: number;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: SignMode;
  readonly formatter?: Formatter | null;
  /** Writes whole arrays instead of `repr`. */
  readonly override_repr?: ((array: never) => string) | null;
}

/** Changes to print options; null and undefined leave an option as it is, as None does. */
export type PrintOptionChanges = { readonly [Key in keyof PrintOptions]?: PrintOptions[Key] | null };

export const defaultPrintOptions: PrintOptions = Object.freeze({
  edgeitems: 3,
  threshold: 1000,
  floatmode: 'maxprec',
  precision: 8,
  suppress: false,
  linewidth: 75,
  nanstr: 'nan',
  infstr: 'inf',
  sign: '-',
});

const floatModes: readonly string[] = ['fixed', 'unique', 'maxprec', 'maxprec_equal'];

type Check = (value: unknown) => void;

function textCheck(name: string): Check {
  return (value) => {
    if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
  };
}

const checks: Readonly<Required<Record<keyof PrintOptions, Check>>> = {
  edgeitems: (value) => {
    if (!Number.isInteger(value)) throw new TypeError('edgeitems must be an integer');
    if ((value as number) < 0) throw new ValueError('edgeitems must be >= 0');
  },
  threshold: (value) => {
    if (typeof value !== 'number') throw new TypeError('threshold must be numeric');
    if (Number.isNaN(value)) {
      throw new ValueError('threshold must be non-NAN, try sys.maxsize for untruncated representation');
    }
  },
  floatmode: (value) => {
    if (!floatModes.includes(value as string)) {
      throw new ValueError(`floatmode option must be one of ${floatModes.map((mode) => `"${mode}"`).join(', ')}`);
    }
  },
  precision: (value) => {
    if (!Number.isInteger(value)) throw new TypeError('precision must be an integer');
  },
  suppress: (value) => {
    if (typeof value !== 'boolean') throw new TypeError('suppress must be a boolean');
  },
  linewidth: (value) => {
    if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError('linewidth must be numeric');
  },
  formatter: (value) => {
    if (typeof value !== 'object') throw noAttribute(value, 'keys');
  },
  override_repr: () => {},
  nanstr: textCheck('nanstr'),
  infstr: textCheck('infstr'),
  sign: (value) => {
    if (value !== '-' && value !== '+' && value !== ' ') {
      throw new ValueError("sign option must be one of ' ', '+', or '-'");
    }
  },
};

/** The options after `np.set_printoptions(changes)`; `current` is left alone. Unknown names and bad values throw. */
export function mergePrintOptions(
  current: PrintOptions,
  changes: PrintOptionChanges,
  caller = 'set_printoptions',
): PrintOptions {
  const merged: Record<string, unknown> = { ...current };
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(checks, name)) {
      throw new TypeError(`${caller}() got an unexpected keyword argument '${name}'`);
    }
    if (value === null || value === undefined) continue;
    checks[name as keyof PrintOptions](value);
    merged[name] = value;
  }
  return merged as unknown as PrintOptions;
}
