import { isInexact } from '../../../core/dtype.ts';
import { withoutAxes } from '../../axes.ts';
import { argReductions, reductions, scans } from '../../families.ts';
import type { Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { argReduce, reduce } from '../reduce.ts';
import { scan } from '../scan.ts';
import { divideBy } from '../update.ts';

export const { sum, prod, min, max, any, all } = reductions(reduce);
export const { argmin, argmax } = argReductions(argReduce);
export const { cumsum, cumprod, cummax, cummin } = scans(scan);

export const mean: Kernels['mean'] = ([x], { axes, keepdims }, [out]) => {
  if (!isInexact(x.dtypeCore)) return declined;
  reduce('sum', x, axes, withoutAxes(out, axes, keepdims));
  return divideBy(out, axes.reduce((count, axis) => count * x.geometry.shape[axis], 1));
};
