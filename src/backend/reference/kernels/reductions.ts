import { argReductions, reductions, scans } from '../../families.ts';
import { argReduce, reduce, scan } from '../reduce.ts';

export const { sum, prod, min, max, any, all } = reductions(reduce);
export const { argmin, argmax } = argReductions(argReduce);
export const { cumsum, cumprod, cummax, cummin } = scans(scan);
