import { copyFrom } from '../ops/movement.ts';
import type { Fill, Generator } from './randomStream.ts';
import { drawn } from './randomStream.ts';
import type { Tensor } from './tensor.ts';

/** Methods that overwrite a tensor with random numbers. */

function refill(name: string, self: Tensor, generator: Generator | undefined, fill: Fill): Tensor {
  const fresh = drawn(name, self.layout.shape, self.dtypeCore, generator ? { generator } : {}, fill);
  copyFrom(self, fresh);
  fresh.storage.free();
  return self;
}

export interface FillOptions {
  readonly generator?: Generator;
}

/** Overwrites with uniform numbers of [from, to). Source: torch.Tensor.uniform_. */
export function uniform_(self: Tensor, from = 0, to = 1, options: FillOptions = {}): Tensor {
  return refill('uniform', self, options.generator, (stream, data, type, count) => stream.uniform(data, type, 0, count, from, to));
}
/** Overwrites with normal numbers. Source: torch.Tensor.normal_. */
export function normal_(self: Tensor, mean = 0, std = 1, options: FillOptions = {}): Tensor {
  const { contiguous } = self.layout;
  return refill('normal', self, options.generator,
    (stream, data, type, count) => stream.normal(data, type, 0, count, mean, std, contiguous));
}
/** Overwrites with integers of [from, to), or of the dtype's non-negative range. Source: torch.Tensor.random_. */
export function random_(self: Tensor, from?: number | null, to?: number | null, options: FillOptions = {}): Tensor {
  return refill('random', self, options.generator, (stream, data, type, count) => {
    if (from === undefined || from === null) stream.random(data, type, 0, count);
    else if (to === undefined || to === null) stream.randomFromTo(0, from, data, type, 0, count);
    else stream.randomFromTo(from, to, data, type, 0, count);
  });
}
/** Overwrites with 1 with probability p, else 0. Source: torch.Tensor.bernoulli_. */
export function bernoulli_(self: Tensor, p = 0.5, options: FillOptions = {}): Tensor {
  return refill('bernoulli', self, options.generator, (stream, data, type, count) => stream.bernoulli(data, type, 0, count, p));
}
/** Overwrites with exponentially distributed numbers. Source: torch.Tensor.exponential_. */
export function exponential_(self: Tensor, lambd = 1, options: FillOptions = {}): Tensor {
  return refill('exponential', self, options.generator, (stream, data, type, count) => stream.exponential(data, type, 0, count, lambd));
}
