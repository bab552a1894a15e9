import type { Finding, Outcome } from '../programs/check.ts';
import type { Answer } from '../programs/oracle.ts';

/** The differences that are not Flambeau's to mend, beside those of programs, each with its reason. */

interface Explanation {
  readonly holds: (finding: Finding, ours: Outcome, theirs: Answer) => boolean;
}

export const explanations: Readonly<Record<string, Explanation>> = {
  'NumPy takes lists, texts and the like for true or false where flags are asked for here': {
    holds: (_, { message }) => /must be bool, not/.test(message ?? ''),
  },
  'the vectorized loops of power and arctan2 make of a reduction the function of its first operand and its last': {
    holds: ({ kind, results }) => results !== undefined && /\.(pow|power|arctan2|atan2)\.(reduce|reduceat|accumulate): values/.test(kind),
  },
  'single elements are numbers of JavaScript, which have no dtype': {
    holds: ({ kind, results }) => /^(RandomState|default_rng)\.\w+: dtype/.test(kind) && results?.[1].shape.length === 0,
  },
  'same_value is refused, by name': {
    holds: (_, { message }) => /got 'same_value'/.test(message ?? ''),
  },
  'methods of drawing are refused where they are not those that NumPy names, which takes any for its second': {
    holds: (_, { message }) => /method must be/.test(message ?? ''),
  },
  'lists are tuples here, of which a call of NumPy tells one from the other': {
    holds: (_, __, { message }) => /'list' object cannot be interpreted as an integer/.test(message ?? ''),
  },
  'None and texts make arrays of objects and of texts in NumPy, which there are none of here': {
    holds: (_, { message }) => /^cannot make an array element of (null|the string '.*')$/.test(message ?? ''),
  },
  'an order within partitions that NumPy leaves open': {
    holds: ({ kind }) => /partition: (an array afterwards|values)/.test(kind),
  },
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
