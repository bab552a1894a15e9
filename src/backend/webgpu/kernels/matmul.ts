import type { Kernels } from '../../kernels.ts';
import { gpuOf } from '../gpu.ts';
import { matmul as multiply } from '../matmul.ts';

export const matmul: Kernels['matmul'] = ([a, b], _, [out]) => multiply(gpuOf(out), a, b, out);
