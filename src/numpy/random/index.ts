import { callable } from '../../core/callable.ts';
import { BitGenerator as BitGeneratorClass } from './bits/bitGenerator.ts';
import { MT19937 as Mt19937Class } from './bits/mt19937.ts';
import { PCG64 as Pcg64Class, PCG64DXSM as Pcg64DxsmClass } from './bits/pcg64.ts';
import { Philox as PhiloxClass } from './bits/philox.ts';
import { NumpySeedSequence as SeedSequenceClass } from './bits/seedSequence.ts';
import { SFC64 as Sfc64Class } from './bits/sfc64.ts';
import { Generator as GeneratorClass } from './generator.ts';
import { RandomState as RandomStateClass } from './randomState.ts';

/** `np.random`: NumPy's streams of random numbers, equal to NumPy's to the bit. */
export type { Shufflable } from './arrays.ts';
export type { MT19937State } from './bits/mt19937.ts';
export type { PCG64DXSMState, PCG64State } from './bits/pcg64.ts';
export type { LargeInteger, PhiloxState } from './bits/philox.ts';
export type { Entropy } from './bits/seedSequence.ts';
export type { SFC64State } from './bits/sfc64.ts';
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
/** Source: numpy.random.PCG64DXSM. */
export const PCG64DXSM = callable('PCG64DXSM', Pcg64DxsmClass);
export type PCG64DXSM = Pcg64DxsmClass;
/** Source: numpy.random.Philox. */
export const Philox = callable('Philox', PhiloxClass);
export type Philox = PhiloxClass;
/** Source: numpy.random.SFC64. */
export const SFC64 = callable('SFC64', Sfc64Class);
export type SFC64 = Sfc64Class;
/** What all bit generators are. Source: numpy.random.BitGenerator. */
export const BitGenerator = callable('BitGenerator', BitGeneratorClass);
export type BitGenerator = BitGeneratorClass;
/** Source: numpy.random.MT19937. */
export const MT19937 = callable('MT19937', Mt19937Class);
export type MT19937 = Mt19937Class;
/** Spreads a seed over the state of a bit generator. Source: numpy.random.SeedSequence. */
export const SeedSequence = callable('SeedSequence', SeedSequenceClass);
export type SeedSequence = SeedSequenceClass;
