import type { Kernels } from '../../kernels.ts';
import { gather } from '../gather.ts';
import { gpuOf } from '../gpu.ts';
import { scatter } from '../scatter.ts';
import { refuseRead } from '../transfer.ts';

export const gatherRows: Kernels['gatherRows'] = ([table, positions], _, [out]) => gather(gpuOf(out), table, positions, out);
export const scatterRows: Kernels['scatterRows'] = ([positions, values], { accumulate }, [target]) =>
  scatter(gpuOf(target), target, positions, values, accumulate);
/** How many there are can only be read. */
export const nonzero: Kernels['nonzero'] = refuseRead;
