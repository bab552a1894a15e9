import type { KernelDType } from '../../src/backend/wasm/names.ts';
import { pointwiseName } from '../../src/backend/wasm/names.ts';
import { float32, isComplex, isHalf } from '../../src/core/dtype.ts';
import type { Expression } from '../../src/core/expression.ts';
import type { PointwiseKernel } from '../../src/core/pointwise.ts';
import { isComplexExpression } from '../../src/core/pointwise.ts';
import type { Element } from './intrinsics.ts';
import { emitExport, signatures } from './exports.ts';
import { emissions } from './intrinsics.ts';
import { arities } from './rows.ts';

/** Writes the AssemblyScript of every op × dtype: a class with the element's computation, and an export that runs the row. */

export const elementOf: Readonly<Record<KernelDType['name'], Element>> = {
  bool: 'u8', int8: 'i8', int16: 'i16', int32: 'i32', int64: 'i64', uint8: 'u8', uint16: 'u16', uint32: 'u32', uint64: 'u64',
  float32: 'f32', float64: 'f64', complex64: 'f32', complex128: 'f64',
};

const capitalised = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;

/** Statements that compute expressions, each shared node once. Null where the form has no such instructions. */
class Body {
  readonly lines: string[] = [];
  private readonly names = new Map<Expression, string>();
  private readonly simd: boolean;
  private readonly type: Element;

  /** Whether the operands are bools. */
  private readonly logical: boolean;

  constructor(type: Element, simd: boolean, logical = false) {
    this.type = type;
    this.simd = simd;
    this.logical = logical;
  }

  /** Whether functions are called among other steps. */
  get isLong(): boolean {
    return this.lines.length > 1 && this.lines.some((line) => line.includes('math.'));
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
        if (!expression.boolean) return expression.name;
        if (!this.simd) return `(${expression.name} != 0)`;
        // Logical values of bool arrays become masks; conditions of wider lanes arrive as masks.
        return this.type === 'u8' && this.logical ? `i8x16.ne(${expression.name}, i8x16.splat(0))` : expression.name;
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

function method(name: string, parameters: readonly string[], result: string, statements: readonly string[], inline = true): string {
  return `  ${inline ? '@inline ' : ''}${name}(${parameters.join(', ')}): ${result} { ${statements.join(' ')} }`;
}

function emitComplex(op: PointwiseKernel, dtype: KernelDType, exportName: string): string {
  const type = elementOf[dtype.name];
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
    method('c', [...parameters, 'out: usize'], 'void', [...body.lines, ...stores]),
    '}',
    rowExport(op, exportName, `${row}<Op_${exportName}, ${type}>`),
  ].join('\n');
}

function rowExport(op: PointwiseKernel, exportName: string, row: string): string {
  return emitExport(exportName, signatures.row(op.args.length + 1), row);
}

/** The loop that runs 16 bytes at a time: among equal lanes, from lanes to bools, or with a bool that chooses lanes. */
function vectorRowOf(op: PointwiseKernel, expression: Expression): string | null {
  const arity = arities[op.args.length];
  if (op.conditions.length === 0) {
    if (!expression.boolean) return `${arity}RowSimd`;
    return op.args.length <= 2 ? `${arity}TestSimd` : null;
  }
  return op.args.length === 3 && op.conditions.length === 1 && op.conditions[0] === op.args[0] && !expression.boolean
    ? 'selectRowSimd' : null;
}

function emitReal(op: PointwiseKernel, dtype: KernelDType, exportName: string): string {
  const type = elementOf[dtype.name];
  const expression = op.expression(dtype) as Expression;
  const operandType = (name: string): Element => (op.conditions.includes(name) ? 'u8' : type);
  const single = op.args.map((name) => `${name}: ${operandType(name)}`);
  const result: Element = expression.boolean ? 'u8' : type;
  const vectorBody = new Body(type, true, dtype.kind === 'bool');
  const vector = vectorBody.emit(expression);
  const vectorRow = vector === null ? null : vectorRowOf(op, expression);
  const shared = vectorRow !== null && vectorBody.isLong;
  const lines = [`class Op_${exportName} {`];
  if (shared) {
    // The loops over vectors and over the elements that are left call one copy of it.
    const splats = op.args.map((name) => `v128.splat<${type}>(${name})`).join(', ');
    lines.push(method('s', single, result, [`return v128.extract_lane<${type}>(this.v(${splats}), 0);`]));
  } else {
    const body = new Body(type, false);
    const value = body.emit(expression);
    lines.push(method('s', single, result, [...body.lines, `return ${expression.boolean ? `<u8>${value}` : value};`]));
  }
  if (vectorRow !== null) {
    const vectors = op.args.map((name) => `${name}: v128`);
    lines.push(method('v', vectors, 'v128', [...vectorBody.lines, `return ${vector};`], !shared));
  }
  const row = vectorRow !== null
    ? `${vectorRow}<Op_${exportName}, ${type}>`
    : `${arities[op.args.length]}Row<Op_${exportName}, ${op.args.map(operandType).join(', ')}, ${result}>`;
  lines.push('}', rowExport(op, exportName, row));
  return lines.join('\n');
}

export function emitPointwise(ops: readonly PointwiseKernel[]): string {
  const parts = [
    `import { ${arities.slice(1).flatMap((arity) =>
      [`${arity}Row`, `${arity}RowSimd`, `complex${capitalised(arity)}Row`]).join(', ')} } from './rows';`,
    "import { unaryTestSimd, binaryTestSimd, selectRowSimd } from '../../wasm/compare';",
    "import { complexSelectRow } from '../../wasm/complex';",
    "import * as math from '../../wasm/math/index';",
    "import * as integer from '../../wasm/integer';",
  ];
  for (const op of ops) {
    for (const dtype of op.dtypes.filter((each) => op.compiled.includes(each))) {
      if (isHalf(dtype)) {
        const inFloat32 = op.compiled.includes(float32);
        if (!inFloat32) throw new Error(`${op.name} names ${dtype.name} but not float32, in which it would be computed`);
        continue;
      }
      const name = pointwiseName(op, dtype);
      parts.push(isComplex(dtype) ? emitComplex(op, dtype, name) : emitReal(op, dtype, name));
    }
  }
  return `${parts.join('\n')}\n`;
}
