import { sectionOf } from './sections.ts';

/** A module with its export section in columns, as `src/platform/exports.ts` reads it. */
export interface SplitModule {
  readonly data: Uint8Array;
  readonly start: number;
  readonly count: number;
}

export function splitExports(module: Uint8Array): SplitModule {
  const { start, end, content } = sectionOf(module, 7);
  const count = content.integer();
  const [heads, tails, low, high, kinds]: number[][] = [[], [], [], [], []];
  let previous = '';
  let expected = 0;
  for (let i = 0; i < count; i++) {
    const name = Buffer.from(content.take(content.integer())).toString('latin1');
    kinds.push(content.byte());
    const index = content.integer();
    const head = name.slice(0, name.lastIndexOf('_') + 1) || name;
    heads.push(...Buffer.from(head === previous ? '' : head), 0);
    tails.push(...Buffer.from(name.slice(head.length)), 0);
    low.push(index - expected & 255);
    high.push(index - expected >> 8 & 255);
    previous = head;
    expected = index + 1;
  }
  const columns = Uint8Array.from([heads, tails, low, high, kinds].flat());
  return { data: Buffer.concat([module.subarray(0, start), columns, module.subarray(end)]), start, count };
}
