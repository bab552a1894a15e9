import type { KernelSource } from './assemble.ts';
import { locateSource } from './places.ts';
import type { WgslType } from './wgsl.ts';
import { wgslName } from './wgsl.ts';

/** The text of matrix products' kernels: what gpu/gemm*.wgsl leave open, unrolled so that sums stay in registers. */

/** What a workgroup computes at once, and how. */
export interface Tile {
  /** Panels in workgroup memory, or every invocation for itself. */
  readonly kind: 'panels' | 'direct';
  /** Invocations along m and n. */
  readonly threads: readonly [number, number];
  /** Rows and columns of an invocation, multiples of 4. */
  readonly each: readonly [number, number];
  /** Axes along k between barriers; a multiple of 4. */
  readonly depth: number;
}

/** A matrix times up to four vectors. */
export interface VectorTile {
  readonly kind: 'vectors';
  /** Invocations along m and along k. */
  readonly lines: number;
  readonly lanes: number;
  readonly vectors: number;
}

/** How a matrix is read: four elements at a time, along k or across it; as one vector where they lie aligned. */
export interface Pattern {
  readonly alongK: boolean;
  readonly aligned: boolean;
}

/** Where the parameters that `locate` reads start. */
export const locateFirst = 15;

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const lines = (n: number, line: (i: number) => string): string => count(n).map(line).join('\n');

export const tileRows = ({ threads, each }: Tile): number => threads[0] * each[0];
export const tileColumns = ({ threads, each }: Tile): number => threads[1] * each[1];

/** Bytes of workgroup memory that a tile takes at most: two halves of two panels, each line with a quad to spare. */
export function workgroupBytes(tile: Tile): number {
  return tile.kind === 'direct' ? 0 : 2 * tile.depth * (tileRows(tile) + tileColumns(tile) + 8) * 4;
}

/** Elements, quads of them, and how they add and multiply. */
function arithmetic(type: WgslType): string {
  const scalar = wgslName(type);
  const each = (text: (part: string) => string): string => `Quad(${['x', 'y', 'z', 'w'].map(text).join(', ')})`;
  const checked = type === 'i64';
  return `alias Scalar = ${scalar};
alias Quad = vec4<${scalar}>;
fn plusOne(x: Scalar, y: Scalar) -> Scalar { return ${checked ? 'flambeau_add_i64(x, y)' : 'x + y'}; }
fn plus(x: Quad, y: Quad) -> Quad { return ${checked ? each((i) => `plusOne(x.${i}, y.${i})`) : 'x + y'}; }
fn times(x: Quad, y: Quad) -> Quad { return ${checked ? each((i) => `flambeau_mul_i64(x.${i}, y.${i})`) : 'x * y'}; }`;
}

/** The parameters of a matrix: where it starts, its strides along its lines and along k, and how many lines it has. */
const operands = {
  A: { place: 'place0', line: 'param(4u)', depth: 'param(5u)', extent: 'u32(param(1u))' },
  B: { place: 'place1', line: 'param(6u)', depth: 'param(7u)', extent: 'u32(param(2u))' },
} as const;

type OperandName = keyof typeof operands;

/** `quadA(line, k, end)`: four elements from there on, along k or across it; what lies beyond the matrix is 0. */
function quadSource(name: OperandName, { alongK, aligned }: Pattern): string {
  const { place, line, depth, extent } = operands[name];
  const buffer = name.toLowerCase();
  const step = alongK ? depth : line;
  const quad = aligned ? `${buffer}[u32(at) >> 2u]`
    : `Quad(${count(4).map((i) => `${buffer}[at + ${i} * ${step}]`).join(', ')})`;
  const [first, last, other] = alongK ? ['k', 'end', `line < ${extent}`] : ['line', extent, 'k < end'];
  return `fn quad${name}(line: u32, k: u32, end: u32) -> Quad {
  let at = i32(${place}) + i32(line) * ${line} + i32(k) * ${depth};
  let inside = (vec4u(${first}) + vec4u(0u, 1u, 2u, 3u) < vec4u(${last})) & vec4<bool>(${other});
  return select(Quad(), ${quad}, inside);
}`;
}

/** A panel: its memory, the registers on the way there, and the functions that bring it there. */
function panelSource(name: OperandName, pattern: Pattern, extent: number, depth: number, threads: number): string {
  const quads = extent * depth / 4 / threads;
  const [along, across] = pattern.alongK ? [depth / 4, 'line'] : [extent / 4, 'd'];
  const place = `let ${pattern.alongK ? 'd' : 'line'} = slot % ${along}u * 4u;\n  let ${across} = slot / ${along}u;`;
  // Quads along k are turned: a spare quad per step keeps neighbours in different banks.
  const put = pattern.alongK
    ? lines(4, (i) => `  tile${name}[half][d + ${i}u][line >> 2u][line & 3u] = quad[${i}];`)
    : `  tile${name}[half][d][line >> 2u] = quad;`;
  return `var<workgroup> tile${name}: array<array<array<Quad, ${extent / 4 + (pattern.alongK ? 1 : 0)}>, DEPTH>, 2>;
${lines(quads, (i) => `var<private> next${name}${i}: Quad;`)}
${quadSource(name, pattern)}
fn read${name}(first: u32, k: u32, end: u32, slot: u32) -> Quad {
  ${place}
  return quad${name}(first + line, k + d, end);
}
fn put${name}(half: u32, slot: u32, quad: Quad) {
  ${place}
${put}
}
fn fetch${name}(first: u32, k: u32, end: u32, local: u32) {
${lines(quads, (i) => `  next${name}${i} = read${name}(first, k, end, local + ${i * threads}u);`)}
}
fn stage${name}(half: u32, local: u32) {
${lines(quads, (i) => `  put${name}(half, local + ${i * threads}u, next${name}${i});`)}
}`;
}

