export * from './arithmetic.ts';
export * from './bitwise.ts';
export * from './comparison.ts';
export * from './elementary.ts';
export * from './activation.ts';
import './composition.ts';
