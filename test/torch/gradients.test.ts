import { describe, expect, it } from 'vitest';
import * as arithmetic from '../../src/torch/functions/arithmetic.ts';
import * as autograd from '../../src/torch/autograd/gradients.ts';
import * as bridge from '../../src/torch/bridge.ts';
import * as comparing from '../../src/torch/functions/comparison.ts';
import * as components from '../../src/torch/functions/complex.ts';
import * as constants from '../../src/torch/constants.ts';
import * as convolution from '../../src/torch/functions/convolution.ts';
import * as copies from '../../src/torch/functions/copies.ts';
import * as creation from '../../src/torch/functions/creation.ts';
import * as differences from '../../src/torch/functions/differences.ts';
import * as distribution from '../../src/torch/functions/distribution.ts';
import * as enumerations from '../../src/torch/functions/enumerations.ts';
import * as inPlace from '../../src/torch/functions/inPlace.ts';
import * as inPlaceSpecial from '../../src/torch/functions/inPlaceSpecial.ts';
import * as incompleteGamma from '../../src/torch/functions/incompleteGamma.ts';
import * as polygamma from '../../src/torch/functions/polygamma.ts';
import * as questions from '../../src/torch/tensor/questions.ts';
import * as segments from '../../src/torch/functions/segments.ts';
import * as slices from '../../src/torch/functions/slices.ts';
import * as specialFunctions from '../../src/torch/functions/specialFunctions.ts';
import * as device from '../../src/torch/device.ts';
import * as dtypes from '../../src/torch/dtypes/dtypes.ts';
import * as extremes from '../../src/torch/functions/orderStatistics.ts';
import * as gpu from '../../src/torch/gpu.ts';
import * as torch from '../../src/torch/index.ts';
import * as indexing from '../../src/torch/functions/indexing.ts';
import * as joining from '../../src/torch/functions/joining.ts';
import * as legacy from '../../src/torch/tensor/legacy.ts';
import * as limits from '../../src/torch/dtypes/limits.ts';
import * as defaults from '../../src/torch/functions/defaults.ts';
import * as parallelism from '../../src/torch/functions/parallelism.ts';
import * as pointwise from '../../src/torch/pointwise.ts';
import * as powers from '../../src/torch/functions/powers.ts';
import * as printing from '../../src/torch/tensor/printing.ts';
import * as contraction from '../../src/torch/functions/contraction.ts';
import * as products from '../../src/torch/functions/blas.ts';
import * as random from '../../src/torch/functions/random/random.ts';
import * as rearrange from '../../src/torch/functions/rearranging.ts';
import * as reductions from '../../src/torch/functions/reductions.ts';
import * as returnTypes from '../../src/torch/tensor/returnTypes.ts';
import * as sampling from '../../src/torch/functions/random/sampling.ts';
import * as searching from '../../src/torch/functions/searching.ts';
import * as shape from '../../src/torch/functions/shape.ts';
import * as distances from '../../src/torch/functions/distances.ts';
import * as pooling from '../../src/torch/functions/pooling.ts';
import * as windows from '../../src/torch/functions/windows.ts';
import * as shortTime from '../../src/torch/fft/frames.ts';
import * as lowRank from '../../src/torch/linalg/lowRank.ts';
import * as olderLinalg from '../../src/torch/linalg/older.ts';
import * as load from '../../src/torch/serialization/load.ts';
import * as save from '../../src/torch/serialization/save.ts';
import * as size from '../../src/torch/tensor/size.ts';
import * as sorting from '../../src/torch/functions/sorting.ts';
import * as tensors from '../../src/torch/functions/tensors.ts';
import * as utilities from '../../src/torch/functions/utilities.ts';
import { areas } from './areasOfElements.ts';
import { testGradients } from './gradients.ts';

describe.each(Object.entries(areas))('%s', (_, area) => testGradients(area));

/** Modules whose functions make tensors, draw numbers, set things or answer questions. */
const withoutGradients = [
  autograd, bridge, constants, creation, defaults, device, dtypes, gpu, legacy, limits, printing, random, returnTypes, size, enumerations,
  questions,
];

/** Other names of functions, with a copy behind them or in place, and those that areas of their own hold. */
const others = [
  distances, load, lowRank, olderLinalg, pooling, save, shortTime, windows,
  copies, inPlace, inPlaceSpecial, polygamma, differences, distribution, incompleteGamma, segments, slices, specialFunctions,
];
const tabled = [
  arithmetic, comparing, components, contraction, convolution, extremes, indexing, joining, parallelism, pointwise, powers, products,
  rearrange, reductions, sampling, searching, shape, sorting, tensors, utilities,
];

it('leaves out no function of the namespace', () => {
  const known = new Set([...withoutGradients, ...tabled, ...others].flatMap((module) => Object.values(module) as unknown[]));
  const missing = Object.entries(torch).filter(([, value]) => typeof value === 'function' && !known.has(value)).map(([name]) => name);
  expect(missing).toEqual(['Complex', 'slice', 'device', 'Generator']);
});
