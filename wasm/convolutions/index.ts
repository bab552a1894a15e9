import { gatheredProduct, gatheredWorkspace } from './gathered';
import { averagePool, dividedPlaces, maxPool, maxUnpool } from './pooling';

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

/** The largest of each window: see `maxPool`. */
export function maxPool_f32(images: usize, x: usize, values: usize, indices: usize, plan: usize): void {
  maxPool<f32>(images, x, values, indices, plan);
}

export function maxPool_f64(images: usize, x: usize, values: usize, indices: usize, plan: usize): void {
  maxPool<f64>(images, x, values, indices, plan);
}

/** Sums over windows: see `averagePool`. */
export function averagePool_f32(images: usize, x: usize, out: usize, plan: usize, divisors: usize): void {
  averagePool<f32>(images, x, out, plan, divisors);
}

export function averagePool_f64(images: usize, x: usize, out: usize, plan: usize, divisors: usize): void {
  averagePool<f64>(images, x, out, plan, divisors);
}

/** Images divided place by place: see `dividedPlaces`. */
export function dividedPlaces_f32(
  images: usize, x: usize, out: usize, depth: usize, height: usize, width: usize, divisors: usize,
): void {
  dividedPlaces<f32>(images, x, out, depth, height, width, divisors);
}

export function dividedPlaces_f64(
  images: usize, x: usize, out: usize, depth: usize, height: usize, width: usize, divisors: usize,
): void {
  dividedPlaces<f64>(images, x, out, depth, height, width, divisors);
}

/** Elements at places of images of zeros: see `maxUnpool`. */
export function maxUnpool_f32(images: usize, places: usize, size: usize, x: usize, indices: usize, out: usize, adds: bool): void {
  maxUnpool<f32>(images, places, size, x, indices, out, adds);
}

export function maxUnpool_f64(images: usize, places: usize, size: usize, x: usize, indices: usize, out: usize, adds: bool): void {
  maxUnpool<f64>(images, places, size, x, indices, out, adds);
}
