import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import type { Covered } from '../covering.ts';
import { chromiumPath } from './machine.ts';
import type { PlaceReport, Report } from './report.ts';
import { places, reportFile } from './report.ts';

/** Counts the tests of each place and notes what they covered, for `npm test` and for docs/reference/devices.md. */
export default class DeviceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran: Partial<Record<string, PlaceReport>> = {};
    for (const place of places) {
      const own = modules.filter(({ project }) => project.name === place || project.name === `${place} apart`);
      if (own.length === 0) continue;
      const tests = own.flatMap((module) => [...module.children.allTests()]);
      const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
      const metas = tests.map((test) => test.meta());
      ran[place] = {
        passed: count('passed'),
        // A file that could not even start counts as one.
        failed: count('failed') + own.filter((module) => module.errors().length > 0).length,
        skipped: count('skipped'),
        seconds: Math.round(own.reduce((sum, module) => sum + module.diagnostic().duration, 0) / 100) / 10,
        adapter: place === 'cpu' ? 'WebAssembly' : metas.find(({ adapter }) => adapter !== undefined)?.adapter ?? null,
        missing: metas.find(({ missing }) => missing !== undefined)?.missing ?? null,
        covered: tests.filter((test) => test.result().state === 'passed').map((test) => test.meta().covered)
          .filter((covered): covered is Covered => covered !== undefined),
      };
    }
    if (ran.chromium === undefined && chromiumPath() === null) {
      const missing = 'no Chromium was found; install it, or name it in FLAMBEAU_CHROMIUM';
      ran.chromium = { passed: 0, failed: 0, skipped: 0, seconds: 0, adapter: null, missing, covered: [] };
    }
    mkdirSync(dirname(reportFile), { recursive: true });
    const whole = process.env.FLAMBEAU_WHOLE_TEST === '1';
    const thorough = process.env.FLAMBEAU_THOROUGH === '1';
    writeFileSync(reportFile, JSON.stringify({ whole, thorough, places: ran } satisfies Report));
  }
}
