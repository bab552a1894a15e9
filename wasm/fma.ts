// The second module: matrix products, kept apart because their fused build does not validate on engines without relaxed
// SIMD. Built twice from this one source, with and without that feature.
//
// gemm_T(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace) sets C (m x n) to A (m x k) times B (k x n).
// Pointers are addresses and strides are in bytes, of any sign or zero (for C: no two elements may share an address).
// C must overlap neither operand. `workspace` is scratch memory of gemmWorkspace_T(m, n, k) bytes. Integers wrap
// around; bool is bytes, any non-zero one is true, and the result is 0 or 1.
import { product, productWorkspace } from './gemm/gemm';

export { setWideKernel } from './gemm/gemm';

/** Which of the two builds this is. */
export function relaxed(): bool {
  return ASC_FEATURE_RELAXED_SIMD;
}

export function gemm_f32(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<f32, f32>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_f32(m: usize, n: usize, k: usize): usize {
  return productWorkspace<f32>(false, m, n, k);
}

export function gemm_f64(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<f64, f64>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_f64(m: usize, n: usize, k: usize): usize {
  return productWorkspace<f64>(false, m, n, k);
}

export function gemm_c64(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<f32, f32>(true, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_c64(m: usize, n: usize, k: usize): usize {
  return productWorkspace<f32>(true, m, n, k);
}

export function gemm_c128(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<f64, f64>(true, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_c128(m: usize, n: usize, k: usize): usize {
  return productWorkspace<f64>(true, m, n, k);
}

export function gemm_i8(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<i8, i16>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_i8(m: usize, n: usize, k: usize): usize {
  return productWorkspace<i16>(false, m, n, k);
}

export function gemm_i16(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<i16, i16>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_i16(m: usize, n: usize, k: usize): usize {
  return productWorkspace<i16>(false, m, n, k);
}

export function gemm_i32(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<i32, i32>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_i32(m: usize, n: usize, k: usize): usize {
  return productWorkspace<i32>(false, m, n, k);
}

export function gemm_i64(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<i64, i64>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_i64(m: usize, n: usize, k: usize): usize {
  return productWorkspace<i64>(false, m, n, k);
}

export function gemm_bool(
  m: usize, n: usize, k: usize, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, cCol: usize, workspace: usize,
): void {
  product<u8, u8>(false, m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, cCol, workspace);
}

export function gemmWorkspace_bool(m: usize, n: usize, k: usize): usize {
  return productWorkspace<u8>(false, m, n, k);
}

// The low bits of sums and products do not depend on the sign.
export {
  gemm_i8 as gemm_u8, gemmWorkspace_i8 as gemmWorkspace_u8,
  gemm_i16 as gemm_u16, gemmWorkspace_i16 as gemmWorkspace_u16,
  gemm_i32 as gemm_u32, gemmWorkspace_i32 as gemmWorkspace_u32,
  gemm_i64 as gemm_u64, gemmWorkspace_i64 as gemmWorkspace_u64,
};
