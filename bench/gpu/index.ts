import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as flambeau from 'flambeau';
import { create, globals } from 'webgpu';
import { median } from '../measure.ts';
import { flambeauSide } from './flambeauSide.ts';
import type { Peaks } from './peaks.ts';
import { measurePeaks } from './peaks.ts';
import { digits, table } from './table.ts';
import { tfjsSide } from './tfjsSide.ts';
import type { Measured, Prepared, Side, Time } from './timing.ts';
import { difference, measure, speedRatio } from './timing.ts';

/**
 * Flambeau on the GPU beside its own CPU side and beside tfjs on the same GPU, whichever adapter there is. `--json FILE` writes
 * the figures, `--only TEXT` measures the rows whose names contain it, `--elements N` (a power of two) sets the length of large
 * arrays, `--peaks` measures a software adapter's peaks too.
 */

interface Row {
  readonly name: string;
  readonly unit: 'GFLOP/s' | 'GB/s' | 'µs' | 'ms';
  /** Operations or bytes of a run; 1 where the unit is a time. */
  readonly work: number;
  prepare(side: Side): Prepared;
  /** Rows whose times go by their work alone, more or less, so that one foretells the next. */
  readonly family?: string;
  /** Runs of a turn where they are not to be as many as fit. */
  readonly runs?: number;
  /** Whether a second line shows the time until the runs were queued. */
  readonly host?: boolean;
}

interface Figure {
  readonly value: number | null;
  /** Runs that were timed. */
  readonly runs: number;
  readonly failure: string | null;
  readonly skipped: string | null;
}

interface Line {
  readonly name: string;
  readonly unit: Row['unit'];
  readonly figures: Readonly<Record<string, Figure>>;
  /** How many times as fast as each other side the GPU is. */
  readonly timesAsFast: Readonly<Record<string, number | null>>;
  readonly ofPeak: number | null;
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' }, only: { type: 'string', default: '' }, elements: { type: 'string' },
    peaks: { type: 'boolean', default: false },
  },
});
const started = performance.now();

// All of it shares one Dawn, which Flambeau finds here as in a browser.
Object.assign(globalThis, globals);
Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
// Room for operands of every side, the last row's too, which may not have been collected yet.
flambeau.setMemoryBudget(3 * 2 ** 30);
await flambeau.init({ webgpu: true });
const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
if (adapter === null) throw new Error('the GPU is gone');
const name = flambeau.info().gpu ?? '';
const software = /swiftshader|llvmpipe|lavapipe|software/i.test(name);
console.log(`Node ${process.version}, ${process.platform} ${process.arch}\n${flambeau.info()}`);

const gpu = flambeauSide('GPU', 'webgpu');
const cpu = flambeauSide('CPU', 'cpu');
const others: Side[] = [cpu];
let tfjsAbsence: string | null = null;
try {
  others.push(await tfjsSide('tfjs-webgpu'));
} catch (error) {
  tfjsAbsence = error instanceof Error ? error.message : String(error);
  console.log(`without tfjs-webgpu: ${tfjsAbsence}`);
}
const sides = [gpu, ...others];

/** How many elements keep the device busy for long beside a launch, and do not lie in a cache where it is fast. */
async function pickElements(): Promise<number> {
  const prepared = gpu.copy(2 ** 20);
  await prepared.check();
  const start = performance.now();
  prepared.run(10);
  await gpu.finish();
  const milliseconds = (performance.now() - start) / 10;
  prepared.dispose();
  if (milliseconds < 0.2) return 2 ** 25;
  return milliseconds < 2 ? 2 ** 23 : 2 ** 20;
}

const elements = options.elements === undefined ? await pickElements() : Number(options.elements);
if (!(elements >= 2 ** 12) || !Number.isInteger(Math.log2(elements))) throw new RangeError('--elements takes a power of two from 4096');
const columns = 2 ** Math.floor(Math.log2(elements) / 2);
const rows = elements / columns;
const bytes = elements * 4;
const size = `${bytes / 2 ** 20} MiB`;
const launches = 1000;
const smallElements = 64;
const allRows: Row[] = [
  ...[256, 512, 1024, 2048].map((n): Row => ({
    name: `gemm ${n}³`, unit: 'GFLOP/s', work: 2 * n ** 3, family: 'gemm', prepare: (side) => side.gemm(n),
  })),
  { name: `copy, ${size}`, unit: 'GB/s', work: 2 * bytes, prepare: (side) => side.copy(elements) },
  { name: `a + b, ${size} each`, unit: 'GB/s', work: 3 * bytes, prepare: (side) => side.add(elements) },
  { name: `exp, ${size}`, unit: 'GB/s', work: 2 * bytes, prepare: (side) => side.exp(elements) },
  { name: `sum, ${rows}×${columns}`, unit: 'GB/s', work: bytes, prepare: (side) => side.sum(rows, columns, null) },
  { name: 'sum over axis 0', unit: 'GB/s', work: bytes, prepare: (side) => side.sum(rows, columns, 0) },
  { name: 'sum over axis 1', unit: 'GB/s', work: bytes, prepare: (side) => side.sum(rows, columns, 1) },
  {
    name: `a + b of ${smallElements}, of ${launches}`, unit: 'µs', work: 1, runs: launches, host: true,
    prepare: (side) => side.smallAdds(smallElements),
  },
  { name: 'classifier step', unit: 'ms', work: 1, prepare: (side) => side.trainingStep(false) },
  { name: 'classifier step in a scope', unit: 'ms', work: 1, prepare: (side) => side.trainingStep(true) },
];

