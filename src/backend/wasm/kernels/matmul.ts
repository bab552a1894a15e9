import type { Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { matmul as multiply } from '../matmul.ts';
import { addTo } from '../update.ts';

export const matmul: Kernels['matmul'] = ([a, b], _, [out]) => multiply(a, b, out);

/** Without factors, as in a linear layer. */
export const addmm: Kernels['addmm'] = ([bias, a, b], { beta, alpha }, [out]) => {
  if (beta !== 1 || alpha !== 1) return declined;
  multiply(a, b, out);
  return addTo(out, bias);
};
