/** `np.random`: NumPy's streams of random numbers, equal to NumPy's to the bit. */
export type { Shufflable } from './arrays.ts';
export { MT19937, PCG64, SeedSequence } from './bitGenerators.ts';
export type { BitGenerator, Entropy, MT19937State, PCG64State } from './bitGenerators.ts';
export type { Sampler, Sampler1, Sampler2, Size } from './draw.ts';
export * from './functions.ts';
export { Generator, default_rng } from './generator.ts';
export type { ExponentialOptions, FloatOptions, FloatSampler, GeneratorChoiceOptions, IntegersOptions } from './generator.ts';
export { RandomState } from './randomState.ts';
export type { ChoiceOptions, RandintOptions, RandomSeed, StateRecord, StateTuple } from './randomState.ts';
