/** PyTorch's print options: the values, their defaults, and `torch.set_printoptions` as a pure function. */

import { ValueError } from '../errors.ts';
import { dictOf } from '../options.ts';

export interface TorchPrintOptions {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  /** Scientific notation: always, never, or (null) where the values ask for it. */
  readonly sci_mode: boolean | null;
}

export type TorchProfile = 'default' | 'short' | 'full';

/** Changes to print options; null and undefined leave an option as it is, except `sci_mode`. */
export interface TorchPrintOptionChanges {
  readonly precision?: number | null;
  readonly threshold?: number | null;
  readonly edgeitems?: number | null;
  readonly linewidth?: number | null;
  readonly profile?: TorchProfile | null;
  /** As in PyTorch each call sets it anew: left out, it goes back to automatic. */
  readonly sci_mode?: boolean | null;
}

const profiles: Readonly<Record<TorchProfile, TorchPrintOptions>> = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sci_mode: null },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80, sci_mode: null },
  full: { precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80, sci_mode: null },
};

export const defaultTorchPrintOptions: TorchPrintOptions = Object.freeze({ ...profiles.default });

const known = new Set(['precision', 'threshold', 'edgeitems', 'linewidth', 'profile', 'sci_mode']);

function checkCount(value: number, name: string): number {
  if (!Number.isInteger(value)) throw new TypeError(`${name} must be an integer`);
  if (value < 0) throw new ValueError(`${name} must be >= 0`);
  return value;
}

function checkNumber(value: number, name: string): number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(`${name} must be numeric`);
  return value;
}

/** The options after `torch.set_printoptions(changes)`; `current` is left alone. Unknown names and bad values throw. */
export function mergeTorchPrintOptions(
  current: TorchPrintOptions,
  changes: TorchPrintOptionChanges,
  caller = 'set_printoptions',
): TorchPrintOptions {
  for (const name of Object.keys(dictOf(changes))) {
    if (!known.has(name)) throw new TypeError(`${caller}() got an unexpected keyword argument '${name}'`);
  }
  const { profile, sci_mode = null } = changes;
  if (profile && !Object.hasOwn(profiles, profile)) {
    throw new ValueError("profile must be one of 'default', 'short', 'full'");
  }
  if (sci_mode !== null && typeof sci_mode !== 'boolean') throw new TypeError('sci_mode must be a boolean or null');
  const base = profile ? profiles[profile] : current;
  return {
    precision: checkCount(changes.precision ?? base.precision, 'precision'),
    threshold: checkNumber(changes.threshold ?? base.threshold, 'threshold'),
    edgeitems: checkCount(changes.edgeitems ?? base.edgeitems, 'edgeitems'),
    linewidth: checkNumber(changes.linewidth ?? base.linewidth, 'linewidth'),
    sci_mode,
  };
}
