/**
 * Memory that hangs on JavaScript objects, and how it is known that they were dropped. Within one job the language tells nobody, and
 * finalizers run after it. Node, Deno and Bun have means of their own: objects that weak references were made to are kept until a
 * microtask checkpoint, which a script in a context of its own ends with; after that the engine can be asked to collect, and then
 * the references are empty. Where there are no such means, finalizers tell.
 */

/** An engine that collects when it is asked. */
export interface Engine {
  /** Lets go of the objects that weak references were made to or read in this job. */
  releaseKept(): void;
  /** Collects all garbage there is. */
  collect(): void;
  /** Collects what died young, in a small part of the time; null where weak references do not show it (before Node 26). */
  readonly collectYoung: (() => void) | null;
  /** Bytes of living and dead JavaScript objects. */
  heapBytes(): number;
}

/** What is asked of the globals and modules of Node, Deno and Bun. */
interface Globals {
  readonly gc?: (options?: { readonly type: 'minor' }) => void;
  readonly Bun?: { gc(synchronous: boolean): void };
  readonly process?: {
    getBuiltinModule?(name: string): unknown;
    memoryUsage?(): { readonly heapUsed: number };
  };
}
interface V8 {
  setFlagsFromString(flags: string): void;
  getHeapStatistics(): { readonly used_heap_size: number };
}
interface Vm {
  createContext(contextObject: object, options: { readonly microtaskMode: 'afterEvaluate' }): object;
  readonly Script: new (code: string) => { runInContext(context: object): unknown };
}

/** Whether there are means, as far as it can be told without opening them, which takes a millisecond. */
export function mayCollect(): boolean {
  const { Bun, process } = globalThis as Globals;
  return Bun !== undefined || process?.getBuiltinModule !== undefined;
}

/** Engines differ in whether a collection of young objects empties weak references. One that does may keep the first that it is shown. */
function showsWhatDiedYoung(releaseKept: () => void, collectYoung: () => void): boolean {
  const isShown = (): boolean => {
    const dropped = Array.from({ length: 4 }, () => new WeakRef({}));
    releaseKept();
    collectYoung();
    return dropped.some((each) => each.deref() === undefined);
  };
  return isShown() || isShown() || isShown();
}

function openEngine(): Engine | null {
  const { Bun, process } = globalThis as Globals;
  if (Bun !== undefined) {
    return { releaseKept() {}, collect: () => Bun.gc(true), collectYoung: null, heapBytes: () => process!.memoryUsage!().heapUsed };
  }
  const v8 = process?.getBuiltinModule?.('node:v8') as V8 | undefined;
  const vm = process?.getBuiltinModule?.('node:vm') as Vm | undefined;
  if (v8 === undefined || vm === undefined) return null;
  const { gc: exposed } = globalThis as Globals;
  let context: object;
  try {
    // A context that is made while the flag is set has the function; nobody else sees either.
    if (exposed === undefined) v8.setFlagsFromString('--expose-gc');
    context = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
  } finally {
    if (exposed === undefined) v8.setFlagsFromString('--no-expose-gc');
  }
  const collect = exposed ?? new vm.Script('gc').runInContext(context) as NonNullable<Globals['gc']>;
  const nothing = new vm.Script('0');
  const releaseKept = (): void => void nothing.runInContext(context);
  const collectYoung = (): void => collect({ type: 'minor' });
  return {
    releaseKept,
    collect: () => collect(),
    collectYoung: showsWhatDiedYoung(releaseKept, collectYoung) ? collectYoung : null,
    heapBytes: () => v8.getHeapStatistics().used_heap_size,
  };
}

/** The engine's means, null where it has none. */
export function findEngine(): Engine | null {
  try {
    return openEngine();
  } catch {
    // A host that forbids it, or has modules of these names that do less.
    return null;
  }
}
