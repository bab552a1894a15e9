import { join } from 'node:path';
import type { Covered } from '../covering.ts';

/** What the last run of the suites did, by the place where they ran. */

export const places = ['cpu', 'dawn', 'chromium'] as const;
export type Place = (typeof places)[number];

export interface PlaceReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** What computed; null where nothing did. */
  readonly adapter: string | null;
  /** Why there was no device; null where there was one. */
  readonly missing: string | null;
  readonly covered: readonly Covered[];
}

export interface Report {
  /** Whether all tests were asked for. */
  readonly whole: boolean;
  /** Whether both GPUs ran everything; otherwise they shared it. */
  readonly thorough: boolean;
  /** Places where nothing was asked to run are left out. */
  readonly places: Readonly<Partial<Record<string, PlaceReport>>>;
}

export const reportFile = join(import.meta.dirname, '../../build/devices.json');

const titles: Readonly<Record<Place, string>> = { cpu: 'cpu', dawn: 'webgpu in Dawn under Node', chromium: 'webgpu in Chromium' };

/** A line for each place that says how many tests ran on which device. */
export function summary(report: Report): string {
  return places.map((place) => {
    const ran = report.places[place];
    if (ran === undefined) return `${titles[place]}: not asked for`;
    if (ran.missing !== null) return `${titles[place]}: SKIPPED, nothing was tested there: ${ran.missing}`;
    const rest = `${ran.failed === 0 ? '' : `, ${ran.failed} FAILED`}${ran.skipped === 0 ? '' : `, ${ran.skipped} skipped`}`;
    return `${titles[place]} (${ran.adapter ?? 'no device opened'}): ${ran.passed} tests passed${rest} in ${ran.seconds} s`;
  }).join('\n');
}
