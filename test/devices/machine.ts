import { existsSync } from 'node:fs';

/** What of the tools for testing on GPUs this machine has. */

const places = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that GPU suites run in: that which FLAMBEAU_CHROMIUM names, else one in its usual place; null where there is none. */
export function chromiumPath(): string | null {
  const named = process.env.FLAMBEAU_CHROMIUM;
  if (named !== undefined && !existsSync(named)) throw new Error(`FLAMBEAU_CHROMIUM names ${named}, which does not exist`);
  return named ?? places.find((path) => existsSync(path)) ?? null;
}
