import { playwright } from '@vitest/browser-playwright';
import type { TestProjectConfiguration } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import { softwareGpu } from './scripts/softwareGpu.ts';
import { chromiumPath } from './test/devices/machine.ts';

/**
 * The suites of the sources run under Node; those of test/devices run on the GPU in two places more, in Dawn under Node and in
 * a browser. Both compute on SwiftShader, unless VK_ICD_FILENAMES chooses another driver for Dawn.
 *
 * Suites that only compute share a process with each other, and with it the modules, which is most of what a small file costs.
 * A suite that changes what all share (how arrays print, memory, modules), or starts programs, has a process of its own.
 */

const { FLAMBEAU_REQUIRE_GPU, FLAMBEAU_THOROUGH } = process.env;
const requireGpu = FLAMBEAU_REQUIRE_GPU === '1';
const executablePath = chromiumPath();
const shared = executablePath !== null && FLAMBEAU_THOROUGH !== '1';

/** One file after another in one place, so that the device is opened, and each kernel compiled, once. */
const onDevice = {
  include: ['test/devices/*.test.ts'],
  setupFiles: ['test/setup.ts'],
  isolate: false,
  maxWorkers: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  sequence: { groupOrder: 1 },
} as const;

const ownProcess = [
  'test/*.test.ts', 'test/{core,package,page,runtime,signatures,tools}/**/*.test.ts',
  'test/backend/beyond.test.ts', 'test/numpy/guessed.test.ts',
];

const onProcessor = {
  setupFiles: ['test/setup.ts'],
  // What tests build in copies of the project runs once.
  env: { FLAMBEAU_QUICK_BUILD: '1' },
  maxWorkers: 2,
  testTimeout: 60_000,
  sequence: { groupOrder: 0 },
} as const;

const projects: TestProjectConfiguration[] = [
  {
    test: {
      ...onProcessor,
      name: 'cpu',
      include: ['test/**/*.test.ts'],
      exclude: ['test/consumers/**', 'test/devices/**', ...ownProcess],
      isolate: false,
    },
  },
  { test: { ...onProcessor, name: 'cpu apart', include: ownProcess } },
  {
    test: {
      ...onDevice,
      name: 'dawn',
      // The driver's loader reads the environment of the process, which worker threads share.
      pool: 'forks',
      env: softwareGpu(),
      provide: { where: 'dawn', requireGpu, shared },
    },
  },
];

if (executablePath !== null) {
  projects.push({
    test: {
      ...onDevice,
      name: 'browser',
      provide: { where: 'chromium', requireGpu, shared },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath,
            args: [
              '--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--disable-quic', '--no-first-run',
              '--disable-background-networking', '--disable-component-update', '--disable-sync',
            ],
          },
        }),
        instances: [{ browser: 'chromium', name: 'chromium' }],
      },
    },
  });
} else if (requireGpu) {
  throw new Error('FLAMBEAU_REQUIRE_GPU is set and there is no Chromium to test in: install it, or name it in FLAMBEAU_CHROMIUM');
}

export default defineConfig({
  test: { projects, reporters: ['default', './test/devices/reporter.ts'] },
});
