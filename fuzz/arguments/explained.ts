import type { Finding, Outcome } from '../programs/check.ts';
import type { Answer } from '../programs/oracle.ts';

/** The differences that are not Flambeau's to mend, beside those of programs, each with its reason. */

interface Explanation {
  readonly holds: (finding: Finding, ours: Outcome, theirs: Answer) => boolean;
}

export const explanations: Readonly<Record<string, Explanation>> = {
};

/** The reason of a difference; null of a fault. */
export function explained(finding: Finding, ours: Outcome, theirs: Answer): string | null {
  return Object.keys(explanations).find((reason) => explanations[reason].holds(finding, ours, theirs)) ?? null;
}
