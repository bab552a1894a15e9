import { gatheredProduct, gatheredWorkspace } from './gathered';

// Convolutions and poolings. Offsets are in bytes and come in tables of 32-bit integers; pointers are addresses.

/** Sets C to bias plus A times B, or adds A times B to it: see `gatheredProduct`. */
export function gathered_f32(
  product: u32, panelRows: usize, panelBytes: usize, m: usize, n: usize, k: usize, a: usize, aRows: usize, aDepth: usize,
  b: usize, bDepth: usize, bColumns: usize, c: usize, cRows: usize, cColumns: usize, bias: usize, accumulate: bool, workspace: usize,
): void {
  gatheredProduct<f32>(
    product, panelRows, panelBytes, m, n, k, a, aRows, aDepth, b, bDepth, bColumns, c, cRows, cColumns, bias, accumulate, workspace);
}

export function gathered_f64(
  product: u32, panelRows: usize, panelBytes: usize, m: usize, n: usize, k: usize, a: usize, aRows: usize, aDepth: usize,
  b: usize, bDepth: usize, bColumns: usize, c: usize, cRows: usize, cColumns: usize, bias: usize, accumulate: bool, workspace: usize,
): void {
  gatheredProduct<f64>(
    product, panelRows, panelBytes, m, n, k, a, aRows, aDepth, b, bDepth, bColumns, c, cRows, cColumns, bias, accumulate, workspace);
}

/** Bytes of memory that these need. */
export function gatheredWorkspace_f32(m: usize, n: usize, k: usize): usize {
  return gatheredWorkspace<f32>(m, n, k);
}

export function gatheredWorkspace_f64(m: usize, n: usize, k: usize): usize {
  return gatheredWorkspace<f64>(m, n, k);
}
