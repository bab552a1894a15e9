import { emitExport } from './exports.ts';

/** Writes the kernels that normalise rows (wasm/normalize.ts), for the types that floats are computed in. */

const addresses = (...names: string[]): string[] => names.map((name) => `${name}: usize`);
const extents = ['m: isize', 'n: isize'];

export function emitNormalizations(): string {
  return [
    "import { layerNormRows, logSoftmaxRows, softmaxRows } from '../../wasm/normalize';",
    ...['f32', 'f64'].flatMap((element) => [
      emitExport(`layerNorm_${element}`,
        [...addresses('x', 'weight', 'bias', 'out', 'means', 'variances', 'scales'), ...extents, `eps: ${element}`],
        `layerNormRows<${element}>`),
      emitExport(`softmax_${element}`, [...addresses('x', 'out'), ...extents], `softmaxRows<${element}>`),
      emitExport(`logSoftmax_${element}`, [...addresses('x', 'out'), ...extents], `logSoftmaxRows<${element}>`),
    ]),
    '',
  ].join('\n');
}
