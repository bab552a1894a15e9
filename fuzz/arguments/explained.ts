import type { Finding, Outcome } from '../programs/check.ts';
import type { Answer } from '../programs/oracle.ts';

/** The differences that are not Flambeau's to mend, beside those of programs, each with its reason. */

interface Explanation {
  readonly holds: (finding: Finding, ours: Outcome, theirs: Answer) => boolean;
}

export const explanations: Readonly<Record<string, Explanation>> = {
  'lists and numbers do for arrays here where NumPy asks them for what only arrays have': {
    holds: (_, __, theirs) => theirs.error === 'AttributeError' && /object has no attribute/.test(theirs.message!),
  },
  'overwrite_input lets NumPy leave the operand in any order, which is left as it is here': {
    holds: ({ kind, program }) => kind.endsWith('an array afterwards') && named(program).includes('overwrite_input'),
  },
  'negative numbers, and those that are too large, as unsigned integers are what C leaves open': {
    holds: ({ results }) => results?.[0].dtype.startsWith('uint') === true,
  },
  'elements that are said to occur once and do not': {
    holds: ({ kind, program }) => /1d: /.test(kind) && named(program).includes('assume_unique'),
  },
};

/** The names of the parameters that a call gives by name. */
const named = ({ statements: [{ action }] }: Finding['program']): string[] => ('named' in action ? Object.keys(action.named) : []);

/** The reason of a difference; null of a fault. */
export function explained(finding: Finding, ours: Outcome, theirs: Answer): string | null {
  return Object.keys(explanations).find((reason) => explanations[reason].holds(finding, ours, theirs)) ?? null;
}
