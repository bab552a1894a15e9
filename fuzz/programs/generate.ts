import type { Draws } from '../draws.ts';
import type { Outcome, Trace } from './check.ts';
import { perform, traceOf } from './check.ts';
import type { Statement } from './program.ts';
import { arrangementRows } from './rows/arrangement.ts';
import { elementwiseRows } from './rows/elementwise.ts';
import { indexingRows } from './rows/indexing.ts';
import { methodRows } from './rows/methods.ts';
import { productRows } from './rows/products.ts';
import { reductionRows } from './rows/reductions.ts';
import { viewRows } from './rows/views.ts';
import { Scene } from './scene.ts';

/** Draws a program, running it on Flambeau as it grows, so that each statement suits the arrays that are there by then. */

const rows = [...elementwiseRows, ...viewRows, ...indexingRows, ...reductionRows, ...arrangementRows, ...productRows, ...methodRows];

export function generate(draws: Draws): Trace {
  const scene = new Scene(draws);
  const statements: Statement[] = [];
  const outcomes: Outcome[] = [];
  const count = draws.between(3, 12);
  while (statements.length < count) {
    const action = draws.weighted(rows)(scene);
    if (action === null) continue;
    const statement = { target: `r${statements.length}`, action };
    statements.push(statement);
    outcomes.push(perform(scene.run, statement));
  }
  return traceOf(scene.run, { inputs: scene.inputs, statements }, outcomes);
}
