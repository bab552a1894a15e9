import { sorts } from '../../families.ts';
import { gpuOf } from '../gpu.ts';
import { sort as order } from '../sort.ts';

export const { sort, sortedValues, argsort } = sorts((x, values, indices, descending) =>
  order(gpuOf((values ?? indices)!), x, values, indices, descending));
