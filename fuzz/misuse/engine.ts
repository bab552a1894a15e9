import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { softwareGpu } from '../../scripts/softwareGpu.ts';
import type { MisuseFinding } from './findings.ts';
import type { Order, Report } from './worker.ts';

/** Runs workers, watches that they get on, and starts another where one ends. */

export interface MisuseOptions {
  readonly seed: number;
  readonly first?: number;
  readonly calls: number;
  readonly device: 'cpu' | 'webgpu';
  readonly only?: readonly string[];
  readonly guided?: boolean;
  readonly sweep?: boolean;
}

export interface Misuse {
  readonly findings: readonly MisuseFinding[];
  readonly targets: number;
}

const script = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Milliseconds without a call done after which a worker counts as stuck, and those in which it has to start. */
const patience = 20_000;
const startPatience = 120_000;
/** Tables that are built before anything is checked show as a heap that runs over. */
const heapMegabytes = 1024;

function start(order: Order): ChildProcess {
  const child = fork(script, {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...(order.device === 'webgpu' ? softwareGpu() : {}) },
  });
  child.send(order);
  return child;
}

const currentCall = (progress: string): number => {
  const bytes = readFileSync(progress);
  return bytes.length < 4 ? -1 : bytes.readInt32LE();
};

/** How a worker ended: null where it made all its calls. */
function finish(order: Order, onFinding: (finding: MisuseFinding) => void, onTargets: (count: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const child = start(order);
    let complaints = '';
    let done = false;
    let seen = -1;
    let stuck = false;
    const born = performance.now();
    const watch = setInterval(() => {
      const call = currentCall(order.progress);
      if (call === seen && (call >= 0 || performance.now() - born > startPatience)) {
        stuck = true;
        child.kill('SIGKILL');
      }
      seen = call;
    }, patience);
    child.stderr!.on('data', (data) => void (complaints = (complaints + String(data)).slice(-4000)));
    child.on('message', (report: Report) => {
      if ('finding' in report) onFinding(report.finding);
      else {
        done = true;
        onTargets(report.targets);
      }
    });
    child.on('close', (code, signal) => {
      clearInterval(watch);
      const lines = complaints.trim().split('\n');
      const why = lines.find((line) => line.includes('FATAL ERROR')) ?? lines.find((line) => line.includes('Error')) ?? lines.at(-1);
      resolve(done ? null : stuck ? `no answer for ${patience / 1000} s` : `${signal ?? `exit ${code}`}: ${why}`);
    });
  });
}

/** What a call was, from a process that does not make it. */
async function describe(order: Order, call: number): Promise<MisuseFinding | null> {
  let described: MisuseFinding | null = null;
  await finish({ ...order, first: call, describe: true }, (finding) => void (described = finding), () => {});
  return described;
}

export async function misuse({ seed, first = 0, calls, device, only, guided = true, sweep }: MisuseOptions): Promise<Misuse> {
  const progress = join(mkdtempSync(join(tmpdir(), 'flambeau-misuse-')), 'call');
  const findings: MisuseFinding[] = [];
  let targets = 0;
  for (let next = first; next < first + calls;) {
    const order: Order = { seed, first: next, count: first + calls - next, device, progress, only, guided, sweep };
    writeFileSync(progress, '');
    const ended = await finish(order, (finding) => void findings.push(finding), (count) => void (targets = count));
    if (ended === null) break;
    const call = currentCall(progress);
    if (call < 0) throw new Error(`a worker did not start: ${ended}`);
    const described = await describe(order, call);
    findings.push({ call, target: described?.target ?? 'unknown', text: described?.text ?? '', kind: 'process ended', message: ended });
    next = call + 1;
  }
  return { findings, targets };
}
