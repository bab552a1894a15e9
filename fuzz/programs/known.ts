import { dtypeNamed } from '../../src/core/dtype.ts';
import { programSteps } from '../../test/tolerances.ts';
import { epsilon } from '../../test/ulps.ts';
import type { Finding, Trace } from './check.ts';
import { operandsOf } from './check.ts';
import { componentsOf } from './compare.ts';
import type { Reply } from './oracle.ts';
import type { Action, Snapshot } from './program.ts';
import { bitsOf, isInexact, kindOf } from './values.ts';

/** The differences that are not Flambeau's to mend, each with its reason. One that none of these tells is a fault. */

interface Case {
  readonly finding: Finding;
  readonly action: Action;
  /** What is called: `pow`, `add.reduce`. */
  readonly name: string;
  readonly trace: Trace;
  readonly reply: Reply;
  readonly operands: readonly Snapshot[];
  /** The results whose elements differ. */
  readonly results: readonly [got: Snapshot, wanted: Snapshot] | null;
}

interface Known {
  readonly reason: string;
  readonly holds: (difference: Case) => boolean;
}

const finite = (values: readonly number[]): boolean => values.every(Number.isFinite);
const inexactParts = (x: Snapshot): number[] => (isInexact(x.dtype) ? componentsOf(x) : []);
const component = ({ dtype }: Snapshot): number =>
  epsilon(dtypeNamed(dtype === 'complex128' ? 'float64' : dtype === 'complex64' ? 'float32' : dtype)!);

/** Complex numbers as pairs. */
function pairsOf(x: Snapshot): [number, number][] {
  const parts = componentsOf(x);
  return Array.from({ length: parts.length / 2 }, (_, i) => [parts[2 * i], parts[2 * i + 1]]);
}

/** Whether every element of one differs from the other's by no more than an allowance, which may depend on the element. */
function within([got, wanted]: readonly [Snapshot, Snapshot], room: (wanted: readonly [number, number]) => number): boolean {
  const theirs = pairsOf(wanted);
  return pairsOf(got).every((ours, i) => {
    if (ours.every((part, each) => Object.is(part, theirs[i][each]))) return true;
    if (!finite(ours) || !finite(theirs[i])) return ours.every((part, each) => !finite([part]) || !finite([theirs[i][each]]));
    return Math.hypot(ours[0] - theirs[i][0], ours[1] - theirs[i][1]) <= room(theirs[i]);
  });
}

/** The largest |y log x| of a power, by which the error of the logarithm grows: with each operand's own largest. */
function growth(operands: readonly Snapshot[], action: Action): number {
  const moduli = operands.map((x) => (kindOf(x.dtype) === 'complex' ? pairsOf(x).map(([re, im]) => Math.hypot(re, im))
    : inexactParts(x).map(Math.abs)));
  const numbers = 'args' in action ? action.args : 'value' in action && action.value !== null ? [action.value] : [];
  const exponents = numbers.flatMap((each) => ('integer' in each ? [Math.abs(Number(each.integer))] : []));
  const largest = Math.max(0, ...moduli.flat().filter(Number.isFinite), ...exponents);
  const logarithms = moduli.flat().filter((each) => each > 0 && Number.isFinite(each)).map((each) => Math.abs(Math.log(each)));
  return largest * (Math.max(0, ...logarithms) + Math.PI);
}

const stepwise = /^(prod|nanprod|cumprod|(multiply|subtract|divide|hypot|logaddexp)\.(reduce|accumulate|reduceat))$/;
const products = new Set(['einsum', 'dot', 'inner', 'matmul', 'vdot', 'vecdot', 'tensordot', 'kron', 'outer']);

/** Whether an array lies in memory otherwise than NumPy's, so that a shape of it is a copy for one and a view for the other. */
const liesOtherwise = ({ trace, reply, finding: { at } }: Case): boolean => trace.outcomes.slice(0, at + 1).some((outcome, i) =>
  Object.entries(outcome.results ?? {}).some(([name, { strides, dtype }]) => {
    const theirs = reply.statements[i]?.results?.[name];
    return theirs?.strides !== undefined && theirs.dtype === dtype && String(theirs.strides) !== String(strides);
  }));

const reaches = (x: Snapshot, from: number, to: number): boolean => inexactParts(x).some((each) => !(each > from && each < to));

/** Where a mask of the results' shape is false. */
function maskedOut({ action, trace, finding: { at } }: Case, { shape }: Snapshot): readonly boolean[] | null {
  if (!('named' in action) || action.named.where === undefined || !('variable' in action.named.where)) return null;
  const { variable } = action.named.where;
  const mask = operandsOf(trace, at).find((each) => each.dtype === 'bool' && String(each.shape) === String(shape));
  return mask === undefined || variable === '' ? null : [...Buffer.from(mask.bytes, 'base64')].map((each) => each === 0);
}

