export * from './bessel.ts';
export * from './gamma.ts';
export * from './normal.ts';
export * from './sinc.ts';
