/**
 * NumPy's ziggurat tables for normal and exponential numbers, made at first use.
 *
 * A table is 256 layers of equal area under the density f. Layer i ends at x[i], where x[i - 1] < x[i] and x[255] is
 * given; NumPy keeps w = x / 2**bits, f(x) and k = x[i - 1] / x[i] * 2**bits. Its tables were once computed in plain
 * doubles, so they differ from the ones made here by some units in the last place, which the strings below hold, one
 * letter to a layer from 255 down, 'P' being none.
 */
import { log } from './math.ts';

export interface Ziggurat {
  w: Float64Array;
  f: Float64Array;
  /** Below 2**53, so exact. */
  k: Float64Array;
  wFloat: Float32Array;
  fFloat: Float32Array;
  kFloat: Int32Array;
}

interface Recipe {
  last: number;
  area: number;
  scale: number;
  density: (x: number) => number;
  inverse: (y: number) => number;
  /** Layer 0, whose box is the base strip with the tail: w, k. */
  base: readonly [w: number, k: number];
  wUnits: string;
  fUnits: string;
  kUnits: string;
  /** Layers of the float32 tables that are not the doubles' rounded, with the units they are off. */
  wFloatUnits: readonly (readonly [layer: number, units: number])[];
  fFloatUnits: readonly (readonly [layer: number, units: number])[];
}

const normalRecipe: Recipe = {
  last: 3.6541528853610088,
  area: 0.004928673233974655,
  scale: 0x10_0000_0000_0000,
  density: (x) => expNegative(-0.5 * x * x),
  inverse: (y) => Math.sqrt(-2 * log(y)),
  base: [8.683627060801306e-16, 4208095142473578],
  wUnits:
    'PQPPPPPPPPPPPPPPPPPPPPPQPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPQPPPPPPPPPPQPPPPPPPPP' +
    'PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPQPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPQPPPPPPPPP' +
    'PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP',
  fUnits:
    'PPPQPPPPPPPPPPPPPPPPPPPQPPPOPPPPPOPQPPPQPPPPPPPPPPPPPPPOPQPPPPPPPPPPPPPPPPPPPPPPPPPPPPOPPOPPPPOPPPPP' +
    'PPPPPPPPPPPPPPPPPPPPPPPPQPPPOPPPPPQPPPPQPQPPQQPPPPPPPPPPPPPPPPPPPPPPOPPOPPPPPPPPPPPPPPPPPPPPPPPPPPPP' +
    'PPPPPPPPPPPPPPQPPQPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP',
  kUnits:
    'PPPQQQPPPPQPPPPQPPPPPPQPPQQPPPPPPQPQPPPPPQPPPPPPPPPPQPPQPPPPPPQQPQPPPPPPPPPPPPQQPPPPPPQPQQQQPPQPPPQQ' +
    'PPQPQPQQPPPPPQQPPQPPQPQPPPPPQPPPQPPPPPPPPPPPPPQPPPPPPQPPQPPPPPQQQPPQPQQPPPPPPPPPPPQPQPPQPPPPPPPPPQPQ' +
    'PPQPPQPPPPPPPPPQPPPPPQPPPQPPPPPPPQPQPPPQPPQPPQQQQQPQPPP',
  wFloatUnits: [],
  fFloatUnits: [],
};

