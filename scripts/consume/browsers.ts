import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../test/devices/machine.ts';
import { Unavailable } from './consumer.ts';
import { cachedPackage, systemProgram } from './package.ts';
import { freePort } from './serving.ts';

/** The browsers that pages are opened in. */

/** An open page; what it complains of goes to the one who opened it. */
export interface OpenPage {
  readonly version: string;
  close(): Promise<void>;
}

export type OpenBrowser = (url: string, complain: (text: string) => void) => Promise<OpenPage>;

/** Chromium with its own software driver, so that there is a GPU everywhere. */
export const openChromium: OpenBrowser = async (url, complain) => {
  const executablePath = chromiumPath() ?? systemProgram('/usr/bin/chromium', ['chromium', 'libvulkan1']);
  if (executablePath === null) throw new Unavailable('there is no Chromium: install it, or name its program in FLAMBEAU_CHROMIUM');
  const args = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();
  page.on('console', (message) => complain(message.text()));
  page.on('pageerror', (error) => complain(String(error)));
  await page.goto(url, { waitUntil: 'load' });
  return { version: `Chromium ${browser.version()}`, close: () => browser.close() };
};

/** What is used of puppeteer-core, which speaks WebDriver BiDi. */
interface Puppeteer {
  launch(options: { readonly browser: 'firefox'; readonly executablePath: string; readonly headless: boolean }): Promise<{
    version(): Promise<string>;
    close(): Promise<void>;
    newPage(): Promise<{
      on(event: 'console', hear: (message: { text(): string }) => void): void;
      on(event: 'pageerror', hear: (error: unknown) => void): void;
      goto(url: string): Promise<unknown>;
    }>;
  }>;
}

export const openFirefox: OpenBrowser = async (url, complain) => {
  const executablePath = process.env.FLAMBEAU_FIREFOX ?? systemProgram('/usr/bin/firefox-esr', ['firefox-esr']);
  if (executablePath === null) throw new Unavailable('there is no Firefox: install it, or name its program in FLAMBEAU_FIREFOX');
  const puppeteer = join(await cachedPackage('puppeteer-core', '24'), 'lib/esm/puppeteer/puppeteer-core.js');
  const { launch } = await import(pathToFileURL(puppeteer).href) as Puppeteer;
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  page.on('console', (message) => complain(message.text()));
  page.on('pageerror', (error) => complain(String(error)));
  await page.goto(url);
  return { version: (await browser.version()).replace('/', ' '), close: () => browser.close() };
};

/** The small browser that comes with WebKit, in a folder that its version and the machine name. */
async function miniBrowser(): Promise<string | null> {
  const libraries = '/usr/lib';
  if (!existsSync(libraries)) return null;
  for (const machine of (await readdir(libraries)).filter((name) => name.endsWith('-linux-gnu'))) {
    for (const version of ['4.1', '6.0', '4.0']) {
      const path = join(libraries, machine, `webkit2gtk-${version}/MiniBrowser`);
      if (existsSync(path)) return path;
    }
  }
  return null;
}

/** Starts Xvfb, which says on which display it is. */
async function openDisplay(): Promise<{ readonly name: string; close(): void }> {
  const program = systemProgram('/usr/bin/Xvfb', ['xvfb']);
  if (program === null) throw new Unavailable('there is no Xvfb for the browser to draw on');
  const options = ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'];
  const server = spawn(program, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise<string>((resolve, reject) => {
    let printed = '';
    server.stdout.on('data', (data) => {
      printed += String(data);
      if (printed.includes('\n')) resolve(printed.trim());
    });
    server.once('exit', () => reject(new Error('Xvfb does not start')));
  });
  return { name: `:${number}`, close: () => void server.kill() };
}

/** One command of WebDriver; its answer's value. */
async function command(method: 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { value } = await response.json() as { value: unknown };
  if (!response.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
  return value;
}

interface Session {
  readonly sessionId: string;
  readonly capabilities: { readonly browserVersion: string };
}

/** Opens a session as soon as the driver listens, which takes it a moment. */
async function openSession(driver: string, capabilities: object): Promise<Session> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    try {
      return await command('POST', `${driver}/session`, { capabilities }) as Session;
    } catch (error) {
      if (!(error instanceof TypeError) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A page whose script does not run says nothing here: WebDriver has no way to hear it. */
export const openWebKit: OpenBrowser = async (url) => {
  const driver = systemProgram('/usr/bin/WebKitWebDriver', ['webkit2gtk-driver', 'libwebkit2gtk-4.1-0', 'libgl1-mesa-dri']);
  const binary = await miniBrowser();
  if (driver === null || binary === null) throw new Unavailable('there is no WebKitWebDriver with its MiniBrowser');
  const display = await openDisplay();
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore', detached: true, env: { ...process.env, DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const close = (): void => {
    if (server.exitCode === null) process.kill(-server.pid!);
    display.close();
  };
  try {
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } };
    const { sessionId, capabilities: { browserVersion } } = await openSession(`http://127.0.0.1:${port}`, capabilities);
    const base = `http://127.0.0.1:${port}/session/${sessionId}`;
    await command('POST', `${base}/url`, { url });
    return {
      version: `WebKitGTK ${browserVersion}`,
      close: () => command('DELETE', base).catch(() => null).then(close),
    };
  } catch (error) {
    close();
    throw error;
  }
};
