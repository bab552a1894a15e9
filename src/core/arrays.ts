import type { Species, StridedArray } from './strided.ts';

/** NumPy's arrays, once that façade is loaded: tensors become arrays without a program of tensors alone carrying NumPy. */
export let numpyArray: Species<StridedArray> | null = null;

/** NumPy's façade says so when its arrays have all their methods. */
export function provideArrays(species: Species<StridedArray>): void {
  numpyArray = species;
}
