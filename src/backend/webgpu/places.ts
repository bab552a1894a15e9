import type { Axes } from '../axes.ts';

/** How kernels find the elements of strided arrays. */

/** The most axes that one kernel walks, after merging; further ones are walked from outside. */
export const largestRank = 8;

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
export function locateParameters({ shape: extents, strides }: Axes, offsets: readonly number[]): number[] {
  const words = [extents.length, ...offsets];
  for (let axis = 0; axis < extents.length; axis++) {
    words.push(extents[axis]);
    for (let k = 0; k < strides.length; k++) words.push(strides[k][axis]);
  }
  return words;
}
