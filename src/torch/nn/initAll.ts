/** First values of parameters, in place and outside of every graph. Source: torch.nn.init. */

export * from './init.ts';
export * from './initDeprecated.ts';
export { dirac_, orthogonal_, sparse_, trunc_normal_ } from './initShaped.ts';
