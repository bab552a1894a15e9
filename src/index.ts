/** Flambeau itself: what both façades share. */
export { init } from './runtime/init.ts';
export type { InitOptions } from './runtime/init.ts';
export { info } from './runtime/info.ts';
export type { Info } from './runtime/info.ts';
export { pack, unpack } from './runtime/messages.ts';
export type { PackOptions, Packed } from './runtime/messages.ts';
export { scope } from './runtime/scope.ts';
export { collect, getCollection, getMemoryBudget, setCollection, setMemoryBudget } from './runtime/memory.ts';
