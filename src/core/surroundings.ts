/** Where a program runs, by the names that its author knows. */

interface Globals {
  readonly Bun?: { readonly version?: string };
  readonly Deno?: { readonly version?: { readonly deno?: string } };
  readonly EdgeRuntime?: unknown;
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly versions?: { readonly node?: string }; readonly type?: string };
  readonly document?: unknown;
  readonly ServiceWorkerGlobalScope?: unknown;
  readonly WorkerGlobalScope?: unknown;
}

export type SurroundingsKind =
  'bun' | 'deno' | 'workerd' | 'edge-light' | 'node' | 'service worker' | 'worker' | 'browser page' | 'unknown';

export interface Surroundings {
  readonly kind: SurroundingsKind;
  /** Of the runtime, where it tells. */
  readonly version: string | null;
}

/** Those that look like Node, since programs for Node are to run there, come before it. */
export function surroundings(globals: object = globalThis): Surroundings {
  const { Bun, Deno, EdgeRuntime, navigator, process, document, ServiceWorkerGlobalScope, WorkerGlobalScope } = globals as Globals;
  const of = (kind: SurroundingsKind, version: string | null = null): Surroundings => ({ kind, version });
  if (Bun !== undefined) return of('bun', Bun.version);
  if (Deno !== undefined) return of('deno', Deno.version?.deno);
  if (navigator?.userAgent === 'Cloudflare-Workers') return of('workerd');
  if (EdgeRuntime !== undefined) return of('edge-light');
  // A window of Electron has Node as well, and is a page.
  const node = process?.versions?.node;
  if (node !== undefined && process?.type !== 'renderer') return of('node', node);
  if (ServiceWorkerGlobalScope !== undefined) return of('service worker');
  if (WorkerGlobalScope !== undefined) return of('worker');
  return of(document === undefined ? 'unknown' : 'browser page');
}
