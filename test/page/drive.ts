import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../devices/machine.ts';

/** Opens the page in Chromium, follows it at its attributes and uses it as a person would. */

const plain = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
/** Without these a headless Chromium finds no adapter. */
const software = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export const executablePath = chromiumPath();

export function launch(webgpu: boolean): Promise<Browser> {
  if (executablePath === null) throw new Error('there is no Chromium to test in: install it, or name it in FLAMBEAU_CHROMIUM');
  return chromium.launch({ executablePath, headless: true, args: webgpu ? [...plain, ...software] : plain });
}

type Point = readonly [x: number, y: number];

/** Part of an ellipse, clockwise from one angle to another, in degrees; 0 is on the right. */
const arc = (x: number, y: number, width: number, height: number, from: number, to: number): Point[] =>
  Array.from({ length: 25 }, (_, i) => (from + (i / 24) * (to - from)) * Math.PI / 180)
    .map((angle) => [x + width * Math.cos(angle), y + height * Math.sin(angle)]);

/** Digits as strokes, in shares of the pad. */
export const handwriting: Readonly<Record<number, readonly (readonly Point[])[]>> = {
  0: [arc(0.5, 0.5, 0.22, 0.32, -90, 270)],
  1: [[[0.53, 0.15], [0.49, 0.85]]],
  3: [[...arc(0.47, 0.33, 0.2, 0.165, -150, 90), ...arc(0.47, 0.665, 0.22, 0.17, -90, 150)]],
  7: [[[0.28, 0.22], [0.5, 0.22], [0.72, 0.22], [0.62, 0.4], [0.52, 0.6], [0.43, 0.85]]],
};

export interface Attributes {
  readonly state: string;
  readonly device: string;
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly reading: string;
}

export class Visit {
  readonly page: Page;
  /** What must stay empty: errors on the console, and requests to other servers. */
  readonly errors: string[] = [];
  readonly strangers: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) this.strangers.push(request.url());
    });
  }

  /** `prepare` runs on the page before its own scripts. */
  static async begin(browser: Browser, url: string, options: BrowserContextOptions, prepare?: () => void): Promise<Visit> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const visit = new Visit(page, url);
    if (prepare !== undefined) await page.addInitScript(prepare);
    // Every loss that the page tells, in order.
    await page.addInitScript(() => {
      const losses: number[] = [];
      Object.assign(globalThis, { losses });
      new MutationObserver((changes) => {
        for (const { target, attributeName } of changes) {
          const { loss } = (target as HTMLElement).dataset;
          if (attributeName === 'data-loss' && loss) losses.push(Number(loss));
        }
      }).observe(document, { subtree: true, attributeFilter: ['data-loss'] });
    });
    await page.goto(url);
    await visit.until(({ state, accuracy }) => state === 'failed' || (state === 'ready' && accuracy > 0), 'the page is ready');
    return visit;
  }

  async attributes(): Promise<Attributes> {
    const { state, device, reading, step, loss, accuracy } =
      await this.page.locator('#page').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
    const number = (text: string | undefined): number => (text ? Number(text) : Number.NaN);
    return {
      state: state ?? '', device: device ?? '', reading: reading ?? '', step: number(step), loss: number(loss), accuracy: number(accuracy),
    };
  }

  losses(): Promise<number[]> {
    return this.page.evaluate(() => (globalThis as unknown as { losses: number[] }).losses);
  }

  /** Waits until the page is in a state; says in which it stayed otherwise. */
  async until(reached: (attributes: Attributes) => boolean, what: string, milliseconds = 40_000): Promise<Attributes> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const attributes = await this.attributes();
      if (reached(attributes)) return attributes;
      if (performance.now() > deadline) {
        const notice = await this.page.textContent('#notice');
        throw new Error(`not after ${milliseconds / 1000} s: ${what}; ${JSON.stringify(attributes)} ${notice}; ${this.errors.join('; ')}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Presses one of the two sides of the device switch. */
  choose(device: 'cpu' | 'webgpu'): Promise<void> {
    return this.page.locator(`label:has(input[value=${device}])`).click();
  }

  /** Draws a digit with the mouse and returns what the model takes it for. */
  async draw(digit: number): Promise<string> {
    const { page } = this;
    await page.click('#clear');
    const pad = page.locator('#pad');
    await pad.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await pad.boundingBox())!;
    for (const stroke of handwriting[digit]) {
      const [first, ...rest] = stroke.map(([across, down]): Point => [x + across * width, y + down * height]);
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(...point, { steps: 4 });
      await page.mouse.up();
    }
    return (await this.until(({ reading }) => reading !== '', `the model has read the ${digit}`)).reading;
  }

  screenshot(name: string, whole = true): Promise<Buffer> {
    return this.page.screenshot({ path: join(import.meta.dirname, `screenshots/${name}.png`), fullPage: whole });
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
