/** Flambeau itself: what both façades share. */
export { info } from './runtime/info.ts';
export type { Info } from './runtime/info.ts';