/** How a kernel writes its results. */
export interface Writing {
  /** Four columns at a time. */
  readonly aligned: boolean;
  /** Adds to what is there. */
  readonly accumulate: boolean;
}

/** `put(place, row, column, sums)`: four sums of a row, `spacing` columns apart, into the result. */
function putSource({ aligned, accumulate }: Writing, spacing: number): string {
  const written = (value: string, add: string): string => (accumulate ? `${add}(result[to], ${value})` : value);
  const scalars = lines(4, (i) => `  if (column + ${i * spacing}u < u32(param(2u))) {
    let to = at + ${i * spacing} * param(9u);
    result[to] = ${written(`sums[${i}]`, 'plusOne')};
  }`);
  const vector = `  if (column < u32(param(2u))) {
    let to = u32(at) >> 2u;
    result[to] = ${written('sums', 'plus')};
  }`;
  return `fn put(place: i32, row: u32, column: u32, sums: Quad) {
  if (row >= u32(param(1u))) { return; }
  let at = place + i32(row) * param(8u) + i32(column) * param(9u);
${aligned ? vector : scalars}
}`;
}

/** The sums of an invocation, and the lines that add the products of its rows and columns, which are a0... and b0... */
function sumsSource([rows, columns]: readonly [number, number]): { readonly sums: string; readonly products: string } {
  const quads = columns / 4;
  return {
    sums: lines(rows * quads, (i) => `var<private> sum${i}: Quad;`),
    products: lines(rows * quads, (i) => {
      const row = Math.floor(i / quads);
      return `  sum${i} = plus(sum${i}, times(Quad(a${row >> 2}[${row & 3}]), b${i % quads}));`;
    }),
  };
}

function panelsSource({ threads, each, depth }: Tile, a: Pattern, b: Pattern, writing: Writing): string {
  const [rowQuads, columnQuads] = [each[0] / 4, each[1] / 4];
  const total = threads[0] * threads[1];
  const { sums, products } = sumsSource(each);
  // The quads of an invocation lie apart, so that those of neighbours are neighbours.
  return `const DEPTH = ${depth}u;
${panelSource('A', a, threads[0] * each[0], depth, total)}
${panelSource('B', b, threads[1] * each[1], depth, total)}
${sums}
fn multiply(half: u32, d: u32, row: u32, column: u32) {
${lines(rowQuads, (i) => `  let a${i} = tileA[half][d][row + ${i * threads[0]}u];`)}
${lines(columnQuads, (i) => `  let b${i} = tileB[half][d][column + ${i * threads[1]}u];`)}
${products}
}
${putSource(writing, 1)}
fn store(place: i32, row: u32, column: u32) {
${lines(each[0] * columnQuads, (i) => {
  const line = Math.floor(i / columnQuads);
  const at = Math.floor(line / 4) * threads[0] * 4 + line % 4;
  return `  put(place, row + ${at}u, column + ${(i % columnQuads) * threads[1] * 4}u, sum${i});`;
})}
}`;
}

function directSource({ threads, each }: Tile, writing: Writing): string {
  const [rows, columns] = each;
  const { sums, products } = sumsSource(each);
  // Lines beyond the matrix repeat its last one. Neighbours read neighbouring columns.
  return `${sums}
${lines(rows, (i) => `var<private> row${i}: i32;`)}
${lines(columns, (i) => `var<private> column${i}: i32;`)}
fn start(row: u32, column: u32) {
  let lastRow = u32(param(1u)) - 1u;
  let lastColumn = u32(param(2u)) - 1u;
${lines(rows, (i) => `  row${i} = i32(place0) + i32(min(row + ${i}u, lastRow)) * param(4u);`)}
${lines(columns, (i) => `  column${i} = i32(place1) + i32(min(column + ${i * threads[1]}u, lastColumn)) * param(6u);`)}
}
fn multiply(k: i32) {
  let stepA = k * param(5u);
  let stepB = k * param(7u);
${lines(rows / 4, (i) => `  let a${i} = Quad(${count(4).map((j) => `a[row${i * 4 + j} + stepA]`).join(', ')});`)}
${lines(columns / 4, (i) => `  let b${i} = Quad(${count(4).map((j) => `b[column${i * 4 + j} + stepB]`).join(', ')});`)}
${products}
}
${putSource(writing, threads[1])}
fn store(place: i32, row: u32, column: u32) {
${lines(rows * columns / 4, (i) => {
  const [line, quad] = [Math.floor(i / (columns / 4)), i % (columns / 4)];
  return `  put(place, row + ${line}u, column + ${quad * 4 * threads[1]}u, sum${i});`;
})}
}`;
}

