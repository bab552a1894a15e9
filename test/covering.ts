import { TestRunner } from 'vitest';

/** What a test of an op covers, for the table of devices: docs/reference/devices.md. */
export interface Covered {
  readonly op: string;
  readonly dtypes: readonly string[];
  readonly what: 'forward' | 'gradient' | 'refused';
}

declare module 'vitest' {
  interface TaskMeta {
    covered?: Covered;
    /** The GPU that a project's tests run on, or why there is none. */
    adapter?: string;
    missing?: string;
  }
}

/** Notes what the running test covers, should it pass. */
export function covers(op: string, dtypes: readonly string[], what: Covered['what'] = 'forward'): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error('covers() is for tests');
  test.meta.covered = { op, dtypes, what };
}
