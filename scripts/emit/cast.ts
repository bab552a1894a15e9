import type { DType } from '../../src/core/dtype.ts';
import { dtypes, isComplex, isHalf } from '../../src/core/dtype.ts';
import { elementOf } from './pointwise.ts';

/** Writes the row kernels of every conversion between two different dtypes. */

const typeOf = (dtype: DType): string => (isHalf(dtype) ? 'f32' : elementOf[dtype.name]);

function loads(from: DType): string {
  if (from.name === 'float16') return 'const v = halfToFloat(load<u16>(x));';
  if (from.name === 'bfloat16') return 'const v = bfloatToFloat(load<u16>(x));';
  const type = typeOf(from);
  const real = `const v = load<${type}>(x);`;
  return isComplex(from) ? `${real} const w = load<${type}>(x, sizeof<${type}>());` : real;
}

function stores(from: DType, to: DType): string {
  const source = typeOf(from);
  const target = typeOf(to);
  if (to.kind === 'bool') return `store<u8>(out, <u8>(v != 0${isComplex(from) ? ' || w != 0' : ''}));`;
  if (to.name === 'float16') return `store<u16>(out, toHalf<${source}>(v));`;
  if (to.name === 'bfloat16') return 'store<u16>(out, floatToBfloat(<f32>v));';
  const first = `store<${target}>(out, convert<${source}, ${target}>(v));`;
  if (!isComplex(to)) return first;
  return `${first} store<${target}>(out, ${isComplex(from) ? `<${target}>w` : '0'}, sizeof<${target}>());`;
}

/** Conversions that wasm/castRows.ts has vectors for, with the name of the form. Bools are bytes of 0 and 1. */
const vectorForms: Readonly<Record<string, string>> = {
  ...Object.fromEntries([
    'uint8 float32', 'uint8 int64', 'int32 float32', 'int32 float64', 'int32 int64', 'int64 int32', 'int64 float32',
    'int64 float64', 'float32 int32', 'float32 uint8', 'float32 int64', 'float32 float64', 'float32 bool',
    'float32 float16', 'float32 bfloat16', 'float64 int32', 'float64 int64', 'float64 float32', 'float64 bool',
    'float16 float32', 'bfloat16 float32',
  ].map((pair) => {
    const [from, to] = pair.split(' ');
    return [pair, `${from}To${to[0].toUpperCase()}${to.slice(1)}`];
  })),
  'bool float32': 'uint8ToFloat32',
  'bool int64': 'uint8ToInt64',
};

function vectorPart(from: DType, to: DType): string[] {
  const form = vectorForms[`${from.name} ${to.name}`];
  if (form === undefined) return [];
  return [
    `  if (sx == ${from.itemsize} && so == ${to.itemsize}) {`,
    `    const done = vector.${form}(x, out, n);`,
    `    x += done * ${from.itemsize}; out += done * ${to.itemsize}; n -= done;`,
    '  }',
  ];
}

export function emitCasts(): string {
  const parts = [
    "import { convert, toHalf } from '../../wasm/cast';",
    "import * as vector from '../../wasm/castRows';",
    "import { halfToFloat, bfloatToFloat, floatToBfloat } from '../../wasm/half';",
  ];
  for (const from of dtypes) {
    for (const to of dtypes) {
      if (from === to) continue;
      parts.push([
        `export function cast_${from.name}_${to.name}(x: usize, sx: isize, out: usize, so: isize, n: isize): void {`,
        ...vectorPart(from, to),
        `  for (; n > 0; n--) { ${loads(from)} ${stores(from, to)} x += sx; out += so; }`,
        '}',
      ].join('\n'));
    }
  }
  return `${parts.join('\n')}\n`;
}
