import { emitExport, signatures } from './exports.ts';

/** Writes the families of kernels that move elements: one loop for the elements of each size, or of each dtype. */

interface Family {
  /** The file of wasm/ that has the loops. */
  readonly file: string;
  readonly parameters: readonly string[];
  /** Ends of the exports' names, with the loop and its type arguments. */
  readonly loops: Readonly<Record<string, string>>;
}

const bySize = { 1: 'u8', 2: 'u16', 4: 'u32', 8: 'u64' };
const byAnySize = { ...bySize, 16: 'v128' };

const over = (loop: string, types: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(types).map(([end, type]) => [end, `${loop}<${type}>`]));

const planes = [
  'table: usize', 'tableRow: isize', 'tableElement: isize', 'positions: usize', 'rows: usize', 'rowsRow: isize', 'rowsElement: isize',
  'count: usize', 'inner: usize',
];
const sorted = ['x: usize', 'sx: isize', 'out: usize', 'so: isize', 'indices: usize', 'si: isize', 'n: usize', 'work: usize'];

const families: Readonly<Record<string, Family>> = {
  copy: { file: 'copy', parameters: signatures.row(2), loops: over('copyRow', byAnySize) },
  transpose: {
    file: 'transpose', parameters: ['x: usize', 'sx: isize', 'out: usize', 'so: isize', 'rows: usize', 'columns: usize'],
    loops: over('transposePlane', bySize),
  },
  sort: { file: 'sort', parameters: [...sorted, 'kind: i32', 'descending: bool'], loops: over('sortRow', bySize) },
  sortComplex: {
    file: 'sort', parameters: [...sorted, 'row: usize', 'descending: bool'], loops: over('sortComplexRow', { 8: 'u32', 16: 'u64' }),
  },
  gather: { file: 'gather', parameters: planes, loops: over('gatherRow', byAnySize) },
  scatter: { file: 'gather', parameters: planes, loops: over('scatterRow', byAnySize) },
  // Sums wrap, so signed and unsigned integers share a kernel.
  accumulate: {
    file: 'gather', parameters: planes,
    loops: {
      ...over('accumulateRow', { bool: 'Or', float16: 'HalfSum', bfloat16: 'BfloatSum' }),
      ...over('accumulateSimd', { int8: 'i8', int16: 'i16', int32: 'i32', int64: 'i64', float32: 'f32', float64: 'f64' }),
      ...over('accumulateRow', { complex64: 'ComplexSum<f32>', complex128: 'ComplexSum<f64>' }),
    },
  },
};

const isElementType = (name: string): boolean => /^([iuf]\d+|v128)$/.test(name);

export function emitTransfers(): string {
  const imports = new Map<string, Set<string>>();
  const lines: string[] = [];
  for (const [name, { file, parameters, loops }] of Object.entries(families)) {
    const imported = imports.get(file) ?? new Set();
    imports.set(file, imported);
    for (const [end, loop] of Object.entries(loops)) {
      for (const part of loop.match(/\w+/g)!) if (!isElementType(part)) imported.add(part);
      lines.push(emitExport(`${name}_${end}`, parameters, loop));
    }
  }
  const sources = [...imports].map(([file, parts]) => `import { ${[...parts].join(', ')} } from '../../wasm/${file}';`);
  return [...sources, ...lines, ''].join('\n');
}
