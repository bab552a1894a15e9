/** AssemblyScript exports no generics: an export is a thin function that hands its parameters on to the generic loop. */

/** The names of `name: type`. */
export const namesOf = (parameters: readonly string[]): string[] => parameters.map((parameter) => parameter.split(':')[0]);

/** An export that calls `loop`, with its own parameters where nothing else is said. */
export function emitExport(
  name: string, parameters: readonly string[], loop: string, values: readonly string[] = namesOf(parameters), result = 'void',
): string {
  const call = `${loop}(${values.join(', ')});`;
  return `export function ${name}(${parameters.join(', ')}): ${result} { ${result === 'void' ? call : `return ${call}`} }`;
}

/** The signatures that more than one group of exports has. Pointers are `usize`, strides and extents `isize`. */
export const signatures = {
  /** A row of `count` operands, the result last. */
  row: (count: number): string[] => [
    ...Array.from({ length: count - 1 }, (_, i) => [`p${i}: usize`, `s${i}: isize`]).flat(), 'out: usize', 'so: isize', 'n: isize',
  ],
  /** A plane that is reduced; what comes after depends on the reduction. */
  plane: ['x: usize', 'n: isize', 'sn: isize', 'out: usize', 'm: isize', 'sm: isize', 'so: isize'],
  /** Lines that are scanned. */
  lines: ['x: usize', 'sx: isize', 'out: usize', 'so: isize', 'n: isize', 'm: isize', 'mx: isize', 'mo: isize'],
} as const;
