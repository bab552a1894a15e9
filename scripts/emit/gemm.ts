import { emitExport } from './exports.ts';

/**
 * Writes the matrix products of each dtype, which are the second module.
 *
 * gemm_T(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace) sets C (m x n) to A (m x k) times B (k x n).
 * Pointers are addresses and strides are in bytes, of any sign or zero (for C: no two elements may share an address).
 * C must overlap neither operand. `workspace` is scratch memory of gemmWorkspace_T(m, n, k) bytes. Integers wrap
 * around; bool is bytes, any non-zero one is true, and the result is 0 or 1.
 */

const extents = ['m', 'n', 'k'];
const matrices = ['a', 'aRow', 'aCol', 'b', 'bRow', 'bCol', 'c', 'cRow', 'cCol', 'workspace'];
const addresses = (names: readonly string[]): string[] => names.map((name) => `${name}: usize`);

/** What products of panels take that others have packed. */
const packed = ['m', 'n', 'k', 'a', 'b', 'c', 'cRow', 'accumulate', 'spare'];

/** The types that are stored and of the lanes (wasm/gemm/gemm.ts); complex numbers are pairs of them. */
const products: Readonly<Record<string, readonly [stored: string, lanes: string, complex: boolean]>> = {
  f32: ['f32', 'f32', false], f64: ['f64', 'f64', false], c64: ['f32', 'f32', true], c128: ['f64', 'f64', true],
  i8: ['i8', 'i16', false], i16: ['i16', 'i16', false], i32: ['i32', 'i32', false], i64: ['i64', 'i64', false],
  bool: ['u8', 'u8', false],
};

/** The low bits of sums and products do not depend on the sign. */
const unsigned = ['8', '16', '32', '64'].flatMap((bits) =>
  ['gemm', 'gemmWorkspace'].map((name) => `${name}_i${bits} as ${name}_u${bits}`));

export function emitProducts(): string {
  return [
    "export * from '../../wasm/fma';",
    "import { packedProduct, panelBytes, product, productWorkspace } from '../../wasm/gemm/gemm';",
    "import { panelRows } from '../../wasm/gemm/fma';",
    ...Object.entries(products).flatMap(([dtype, [stored, lanes, complex]]) => [
      emitExport(`gemm_${dtype}`, addresses([...extents, ...matrices]),
        `product<${stored}, ${lanes}>`, [`${complex}`, ...extents, ...matrices]),
      emitExport(`gemmWorkspace_${dtype}`, addresses(extents), `productWorkspace<${lanes}>`, [`${complex}`, ...extents], 'usize'),
    ]),
    ...['f32', 'f64'].flatMap((type) => [
      emitExport(`packedProduct_${type}`, addresses(packed), `packedProduct<${type}>`,
        packed.map((name) => (name === 'accumulate' ? 'accumulate != 0' : name))),
      emitExport(`panelRows_${type}`, [], `panelRows<${type}>`, [], 'usize'),
      emitExport(`panelBytes_${type}`, [], `panelBytes<${type}>`, [], 'usize'),
    ]),
    `export { ${unsigned.join(', ')} };`,
    '',
  ].join('\n');
}
