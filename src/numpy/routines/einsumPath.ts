/** In which order many arrays are best multiplied by two: NumPy's ways of finding it, by the labels of their axes. */

type Labels = ReadonlySet<string>;
export type Extents = ReadonlyMap<string, number>;
/** Positions among the arrays that are left; what comes of them is the last of these then. */
export type Contraction = readonly number[];

export const sizeOfLabels = (labels: Iterable<string>, extents: Extents): number => {
  let size = 1;
  for (const label of labels) size *= extents.get(label) ?? 1;
  return size;
};

/** Multiplications and additions of a step over some labels. */
export function flopCount(labels: Iterable<string>, inner: boolean, terms: number, extents: Extents): number {
  return sizeOfLabels(labels, extents) * (Math.max(1, terms - 1) + (inner ? 1 : 0));
}

interface Step {
  readonly result: Labels;
  /** What is left, the result as the last. */
  readonly left: Labels[];
  readonly removed: boolean;
  /** All labels of the step. */
  readonly all: Labels;
}

export function stepOf(positions: Contraction, inputs: readonly Labels[], output: Labels): Step {
  const all = new Set<string>();
  const kept = new Set(output);
  const left: Labels[] = [];
  inputs.forEach((labels, i) => {
    const taken = positions.includes(i);
    if (!taken) left.push(labels);
    for (const label of labels) (taken ? all : kept).add(label);
  });
  const result = new Set([...all].filter((label) => kept.has(label)));
  return { result, left: [...left, result], removed: result.size < all.size, all };
}

function pairs(count: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) found.push([i, j]);
  return found;
}

const everything = (count: number): Contraction => Array.from({ length: count }, (_, i) => i);

/** The first of those of the least key. */
function least<T>(list: readonly T[], isLess: (a: T, b: T) => boolean): T {
  return list.reduce((best, each) => (isLess(each, best) ? each : best));
}

/** The cheapest of all orders; their number grows as factorials do. */
export function optimalPath(inputs: readonly Labels[], output: Labels, extents: Extents, limit: number): Contraction[] {
  interface Found { readonly cost: number; readonly path: readonly Contraction[]; readonly left: readonly Labels[] }
  const cheapest = (list: readonly Found[]): Contraction[] => [...least(list, (a, b) => a.cost < b.cost).path];
  let all: readonly Found[] = [{ cost: 0, path: [], left: inputs }];
  for (let round = 0; round + 1 < inputs.length; round++) {
    const next: Found[] = [];
    for (const { cost, path, left } of all) {
      for (const pair of pairs(inputs.length - round)) {
        const step = stepOf(pair, left, output);
        if (sizeOfLabels(step.result, extents) > limit) continue;
        next.push({ cost: cost + flopCount(step.all, step.removed, 2, extents), path: [...path, pair], left: step.left });
      }
    }
    if (next.length === 0) return [...cheapest(all), everything(inputs.length - round)];
    all = next;
  }
  return cheapest(all);
}

/** One step that could come next. */
interface Candidate {
  /** What goes away, negative. */
  readonly gain: number;
  readonly cost: number;
  readonly pair: readonly [number, number];
  readonly left: Labels[];
}

/** What could have come next, after another step came. */
function carriedOver(known: readonly Candidate[], { pair: [first, second], left: after }: Candidate): Candidate[] {
  const moved = (place: number): number => place - (place > first ? 1 : 0) - (place > second ? 1 : 0);
  return known.flatMap((each) => {
    const [x, y] = each.pair;
    if ([x, y].includes(first) || [x, y].includes(second)) return [];
    const left = [...each.left];
    left.splice(second - (second > x ? 1 : 0) - (second > y ? 1 : 0), 1);
    left.splice(first - (first > x ? 1 : 0) - (first > y ? 1 : 0), 1);
    left.splice(-1, 0, after[after.length - 1]);
    return [{ ...each, pair: [moved(x), moved(y)] as const, left }];
  });
}

/** The step that takes most away, one after the other; outer products come last. */
export function greedyPath(given: readonly Labels[], output: Labels, extents: Extents, limit: number): Contraction[] {
  if (given.length <= 2) return [everything(given.length)];
  let inputs = given;
  const whole = stepOf(everything(inputs.length), inputs, output);
  const naive = flopCount(whole.all, whole.removed, inputs.length, extents);
  const path: Contraction[] = [];
  let spent = 0;
  let known: Candidate[] = [];
  let open = pairs(inputs.length);
  const consider = (list: readonly (readonly [number, number])[], current: readonly Labels[]): void => {
    for (const pair of list) {
      const step = stepOf(pair, current, output);
      const size = sizeOfLabels(step.result, extents);
      const cost = flopCount(step.all, step.removed, 2, extents);
      if (size > limit || spent + cost > naive) continue;
      const before = sizeOfLabels(current[pair[0]], extents) + sizeOfLabels(current[pair[1]], extents);
      known.push({ gain: size - before, cost, pair, left: step.left });
    }
  };
  for (let round = 0; round + 1 < given.length; round++) {
    const current = inputs;
    consider(open.filter(([x, y]) => [...current[x]].some((label) => current[y].has(label))), current);
    if (known.length === 0) consider(pairs(inputs.length), inputs);
    if (known.length === 0) return [...path, everything(inputs.length)];
    const best = least(known, (a, b) => a.gain < b.gain || (a.gain === b.gain && a.cost < b.cost));
    known = carriedOver(known, best);
    inputs = best.left;
    open = Array.from({ length: inputs.length - 1 }, (_, i): [number, number] => [i, inputs.length - 1]);
    path.push(best.pair);
    spent += best.cost;
  }
  return path;
}
