import type { Finding } from './check.ts';
import { ask, compare, execute, perform } from './check.ts';
import { Run, snapshot } from './execute.ts';
import type { Oracle } from './oracle.ts';
import type { Program } from './program.ts';
import { usedBy } from './program.ts';

/** Makes a program that differs shorter, as long as it differs in the same way. */

async function check(oracle: Oracle, program: Program): Promise<Finding | null> {
  const trace = execute(program);
  return compare(trace, await ask(oracle, trace));
}

/** A statement without which another has no operand fails on both sides in words of the fuzzer's own, and is no program. */
function isWhole({ inputs, statements }: Program): boolean {
  const targets = new Set(inputs.map(({ name }) => name));
  return statements.every(({ target, action }) => {
    const whole = usedBy(action).every((name) => targets.has(name) || targets.has(name.replace(/_\d+$/, '')));
    targets.add(target);
    return whole;
  });
}

function withoutUnused({ inputs, statements }: Program): Program {
  const used = new Set(statements.flatMap(({ action }) => usedBy(action)));
  return { inputs: inputs.filter(({ name }) => used.has(name)), statements };
}

/** The differing statement alone, on arrays with the elements that they had by then; not as views of one another. */
function alone({ program: { inputs, statements }, at }: Finding): Program {
  const run = new Run();
  for (const input of inputs) run.input(input);
  for (const statement of statements.slice(0, at)) perform(run, statement);
  const names = [...new Set(usedBy(statements[at].action))].filter((name) => run.arrays.has(name));
  return { inputs: names.map((name) => ({ name, fortran: false, ...snapshot(run.array(name)) })), statements: [statements[at]] };
}

export async function shrink(oracle: Oracle, finding: Finding): Promise<Finding> {
  const single = await check(oracle, alone(finding));
  if (single?.kind === finding.kind) return single;
  let best = finding;
  for (let changed = true; changed;) {
    changed = false;
    for (let i = best.program.statements.length - 1; i >= 0; i--) {
      const { inputs, statements } = best.program;
      const shorter = { inputs, statements: statements.filter((_, each) => each !== i) };
      if (shorter.statements.length === 0 || !isWhole(shorter)) continue;
      const again = await check(oracle, shorter);
      // An array that differs at the end is named by the last statement, whichever that is.
      if (again === null || again.kind.replace(/^.*: /, '') !== finding.kind.replace(/^.*: /, '')) continue;
      best = again;
      changed = true;
    }
  }
  const lean = await check(oracle, withoutUnused(best.program));
  return lean?.kind === best.kind ? lean : best;
}
