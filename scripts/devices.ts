import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dtypes } from '../src/core/dtype.ts';
import '../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../src/ops/pointwise/row.ts';
import type { Place, PlaceReport, Report } from '../test/devices/report.ts';
import { places, reportFile } from '../test/devices/report.ts';
import { root } from './build/stamp.ts';

/**
 * Writes docs/reference/devices.md, the table of what runs on which device, from what the suites of the last whole `npm test` covered
 * with FLAMBEAU_THOROUGH=1. With `--check` it fails where the page that is there says something else: of the GPUs, something that none
 * of them did where they shared the work.
 */

const page = join(root, 'docs/reference/devices.md');
const check = process.argv.includes('--check');

type What = 'forward' | 'gradient' | 'refused';

/** What passed in a place, as `op dtype what`. */
const passedIn = ({ covered }: PlaceReport): Set<string> =>
  new Set(covered.flatMap(({ op, dtypes: names, what }) => names.map((name) => `${op} ${name} ${what}`)));

/** Why the report does not say all that the page should; null where it does. */
function lacking({ whole, thorough, places: ran }: Report): string | null {
  if (!whole) return 'only some of the tests were asked for';
  if (!thorough && !check) return 'the GPUs shared the tests; FLAMBEAU_THOROUGH=1 asks for all of them in each place';
  for (const place of places) {
    const report = ran[place];
    if (report === undefined) return `nothing ran in ${place}`;
    if (report.missing !== null) return report.missing;
    if (report.failed > 0) return `${report.failed} tests failed in ${place}`;
  }
  return null;
}

/** What is true in each of the places. */
function cell(key: string, passed: readonly Set<string>[]): string {
  const is = (what: What): boolean => passed.every((each) => each.has(`${key} ${what}`));
  if (is('forward')) return is('gradient') ? '∇' : '·';
  return is('refused') ? '×' : '';
}

function table(title: string, ops: readonly string[], head: string, passed: readonly Set<string>[]): string {
  const columns = dtypes.map(({ name }) => name).filter((name) => ops.some((op) => cell(`${op} ${name}`, passed) !== ''));
  const rows = ops.map((op) => [`\`${op.replace(/^cast to /, '')}\``, ...columns.map((name) => cell(`${op} ${name}`, passed))])
    .filter((row) => row.slice(1).some((text) => text !== ''));
  const lines = [[head, ...columns], ['---', ...columns.map(() => ':-:')], ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `### ${title}\n\n${lines.join('\n')}\n`;
}

function text({ thorough, places: ran }: Report): string {
  const passed = Object.fromEntries(places.map((place) => [place, passedIn(ran[place]!)])) as Record<Place, Set<string>>;
  if (!thorough) passed.dawn = passed.chromium = new Set([...passed.dawn, ...passed.chromium]);
  const all = places.flatMap((place) => ran[place]!.covered.filter(({ what }) => what !== 'gradient').map(({ op }) => op));
  // A row's mark for its gradient stands for the kernels of its slopes.
  const slopes = new Set(pointwiseOps().flatMap((op) => op.slopes.map((slope) => slope?.name)));
  const pointwise = pointwiseOps().map(({ name }) => name).filter((name) => !slopes.has(name));
  const casts = dtypes.map(({ name }) => `cast to ${name}`);
  const rest = [...new Set(all)].filter((op) => ![...pointwise, ...casts].includes(op) && !slopes.has(op)).sort();
  const tables = (...chosen: readonly Place[]): string => [
    table('Element by element', pointwise, 'op', chosen.map((place) => passed[place])),
    table('Conversions', casts, 'to \\ from', chosen.map((place) => passed[place])),
    table('Everything else', rest, 'op', chosen.map((place) => passed[place])),
  ].join('\n');
  return `# What runs on which device

<!-- Written by scripts/devices.ts from what the test suites covered; do not edit. -->

Rows are the operations that both façades are built of, columns the dtypes of their operands. Every mark stands for tests that passed:

- \`·\` the operation gives NumPy's or PyTorch's results, for contiguous, transposed, reversed, stepped and broadcast operands
- \`∇\` its gradient was tested in that dtype as well. The rules are the same for all dtypes. On the CPU they are compared with central
  differences in float64 and complex128, to second order; on the GPU with the CPU's gradients, in float32 and complex64
- \`×\` refused there with an error that says what to do instead
- nothing: there is no such operation for that dtype

## On the CPU

${tables('cpu')}
## On the GPU

Each mark holds in two places: in Dawn under Node, and in Chromium. No GPU holds float64, uint64 or complex128 tensors: they are
refused with an error that names the choice. int64 has 32 bits there, and what does not fit is an error.

${tables('dawn', 'chromium')}`;
}

let report: Report;
try {
  report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
} catch {
  report = { whole: false, thorough: false, places: {} };
}
const reason = lacking(report);
if (reason !== null) {
  const required = !check || process.env.FLAMBEAU_REQUIRE_GPU === '1';
  process.stdout.write(`docs/reference/devices.md was ${check ? 'NOT CHECKED' : 'not written'}: ${reason}\n`);
  if (required) process.exitCode = 1;
} else if (!check) {
  writeFileSync(page, text(report));
} else {
  let current = '';
  try {
    current = readFileSync(page, 'utf8');
  } catch {
    // It is as stale as can be.
  }
  if (current !== text(report)) {
    process.stdout.write(
      'docs/reference/devices.md is not what the tests covered: run npx tsx scripts/devices.ts after FLAMBEAU_THOROUGH=1 npm test\n');
    process.exitCode = 1;
  }
}
