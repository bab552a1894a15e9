import type { Kernels } from '../../kernels.ts';
import { countNonzero as count, gather, nonzero as findNonzero, scatter } from '../gather.ts';

export const gatherRows: Kernels['gatherRows'] = ([table, positions], _, [out]) => gather(table, positions, out);
export const scatterRows: Kernels['scatterRows'] = ([positions, values], { accumulate }, [target]) =>
  scatter(target, positions, values, accumulate);
export const countNonzero: Kernels['countNonzero'] = ([x], { axes }, [out]) => count(x, axes, out);
export const nonzero: Kernels['nonzero'] = findNonzero;
