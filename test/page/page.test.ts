import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../scripts/page/site.ts';
import type { FolderServer } from '../../scripts/serveFolder.ts';
import { serveFolder } from '../../scripts/serveFolder.ts';
import { Visit, executablePath, handwriting, launch } from './drive.ts';

/** The page of examples/browser in Chromium, with WebGPU on SwiftShader and without it. */

const { CI, FLAMBEAU_REQUIRE_GPU, FLAMBEAU_THOROUGH } = process.env;
const required = FLAMBEAU_REQUIRE_GPU === '1' || (CI !== undefined && CI !== '' && CI !== 'false');
const desktop = { viewport: { width: 1280, height: 1000 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

describe.skipIf(executablePath === null && !required)('the page', () => {
  let folder: string;
  let server: FolderServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flambeau-page-'));
    await buildSite(folder);
    server = await serveFolder(folder, 0);
  }, 60_000);

  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function visited(webgpu: boolean, body: (browser: Browser) => Promise<void>): Promise<void> {
    const browser = await launch(webgpu);
    try {
      await body(browser);
    } finally {
      await browser.close();
    }
  }

  /** What holds of every visit. */
  async function endCleanly(visit: Visit): Promise<void> {
    expect(visit.errors).toEqual([]);
    expect(visit.strangers).toEqual([]);
    const overflow = await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
    await visit.end();
  }

  async function expectFalling(visit: Visit): Promise<void> {
    const losses = await visit.losses();
    expect(losses[0]).toBeGreaterThan(1.5);
    const last = losses.slice(-4);
    expect(last.reduce((sum, loss) => sum + loss, 0) / last.length).toBeLessThan(losses[0] / 3);
  }

  test('trains on the GPU, goes on on the CPU and back, and reads what is drawn', async () => {
    await visited(true, async (browser) => {
      const visit = await Visit.begin(browser, server.url, { ...desktop, colorScheme: 'light' });
      const { page } = visit;
      const start = await visit.attributes();
      expect(start).toMatchObject({ state: 'ready', device: 'webgpu', step: 0 });
      expect(start.accuracy).toBeLessThan(0.3);
      expect(await page.textContent('#device-name')).toMatch(/WebGPU.*swiftshader/i);
      expect(await page.locator('#notice').isVisible()).toBe(false);

      await page.click('#toggle');
      await visit.until(({ step, accuracy }) => step >= 60 && accuracy > 0.75, 'the GPU has learnt something');
      expect((await visit.attributes()).device).toBe('webgpu');
      await expectFalling(visit);
      await visit.screenshot('gpu');
      expect(await page.textContent('#program')).toContain('await init({ webgpu: true });');
      expect(await page.locator('#program mark').count()).toBe(5);

      await visit.choose('cpu');
      const moved = await visit.until(({ device }) => device === 'cpu', 'the model is on the CPU');
      expect(await page.textContent('#program')).not.toContain('webgpu');
      expect(await page.locator('#program mark').count()).toBe(0);
      expect(moved.step).toBeGreaterThanOrEqual(60);
      const later = await visit.until(({ step }) => step >= moved.step + 20, 'the CPU goes on');
      expect(later.loss).toBeLessThan(0.8);
      await visit.until(({ accuracy, step }) => step >= 900 && accuracy > 0.94, 'the CPU has learnt most of it');

      await visit.choose('webgpu');
      const back = await visit.until(({ device }) => device === 'webgpu', 'the model is on the GPU again');
      await visit.until(({ step, loss }) => step >= back.step + 8 && loss < 0.4, 'the GPU goes on');
      await page.click('#toggle');
      await visit.until(({ state }) => state === 'paused', 'the training pauses');
      for (const digit of Object.keys(handwriting)) expect(await visit.draw(Number(digit))).toBe(digit);
      const paused = await visit.attributes();
      expect(await page.locator('.bar.best .bar-digit').textContent()).toBe(paused.reading);
      expect(await page.locator('#loss-chart .mark-name').allTextContents()).toEqual(['on the CPU', 'on the GPU']);
      await visit.screenshot('gpu-cpu-gpu');

      await page.click('#reset');
      await visit.until(({ state, step, accuracy }) => state === 'ready' && step === 0 && accuracy < 0.3, 'all is forgotten');
      await endCleanly(visit);
    });
  }, 120_000);

  test('says what it lacks without a GPU', async () => {
    await visited(false, async (browser) => {
      const visit = await Visit.begin(browser, server.url, { ...phone, colorScheme: 'dark' });
      expect(await visit.attributes()).toMatchObject({ state: 'ready', device: 'cpu', step: 0 });
      expect(await visit.page.textContent('#notice')).toMatch(/found no GPU/);
      await endCleanly(visit);

      const older = await Visit.begin(browser, server.url, { ...desktop, colorScheme: 'dark' }, () => {
        Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
      });
      expect(await older.page.textContent('#notice')).toMatch(/offers no WebGPU/);
      await older.page.click('#toggle');
      await older.until(({ accuracy }) => accuracy > 0.9, 'the CPU learns');
      await older.screenshot('cpu-dark');
      await endCleanly(older);
    });
  }, 120_000);

  test('shows the pad at once, gives its install line, and leads to the documentation', async () => {
    await visited(false, async (browser) => {
      const visit = await Visit.begin(browser, server.url, { viewport: { width: 1280, height: 800 } });
      const { page } = visit;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const { y, height } = (await page.locator('#pad').boundingBox())!;
      expect(y + height).toBeLessThan(800);

      await page.click('[data-copy=install]');
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm install flambeau');
      await page.click('[data-copy=program]');
      await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('optimizer.step();\n}'));

      await page.getByRole('link', { name: 'Documentation' }).click();
      await page.getByRole('link', { name: 'truthiness' }).click();
      expect(await page.textContent('h1')).toBe('Truthiness');
      await endCleanly(visit);
    });
  }, 60_000);

  test.runIf(FLAMBEAU_THOROUGH === '1')('learns on the CPU alone', async () => {
    await visited(false, async (browser) => {
      const visit = await Visit.begin(browser, server.url, { ...phone, colorScheme: 'dark' });
      const { page } = visit;
      await page.click('#toggle');
      await visit.until(({ step, accuracy }) => step >= 900 && accuracy > 0.94, 'the CPU has learnt most of it');
      await expectFalling(visit);
      for (const digit of [0, 7]) expect(await visit.draw(digit)).toBe(String(digit));

      // The GPU is refused, the training goes on.
      const { step } = await visit.attributes();
      await visit.choose('webgpu');
      await page.getByText('The CPU goes on').waitFor();
      await visit.until((now) => now.device === 'cpu' && (now.state === 'rested' || now.step > step), 'the CPU goes on');
      expect(await page.locator('input[value=cpu]').isChecked()).toBe(true);
      expect(await page.locator('.mark').count()).toBe(0);

      // What the grid says of a digit is what the pad says of it.
      await visit.until(({ state }) => state === 'rested', 'ten rounds are over');
      const cells = page.locator('.digit');
      expect(await cells.count()).toBe(60);
      expect(await page.locator('.digit[data-right=true]').count()).toBeGreaterThan(52);
      const said = await cells.first().locator('.said').textContent();
      await cells.first().locator('button').click();
      expect((await visit.until(({ reading }) => reading !== '', 'the test digit is read')).reading).toBe(said);
      await page.locator('label:has(input[value=mistakes])').click();
      expect(await page.locator('.digit[data-right=true]').count()).toBe(0);
      expect(await page.locator('.digit[data-right=false]').count()).toBeGreaterThan(10);
      await page.locator('label:has(input[value=all])').click();
      await visit.screenshot('cpu-phone');
      await endCleanly(visit);
    });
  }, 120_000);

  // A loss itself is tested in test/devices/errors.test.ts as well.
  test.runIf(FLAMBEAU_THOROUGH === '1')('goes on on the CPU when the GPU is lost, and takes a new one when asked to', async () => {
    await visited(true, async (browser) => {
      const visit = await Visit.begin(browser, server.url, desktop, () => {
        const devices: GPUDevice[] = [];
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (options) {
          const device = await requestDevice.call(this, options);
          devices.push(device);
          return device;
        };
        Object.assign(globalThis, { devices });
      });
      const { page } = visit;
      await page.click('#toggle');
      const before = await visit.until(({ step, loss }) => step >= 25 && loss > 0, 'the GPU trains');
      await page.evaluate(() => (globalThis as unknown as { devices: GPUDevice[] }).devices[0].destroy());
      const after = await visit.until(({ device }) => device === 'cpu', 'the loss is noticed');
      expect(await page.textContent('#notice')).toMatch(/The GPU was lost: .*The CPU goes on from step/);
      expect(after.state).toBe('running');
      await visit.until(({ step, accuracy }) => step > before.step + 200 && accuracy > 0.85, 'the CPU goes on');

      await visit.choose('webgpu');
      const { step } = await visit.until(({ device }) => device === 'webgpu', 'a new GPU is taken');
      expect(await page.locator('#notice').isVisible()).toBe(false);
      await visit.until((now) => now.step >= step + 8 && now.loss < 0.8, 'the new GPU goes on');
      await endCleanly(visit);
    });
  }, 90_000);
});
