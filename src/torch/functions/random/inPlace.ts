import { deviceText } from '../../../core/device.ts';
import { elements } from '../../../ops/host.ts';
import { broadcastTo, copyFrom, detach } from '../../../ops/movement.ts';
import type { TorchName } from '../../../random/torchDtypes.ts';
import { keyed } from '../../arguments/keyed.ts';
import type { Fill, Generator } from './generator.ts';
import { drawn } from './generator.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Methods that overwrite a tensor with random numbers. */

/** What methods that fill with random numbers take by name. */
export interface FillOptions {
  /** The stream that is drawn from, the default one unless said. */
  readonly generator?: Generator | null | undefined;
}

function refill(self: Tensor, generator: Generator | null | undefined, fill: Fill): Tensor {
  const device = deviceText(self.storage.device);
  const fresh = drawn(self.geometry.shape, self.dtypeCore, { device, generator }, fill);
  copyFrom(self, fresh);
  fresh.storage.free();
  return self;
}

/**
 * Overwrites with uniform numbers of [from, to). Source: torch.Tensor.uniform_.
 * @example
 * torch.manual_seed(0);
 * torch.empty(3).uniform_(-1, 1); // → tensor([-0.0075,  0.5364, -0.8230])
 */
export const uniform_ = keyed('uniform_', 'self, from=0.0, to=1.0, *, generator=None',
  (self: Tensor, from: number = 0, to: number = 1, generator?: Generator | null): Tensor =>
    refill(self, generator, (stream, data, type, count) => stream.uniform(data, type, 0, count, from, to)));
/**
 * Overwrites with normal numbers. Source: torch.Tensor.normal_.
 * @example
 * torch.manual_seed(0);
 * torch.empty(3).normal_(10, 0.5); // → tensor([10.7705,  9.8533,  8.9106])
 */
export const normal_ = keyed('normal_', 'self, mean=0.0, std=1.0, *, generator=None',
  (self: Tensor, mean: number = 0, std: number = 1, generator?: Generator | null): Tensor => {
    const { contiguous } = self.geometry;
    return refill(self, generator,
      (stream, data, type, count) => stream.normal(data, type, 0, count, mean, std, contiguous));
  });
/**
 * Overwrites with integers of [from, to), or of the dtype's non-negative range. Source: torch.Tensor.random_.
 * @example
 * torch.manual_seed(0);
 * torch.empty(4).random_(0, 10); // → tensor([4., 9., 3., 0.])
 */
export const random_ = keyed('random_', 'self, from: int | None = None, to: int | None = None, *, generator=None',
  (self: Tensor, from?: number | null, to?: number | null, generator?: Generator | null): Tensor =>
    refill(self, generator, (stream, data, type, count) => {
      if (from === undefined || from === null) stream.random(data, type, 0, count);
      else if (to === undefined || to === null) stream.randomFromTo(0, from, data, type, 0, count);
      else stream.randomFromTo(from, to, data, type, 0, count);
    }));
/**
 * Overwrites with 1 with probability p (or with each probability of a tensor), else 0. Source: torch.Tensor.bernoulli_.
 * @example
 * torch.manual_seed(0);
 * torch.empty(4).bernoulli_(0.5); // → tensor([0., 0., 1., 0.])
 */
export const bernoulli_ = keyed('bernoulli_', 'self, p: float | Tensor = 0.5, *, generator=None',
  (self: Tensor, p: number | Tensor = 0.5, generator?: Generator | null): Tensor => {
    if (typeof p === 'number') {
      return refill(self, generator, (stream, data, type, count) => stream.bernoulli(data, type, 0, count, p));
    }
    const chances = elements(broadcastTo(detach(p), self.geometry.shape)) as number[];
    return refill(self, generator, (stream, data, type, count) =>
      stream.bernoulliEach(chances, p.dtypeCore.name as TorchName, data, type, 0, count));
  });
/**
 * Overwrites with exponentially distributed numbers, of mean 1 / lambd. Source: torch.Tensor.exponential_.
 * @example
 * torch.manual_seed(0);
 * torch.empty(3).exponential_(2); // → tensor([1.7542, 0.6152, 0.3075])
 */
export const exponential_ = keyed('exponential_', 'self, lambd=1.0, *, generator=None',
  (self: Tensor, lambd: number = 1, generator?: Generator | null): Tensor =>
    refill(self, generator, (stream, data, type, count) => stream.exponential(data, type, 0, count, lambd)));
