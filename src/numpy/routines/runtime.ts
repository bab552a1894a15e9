import { ValueError } from '../../core/errors.ts';
import { routine } from '../arguments/routine.ts';

/**
 * What the package runs on.
 * @example
 * [np.show_config, np.show_runtime].length // → 2
 */

interface Surroundings {
  readonly process?: { readonly version?: string };
  readonly navigator?: { readonly userAgent?: string; readonly hardwareConcurrency?: number };
}

function engine(): string {
  const { process, navigator } = globalThis as Surroundings;
  return process?.version === undefined ? navigator?.userAgent ?? 'unknown' : `Node ${process.version}`;
}

const facts = (): Readonly<Record<string, string>> => ({
  package: 'Flambeau', semantics: 'NumPy 2.4', kernels: 'WebAssembly with SIMD', BLAS: 'none: the kernels are its own', engine: engine(),
});

const lines = (of: Readonly<Record<string, string>>): string => Object.entries(of).map(([name, value]) => `${name}: ${value}`).join('\n');

function print(text: string): void {
  // oxlint-disable-next-line no-console
  console.log(text);
}

/**
 * Prints what the package is made of, or gives it by name with `mode: 'dicts'`. Source: numpy.show_config.
 * @example
 * (np.show_config('dicts') as Record<string, string>).semantics // → NumPy 2.4
 */
export const show_config = routine('show_config', "mode: Any='stdout'", (
  mode: 'stdout' | 'dicts' = 'stdout',
): Readonly<Record<string, string>> | void => {
  if (mode === 'dicts') return facts();
  if (mode !== 'stdout') throw new ValueError("Invalid `mode`, use 'stdout' or 'dicts'");
  print(lines(facts()));
});

/**
 * Prints what it runs on. Source: numpy.show_runtime.
 */
export const show_runtime = routine('show_runtime', '', (): void => {
  print(lines({ engine: engine(), threads: String((globalThis as Surroundings).navigator?.hardwareConcurrency ?? 'unknown') }));
});
