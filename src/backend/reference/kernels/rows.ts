import type { Kernels } from '../../kernels.ts';
import { gather, nonzero as findNonzero, scatter } from '../rows.ts';

export const gatherRows: Kernels['gatherRows'] = ([table, positions], _, [out]) => gather(table, positions, out);
export const scatterRows: Kernels['scatterRows'] = ([positions, values], { accumulate }, [target]) =>
  scatter(target, positions, values, accumulate);
export const nonzero: Kernels['nonzero'] = findNonzero;
