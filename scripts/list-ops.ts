import { writeFile } from 'node:fs/promises';
import { pointwiseOps } from '../src/ops/pointwise/row.ts';
import '../src/ops/pointwise/index.ts';

/** Writes the registry's pointwise ops as JSON, for the fixture generator, which is Python. */
const rows = pointwiseOps().map(({ name, args, conditions, dtypes, result, slopes }) =>
  ({ name, args, conditions, result, dtypes: dtypes.map((dtype) => dtype.name), slopes: slopes.map((op) => op && op.name) }));
await writeFile(new URL('../build/registry.json', import.meta.url), `${JSON.stringify(rows, null, 1)}\n`);
