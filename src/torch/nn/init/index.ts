/** First values of parameters, in place and outside of every graph. Source: torch.nn.init. */

export * from './fills.ts';
export * from './deprecated.ts';
export { dirac_, orthogonal_, sparse_, trunc_normal_ } from './shaped.ts';
