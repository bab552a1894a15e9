import type { KernelSource } from './assemble.ts';

/** The text of a stage of Fourier transforms: what gpu/fourier.wgsl leaves open. */

/**
 * The largest radix whose numbers are kept in registers, by a transform that is written out. A stage is a pass over memory: few stages,
 * as long as they are not too long.
 */
export const usualRadix = 16;

/**
 * The numbers e^(2πi·k/n), as exact as float32 has them, and without what double precision leaves at right angles. Those of
 * src/core/fourier are more exact, and would have to be loaded with what programs without a GPU load.
 */
export function rootsOf(n: number): Float32Array<ArrayBuffer> {
  const rounded = (x: number): number => Math.round(x * 2 ** 40) / 2 ** 40;
  return Float32Array.from({ length: 2 * n }, (_, i) => {
    const angle = 2 * Math.PI * (i >> 1) / n;
    return rounded(i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });
}

const smallestFactor = (n: number): number => {
  let factor = 2;
  while (n % factor > 0) factor++;
  return factor;
};

/** Statements that transform values of these names, and the names of what comes out. */
class Writer {
  readonly lines: string[] = [];
  private readonly sign: number;

  constructor(forward: boolean) {
    this.sign = forward ? -1 : 1;
  }

  private let(text: string): string {
    const name = `t${this.lines.length}`;
    this.lines.push(`  let ${name} = ${text};`);
    return name;
  }

  /** Times e^(±2πi·k/n). */
  private turned(z: string, k: number, n: number): string {
    if (k === 0) return z;
    const roots = rootsOf(n);
    const [re, im] = [roots[2 * k], this.sign * roots[2 * k + 1]];
    if (re === 0) return this.let(`vec2f(${-im}, ${im}) * ${z}.yx`);
    return this.let(im === 0 ? `-${z}` : `times(${z}, vec2f(${re}, ${im}))`);
  }

  /** Of a prime count: what lies opposite is added and subtracted, since its roots are conjugates. */
  private prime(given: readonly string[]): string[] {
    const n = given.length;
    if (n === 2) return [this.let(`${given[0]} + ${given[1]}`), this.let(`${given[0]} - ${given[1]}`)];
    const roots = rootsOf(n);
    const pairs = Array.from({ length: (n - 1) / 2 }, (_, j) => [given[j + 1], given[n - j - 1]]);
    const sums = pairs.map(([a, b]) => this.let(`${a} + ${b}`));
    const differences = pairs.map(([a, b]) => this.let(`vec2f(${-this.sign}, ${this.sign}) * (${a} - ${b}).yx`));
    const out = [this.let([given[0], ...sums].join(' + '))];
    for (let k = 1; k <= pairs.length; k++) {
      const times = (names: readonly string[], part: 0 | 1): string[] =>
        names.map((name, j) => `${roots[2 * ((j + 1) * k % n) + part]} * ${name}`);
      const along = this.let([given[0], ...times(sums, 0)].join(' + '));
      const across = this.let(times(differences, 1).join(' + '));
      out[k] = this.let(`${along} + ${across}`);
      out[n - k] = this.let(`${along} - ${across}`);
    }
    return out;
  }

  transformed(given: readonly string[]): readonly string[] {
    const n = given.length;
    if (n === 1) return given;
    const factor = smallestFactor(n);
    if (factor === n) return this.prime(given);
    const rest = n / factor;
    const parts = Array.from({ length: factor }, (_, j) => this.transformed(given.filter((_each, i) => i % factor === j)));
    const out: string[] = [];
    for (let k = 0; k < rest; k++) {
      const column = this.prime(parts.map((part, j) => this.turned(part[k], j * k, n)));
      column.forEach((name, q) => (out[k + rest * q] = name));
    }
    return out;
  }
}

/** A stage that has all its numbers in registers. */
function writtenOut(radix: number, forward: boolean): string {
  const writer = new Writer(forward);
  const given = Array.from({ length: radix }, (_, j) => `a${j}`);
  const results = writer.transformed(given);
  return [
    'var<private> numbers: array<vec2f, RADIX>;',
    'fn begin(at: u32, step: u32) {',
    ...given.map((name, j) => `  let ${name} = x[at + ${j}u * step];`),
    ...writer.lines,
    ...results.map((name, k) => `  numbers[${k}] = ${name};`),
    '}',
    'fn number(k: u32) -> vec2f { return numbers[k]; }',
  ].join('\n');
}

/** One that adds up each of its results from memory. */
const addedUp = `var<private> place: u32;
var<private> gap: u32;
fn begin(at: u32, step: u32) { place = at; gap = step; }
fn number(k: u32) -> vec2f {
  let length = bitcast<u32>(param(2u));
  let turn = length / RADIX * k;
  var at = place;
  var i = 0u;
  var sum = vec2f();
  for (var j = 0u; j < RADIX; j++) {
    sum += times(x[at], root(i));
    at += gap;
    i += turn;
    if (i >= length) { i -= length; }
  }
  return sum;
}`;

export const stageSource = (radix: number, forward: boolean): KernelSource => ({
  buffers: [
    { name: 'x', access: 'read', type: 'vec2f' }, { name: 'roots', access: 'read', type: 'vec2f' },
    { name: 'result', access: 'write', type: 'vec2f' },
  ],
  skeletons: ['fourier'],
  code: [
    `const RADIX = ${radix}u;`,
    `const SIGN = ${forward ? '-1.0' : '1.0'};`,
    radix > usualRadix ? addedUp : writtenOut(radix, forward),
  ].join('\n'),
});
