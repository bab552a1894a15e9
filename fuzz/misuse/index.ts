import { parseArgs } from 'node:util';
import { misuse } from './engine.ts';
import { messageKind } from './findings.ts';
import type { MisuseFinding } from './findings.ts';

/** `npm run fuzz -- misuse`: every export with wrong arguments. */

const mostNames = 12;

export async function misuseAll(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      calls: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' }, device: { type: 'string', default: 'cpu' },
      /** One call of a seed again, by its number. */
      replay: { type: 'string' },
      /** Every wrong value in turn rather than at random. */
      sweep: { type: 'boolean', default: false },
      /** Only targets of these names, with commas between them. */
      only: { type: 'string' },
    },
  });
  const [calls, seed] = [Number(values.calls), Number(values.seed)];
  const { device } = values;
  if (device !== 'cpu' && device !== 'webgpu') throw new Error(`--device is cpu or webgpu, not ${device}`);
  const start = performance.now();
  const options = { seed, device, only: values.only?.split(','), sweep: values.sweep } as const;
  const { findings, targets } = await (values.replay === undefined
    ? misuse({ ...options, calls }) : misuse({ ...options, first: Number(values.replay), calls: 1 }));
  const kinds = new Map<string, MisuseFinding[]>();
  for (const finding of findings) {
    const kind = `${finding.kind}: ${messageKind(finding.message)}`;
    kinds.set(kind, [...kinds.get(kind) ?? [], finding]);
  }
  const extra = `${device === 'cpu' ? '' : ` --device ${device}`}${values.sweep ? ' --sweep' : ''}`;
  for (const [kind, list] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    const names = new Map<string, MisuseFinding[]>();
    for (const finding of list) names.set(finding.target, [...names.get(finding.target) ?? [], finding]);
    console.log(`\n${list.length} × ${kind}`);
    for (const [name, [first, ...rest]] of [...names].slice(0, mostNames)) {
      console.log(`  ${name}${rest.length > 0 ? ` (${rest.length + 1} times)` : ''}: ${first.text.slice(0, 300)}`);
      console.log(`    ${first.message.slice(0, 200)}`);
      console.log(`    npm run fuzz -- misuse --seed ${seed} --replay ${first.call}${extra}`);
    }
    const others = [...names.keys()].slice(mostNames);
    if (others.length > 0) console.log(`  and of ${others.length} names more: ${others.join(', ')}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const made = values.replay === undefined ? calls : 1;
  console.log(`\n${made} calls of ${targets} names: ${findings.length} findings of ${kinds.size} kinds (${seconds} s)`);
  return findings.length === 0 ? 0 : 1;
}
