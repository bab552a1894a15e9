/** Assertions about tensors: torch.testing. */
export { assert_close } from './assertClose.ts';
export type { AssertCloseArguments } from './assertClose.ts';
export { AssertionError } from '../../core/errors.ts';
