import type { Callable } from '../../../core/callable.ts';
import { ValueError } from '../../../core/errors.ts';
import { asTensor } from '../../arguments/operands.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Module } from '../module.ts';
import { layer } from './layer.ts';

/**
 * Layers that exist for sequences, images and volumes: a family says what they do, and a class of it for each number of spatial
 * dimensions has its name and that number only.
 */

export abstract class SpatialModule extends Module {
  /** How many dimensions follow N and C: 1, 2 or 3. PyTorch has a class for each. */
  declare static readonly spatial: number;

  /** The ranks of inputs that are taken: without and with a batch, unless a family says otherwise. */
  protected ranks(spatial: number): readonly number[] {
    return [spatial + 1, spatial + 2];
  }

  /** What is thrown at an input of another rank, in the words that most families share. */
  protected wrongRank(rank: number, ranks: readonly number[]): Error {
    return new ValueError(`expected ${ranks.map((each) => `${each}D`).join(' or ')} input (got ${rank}D input)`);
  }

  protected checkRank(input: Tensor): void {
    asTensor(input, 'dim');
    const { length } = input.geometry.shape;
    const ranks = this.ranks(spatialOf(this));
    if (!ranks.includes(length)) throw this.wrongRank(length, ranks);
  }
}

/** A static of the class, so that modules have the name free for a field. */
export function spatialOf(module: SpatialModule): number {
  return (module.constructor as typeof SpatialModule).spatial;
}

/** The class of a family for a number of spatial dimensions. */
export function spatialLayer<C extends new (...args: never) => SpatialModule>(
  name: string, spatial: number, family: C, inputs?: string,
): Callable<C> {
  return layer(name, class extends (family as unknown as new (...args: readonly unknown[]) => SpatialModule) {
    static readonly spatial = spatial;
  } as unknown as C, inputs);
}
