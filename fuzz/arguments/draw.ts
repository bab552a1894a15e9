import type * as np from 'flambeau/numpy';
import type { Draws } from '../draws.ts';
import { perform } from '../programs/check.ts';
import { Run } from '../programs/execute.ts';
import type { Expression, Named, Program, Statement } from '../programs/program.ts';
import { none, variable, variablesOf } from '../programs/program.ts';
import { Scene, dtypeOf } from '../programs/scene.ts';
import type { Parameter, Target } from './targets.ts';
import { Arguments, drawerOf } from './values.ts';

/** Draws a call's arguments, and spells the call in several ways. */

/** What may share memory with its first argument. */
const views = new RegExp('\\.(reshape|ravel|transpose|permute_dims|matrix_transpose|swapaxes|moveaxis|rollaxis|squeeze|expand_dims'
  + '|broadcast_to|split|array_split|hsplit|vsplit|dsplit|asarray|asanyarray|asfortranarray|ascontiguousarray|atleast_\\dd|real|imag'
  + '|flip|flipud|fliplr|rot90|array|astype|trim_zeros|real_if_close|nan_to_num)$');

const often = 0.35;
const wrong = 0.03;

interface Drawn {
  readonly parameter: Parameter;
  readonly value: Expression;
}

export interface Call {
  readonly spelling: string;
  readonly program: Program;
}

function spelled(drawn: readonly Drawn[], byPlace: number): { args: Expression[]; named: Record<string, Expression> } {
  const args: Expression[] = [];
  const named: Record<string, Expression> = {};
  for (const [i, { parameter, value }] of drawn.entries()) {
    if (parameter.place === 'rest' && 'list' in value) args.push(...value.list);
    else if (parameter.place === 'position' || (i < byPlace && parameter.place === 'either')) args.push(value);
    else named[parameter.name] = value;
  }
  return { args, named };
}

/** An array for the results: mostly of their shape and dtype, which the call without it tells. */
function outFor(scene: Scene, action: Statement['action']): Expression {
  const { draws } = scene;
  const run = new Run();
  for (const input of scene.inputs) run.input(input);
  let result: unknown;
  try {
    result = [...run.statement({ target: 'r', action }).values()];
  } catch {
    return none;
  }
  const results = (result as np.ndarray[]).map((each) => variable(scene.fresh(
    draws.chance(0.08) ? scene.shape(0, 3) : each.shape, draws.chance(0.25) ? scene.dtype() : dtypeOf(each), 'plain').name));
  if (results.length === 1) return draws.chance(0.1) ? { tuple: results } : results[0];
  return { tuple: results };
}

/** Null where nothing is known of a parameter that a call must give. */
export function drawCalls(draws: Draws, target: Target, seed: number): Call[] | null {
  const scene = new Scene(draws);
  scene.inputs.length = 0;
  scene.run.arrays.clear();
  const own = new Arguments(scene, target.name);
  if (target.method) own.array();
  const receiver = scene.inputs[0]?.name ?? '';
  const drawn: Drawn[] = [];
  const prefix = draws.chance(0.4) ? draws.between(0, target.parameters.length) : 0;
  let out: Parameter | null = null;
  for (const [i, parameter] of target.parameters.entries()) {
    const given = parameter.required || (i < prefix && parameter.place !== 'name') || draws.chance(often);
    if (parameter.name === 'out') {
      if (given) out = parameter;
      if (given) drawn.push({ parameter, value: none });
      continue;
    }
    const drawer = drawerOf(target.name, parameter.name);
    if (drawer === null && parameter.required) return null;
    if (!given || drawer === null) continue;
    drawn.push({ parameter, value: draws.chance(wrong) ? own.odd() : drawer(own) });
  }
  if (out !== null) {
    const at = drawn.findIndex(({ parameter }) => parameter === out);
    const without = drawn.filter((_, i) => i !== at);
    const { args, named } = spelled(without, 0);
    drawn[at] = { parameter: out, value: outFor(scene, target.action(receiver, seed, args, named)) };
  }
  // What a mask of a ufunc leaves out is not set without an array for the results.
  const masked = drawn.findIndex(({ parameter }) => parameter.name === 'where');
  const unset = target.parameters.some(({ name }) => name === 'signature')
    && !drawn.some(({ parameter, value }) => parameter === out && !('none' in value));
  if (masked !== -1 && unset) drawn.splice(masked, 1);
  // By position until the first that is not given, or that is given by name alone.
  let most = 0;
  while (most < drawn.length && drawn[most].parameter === target.parameters[most] && drawn[most].parameter.place !== 'name') most++;
  const least = drawn.filter(({ parameter }) => parameter.place === 'position').length;
  const spellings = new Map<string, { args: Expression[]; named: Named }>();
  spellings.set('by name', spelled(drawn, least));
  if (most > least) spellings.set('by position', spelled(drawn, most));
  if (most > least + 1) spellings.set('mixed', spelled(drawn, draws.between(least + 1, most - 1)));
  if (draws.chance(0.1)) {
    const { args, named } = spelled(drawn, most);
    const first = target.parameters.find(({ place }) => place === 'either')?.name;
    const rest = target.parameters.some(({ place }) => place === 'rest');
    const choice = draws.below(3);
    if (choice === 0 && !rest) {
      const places = target.parameters.filter(({ place }) => place !== 'name').length;
      spellings.set('one too many', { args: [...args, ...Array.from({ length: places + 1 - args.length }, () => none)], named });
    } else if (choice === 1 && first !== undefined && args.length > least) {
      spellings.set('doubled', { args, named: { ...named, [first]: none } });
    } else spellings.set('unknown name', { args, named: { ...named, bogus: none } });
  }
  const writes = views.test(target.name) && draws.chance(0.5);
  return [...spellings].map(([spelling, { args, named }]) => {
    const action = target.action(receiver, seed, args, named);
    const statements: Statement[] = [{ target: 'r0', action }];
    const made = writes ? perform(replay(scene), statements[0]).results : undefined;
    if (made !== undefined && 'r0' in made && !/bool|complex/.test(made.r0.dtype)) {
      statements.push({ target: 'r1', action: { kind: 'write', on: 'r0', index: [{ ellipsis: true }], value: { integer: '7' } } });
    }
    const used = new Set([receiver, ...[...args, ...Object.values(named)].flatMap(variablesOf)]);
    return { spelling, program: { inputs: scene.inputs.filter(({ name }) => used.has(name)), statements } };
  });
}

function replay(scene: Scene): Run {
  const run = new Run();
  for (const input of scene.inputs) run.input(input);
  return run;
}
