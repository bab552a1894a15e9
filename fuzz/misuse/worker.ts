import { mkdtempSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { Draws } from '../draws.ts';
import type { FindingKind, MisuseFinding } from './findings.ts';
import { wrongError } from './findings.ts';
import type { Target } from './targets.ts';
import { allTargets } from './targets.ts';
import type { Drawn, Surroundings } from './values.ts';
import { argument, argumentsOf, spoilt, swept } from './values.ts';
import { parametersOf } from './parameters.ts';

/** Makes calls, in a process of its own, and says what went wrong. */

export interface Order {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly device: 'cpu' | 'webgpu';
  /** Holds the number of the call that is being made, for when the process cannot say it any more. */
  readonly progress: string;
  /** Only says what the first call is. */
  readonly describe?: boolean;
  /** Calls only targets of these names. */
  readonly only?: readonly string[];
  /** Whether half of the calls are right ones with one thing wrong, which takes some calls to find out. */
  readonly guided?: boolean;
  /** Whether every wrong value comes in turn, in the first place of all targets, then in the second, and so on. */
  readonly sweep?: boolean;
}

export type Report = { readonly finding: MisuseFinding } | { readonly done: number; readonly targets: number };

/** Milliseconds that a call may take, those apart in which others had the processor. */
const longest = 2000;

type Strided = np.ndarray | torch.Tensor;
const { isProxy, isPromise } = types;
const isStrided = (value: unknown): value is Strided => value instanceof np.ndarray || value instanceof torch.Tensor;

/** The bytes of an array on the CPU. */
const bytesOf = (array: Strided): string => {
  const data = array instanceof np.ndarray ? array.toTypedArray() : array.detach().contiguous().numpy().toTypedArray();
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
};

/** The arrays in a result, a few levels down. */
function arraysIn(value: unknown, depth = 3): Strided[] {
  if (isProxy(value)) return [];
  if (isStrided(value)) return [value];
  if (depth === 0 || typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const plain = Object.getPrototypeOf(value) === Object.prototype;
  const members: unknown[] = Array.isArray(value) ? value.slice(0, 20) : plain ? Object.values(value) : [];
  return members.flatMap((each) => arraysIn(each, depth - 1));
}

/** The same of results that may be an argument with members that throw. */
function reachable(value: unknown): Strided[] {
  try {
    return arraysIn(value);
  } catch {
    return [];
  }
}

/** What is wrong with where an array lies. */
function wrongLayout(array: Strided): string | null {
  // An object that was only given the prototype of arrays may come back as it is.
  if (!Object.hasOwn(array, 'geometry')) return null;
  if ([array.geometry, array.storage, array.dtypeCore].includes(undefined as never)) return 'an array without a storage, dtype or shape';
  const { geometry: { shape, strides, offset }, storage, dtypeCore: { itemsize, name } } = array;
  const text = `${name} shape (${shape.join(', ')}) strides (${strides.join(', ')}) offset ${offset} of ${storage.byteLength} bytes`;
  if (![...shape, ...strides, offset].every(Number.isSafeInteger) || shape.some((extent) => extent < 0)) return text;
  if (shape.includes(0)) return null;
  const reach = (sign: 1 | -1): number => shape.reduce((sum, extent, axis) => sum + Math.max(sign * strides[axis], 0) * (extent - 1), 0);
  // A GPU may hold elements in fewer bytes.
  const room = Math.max(storage.byteLength / itemsize, storage.roomFor(array.dtypeCore));
  return offset - reach(-1) < 0 || offset + reach(1) + 1 > room ? text : null;
}

interface Call {
  readonly target: Target;
  readonly receiver: Drawn | null;
  readonly args: readonly Drawn[];
  readonly text: string;
}

function describeCall(target: Target, receiver: Drawn | null, args: readonly Drawn[]): Call {
  const on = receiver === null ? target.name : target.name.replace(/^(np\.ndarray|torch\.Tensor)/, `(${receiver.text})`);
  return { target, receiver, args, text: `${on}(${args.map(({ text }) => text).join(', ')})` };
}

/** How often arguments are drawn until some are right. */
const rightTries = 40;

const mix = (seed: number, call: number): number => Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(call, 0xc2b2ae35);

class Caller {
  private readonly order: Order;
  private readonly targets: readonly Target[];
  private readonly canaries: readonly [Strided, string][];
  private readonly restore: () => void;
  private readonly right = new Map<Target, number | null>();

  constructor(order: Order, targets: readonly Target[]) {
    this.order = order;
    this.targets = targets;
    this.canaries = [np.arange(1000), torch.arange(1000)].map((array) => [array, bytesOf(array)]);
    this.restore = keepSettings();
  }

  draw(call: number): Call {
    const draws = new Draws(mix(this.order.seed, call));
    // Each target comes equally often, in an order that differs from round to round.
    const target = this.targets[(call + Math.floor(call / this.targets.length)) % this.targets.length];
    const surroundings = this.surroundings(target, draws);
    if (this.order.sweep === true && target.most !== 0) {
      const { receiver, args } = this.drawRight(target, this.rightSeed(target) ?? 0);
      return describeCall(target, receiver, swept(args, Math.floor(call / this.targets.length)));
    }
    const right = this.order.guided && target.most !== 0 && draws.chance(0.5) ? this.rightSeed(target) : null;
    if (right === null) return describeCall(target, this.receiver(target, surroundings), argumentsOf(surroundings, target.most));
    const { receiver, args } = this.drawRight(target, right);
    return describeCall(target, receiver, spoilt(args, surroundings));
  }

  private surroundings(target: Target, draws: Draws): Surroundings {
    return { draws, facade: target.facade, device: this.order.device, parameters: parametersOf(target.name) };
  }

  /** The seed of arguments that a target takes, null where none was found. */
  private rightSeed(target: Target): number | null {
    const known = this.right.get(target);
    if (known !== undefined) return known;
    let found: number | null = null;
    for (let seed = 0; seed < rightTries && found === null; seed++) {
      flambeau.scope(() => {
        const { receiver, args } = this.drawRight(target, seed);
        if (args.length === 0) return;
        try {
          const result = target.call(receiver?.value, args.map(({ value }) => value));
          if (isPromise(result)) (result as Promise<unknown>).catch(() => {});
          found = seed;
        } catch {
          // Others may do.
        }
        this.restore();
      });
    }
    this.right.set(target, found);
    return found;
  }

  private drawRight(target: Target, seed: number): Call {
    const start = [...target.name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7);
    const surroundings = { ...this.surroundings(target, new Draws(mix(start, seed))), plausibleOnly: true };
    return describeCall(target, this.receiver(target, surroundings), argumentsOf(surroundings, target.most));
  }

  private receiver({ receiver }: Target, surroundings: Surroundings): Drawn | null {
    if (receiver === undefined) return null;
    if (typeof receiver === 'function') return { text: '', value: receiver() };
    for (;;) {
      const drawn = argument(surroundings, false);
      if (isProxy(drawn.value)) continue;
      if (receiver === 'ndarray' ? drawn.value instanceof np.ndarray : drawn.value instanceof torch.Tensor) return drawn;
    }
  }

  /** Makes one call and tells every wrong thing about it. */
  async make(call: number, tell: (kind: FindingKind, message: string, made: Call) => void): Promise<void> {
    const before = flambeau.info().memory.inUse;
    let made: Call | null = null;
    let outcome: { value: unknown } | { error: unknown } = { value: undefined };
    let milliseconds = 0;
    const say = (kind: FindingKind, message: string): void => tell(kind, message, made!);
    flambeau.scope(() => {
      made = this.draw(call);
      const { target, receiver, args } = made;
      const operands = receiver === null ? args : [receiver, ...args];
      const kept = operands.slice(0, target.alone && operands.length > 1 ? 0 : target.keeps)
        .map(({ array }) => array && [array, bytesOf(array)] as const);
      const [start, used] = [performance.now(), process.cpuUsage()];
      try {
        outcome = { value: target.call(receiver?.value, args.map(({ value }) => value)) };
      } catch (error) {
        outcome = { error };
      }
      const { user, system } = process.cpuUsage(used);
      milliseconds = Math.min(performance.now() - start, (user + system) / 1000);
      this.restore();
      if ('error' in outcome) {
        const wrong = wrongError(outcome.error, made.text);
        if (wrong !== null) say(wrong.kind, wrong.message);
      } else {
        for (const array of reachable(outcome.value)) {
          const layout = wrongLayout(array);
          if (layout !== null) say('layout', layout);
        }
      }
      for (const [array, bytes] of kept.filter((each) => each !== undefined)) {
        if (!array.storage.freed && bytesOf(array) !== bytes) say('argument changed', 'an argument is not what it was');
      }
    });
    if (milliseconds > longest) say('slow', `took ${(milliseconds / 1000).toFixed(0)} s`);
    this.checkCanaries(say);
    if ('value' in outcome && isPromise(outcome.value)) {
      await (outcome.value as Promise<unknown>).catch((error: unknown) => {
        const wrong = wrongError(error, made!.text);
        if (wrong !== null) say(wrong.kind, wrong.message);
      });
    } else if (flambeau.info().memory.inUse > before) {
      this.leaks.push([call, flambeau.info().memory.inUse - before]);
    }
  }

  /** Calls after which more memory was in use than before them. */
  readonly leaks: [call: number, bytes: number][] = [];

  private checkCanaries(say: (kind: FindingKind, message: string) => void): void {
    for (const [array, bytes] of this.canaries) {
      if (bytesOf(array) === bytes) continue;
      say('canary', 'an array that has nothing to do with the call changed');
      throw new Error('the canary is dead');
    }
  }
}

/** Undoes what calls may set for the whole process. */
function keepSettings(): () => void {
  const options = np.get_printoptions();
  const budget = flambeau.getMemoryBudget();
  return () => {
    np.set_printoptions(options);
    torch.set_printoptions({ profile: 'default' });
    torch.set_default_dtype(torch.float32);
    torch.set_default_device('cpu');
    torch.set_grad_enabled(true);
    flambeau.setMemoryBudget(budget);
  };
}

/** What keeps gradients, state or hooks by its nature: they live as long as what they belong to. */
const keepsMemory = /backward|step|grad|Module|Net|torch\.optim|torch\.nn\.\w+\(\)|profile|autograd|hook|seed|rng|load|data=|to_parameters/;

async function work(order: Order): Promise<void> {
  process.chdir(mkdtempSync(join(tmpdir(), 'flambeau-misuse-')));
  if (order.device === 'webgpu') await flambeau.init({ webgpu: true });
  const targets = allTargets().filter(({ name }) => order.only === undefined || order.only.includes(name));
  const caller = new Caller(order, targets);
  const send = (report: Report): void => void process.send!(report);
  if (order.describe) {
    const { target, text } = caller.draw(order.first);
    send({ finding: { call: order.first, target: target.name, kind: 'process ended', message: '', text } });
    return;
  }
  const progress = openSync(order.progress, 'w');
  const number = new Int32Array(1);
  for (let call = order.first; call < order.first + order.count; call++) {
    number[0] = call;
    writeSync(progress, new Uint8Array(number.buffer), 0, 4, 0);
    const tell = (kind: FindingKind, message: string, made: Call): void =>
      send({ finding: { call, target: made.target.name, kind, message, text: made.text } });
    await caller.make(call, tell);
    // What grows each time that a call is made is a leak, what grows once is a table that was filled.
    for (const [leak, bytes] of caller.leaks.splice(0)) {
      await caller.make(leak, () => {});
      if (caller.leaks.splice(0).length === 0) continue;
      const { target, text } = caller.draw(leak);
      if (keepsMemory.test(target.name)) continue;
      send({ finding: { call: leak, target: target.name, kind: 'memory', message: `${bytes} bytes stay in use`, text } });
    }
    if (call % 64 === 0) await new Promise((resolve) => void setImmediate(resolve));
  }
  send({ done: order.count, targets: targets.length });
}

process.on('unhandledRejection', () => {
  // Promises among the arguments and results are their callers' business.
});
process.once('message', (order: Order) => void work(order).then(() => process.disconnect(), (error: Error) => {
  console.error(error);
  process.exit(3);
}));
