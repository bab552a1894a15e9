import type { Workshop } from './workshop.ts';

/** What one use of the package printed, and what it had to print. */
export interface Result {
  readonly what: string;
  readonly printed: readonly string[];
  readonly wanted: readonly string[];
}

/** One stranger who uses the packed package: a runtime, a bundler, a browser, a test tool, a compiler. */
export interface Consumer {
  readonly name: string;
  /** Takes long, and shows little that the others do not: only with `--all`, or where it is named. */
  readonly long?: boolean;
  /** Throws where the package cannot be used at all. */
  run(workshop: Workshop): Promise<readonly Result[]>;
}

/** What this machine cannot bring: it is said, and is neither passed nor failed. */
export class Unavailable extends Error {}

/** A use that prints nothing: it passed if it came to its end. */
export const passed = (what: string): Result => ({ what, printed: [], wanted: [] });

const computed = [
  'numpy 15',
  'training converges',
  'ValueError: operands could not be broadcast together with shapes (3,) (4,) ',
  'simd true',
];

/** What test/consumers/program.ts prints, by what it finds. */
export const lines = {
  withGpu: [...computed, 'webgpu 108'],
  withoutDawn: (runtime: string): string[] =>
    [...computed, `RuntimeError: WebGPU under ${runtime} needs the package webgpu, version 0.6.2 or later: npm install webgpu`],
  never: (where: string): string[] => [...computed, `RuntimeError: ${where} have no GPU`],
  withoutGpu: [
    ...computed,
    'RuntimeError: this browser offers no WebGPU: '
      + 'it needs a recent Chrome, Edge, Firefox or Safari and a page served over https or from localhost',
  ],
};

export const linesOf = (text: string): string[] => text.trimEnd().split('\n');
