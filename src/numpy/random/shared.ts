import type { Deviates } from '../../random/deviates.ts';
import { cythonSignature } from '../arguments/routine.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import type { Distribution } from './distribution.ts';
import { drawFrom, signatureFor } from './distribution.ts';
import { StreamState } from './streamState.ts';

let shared: StreamState | undefined;

/** The stream that the functions of np.random share, made when it is first needed: not every platform has entropy before that. */
export const sharedState = (): StreamState => (shared ??= new StreamState());

/** Lets the functions of np.random draw from another stream. */
export function shareState(state: StreamState): void {
  shared = state;
}

/** A method of the shared stream. */
export function ofShared<K extends keyof StreamState>(name: K): StreamState[K] {
  const call = (...args: unknown[]): unknown => {
    const state = sharedState();
    return (state[name] as (...values: unknown[]) => unknown).apply(state, args);
  };
  return call as StreamState[K];
}

/** A distribution of the shared stream. */
export function drawing<Sampler>(name: string, distribution: Distribution): Sampler {
  const declared = signatureFor('', name, distribution);
  return ((...args: unknown[]) => drawFrom(distribution, declared, sharedState().stream, args)) as Sampler;
}

/** A distribution of the shared stream whose numbers come in rows. */
export function drawingRows<F>(name: string, text: string, draw: (source: Deviates, ...values: never[]) => ndarray): F {
  const declared = cythonSignature(`random.${name}`, text);
  return ((...args: unknown[]) => draw(sharedState().stream, ...declared.list(args) as never[])) as F;
}
