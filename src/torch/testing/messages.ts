import { pythonRepr } from '../../core/printing/index.ts';

/** How far apart two values are, in words. */
export interface Mismatch {
  readonly what: string;
  readonly extra: string;
  readonly absolute: string;
  readonly absoluteIndex?: string;
  readonly relative: string;
  readonly relativeIndex?: string;
  readonly rtol: number;
  readonly atol: number;
}

/** PyTorch's text of it. */
export function mismatchText({ what, extra, absolute, absoluteIndex, relative, relativeIndex, rtol, atol }: Mismatch): string {
  const equality = rtol === 0 && atol === 0;
  const line = (type: string, difference: string, index: string | undefined, allowed: number): string => {
    const head = index === undefined ? `${type[0].toUpperCase()}${type.slice(1)} difference: ${difference}`
      : `Greatest ${type} difference: ${difference} at index ${index}`;
    return equality ? head : `${head} (up to ${pythonRepr(allowed, { float: !Number.isInteger(allowed) })} allowed)`;
  };
  return [
    `${what} are not ${equality ? 'equal' : 'close'}!`, '', extra,
    line('absolute', absolute, absoluteIndex, atol), line('relative', relative, relativeIndex, rtol),
  ].join('\n');
}
