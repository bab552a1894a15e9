import type { TablePlaces } from '../../src/platform/mathTables.ts';
import { fillTables } from '../../src/platform/mathTables.ts';
import { sectionOf } from './sections.ts';

/** Where the segments of a module's data lie in its bytes. */
function segments(module: Uint8Array): { readonly start: number; readonly length: number }[] {
  const { content } = sectionOf(module, 11);
  return Array.from({ length: content.integer() }, () => {
    content.take(2); // active, in the only memory; i32.const
    content.integer();
    content.take(1); // end
    const length = content.integer();
    const start = content.at;
    content.take(length);
    return { start, length };
  });
}

/** The sizes of the tables in bytes, in the order of their places, which is also the compiler's. */
const sizes = [2048, 2048, 2048, 1024, 1024, 4096];

/** The module without what `fillTables` computes, and where that belongs. */
export function withoutTables(module: Uint8Array): { readonly bytes: Uint8Array; readonly places: TablePlaces } {
  const found = segments(module);
  const first = found.findIndex((_, i) => sizes.every((size, k) => found[i + k]?.length === size));
  if (first < 0) throw new Error('the tables of the math functions are not where they were');
  const places = sizes.map((_, k) => found[first + k].start) as unknown as TablePlaces;
  const bytes = Uint8Array.from(module);
  const [exp, log, logSplit, log2, log2Split, pow] = places;
  const clear = (at: number, size: number, entry: number, kept: number): void => {
    for (let i = 0; i < size; i++) if (i % entry >= kept) bytes[at + i] = 0;
  };
  clear(exp, 2048, 16, 0);
  clear(log, 2048, 16, 0);
  clear(logSplit, 2048, 16, 0);
  clear(log2, 1024, 16, 8);
  clear(log2Split, 1024, 16, 0);
  clear(pow, 4096, 32, 8);
  const filled = Uint8Array.from(bytes);
  fillTables(filled, places);
  if (Buffer.compare(filled, module) !== 0) throw new Error('the tables of the math functions come out differently');
  return { bytes, places };
}
