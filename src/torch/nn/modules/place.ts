import type { FactoryOptions } from '../../functions/creation.ts';

/** Where layers make their parameters. */

type Chosen = Required<Pick<FactoryOptions, 'dtype' | 'device'>>;

/** The last two parameters of a layer's signature. */
export type Place = [device?: Chosen['device'] | null, dtype?: Chosen['dtype'] | null];

/** dtype and device as factories take them. */
export function placeOf({ dtype, device }: { readonly [K in keyof Chosen]: Chosen[K] | null }): Partial<Chosen> {
  return { ...(dtype ? { dtype } : {}), ...(device ? { device } : {}) };
}
