import { dtypeNamed } from '../../src/core/dtype.ts';
import { epsilon } from '../../test/ulps.ts';
import type { Context } from './compare.ts';
import { difference, show } from './compare.ts';
import { Run, errorName, snapshot } from './execute.ts';
import type { Oracle, Reply } from './oracle.ts';
import { policyOf, scaleOf } from './policies.ts';
import type { Action, DTypeName, Input, Program, Snapshot, Statement } from './program.ts';
import { actionName, usedBy } from './program.ts';
import { bitsOf, isInexact, kindOf, sizeOf } from './values.ts';

/** Runs a program on both sides and says where they part. */

export interface Outcome {
  readonly error?: string;
  readonly message?: string;
  readonly results?: Readonly<Record<string, Snapshot>>;
}

/** What a program gave on Flambeau: every statement's outcome, and all arrays at the end. */
export interface Trace {
  readonly program: Program;
  readonly outcomes: readonly Outcome[];
  readonly arrays: Readonly<Record<string, Snapshot>>;
}

export interface Finding {
  readonly program: Program;
  /** Where they part: the place of a statement, or of the last one where only an array's elements differ at the end. */
  readonly at: number;
  /** What differences are grouped by. */
  readonly kind: string;
  readonly details: string;
  /** A result whose elements differ. */
  readonly results?: readonly [got: Snapshot, wanted: Snapshot];
}

export function perform(run: Run, statement: Statement): Outcome {
  try {
    const made = run.statement(statement);
    return { results: Object.fromEntries([...made].map(([name, array]) => [name, snapshot(array)])) };
  } catch (error) {
    return { error: errorName(error), message: error instanceof Error ? error.message : String(error) };
  }
}

export function traceOf(run: Run, program: Program, outcomes: readonly Outcome[]): Trace {
  return { program, outcomes, arrays: Object.fromEntries([...run.arrays].map(([name, array]) => [name, snapshot(array)])) };
}

export function execute(program: Program): Trace {
  const run = new Run();
  for (const input of program.inputs) run.input(input);
  const outcomes: Outcome[] = [];
  for (const statement of program.statements) outcomes.push(perform(run, statement));
  return traceOf(run, program, outcomes);
}

const inexactResults = (outcome: Outcome): boolean => Object.values(outcome.results ?? {}).some(({ dtype }) => isInexact(dtype));

/** Both sides go on from Flambeau's elements after a statement whose results may be rounded otherwise. */
function synchronizes(action: Action, outcome: Outcome): boolean {
  return inexactResults(outcome) && policyOf(action, true).kind !== 'exact';
}

export function ask(oracle: Oracle, { program, outcomes }: Trace): Promise<Reply> {
  const statements = program.statements.map((statement, i) => {
    const synchronize = synchronizes(statement.action, outcomes[i]);
    const { error, results } = outcomes[i];
    return { ...statement, outcome: error === undefined ? { results: synchronize ? results : {} } : { error },
      synchronize, scale: inexactResults(outcomes[i]) ? scaleOf(statement.action) : null };
  });
  return oracle.ask({ inputs: program.inputs, statements });
}

/** Ufuncs' errors are TypeErrors in Python too, of classes that NumPy keeps to itself. */
const publicName = (name: string): string => (name === 'UFuncTypeError' || name === 'DTypePromotionError' ? 'TypeError' : name);

const unchecked: Context = { policy: { kind: 'exact' }, scale: null, epsilon: 0, terms: 0, wide: false, complex: false };

/** The float that universal functions compute a dtype in. */
function loopType(dtype: DTypeName): DTypeName {
  if (isInexact(dtype)) return dtype;
  return bitsOf(dtype) === 8 ? 'float16' : bitsOf(dtype) === 16 ? 'float32' : 'float64';
}

/** The arrays that a statement names, as they were when they were made. */
export function operandsOf({ program, outcomes }: Trace, at: number): Snapshot[] {
  const known = (name: string): Snapshot | undefined => program.inputs.find((input: Input) => input.name === name)
    ?? outcomes.map((outcome) => outcome.results?.[name]).find((each) => each !== undefined);
  return usedBy(program.statements[at].action).flatMap((name) => known(name) ?? []);
}

function contextOf(trace: Trace, at: number, scale: Snapshot | null, result: Snapshot): Context {
  const { action } = trace.program.statements[at];
  const operands = operandsOf(trace, at);
  const complex = [...operands, result].some(({ dtype }) => kindOf(dtype) === 'complex');
  // With `out` the computation may be in less than its precision.
  const wide = 'named' in action && 'out' in action.named;
  const asked = 'named' in action && action.named.dtype !== undefined && 'dtype' in action.named.dtype ? [action.named.dtype] : [];
  const precisions = [...operands, result, ...asked].map(({ dtype }) => epsilon(dtypeNamed(wide ? loopType(dtype) : dtype)!));
  return {
    policy: policyOf(action, complex), scale, epsilon: Math.max(0, ...precisions), wide, complex,
    terms: Math.max(1, ...operands.map(({ shape }) => sizeOf(shape))),
  };
}

function dtypeWords(got: Snapshot, wanted: Snapshot): string {
  return `dtype ${got.dtype} for ${wanted.dtype}`;
}

/** Where the two sides part, or null where they nowhere do. */
export function compare(trace: Trace, reply: Reply): Finding | null {
  const { program } = trace;
  const find = (at: number, what: string, details: string, results?: readonly [Snapshot, Snapshot]): Finding =>
    ({ program, at, kind: `${actionName(program.statements[at].action)}: ${what}`, details, results });
  for (let at = 0; at < reply.statements.length; at++) {
    const [ours, theirs] = [trace.outcomes[at], reply.statements[at]];
    if (ours.error !== undefined || theirs.error !== undefined) {
      const [got, wanted] = [ours.error, theirs.error].map((name) => (name === undefined ? 'no error' : publicName(name)));
      if (got === wanted) continue;
      const words = (outcome: Outcome): string => (outcome.error === undefined
        ? Object.values(outcome.results ?? {}).map(show).join('; ') : `${outcome.error}: ${outcome.message}`);
      return find(at, `${got} for ${wanted}`, `got ${words(ours)}\n  NumPy ${words(theirs)}`);
    }
    const [results, wanted] = [ours.results!, theirs.results!];
    if (String(Object.keys(results)) !== String(Object.keys(wanted))) {
      return find(at, 'number of results', `got ${Object.keys(results).length}, NumPy ${Object.keys(wanted).length}`);
    }
    const scale = theirs.scale && 'dtype' in theirs.scale ? theirs.scale : null;
    for (const [name, result] of Object.entries(results)) {
      const differs = difference(result, wanted[name], contextOf(trace, at, scale, result));
      if (differs === null) continue;
      const what = differs === 'dtype' ? dtypeWords(result, wanted[name]) : `${differs} (${result.dtype})`;
      const unscaled = theirs.scale && 'error' in theirs.scale ? `\n  no scale: ${theirs.scale.error}` : '';
      return find(at, what, `${name}: got ${show(result)}\n  NumPy ${show(wanted[name])}${unscaled}`, [result, wanted[name]]);
    }
  }
  for (const [name, array] of Object.entries(trace.arrays)) {
    const wanted = reply.arrays[name];
    if (wanted === undefined) continue;
    if (difference(array, wanted, unchecked) !== null) {
      return find(program.statements.length - 1, 'an array afterwards', `${name} afterwards: got ${show(array)}\n  NumPy ${show(wanted)}`);
    }
  }
  return null;
}
