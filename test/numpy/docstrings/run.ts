import * as np from '../../../src/numpy/index.ts';
import { math, py, takePrinted } from './python.ts';
import { show } from './show.ts';

/** Runs the examples of a docstring, which share their variables, and says what each shows. */

export interface Docstring {
  readonly name: string;
  readonly variables: readonly string[];
  /** What Python shows is null where it is not compared. */
  readonly examples: readonly (readonly [code: string, shown: string | null, python: string])[];
  readonly skipped: readonly (readonly [python: string, reason: string])[];
}

export function runDocstring({ variables, examples }: Docstring): string[] {
  np.random.seed(0);
  np.set_printoptions({ edgeitems: 3, infstr: 'inf', linewidth: 75, nanstr: 'nan', precision: 8, suppress: false, threshold: 1000 });
  const scope: Record<string, unknown> = { np, py, math };
  for (const name of variables) scope[name] = undefined;
  return examples.map(([code]) => {
    takePrinted();
    try {
      // Loose mode has `with`, by which the examples share what they assign.
      const value: unknown = new Function('scope', `with (scope) { return (() => { ${code} })(); }`)(scope);
      return takePrinted() + (value === null || value === undefined ? '' : show(value));
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  });
}
