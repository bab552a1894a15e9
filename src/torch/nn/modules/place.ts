import type { FactoryOptions } from '../../functions/creation.ts';

/** Where layers make their parameters. */

export type PlaceOptions = Pick<FactoryOptions, 'dtype' | 'device'>;

/** dtype and device of a layer's own options, as factories take them. */
export function placeOf({ dtype, device }: PlaceOptions): PlaceOptions {
  return { ...(dtype ? { dtype } : {}), ...(device ? { device } : {}) };
}
