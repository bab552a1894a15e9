export type { IndexArgument, IndexList } from '../core/indexing/index.ts';
export type { Dialect } from '../core/indexing/index.ts';
export type { ScatterOptions } from './indexing/along.ts';
export { gatherAlong, scatterAlong } from './indexing/along.ts';
export type { AssignOptions } from './indexing/assign.ts';
export { assign } from './indexing/assign.ts';
export { index } from './indexing/read.ts';
export type { TakeMode } from './indexing/select.ts';
export { indexSelect, maskedFill, maskedSelect, nonzero, take } from './indexing/select.ts';
