/** Writes the loops of pointwise ops that take several operands: one text for each number of them. */

/** What an op of so many operands is called. */
export const arities = ['', 'unary', 'binary', 'ternary', 'quaternary', 'quinary'] as const;

const names = ['x', 'y', 'z', 'w', 'v'] as const;
const places = (operands: readonly string[]): string =>
  [...operands, 'out'].map((name) => `${name}: usize, s${name[0]}: isize`).join(', ');
const values = (operands: readonly string[]): string => [...operands, 'out'].map((name) => `${name}, s${name[0]}`).join(', ');
const each = (operands: readonly string[], text: (name: string, slot: number) => string, between = ' '): string =>
  operands.map(text).join(between);

/** One element at a time; each operand has its own type. */
function rowOf(arity: string, operands: readonly string[]): string {
  const types = operands.map((name) => name.toUpperCase());
  return `
@inline export function ${arity}Row<Op, ${types.join(', ')}, R>(${places(operands)}, n: isize): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    store<R>(out, op.s(${each(operands, (name, slot) => `load<${types[slot]}>(${name})`, ', ')}));
    ${each(operands, (name) => `${name} += s${name};`)} out += so;
  }
}`;
}

/** 16 bytes at a time, where all operands lie side by side or repeat. One that repeats alone is left to the simple loop. */
function vectorRowOf(arity: string, operands: readonly string[]): string {
  const repeats = operands.length > 1;
  return `
@inline export function ${arity}RowSimd<Op, T>(${places(operands)}, n: isize): void {
  const op = changetype<Op>(0);
  const lanes: isize = 16 / sizeof<T>();
  if (n >= lanes && so == sizeof<T>() && ${
    each(operands, (name) => (repeats ? `unitOrZero<T>(s${name})` : `s${name} == sizeof<T>()`), ' && ')}) {
    ${each(operands, (name, slot) => (repeats
      ? `${name} = splat<T>(${name}, s${name}, ${slot}); const step${name} = s${name} * lanes;` : `const step${name} = 16;`))}
    for (; n >= lanes; n -= lanes) {
      v128.store(out, op.v(${each(operands, (name) => `v128.load(${name})`, ', ')}));
      ${each(operands, (name) => `${name} += step${name};`)} out += 16;
    }
  }
  ${arity}Row<Op, ${each([...operands, 'out'], () => 'T', ', ')}>(${values(operands)}, n);
}`;
}

/** The same for complex operands: T is the type of a component, `c` computes both parts of one element and stores them. */
function complexRowOf(name: string, operands: readonly string[]): string {
  return `
@inline export function complex${name}Row<Op, T>(${places(operands)}, n: isize): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(${each(operands, (operand) => `load<T>(${operand}), load<T>(${operand}, sizeof<T>())`, ', ')}, out);
    ${each(operands, (operand) => `${operand} += s${operand};`)} out += so;
  }
}`;
}

export function emitRows(): string {
  const parts = ["import { splat, unitOrZero } from '../../wasm/map';"];
  for (let count = 1; count <= names.length; count++) {
    const [arity, operands] = [arities[count], names.slice(0, count)];
    parts.push(rowOf(arity, operands), vectorRowOf(arity, operands), complexRowOf(`${arity[0].toUpperCase()}${arity.slice(1)}`, operands));
  }
  return `${parts.join('\n')}\n`;
}
