import type { Layout } from '../../core/layout.ts';

/** How kernels find the elements of strided arrays. */

/** The most axes that one kernel walks, after merging; further ones are walked from outside. */
export const largestRank = 8;

/** Axes that several arrays step through together: `strides[array][axis]`, counted in elements. */
export interface Steps {
  readonly extents: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Strides along the axes of `shape`: 0 where the layout is broadcast. */
export function stridesOver(layout: Layout, shape: readonly number[]): number[] {
  const lead = shape.length - layout.shape.length;
  return shape.map((extent, axis) =>
    (axis < lead || (layout.shape[axis - lead] === 1 && extent !== 1) ? 0 : layout.strides[axis - lead]));
}

/** Without axes of extent 1, and with neighbours merged where every array steps through two of them as through one. */
export function mergeSteps({ extents, strides }: Steps): Steps {
  const merged: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < extents.length; axis++) {
    const extent = extents[axis];
    if (extent === 1) continue;
    const last = merged.length - 1;
    if (last >= 0 && strides.every((each, k) => steps[k][last] === each[axis] * extent)) {
      merged[last] *= extent;
      strides.forEach((each, k) => {
        steps[k][last] = each[axis];
      });
    } else {
      merged.push(extent);
      strides.forEach((each, k) => steps[k].push(each[axis]));
    }
  }
  return { extents: merged, strides: steps };
}

/** The axes reordered from the slowest to the fastest of the array numbered `main`. */
export function orderSteps({ extents, strides }: Steps, main: number): Steps {
  const order = extents.map((_, axis) => axis)
    .sort((a, b) => Math.abs(strides[main][b]) - Math.abs(strides[main][a]) || a - b);
  return { extents: order.map((axis) => extents[axis]), strides: strides.map((each) => order.map((axis) => each[axis])) };
}

/** Whether an array's elements follow one another in the order of the steps. */
export function consecutive({ extents, strides }: Steps, k: number): boolean {
  let step = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (strides[k][axis] !== step) return false;
    step *= extents[axis];
  }
  return true;
}

/**
 * A WGSL function `locate(index)` that sets `place0`, `place1`, ... of so many arrays. Parameters from the word `first` on: the rank,
 * the arrays' offsets, then for every axis its extent and the arrays' strides. `first` is WGSL, and `name` tells several apart.
 */
export function locateSource(count: number, first: number | string, name = ''): string {
  const each = (line: (k: number) => string): string => Array.from({ length: count }, (_, k) => line(k)).join(' ');
  return [
    each((k) => `var<private> place${name}${k}: u32;`),
    `fn locate${name}(index: u32) {`,
    `  let first = ${typeof first === 'number' ? `${first}u` : first};`,
    `  ${each((k) => `var p${k} = param(first + ${1 + k}u);`)}`,
    '  var rest = index;',
    '  for (var axis = u32(param(first)); axis > 0u; axis--) {',
    `    let at = first + ${1 + count}u + (axis - 1u) * ${count + 1}u;`,
    '    let extent = u32(param(at));',
    '    let quotient = rest / extent;',
    '    let step = i32(rest - quotient * extent);',
    '    rest = quotient;',
    `    ${each((k) => `p${k} += step * param(at + ${k + 1}u);`)}`,
    '  }',
    `  ${each((k) => `place${name}${k} = u32(p${k});`)}`,
    '}',
  ].join('\n');
}

/** What `locate` reads. */
export function locateParameters({ extents, strides }: Steps, offsets: readonly number[]): number[] {
  const words = [extents.length, ...offsets];
  for (let axis = 0; axis < extents.length; axis++) {
    words.push(extents[axis]);
    for (let k = 0; k < strides.length; k++) words.push(strides[k][axis]);
  }
  return words;
}
