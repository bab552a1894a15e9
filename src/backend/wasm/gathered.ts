import type { StridedArray } from '../../core/strided.ts';
import type { ConvolutionsExport } from '../../generated/wasmExports.ts';
import { heapBytes } from '../cpu/heap.ts';
import type { Exports } from './binaries.ts';
import { fusedExports, partModule } from './module.ts';
import { staged } from './staging.ts';

/** Products of matrices whose elements lie anywhere: wasm/convolutions/gathered.ts says how. */

const instantiate = partModule<ConvolutionsExport>('convolutions');

interface Started {
  readonly exports: Exports<ConvolutionsExport>;
  /** Places in the table of the products of packed panels. */
  readonly products: Readonly<Record<'f32' | 'f64', number>>;
}

let started: Started | undefined;

export const convolutionsExports = (): Exports<ConvolutionsExport> => start().exports;

/** The product of panels comes from the module that has it already, through the table. */
function start(): Started {
  if (started !== undefined) return started;
  const exports = instantiate();
  const table = (exports as unknown as { readonly table: WebAssembly.Table }).table;
  const place = table.grow(2);
  table.set(place, fusedExports().packedProduct_f32);
  table.set(place + 1, fusedExports().packedProduct_f64);
  return (started = { exports, products: { f32: place, f64: place + 1 } });
}

export const byteStrides = ({ geometry: { strides }, dtypeCore: { itemsize } }: StridedArray): number[] =>
  strides.map((stride) => stride * itemsize);

/** Offsets of all elements of some extents, the last one varying fastest. */
export function offsets(extents: readonly number[], steps: readonly number[]): Int32Array {
  let found = new Int32Array(1);
  extents.forEach((extent, axis) => {
    const next = new Int32Array(found.length * extent);
    let at = 0;
    for (const before of found) for (let i = 0; i < extent; i++) next[at++] = before + i * steps[axis];
    found = next;
  });
  return found;
}

/** Where one of several products begins, in bytes beyond its arrays' first elements. */
export interface Gathered {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly bias: number;
}

/** Offsets of elements, in bytes. */
export interface Tables {
  readonly aRows: Int32Array;
  readonly aDepth: Int32Array;
  readonly bDepth: Int32Array;
  readonly bColumns: Int32Array;
  readonly cRows: Int32Array;
  readonly cColumns: Int32Array;
  readonly biasRows: Int32Array;
}

/** Each c = bias + a · b, or c + a · b, under the same offsets. */
export function gatheredProducts(
  c: StridedArray, a: StridedArray, b: StridedArray, bias: StridedArray | null, products: readonly Gathered[], tables: Tables,
  accumulate: boolean,
): void {
  const { exports, products: places } = start();
  const type = c.dtypeCore.itemsize === 4 ? 'f32' : 'f64';
  const fused = fusedExports();
  const [m, n, k] = [tables.cRows.length, tables.cColumns.length, tables.aDepth.length];
  staged((stage) => {
    const lists = [tables.aRows, tables.aDepth, tables.bDepth, tables.bColumns, tables.cRows, tables.biasRows, tables.cColumns];
    const start = stage.workspace(4 * lists.reduce((sum, list) => sum + list.length, 0));
    let at = start;
    const [aRows, aDepth, bDepth, bColumns, cRows, , cColumns] = lists.map((list) => {
      const address = at;
      new Int32Array(heapBytes().buffer, address, list.length).set(list);
      at += 4 * list.length;
      return address;
    });
    const [from, times, to] = [stage.address(a), stage.address(b), stage.address(c, 'update')];
    const addend = bias === null ? 0 : stage.address(bias);
    const workspace = stage.workspace(exports[`gatheredWorkspace_${type}`](m, n, k) >>> 0);
    for (const product of products) {
      exports[`gathered_${type}`](
        places[type], fused[`panelRows_${type}`](), fused[`panelBytes_${type}`](), m, n, k, from + product.a, aRows, aDepth,
        times + product.b, bDepth, bColumns, to + product.c, cRows, cColumns, bias === null ? 0 : addend + product.bias,
        Number(accumulate), workspace);
    }
  });
}
