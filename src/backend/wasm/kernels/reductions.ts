import { argReductions, reductions, scans } from '../../families.ts';
import { argReduce, reduce } from '../reduce.ts';
import { scan } from '../scan.ts';
export const { sum, prod, min, max, any, all } = reductions(reduce);
export const { argmin, argmax } = argReductions(argReduce);
export const { cumsum, cumprod, cummax, cummin } = scans(scan);
