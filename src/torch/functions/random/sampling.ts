import { int64 } from '../../../core/dtype.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { checkShape } from '../../../core/layout.ts';
import { zerosLike } from '../../../ops/creation.ts';
import { elements } from '../../../ops/host.ts';
import { integersLike } from '../../../ops/integers.ts';
import { detach } from '../../../ops/movement.ts';
import { bernoulli as chosen } from '../../../ops/random.ts';
import { multinomial as draw } from '../../../random/torchMultinomial.ts';
import type { TorchName } from '../../../random/torchDtypes.ts';
import { keyedOut, overloaded } from '../../arguments/keyed.ts';
import { intoOut } from '../../arguments/operands.ts';
import { bernoulli_ } from './inPlace.ts';
import type { FillOptions } from './inPlace.ts';
import type { Generator } from './generator.ts';
import { default_generator } from './generator.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Random choices that a tensor's elements are the chances of. Each function is also a method. */

/** The elements as numbers, in row-major order. */
const chances = (input: Tensor): number[] => elements(detach(input)) as number[];

/**
 * 1 with each element's probability (or with `p`), else 0. Source: torch.bernoulli.
 * @example
 * torch.manual_seed(0);
 * torch.bernoulli(torch.tensor([0, 0.5, 0.5, 1])); // → tensor([0., 0., 1., 1.])
 */
export const bernoulli = overloaded<(input: Tensor, ...rest:
  [options?: FillOptions & { readonly out?: Tensor | null }] | [p: number, options?: FillOptions]
  | [options: FillOptions & { readonly p: number }]) => Tensor>('bernoulli',
  ['input, *, generator=None, out=None', (input: Tensor, generator?: Generator, out?: Tensor): Tensor => {
    const result = chosen(input, (like) => bernoulli_(zerosLike(like), like, { generator }));
    return out === undefined ? result : intoOut('bernoulli', result, out, [input]);
  }],
  ['input, p: float, *, generator=None', (input: Tensor, p: number, generator?: Generator): Tensor =>
    chosen(input, (like) => bernoulli_(zerosLike(like), p, { generator }))]);

/**
 * Places drawn with the weights of the elements: `num_samples` of each row, all different unless `replacement` is
 * true. Source: torch.multinomial.
 * @example
 * torch.manual_seed(0);
 * torch.multinomial(torch.tensor([1, 0, 3]).float(), 4, { replacement: true }); // → tensor([2, 2, 2, 2])
 */
export const multinomial = keyedOut('multinomial', 'input, num_samples: int, replacement=False, *, generator=None, out=None', (
  input: Tensor, num_samples: number, replacement: boolean = false, generator?: Generator | null,
): Tensor => {
  const { shape } = input.geometry;
  if (shape.length === 0 || shape.length > 2) throw new RuntimeError('prob_dist must be 1 or 2 dim');
  const categories = shape[shape.length - 1];
  const rows = shape.length === 2 ? shape[0] : 1;
  const { stream } = generator ?? default_generator;
  checkShape([...shape.slice(0, -1), num_samples], int64);
  const places = draw(stream, chances(input), input.dtypeCore.name as TorchName, rows, categories, num_samples, replacement);
  return integersLike(input, places, [...shape.slice(0, -1), num_samples]);
});