const exponentialRecipe: Recipe = {
  last: 7.69711747013105,
  area: 0.003949659822581557,
  scale: 0x20_0000_0000_0000,
  density: (x) => expNegative(-x),
  inverse: (y) => -log(y),
  base: [9.655740063209183e-16, 7971545857431494],
  wUnits:
    'PPPPPPPPPPPPPPPPPPPPPQPPPPPPPPPPPPPOPPPQPPPPOPPPQOPPPPPPPPPPPQOPPPPPPPPPPQPOOOPPOQPPPPPPPPPPPPPPPPPP' +
    'PPPPPPPPPPPOOPPPQPPPPPPPPPPPPPPOQPPPPPPPPPPPPPPPPPPPOPPQPPPPQQQPOPPPPQPQOPQQPQPQPPPPQPPPPOOQPPPPPPQO' +
    'OPOOPPPPPPPPOPPQQQPPPPQOOOOPPPPONQSPRQOPPPQPOPQRNPPONKR',
  fUnits:
    'SRONQPNQORORONOMRPMPRRRPQQOPOOOPQOOPOQOQPQQPOQNRQOOPQQQQPNPNQQOOPQOPPOOPPQNONNPQPQOPPQQOONQROOOONNPO' +
    'PPOPPQPPPPPOPPPPQPPPQPOPOPOPOQOPPPPPOPPPQQPOPPQQOOOPOPPQPPPPQQPPPOPQOQPPPPQPPQQPOPQPQPQPPPPPPPPPPPOO' +
    'OPOPPPPPPPPPOPPPPPPPPPPPPOPPPPPOPPPPQPPPPPPPPPPPOPPPPPP',
  kUnits:
    'PPOONPONQNOOPONONPONNPOPMOOOONOPOOPOOMOMPONNOOONPPPNPNONPPMONPQNPMPNOOPNNOPOPPONPNONNOOPPONNPNOOPONO' +
    'NOPNOPONOONPOOPOOOPPNPOONONOPNPNOOPOOOONNOOPNOONPNNOPMNPOOOOOPPPPONOPNPMQOMONOOOPNMOOPNOOONNOONOONPP' +
    'OOOOOOOOOOOOPOPNONQOONPOOPNOOPOOONOOOPNOOOPPNNONONNPOPN',
  wFloatUnits: [[226, 1]],
  fFloatUnits: [[128, -1], [154, 1], [171, -1]],
};

let normal: Ziggurat | undefined;
let exponential: Ziggurat | undefined;

export function normalZiggurat(): Ziggurat {
  return (normal ??= makeZiggurat(normalRecipe));
}

export function exponentialZiggurat(): Ziggurat {
  return (exponential ??= makeZiggurat(exponentialRecipe));
}

function makeZiggurat(recipe: Recipe): Ziggurat {
  const { scale, density, inverse, area } = recipe;
  const w = new Float64Array(256);
  const f = new Float64Array(256);
  const k = new Float64Array(256);
  let x = recipe.last;
  for (let layer = 255; layer > 0; layer--) {
    const letter = 255 - layer;
    const outer = x;
    if (layer < 255) x = inverse(area / outer + f[layer + 1]);
    x = addUnits(x, recipe.wUnits.charCodeAt(letter) - 80);
    w[layer] = x / scale;
    f[layer] = addUnits(density(x), recipe.fUnits.charCodeAt(letter) - 80);
    if (layer < 255) k[layer + 1] = Math.floor((x / outer) * scale) + recipe.kUnits.charCodeAt(letter) - 80;
  }
  w[0] = recipe.base[0];
  k[0] = recipe.base[1];
  f[0] = 1;
  const wFloat = Float32Array.from(w, (value) => value * (scale / 2 ** 23));
  const fFloat = Float32Array.from(f);
  const kFloat = Int32Array.from(k, (value) => Math.round(value / (scale / 2 ** 23)));
  const wWords = new Int32Array(wFloat.buffer);
  const fWords = new Int32Array(fFloat.buffer);
  for (const [layer, units] of recipe.wFloatUnits) wWords[layer] += units;
  for (const [layer, units] of recipe.fFloatUnits) fWords[layer] += units;
  return { w, f, k, wFloat, fFloat, kFloat };
}

/** The double `units` places further from zero. */
function addUnits(value: number, units: number): number {
  const word = new BigInt64Array(new Float64Array([value]).buffer);
  word[0] += BigInt(units);
  return new Float64Array(word.buffer)[0];
}

/** e**x for -10 < x < 0 to an ulp or so, the same on every engine. */
function expNegative(x: number): number {
  const power = Math.round(x * 1.4426950408889634);
  const r = x - power * 0.6931471803691238 - power * 1.9082149292705877e-10;
  let sum = 1;
  for (let order = 16; order > 0; order--) sum = 1 + (r * sum) / order;
  return sum * 2 ** power;
}
