import { serveFolder } from '../serveFolder.ts';
import type { OpenBrowser } from './browsers.ts';

/** Opens a page and waits for the lines that its program reports. */

const patience = 60_000;

export interface Visit {
  readonly lines: readonly string[];
  /** What the browser calls itself. */
  readonly version: string;
}

export interface VisitOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the page is, if another server than that of the folder has it: it reports to the folder's by its address. */
  readonly elsewhere?: string;
}

/** The page `name` of a folder of files. What the server did not have comes after the page's own lines. */
export async function visit(open: OpenBrowser, folder: string, name: string, options: VisitOptions = {}): Promise<Visit> {
  const missing: string[] = [];
  const complaints: string[] = [];
  let receive: (body: string) => void;
  const received = new Promise<string>((resolve) => {
    receive = resolve;
  });
  const { headers, elsewhere } = options;
  const server = await serveFolder(folder, 0, {
    headers, receive: (body) => receive(body), missing: (path) => missing.push(`asked for ${path}`),
  });
  try {
    const url = elsewhere === undefined ? server.url + name : `${elsewhere}?receiver=${encodeURIComponent(server.url)}`;
    const page = await open(url, (text) => complaints.push(text));
    let timer: NodeJS.Timeout;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patience);
    });
    const body = await Promise.race([received, late]).finally(() => clearTimeout(timer));
    await page.close();
    const lines = body === null ? [`nothing was reported in ${patience / 1000} s`, ...complaints] : JSON.parse(body) as string[];
    return { lines: [...lines, ...missing], version: page.version };
  } finally {
    await server.close();
  }
}