function vectorsSource(
  { lines: side, lanes, vectors }: VectorTile, matrix: Pattern, vector: Pattern, writing: Writing,
): string {
  const heads = `const LINES = ${side}u;
const LANES = ${lanes}u;
const VECTORS = ${vectors}u;
const ALONG_K = ${matrix.alongK};
${quadSource('A', matrix)}
${lines(vectors, (i) => `var<private> sum${i}: Quad;`)}`;
  const put = `fn put(place: i32, row: u32, column: u32, sum: Scalar) {
  if (row >= u32(param(1u))) { return; }
  let to = place + i32(row) * param(8u) + i32(column) * param(9u);
  result[to] = ${writing.accumulate ? 'plusOne(result[to], sum)' : 'sum'};
}`;
  if (matrix.alongK) {
    const totals = count(4).map((i) => (i < vectors
      ? `plusOne(plusOne(sum${i}.x, sum${i}.y), plusOne(sum${i}.z, sum${i}.w))` : 'Scalar()'));
    return `${heads}
${quadSource('B', vector)}
${put}
fn gather(line: u32, lane: u32, begin: u32, end: u32) {
  for (var k = begin + lane * 4u; k < end; k += LANES * 4u) {
    let a0 = quadA(line, k, end);
${lines(vectors, (i) => `    sum${i} = plus(sum${i}, times(a0, quadB(${i}u, k, end)));`)}
  }
}
fn total(vector: u32) -> Quad { return Quad(${totals.join(', ')}); }
fn write(place: i32, line: u32, vector: u32, sums: Quad) {
${lines(vectors, (i) => `  put(place, line, ${i}u, sums[${i}]);`)}
}`;
  }
  return `${heads}
${put}
fn gather(line: u32, lane: u32, begin: u32, end: u32) {
  for (var k = begin + lane; k < end; k += LANES) {
    let a0 = quadA(line, k, end);
    let at = i32(place1) + i32(k) * param(7u);
${lines(vectors, (i) => `    sum${i} = plus(sum${i}, times(a0, Quad(b[at + ${i} * param(6u)])));`)}
  }
}
fn total(vector: u32) -> Quad {
${lines(vectors, (i) => `  if (vector == ${i}u) { return sum${i}; }`)}
  return Quad();
}
fn write(place: i32, line: u32, vector: u32, sums: Quad) {
${lines(4, (i) => `  put(place, line + ${i}u, vector, sums[${i}]);`)}
}`;
}

/** The kernel of a tile. Only panels have aligned results. */
export function productSource(
  tile: Tile | VectorTile, type: WgslType, a: Pattern, b: Pattern, writing: Writing,
): KernelSource {
  const word = (aligned: boolean): string => (aligned ? `vec4<${wgslName(type)}>` : wgslName(type));
  const shared = [arithmetic(type), locateSource(3, locateFirst)];
  const buffers = [
    { name: 'a', access: 'read', type: word(a.aligned) }, { name: 'b', access: 'read', type: word(b.aligned) },
    { name: 'result', access: 'write', type: word(writing.aligned) },
  ] as const;
  if (tile.kind === 'vectors') {
    const code = [...shared, vectorsSource(tile, a, b, writing)].join('\n');
    return { buffers, skeletons: ['gemmTile', 'gemmVector'], code };
  }
  const { threads } = tile;
  const constants = `const THREAD_ROWS = ${threads[0]}u;
const THREAD_COLUMNS = ${threads[1]}u;
const TILE_ROWS = ${tileRows(tile)}u;
const TILE_COLUMNS = ${tileColumns(tile)}u;`;
  const own = tile.kind === 'direct' ? directSource(tile, writing) : panelsSource(tile, a, b, writing);
  const code = [...shared, constants, own].join('\n');
  return { buffers, skeletons: ['gemmTile', tile.kind === 'direct' ? 'gemmDirect' : 'gemm'], code };
}

/**
 * Adds up the parts of products whose k was split, in order, and writes them where the result lies. Parameters:
 * 0 elements of a part, 1 parts, 2 whether to add to what the result holds, 3 and on what `locate` reads.
 */
export function partsSource(type: WgslType): KernelSource {
  const scalar = wgslName(type);
  return {
    buffers: [{ name: 'parts', access: 'read', type: scalar }, { name: 'result', access: 'write', type: scalar }],
    skeletons: ['map'],
    code: `${arithmetic(type)}
${locateSource(1, 3)}
fn element(index: u32) -> Scalar {
  locate(index);
  var sum = parts[index];
  for (var part = 1u; part < u32(param(1u)); part++) {
    sum = plusOne(sum, parts[index + part * u32(param(0u))]);
  }
  if (param(2u) != 0) { sum = plusOne(result[place0], sum); }
  return sum;
}
fn destination(index: u32) -> u32 { return place0; }`,
  };
}
