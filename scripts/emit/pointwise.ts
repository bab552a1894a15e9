import type { DType, DTypeName } from '../../src/core/dtype.ts';
import { float32, isHalf } from '../../src/core/dtype.ts';
import type { Expression } from '../../src/core/expression.ts';
import type { PointwiseKernel } from '../../src/core/pointwise.ts';
import { isComplexExpression } from '../../src/core/pointwise.ts';
import type { Element } from './intrinsics.ts';
import { emissions } from './intrinsics.ts';

/** Writes the AssemblyScript of every op × dtype: a class with the element's computation, and an export that runs the row. */

export const elementOf: Readonly<Record<Exclude<DTypeName, 'float16' | 'bfloat16'>, Element>> = {
  bool: 'u8', int8: 'i8', int16: 'i16', int32: 'i32', int64: 'i64', uint8: 'u8', uint16: 'u16', uint32: 'u32', uint64: 'u64',
  float32: 'f32', float64: 'f64', complex64: 'f32', complex128: 'f64',
};

function element(dtype: DType): Element {
  return elementOf[dtype.name as keyof typeof elementOf];
}

const arities = ['', 'unary', 'binary', 'ternary', 'quaternary'] as const;
const capitalised = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;

/** Statements that compute expressions, each shared node once. Null where the form has no such instructions. */
class Body {
  readonly lines: string[] = [];
  private readonly names = new Map<Expression, string>();
  private readonly simd: boolean;
  private readonly type: Element;

  constructor(type: Element, simd: boolean) {
    this.type = type;
    this.simd = simd;
  }

  emit(expression: Expression): string | null {
    const known = this.names.get(expression);
    if (known !== undefined) return known;
    const text = this.text(expression);
    if (text === null || expression.kind !== 'call') return text;
    const name = `t${this.names.size}`;
    this.lines.push(`const ${name} = ${text};`);
    this.names.set(expression, name);
    return name;
  }

  private text(expression: Expression): string | null {
    switch (expression.kind) {
      case 'argument':
        return expression.boolean && !this.simd ? `(${expression.name} != 0)` : expression.name;
      case 'constant': {
        const literal = `<${this.type}>${Object.is(expression.value, -0) ? '-0.0' : expression.value}`;
        return this.simd ? `v128.splat<${this.type}>(${literal})` : literal;
      }
      case 'call': {
        const terms: string[] = [];
        for (const arg of expression.args) {
          const term = this.emit(arg);
          if (term === null) return null;
          terms.push(term);
        }
        const emission = emissions[expression.intrinsic];
        return this.simd ? emission.simd(this.type, ...terms) : emission.scalar(this.type, ...terms);
      }
    }
  }
}

function method(name: string, parameters: readonly string[], result: string, body: Body, last: string): string {
  return `  @inline ${name}(${parameters.join(', ')}): ${result} { ${[...body.lines, last].join(' ')} }`;
}

function emitComplex(op: PointwiseKernel, dtype: DType, exportName: string): string {
  const type = element(dtype);
  const expression = op.expression(dtype);
  const parameters = op.args.flatMap((name) =>
    (op.conditions.includes(name) ? [`${name}: u8`] : [`${name}Re: ${type}`, `${name}Im: ${type}`]));
  const body = new Body(type, false);
  const stores: string[] = [];
  if (isComplexExpression(expression)) {
    const re = body.emit(expression.re);
    const im = body.emit(expression.im);
    stores.push(`store<${type}>(out, ${re}); store<${type}>(out, ${im}, sizeof<${type}>());`);
  } else {
    const value = body.emit(expression);
    stores.push(expression.boolean ? `store<u8>(out, <u8>${value});` : `store<${type}>(out, ${value});`);
  }
  const row = op.conditions.length > 0 ? 'complexSelectRow' : `complex${capitalised(arities[op.args.length])}Row`;
  return [
    `class Op_${exportName} {`,
    method('c', [...parameters, 'out: usize'], 'void', body, stores.join(' ')),
    '}',
    rowExport(op, exportName, `${row}<Op_${exportName}, ${type}>`),
  ].join('\n');
}

function rowExport(op: PointwiseKernel, exportName: string, row: string): string {
  const names = op.args.map((_, i) => `p${i}`);
  const parameters = names.map((name) => `${name}: usize, s${name}: isize`).join(', ');
  const values = names.map((name) => `${name}, s${name}`).join(', ');
  return `export function ${exportName}(${parameters}, out: usize, so: isize, n: isize): void { ${row}(${values}, out, so, n); }`;
}

function emitReal(op: PointwiseKernel, dtype: DType, exportName: string): string {
  const type = element(dtype);
  const expression = op.expression(dtype) as Expression;
  const operandType = (name: string): Element => (op.conditions.includes(name) ? 'u8' : type);
  const body = new Body(type, false);
  const value = body.emit(expression);
  const result: Element = expression.boolean ? 'u8' : type;
  const lines = [
    `class Op_${exportName} {`,
    method('s', op.args.map((name) => `${name}: ${operandType(name)}`), result, body,
      `return ${expression.boolean ? `<u8>${value}` : value};`),
  ];
  // Lanes of the result must be as wide as the operands': conditions and comparisons of wider types go element by element.
  const vectorBody = new Body(type, true);
  const uniform = op.conditions.length === 0 && !expression.boolean;
  const vector = uniform ? vectorBody.emit(expression) : null;
  if (vector !== null) {
    lines.push(method('v', op.args.map((name) => `${name}: v128`), 'v128', vectorBody, `return ${vector};`));
  }
  lines.push('}');
  const arity = arities[op.args.length];
  const row = vector !== null
    ? `${arity}RowSimd<Op_${exportName}, ${type}>`
    : `${arity}Row<Op_${exportName}, ${op.args.map(operandType).join(', ')}, ${result}>`;
  lines.push(rowExport(op, exportName, row));
  return lines.join('\n');
}

export function kernelName(op: PointwiseKernel, dtype: DType): string {
  return `${op.name}_${dtype.name}`;
}

export function emitPointwise(ops: readonly PointwiseKernel[]): string {
  const parts = [
    `import { ${arities.slice(1).flatMap((arity) => [`${arity}Row`, `${arity}RowSimd`]).join(', ')} } from '../../wasm/map';`,
    "import { complexUnaryRow, complexBinaryRow, complexTernaryRow, complexSelectRow, complexQuaternaryRow } from '../../wasm/complex';",
    "import * as math from '../../wasm/math/index';",
    "import * as integer from '../../wasm/integer';",
  ];
  for (const op of ops) {
    for (const dtype of op.dtypes) {
      if (isHalf(dtype)) {
        if (!op.dtypes.includes(float32)) throw new Error(`${op.name} names ${dtype.name} but not float32, in which it would be computed`);
        continue;
      }
      parts.push(dtype.components === 2 ? emitComplex(op, dtype, kernelName(op, dtype)) : emitReal(op, dtype, kernelName(op, dtype)));
    }
  }
  return `${parts.join('\n')}\n`;
}