export const knownKinds: Readonly<Record<string, Known>> = {
  'order of memory': {
    reason: 'results are row-major here, and of NumPy lie as their operands do: a shape of one may be a copy where the other has a view',
    holds: (each) => liesOtherwise(each) && /values|afterwards|view: /.test(each.finding.kind),
  },
  'powers of complex numbers': {
    reason: 'the C library multiplies the rounding of the logarithm by the exponent',
    holds: ({ name, results, operands, action }) => results !== null && /^(pow|power|float_power|power\..*)$/.test(name)
      && kindOf(results[0].dtype) === 'complex' && within(results, (wanted) =>
      programSteps.complex * component(results[0]) * Math.max(growth(operands, action), 1) * Math.hypot(...wanted)),
  },
  'logarithms next to 1': {
    reason: 'NumPy takes the logarithm of the modulus of 1 + z, whose last digit counts for a small one',
    holds: ({ name, results }) => results !== null && name === 'log1p' && kindOf(results[0].dtype) === 'complex'
      && within(results, ([re, im]) => programSteps.complex * component(results[0]) * (1 + Math.hypot(re, im))),
  },
  'rounding in steps': {
    reason: 'NumPy rounds to float16, and to the dtype of out, after some steps and not after others, as its loops break off',
    holds: ({ name, results, action }) => results !== null && stepwise.test(name)
      && (results[0].dtype === 'float16' || ('named' in action && action.named.out !== undefined)),
  },
  'products with infinities': {
    reason: 'which infinities meet depends on what is multiplied first, and BLAS passes over zeros',
    holds: ({ name, results, operands }) => results !== null && products.has(name)
      && operands.some((x) => !finite(inexactParts(x))) && [...results].some((x) => !finite(inexactParts(x))),
  },
  'floats as uint32': {
    reason: 'what C leaves open, NumPy converts otherwise in vectors than one by one',
    holds: ({ results, operands }) => results !== null && results[0].dtype === 'uint32'
      && operands.some((x) => reaches(x, -(2 ** 31), 2 ** 32)),
  },
  'out among the operands': {
    reason: 'NumPy writes memory back that it has not set, where a mask leaves elements of an out out that overlaps an operand',
    holds: (each) => {
      const left = each.results === null ? null : maskedOut(each, each.results[0]);
      if (left === null || !('named' in each.action) || each.action.named.out === undefined) return false;
      const [ours, theirs] = each.results!.map(({ bytes }) => Buffer.from(bytes, 'base64'));
      const width = bitsOf(each.results![0].dtype) / 8;
      return left.every((out, i) => out || ours.subarray(i * width, (i + 1) * width).equals(theirs.subarray(i * width, (i + 1) * width)));
    },
  },
  'clip beside complex NaN': {
    reason: 'clip of NumPy passes over a NaN in the imaginary part of a bound where the real parts decide, maximum does not',
    holds: ({ name, results, operands }) => results !== null && name === 'clip' && kindOf(results[0].dtype) === 'complex'
      && operands.some((x) => inexactParts(x).some(Number.isNaN)),
  },
  'writes of ufunc.at': {
    reason: 'NumPy lets ufunc.at write into vectors that are read-only',
    holds: ({ name, finding, trace }) => name.endsWith('.at') && /read-only/.test(trace.outcomes[finding.at].message ?? ''),
  },
  'numbers of large integers': {
    reason: 'a result without axes is a number of JavaScript, which is refused where it would have to be rounded',
    holds: ({ trace, finding }) => /beyond the integers that a JavaScript number holds/.test(trace.outcomes[finding.at].message ?? ''),
  },
  'indices after values': {
    reason: 'NumPy looks at a value before it finds that the arrays of an index do not fit together, and before it looks into them',
    holds: ({ action, finding: { kind } }) => action.kind === 'write' && /IndexError for (Type|Overflow|Value)Error/.test(kind),
  },
};

/** The name of the known kind that tells a difference; null of a fault. */
export function knownKind(finding: Finding, trace: Trace, reply: Reply): string | null {
  const { action } = finding.program.statements[finding.at];
  const difference: Case = {
    finding, action, trace, reply, name: 'name' in action ? action.name : '', operands: operandsOf(trace, finding.at),
    results: finding.results ?? null,
  };
  return Object.keys(knownKinds).find((name) => knownKinds[name].holds(difference)) ?? null;
}
