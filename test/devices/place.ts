import { describe, inject } from 'vitest';
import { backendOf } from '../../src/backend/select.ts';
import type { Backend } from '../../src/backend/backend.ts';
import { webgpu } from '../../src/core/device.ts';
import * as flambeau from '../../src/index.ts';

/** The GPU that these suites run on. Where there is none they are skipped, or fail where one is required. */

declare module 'vitest' {
  interface ProvidedContext {
    where: 'dawn' | 'chromium';
    requireGpu: boolean;
    /** Whether Dawn and Chromium share what takes long. */
    shared: boolean;
  }
}

export const where = inject('where');

/** Whether all parts are tried in both places, as FLAMBEAU_THOROUGH=1 asks before a change is taken. */
export const thorough = !inject('shared');

/**
 * Whether this is the place for one of several parts, by its number. Most of the time goes into compiling kernels, whose text is the same
 * in both places, so they share them: every third is for Chromium, which takes longer.
 */
export const isHere = (part: number): boolean => thorough || (part % 3 === 2) === (where === 'chromium');

/** Whether a part is tried in every form; a fourth of them stand for the rest. */
export const inEveryForm = (part: number): boolean => thorough || part % 4 < 1;

async function open(): Promise<{ readonly adapter: string } | { readonly missing: string }> {
  try {
    const { gpu } = await flambeau.init({ webgpu: true });
    return { adapter: gpu! };
  } catch (error) {
    if (inject('requireGpu')) throw error;
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

export const opened = await open();

export const place = webgpu(0);
export const backend = (): Backend => backendOf(place);

/** A suite that needs the GPU; its `for` would run even where it is skipped, `each` does not. */
export const onGpu = describe.skipIf('missing' in opened);

/** A file of this folder's under Node, and what the test server gives in the browser, which would rewrite a URL made of both at once. */
const here = import.meta.url;

/** The bytes of a fixture, by its path under test/fixtures. */
export async function fixture(path: string): Promise<Uint8Array> {
  const url = new URL(`../fixtures/${path}`, here);
  if (url.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises');
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export const jsonFixture = async <T>(path: string): Promise<T> => JSON.parse(new TextDecoder().decode(await fixture(path))) as T;