function valueOf({ times }: Measured, row: Row, part: keyof Time): number {
  const milliseconds = median(times.map((time) => time[part]));
  switch (row.unit) {
    case 'ms': return milliseconds;
    case 'µs': return milliseconds * 1000;
    default: return row.work / milliseconds / 1e6;
  }
}

function lineOf(row: Row, measured: readonly Measured[], part: keyof Time, peaks: Peaks | null): Line {
  const figures = measured.map((each): Figure => ({
    value: each.failure === null && each.times.length > 0 ? valueOf(each, row, part) : null,
    runs: each.times.length * each.runs, failure: each.failure, skipped: each.skipped,
  }));
  const peak = row.unit === 'GFLOP/s' ? peaks?.gflops : row.unit === 'GB/s' ? peaks?.gigabytes : undefined;
  const [{ value }] = figures;
  return {
    name: row.host ? `${row.name}: ${part === 'host' ? 'queued' : 'done'}` : row.name,
    unit: row.unit,
    figures: Object.fromEntries(sides.map((side, i) => [side.name, figures[i]])),
    timesAsFast: Object.fromEntries(others.map((side, i) => [side.name, speedRatio(measured[0], measured[i + 1], part)])),
    ofPeak: peak === undefined || value === null ? null : value / peak,
  };
}

let peaks: Peaks | null = null;
if (!software || options.peaks) {
  peaks = await measurePeaks(adapter, elements);
  const { gflops, gigabytes } = peaks;
  console.log(`peaks         ${digits(gflops)} GFLOP/s of multiply-adds, ${digits(gigabytes)} GB/s of copying ${size}`);
}

/** Milliseconds of a unit of work by family and side. */
const paces = new Map<string, number>();

const chosen = allRows.filter((row) => row.name.includes(options.only));
if (chosen.length === 0) throw new RangeError(`--only ${options.only}: the rows are ${allRows.map((row) => row.name).join('; ')}`);
const lines: Line[] = [];
for (const row of chosen) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${row.name}`);
  const paceKey = (side: Side): string => `${row.family} ${side.name}`;
  const predict = (side: Side): number | null => {
    const pace = paces.get(paceKey(side));
    return row.family === undefined || pace === undefined ? null : pace * row.work;
  };
  const measured = await measure(sides, (side) => row.prepare(side), row.runs ?? null, predict);
  measured.forEach(({ times }, i) => {
    if (times.length > 0) paces.set(paceKey(sides[i]), median(times.map(({ wall }) => wall)) / row.work);
  });
  const reference = measured[sides.indexOf(cpu)];
  const checked = measured.map(({ times, runs, values, failure, skipped }): Measured => {
    const comparable = values.length > 0 && reference.values.length > 0;
    return { times, runs, values, skipped, failure: failure ?? (comparable ? difference(values, reference.values) : null) };
  });
  if (row.host) lines.push(lineOf(row, checked, 'host', peaks));
  lines.push(lineOf(row, checked, 'wall', peaks));
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

const head = [
  '', 'unit', ...sides.map((side) => side.name), ...others.map((side) => `GPU : ${side.name}`), ...(peaks ? ['of peak'] : []),
];
const cell = ({ value, skipped }: Figure): string => (value === null ? skipped === null ? 'failed' : 'left out' : digits(value));
console.log(`\n${table(head, lines.map(({ name, unit, figures, timesAsFast, ofPeak }) => [
  name, unit,
  ...Object.values(figures).map(cell),
  ...Object.values(timesAsFast).map((ratio) => (ratio === null ? '' : digits(ratio))),
  ...(peaks ? [ofPeak === null ? '' : `${(ofPeak * 100).toFixed(0)} %`] : []),
]))}`);
console.log(`
GPU : X is how many times as fast as X the GPU is, the median over neighbouring turns. gemm counts 2n³ operations; copy, a + b and
exp count the bytes that are read and written, sums those that are read. ${launches} small additions are queued and awaited once.${
  others.length > 1 ? '\ntfjs shares the memory of what it clones: its copy is x + 0.' : ''}`);
for (const line of lines) {
  for (const [side, { failure, skipped }] of Object.entries(line.figures)) {
    const reason = failure ?? skipped;
    if (reason !== null) console.log(`${line.name}, ${side}: ${reason}`);
  }
}
const seconds = (performance.now() - started) / 1000;
console.log(`${seconds.toFixed(0)} s in all`);

if (options.json !== undefined) {
  writeFileSync(options.json, `${JSON.stringify({
    node: process.version, platform: process.platform, arch: process.arch, gpu: name, software, tfjsAbsence,
    peaks, elements, seconds, lines,
  }, null, 2)}\n`);
}
// tfjs not being able is worth a note; Flambeau not being able is a failure.
const ours = [gpu.name, cpu.name];
process.exit(lines.some(({ figures }) => ours.some((side) => figures[side].failure !== null)) ? 1 : 0);
