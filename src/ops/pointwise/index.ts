export * from './arithmetic.ts';
export * from './bitwise.ts';
export * from './comparison.ts';
export * from './elementary.ts';
export * from './activation.ts';
export * from './special/index.ts';
import './composition.ts';
