import { callable } from '../../core/callable.ts';
import { MT19937 as Mt19937Class, PCG64 as Pcg64Class, SeedSequence as SeedSequenceClass } from './bitGenerators.ts';
import { Generator as GeneratorClass } from './generator.ts';
import { RandomState as RandomStateClass } from './randomState.ts';

/** `np.random`: NumPy's streams of random numbers, equal to NumPy's to the bit. */
export type { Shufflable } from './arrays.ts';
export type { BitGenerator, Entropy, MT19937State, PCG64State } from './bitGenerators.ts';
export type { Sampler, Sampler1, Sampler2, Sampler3, Size } from './draw.ts';
export * from './functions.ts';
export * from './sharedDistributions.ts';
export { default_rng } from './generator.ts';
export type { ExponentialOptions, FloatOptions, FloatSampler, GeneratorChoiceOptions, IntegersOptions } from './generator.ts';
export type { ChoiceOptions, RandintOptions, RandomSeed, StateRecord, StateTuple } from './streamState.ts';

// Classes that are also called without `new`, as in Python.
/** NumPy's legacy generator. Source: numpy.random.RandomState. */
export const RandomState = callable('RandomState', RandomStateClass);
export type RandomState = RandomStateClass;
/** Distributions over a bit generator. Source: numpy.random.Generator. */
export const Generator = callable('Generator', GeneratorClass);
export type Generator = GeneratorClass;
/** Source: numpy.random.PCG64. */
export const PCG64 = callable('PCG64', Pcg64Class);
export type PCG64 = Pcg64Class;
/** Source: numpy.random.MT19937. */
export const MT19937 = callable('MT19937', Mt19937Class);
export type MT19937 = Mt19937Class;
/** Spreads a seed over the state of a bit generator. Source: numpy.random.SeedSequence. */
export const SeedSequence = callable('SeedSequence', SeedSequenceClass);
export type SeedSequence = SeedSequenceClass;
