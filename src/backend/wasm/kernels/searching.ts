import type { Kernels } from '../../kernels.ts';
import { bincount as count, searchSorted as search } from '../search.ts';

export const searchSorted: Kernels['searchSorted'] = ([sorted, values], { right }, [out]) => search(sorted, values, right, out);
export const bincount: Kernels['bincount'] = ([x, weights], _, [out]) => count(x, weights, out);
