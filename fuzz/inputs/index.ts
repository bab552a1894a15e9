import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau/torch';
import type { Finding } from './known.ts';
import { known } from './known.ts';
import type { Encoded } from './values.ts';
import { decode, difference, elementsOf, shown } from './values.ts';

/** `npm run fuzz -- inputs`: PyTorch's own test inputs, in several spellings, on Flambeau. */

interface Case {
  readonly space: Finding['space'];
  readonly name: string;
  readonly spelling: string;
  readonly args: readonly Encoded[];
  readonly named: Readonly<Record<string, Encoded>>;
  readonly result?: Encoded;
  readonly error?: string;
  readonly message?: string;
}

const script = fileURLToPath(new URL('cases.py', import.meta.url));

function namesOf(value: object): string[] {
  const names: string[] = [];
  for (let at = value; at !== Object.prototype && at !== null; at = Object.getPrototypeOf(at) as object) {
    names.push(...Object.getOwnPropertyNames(at));
  }
  return names;
}

/** PyTorch's calls, one after the other; the first line names its version. */
async function* linesOf(seed: string, samples: string): AsyncGenerator<string> {
  const python = process.env.FLAMBEAU_PYTHON ?? 'python3';
  const child = spawn(python, [script, seed, samples], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (data) => void (complaints += String(data)));
  // Why it ended is told below.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify({
    torch: Object.keys(torch), functional: Object.keys(torch.nn.functional), method: namesOf(torch.Tensor.prototype),
  }));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
  const status = await ended;
  if (status !== 0) {
    throw new Error(`${python} ended with ${status}: it needs torch, and expecttest and hypothesis as PyTorch's tests do; FLAMBEAU_PYTHON `
      + `names another\n${complaints.trim().split('\n').at(-1)}`);
  }
}

/** Repeats a call; what differs from PyTorch, or null. */
function replay({ space, name, args, named, result, error, message }: Case): Finding | null {
  const [first, ...rest] = args.map(decode);
  const owner = space === 'method' ? first : space === 'functional' ? torch.nn.functional : torch;
  const call = (owner as Readonly<Record<string, (...given: unknown[]) => unknown>>)[name];
  if (typeof call !== 'function') return null;
  const keys = Object.entries(named);
  const given = [...(space === 'method' || args.length === 0 ? rest : [first, ...rest]),
    ...(keys.length > 0 ? [Object.fromEntries(keys.map(([key, each]) => [key, decode(each)]))] : [])];
  torch.manual_seed(7);
  let got: unknown;
  try {
    got = call.apply(owner, given);
  } catch (thrown) {
    const { name: type, message: words } = thrown as Error;
    if (error === type) return null;
    const what = error === undefined ? `refused: ${type}: ${words.split('\n')[0]}` : `${type} for ${error}: ${words.split('\n')[0]}`;
    return { space, name, error: words, what };
  }
  if (error !== undefined) return { space, name, error: null, what: `taken, where PyTorch says ${error}: ${message}` };
  const terms = [...args, ...Object.values(named)].reduce((sum, each) => sum + elementsOf(each), 0);
  const what = difference(got, result!, terms);
  return what === null ? null : { space, name, error: null, what };
}

export async function inputs(args: readonly string[]): Promise<number> {
  const { values: { seed, samples } } = parseArgs({
    args: [...args],
    // Samples of each op and dtype.
    options: { seed: { type: 'string', default: '1' }, samples: { type: 'string', default: '6' } },
  });
  const start = performance.now();
  const kinds = new Map<string, { count: number; example: string; reason: string | null }>();
  let version = '';
  let calls = 0;
  let differing = 0;
  let faults = 0;
  for await (const line of linesOf(seed, samples)) {
    if (version === '') {
      version = (JSON.parse(line) as { readonly torch: string }).torch;
      continue;
    }
    const each = JSON.parse(line) as Case;
    calls++;
    const finding = replay(each);
    if (finding === null) continue;
    differing++;
    const reason = known.find(({ holds }) => holds(finding))?.reason ?? null;
    if (reason === null) faults++;
    const kind = reason ?? `${each.space}.${each.name} ${finding.what.replaceAll(/\d+/g, '#')}`;
    const written = [...each.args.map(shown), ...Object.entries(each.named).map(([key, value]) => `${key}=${shown(value)}`)];
    const example = `${each.space}.${each.name}(${written.join(', ')}), ${each.spelling}: ${finding.what}`;
    const found = kinds.get(kind) ?? { count: 0, example, reason };
    kinds.set(kind, { ...found, count: found.count + 1 });
  }
  for (const [kind, { count, example, reason }] of [...kinds].sort(([, a], [, b]) => b.count - a.count)) {
    console.log(reason === null ? `${count} × ${kind}\n    ${example}` : `${count} × known: ${kind}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`\n${calls} calls against PyTorch ${version}: ${differing} differ, ${faults} of them in no way that is known (${seconds} s)`);
  return faults === 0 && calls > 0 ? 0 : 1;
}
