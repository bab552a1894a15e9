export * from './bessel.ts';
export * from './gamma.ts';
export * from './normal.ts';
export * from './sinc.ts';
export { zeta } from './zeta.ts';
