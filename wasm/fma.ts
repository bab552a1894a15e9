// The second module: matrix products, kept apart because their fused build does not validate on engines without relaxed
// SIMD. Built twice from these sources, with and without that feature. The products of each dtype join at build time.
export { setWideKernel } from './gemm/gemm';

/** Which of the two builds this is. */
export function relaxed(): bool {
  return ASC_FEATURE_RELAXED_SIMD;
}
