import type { StridedArray } from '../../core/strided.ts';
import type { LinalgExport } from '../../generated/wasmExports.ts';
import { mergeAxes } from '../axes.ts';
import type { Temporaries } from '../temporaries.ts';
import type { Exports } from './binaries.ts';
import { fusedExports, partModule } from './module.ts';
import { elements, kernelDType } from './names.ts';
import type { Stage } from './staging.ts';
import { staged } from './staging.ts';
import { withTemporaries } from './temporaries.ts';

/** What the kernels of linear algebra have in common: their module, its matrix products, and how matrices are handed over. */

const instantiate = partModule<LinalgExport>('linalg');
const numbers = ['f32', 'f64', 'c64', 'c128'] as const;
type Numbers = (typeof numbers)[number];

let started: Exports<LinalgExport> | undefined;

/** The matrix products come from the module that has them already, in the fastest form that the engine takes, through the table. */
function start(): Exports<LinalgExport> {
  const exports = instantiate();
  const products = fusedExports();
  const table = (exports as unknown as { readonly __indirect_function_table: WebAssembly.Table }).__indirect_function_table;
  numbers.forEach((name, type) => {
    const place = table.grow(2);
    table.set(place, products[`gemm_${name}`]);
    table.set(place + 1, products[`gemmWorkspace_${name}`]);
    exports.setProduct(type, place, place + 1);
  });
  return exports;
}

type Routine<Name extends LinalgExport = LinalgExport> = Name extends `${infer Stem}_f64` ? Stem : never;

/** What a kernel has at hand: the routines of its dtype, and how to give them arrays. Extents count elements. */
export class Call {
  readonly batch: number;
  private readonly exports: Exports<LinalgExport>;
  private readonly element: Numbers;
  private readonly stage: Stage;
  private readonly temporaries: Temporaries;

  constructor(main: StridedArray, batch: number, stage: Stage, temporaries: Temporaries) {
    this.batch = batch;
    this.exports = (started ??= start());
    this.element = elements[kernelDType(main).name] as Numbers;
    this.stage = stage;
    this.temporaries = temporaries;
  }

  /** Address and steps of an array of matrices: from one to the next, from row to row and from column to column. */
  matrices(array: StridedArray): readonly number[] {
    const { shape, strides } = array.geometry;
    const axes = mergeAxes({ shape: shape.slice(0, -2), strides: [strides.slice(0, -2)] });
    if (axes.shape.length > 1) return this.matrices(this.temporaries.converted(array, array.dtypeCore));
    return [this.stage.address(array), axes.strides[0][0] ?? 0, ...strides.slice(-2)];
  }

  /** The address of elements one after another. */
  elements(array: StridedArray): number {
    return this.stage.address(array.geometry.contiguous ? array : this.temporaries.converted(array, array.dtypeCore));
  }

  out(array: StridedArray): number {
    return this.stage.address(array, 'write');
  }

  /** Calls a routine with what it needs of memory, of which `needs` and its extents tell. */
  run(routine: Routine, extents: readonly number[], args: readonly number[], needs: Routine, needed: readonly number[] = extents): void {
    const bytes = this.exports[`${needs}_${this.element}` as LinalgExport](...needed) >>> 0;
    this.exports[`${routine}_${this.element}` as LinalgExport](this.batch, ...extents, ...args, this.stage.workspace(bytes), bytes);
  }
}

/** Rows and columns of an array's matrices. */
export const extentsOf = ({ geometry: { shape } }: StridedArray): readonly [rows: number, columns: number] =>
  [shape[shape.length - 2], shape[shape.length - 1]];

/** Runs `body` for a batch of matrices like `main`, where there are any. */
export function overMatrices(main: StridedArray, body: (call: Call) => void): void {
  const batch = main.geometry.shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  if (batch === 0) return;
  staged((stage) => withTemporaries((temporaries) => body(new Call(main, batch, stage, temporaries))));
}

