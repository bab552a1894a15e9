import { argReductions, reductions, scans } from '../../families.ts';
import { gpuOf } from '../gpu.ts';
import { argReduce, reduce } from '../reduce.ts';
import { scan } from '../scan.ts';

export const { sum, prod, min, max, any, all } = reductions((kind, x, axes, out) => reduce(gpuOf(out), kind, x, axes, out));
export const { argmin, argmax } = argReductions((kind, x, axis, out) => argReduce(gpuOf(out), kind, x, axis, out));
export const { cumsum, cumprod, cummax, cummin } = scans((kind, x, axis, out) => scan(gpuOf(out), kind, x, axis, out));
