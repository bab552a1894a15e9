import { sorts } from '../../families.ts';
import { sort as order } from '../rows.ts';

export const { sort, sortedValues, argsort } = sorts(order);
