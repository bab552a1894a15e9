import type { Taps } from './resampling.ts';

/** What the places of an axis in another size read of the old one, and by what weights. */

type Round = (value: number) => number;

/** How an axis changes its size. */
export interface Resizing {
  readonly axis: number;
  readonly from: number;
  readonly to: number;
  /** By how much as the caller says it; null where the sizes say it. */
  readonly factor: number | null;
}

/** All the places below `count`. */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

/** The distance on the old axis between neighbours on the new one. */
const scaleOf = ({ from, to, factor }: Resizing, round: Round): number =>
  (factor !== null && factor > 0 ? round(1 / factor) : round(from / to));

/** The place before, `shift` (0 or a half) from the start; in float32 for all elements. */
export function nearestTaps(resizing: Resizing, shift: number): Taps {
  const { axis, from, to } = resizing;
  const scale = scaleOf(resizing, Math.fround);
  const places = upTo(to).map((place) => Math.min(Math.floor(Math.fround((place + shift) * scale)), from - 1));
  return { axis, places: [places], weights: null };
}

/** Where the middles of the new places lie among those of the old ones. */
function sources(resizing: Resizing, alignCorners: boolean, round: Round): (place: number) => number {
  if (alignCorners) {
    const scale = resizing.to > 1 ? round((resizing.from - 1) / (resizing.to - 1)) : 0;
    return (place) => round(scale * place);
  }
  const scale = scaleOf(resizing, round);
  return (place) => round(round(scale * (place + 0.5)) - 0.5);
}

const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The place itself, where the size stays. */
const same = ({ axis, to }: Resizing): Taps => ({ axis, places: [upTo(to)], weights: null });

/** The two places around, by their distance. */
export function linearTaps(resizing: Resizing, alignCorners: boolean, round: Round): Taps {
  const { axis, from, to } = resizing;
  if (from === to) return same(resizing);
  const source = sources(resizing, alignCorners, round);
  const at = upTo(to).map((place) => Math.max(source(place), 0));
  const lower = at.map((value) => Math.min(Math.floor(value), from - 1));
  const share = at.map((value, i) => between(round(value - lower[i]), 0, 1));
  return {
    axis, places: [lower, lower.map((place) => Math.min(place + 1, from - 1))],
    weights: [share.map((each) => round(1 - each)), share],
  };
}

/** Keys' convolution up to a distance of 1, and up to 2. */
const near = (x: number, a: number): number => ((a + 2) * x - (a + 3)) * x * x + 1;
const far = (x: number, a: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;

/** The four places around; those beyond the ends are the ends. */
export function cubicTaps(resizing: Resizing, alignCorners: boolean, round: Round): Taps {
  const { axis, from, to } = resizing;
  const a = -0.75;
  const at = upTo(to).map(sources(resizing, alignCorners, round));
  const lower = at.map((value) => Math.min(Math.floor(value), from - 1));
  const share = at.map((value, i) => between(round(value - lower[i]), 0, 1));
  const weights = [(t: number) => far(t + 1, a), (t: number) => near(t, a), (t: number) => near(1 - t, a), (t: number) => far(2 - t, a)];
  return {
    axis, places: weights.map((_, tap) => lower.map((place) => between(place + tap - 1, 0, from - 1))),
    weights: weights.map((weight) => share.map(weight)),
  };
}

/** A window on an axis by the distance from its middle, and how far it reaches. */
export interface Filter {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

export const filters: Readonly<Record<'bilinear' | 'bicubic' | 'lanczos', Filter>> = {
  bilinear: { reach: 1, weight: (x) => Math.max(1 - Math.abs(x), 0) },
  bicubic: {
    reach: 2,
    weight: (x) => {
      const distance = Math.abs(x);
      return distance < 1 ? near(distance, -0.5) : distance < 2 ? far(distance, -0.5) : 0;
    },
  },
  lanczos: { reach: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** All places that a filter reaches, which grows with the places that become one. */
export function filteredTaps(resizing: Resizing, { reach, weight }: Filter, alignCorners: boolean, round: Round): Taps {
  const { axis, from, to } = resizing;
  const scale = alignCorners ? (to > 1 ? round((from - 1) / (to - 1)) : 0) : scaleOf(resizing, round);
  const support = scale >= 1 ? round(reach * scale) : reach;
  const inverse = scale >= 1 ? round(1 / scale) : 1;
  const windows = upTo(to).map((place) => {
    const center = round(scale * (place + 0.5));
    const start = Math.max(Math.trunc(round(center - support + 0.5)), 0);
    const end = Math.min(Math.trunc(round(center + support + 0.5)), from);
    const weights = upTo(Math.max(end - start, 0)).map((k) => weight(round((k + start - center + 0.5) * inverse)));
    const total = weights.reduce((sum, each) => sum + each, 0);
    return { start, weights: total === 0 ? weights : weights.map((each) => each / total) };
  });
  return windowTaps(axis, from, windows);
}

/** Windows of several lengths as taps: what they lack weighs nothing. */
function windowTaps(axis: number, from: number, windows: readonly { readonly start: number; readonly weights: readonly number[] }[]): Taps {
  const taps = upTo(Math.max(1, ...windows.map(({ weights }) => weights.length)));
  return {
    axis, places: taps.map((tap) => windows.map(({ start }) => Math.min(start + tap, from - 1))),
    weights: taps.map((tap) => windows.map(({ weights }) => weights[tap] ?? 0)),
  };
}

/** The mean of all places that lie in a new one, if only in part. */
export function areaTaps({ axis, from, to }: Resizing): Taps {
  return windowTaps(axis, from, upTo(to).map((place) => {
    const start = Math.floor(place * from / to);
    const count = Math.ceil((place + 1) * from / to) - start;
    return { start, weights: new Array<number>(count).fill(1 / count) };
  }));
}
