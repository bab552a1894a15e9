import { sorts } from '../../families.ts';
import { sort as order } from '../sort.ts';

export const { sort, sortedValues, argsort } = sorts(order);
