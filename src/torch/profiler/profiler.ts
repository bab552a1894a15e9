import { ValueError, checkCallable, pythonTypeName, shown } from '../../core/errors.ts';
import { isPromise } from '../../core/realms.ts';
import { StridedArray } from '../../core/strided.ts';
import type { OpCall, OpListener } from '../../ops/registry/listener.ts';
import { listen, reported } from '../../ops/registry/listener.ts';
import { checkOptions } from '../arguments/options.ts';

/** Where the time of a program goes, op by op. On the GPU it is the time that ops take to be asked for, not to be done. */

/**
 * The calls of one op together: times in microseconds, memory in bytes. Source: torch.autograd.profiler_util.FunctionEventAvg.
 * @example
 * const [event] = torch.profiler.profile(() => torch.ones(3).mul(2)).key_averages();
 * [event.key, event.count, event.cpu_memory_usage]; // → ['mul', 1, 12]
 */
export class FunctionEventAvg {
  /** The name of the op. */
  readonly key: string;
  /** The shapes of its inputs, where the profile keeps calls of other shapes apart, else null. */
  readonly input_shapes: readonly (readonly number[])[] | null;
  /** How many calls there were. */
  count = 0;
  /** Microseconds, the ops that it is made of included. */
  cpu_time_total = 0;
  /** Microseconds without those. */
  self_cpu_time_total = 0;
  /** Bytes of results in memory of their own. */
  cpu_memory_usage = 0;

  constructor(key: string, input_shapes: readonly (readonly number[])[] | null) {
    this.key = key;
    this.input_shapes = input_shapes;
  }

  /**
   * Microseconds that a call took, on average.
   * @example
   * const [event] = torch.profiler.profile(() => torch.ones(3).mul(2).mul(3)).key_averages();
   * event.cpu_time === event.cpu_time_total / 2; // → true
   */
  get cpu_time(): number {
    return this.cpu_time_total / this.count;
  }
}

const sortKeys = ['count', 'cpu_time', 'cpu_time_total', 'self_cpu_time_total', 'cpu_memory_usage'] as const;

/** What `table` takes. */
export interface TableOptions {
  /** By what the rows are sorted, the largest first; in the order of first calls unless said. */
  readonly sort_by?: (typeof sortKeys)[number] | null;
  /** How many rows there are at most, 100 unless said; all where it is negative. */
  readonly row_limit?: number;
}

/** An amount in the largest unit of which it is at least one. */
function amountText(amount: number, units: readonly string[], step: number): string {
  const [unit, ...larger] = units;
  return larger.length > 0 && amount >= step ? amountText(amount / step, larger, step) : `${+amount.toFixed(3)}${unit}`;
}

const timeText = (microseconds: number): string => amountText(microseconds, ['us', 'ms', 's'], 1000);

/**
 * A list of averages that prints as a table. Source: torch.autograd.profiler_util.EventList.
 * @example
 * const events = torch.profiler.profile(() => torch.ones(3).mul(2).sum()).key_averages();
 * events.map(({ key }) => key); // → ['mul', 'sum']
 */
export class EventList extends Array<FunctionEventAvg> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /**
   * The rows in columns, the largest first by `sort_by`, `row_limit` of them at most.
   * Source: torch.autograd.profiler_util.EventList.table.
   * @example
   * const events = torch.profiler.profile(() => torch.ones(3).mul(2)).key_averages();
   * events.table({ sort_by: 'count' }).includes('# of Calls'); // → true
   */
  table(options: TableOptions = {}): string {
    checkOptions('table', options, ['sort_by', 'row_limit']);
    const { sort_by = null, row_limit = 100 } = options;
    if (sort_by !== null && !sortKeys.includes(sort_by)) {
      throw new ValueError(`sort_by should be one of ${sortKeys.join(', ')}, not ${shown(sort_by)}`);
    }
    const whole = this.reduce((sum, event) => sum + event.self_cpu_time_total, 0);
    const share = (time: number): string => `${(whole > 0 ? 100 * time / whole : 0).toFixed(2)}%`;
    const events = sort_by === null ? this : [...this].sort((a, b) => b[sort_by] - a[sort_by]);
    const rows = events.slice(0, row_limit < 0 ? undefined : row_limit).map((event) => [
      event.key, share(event.self_cpu_time_total), timeText(event.self_cpu_time_total), share(event.cpu_time_total),
      timeText(event.cpu_time_total), timeText(event.cpu_time), amountText(event.cpu_memory_usage, ['b', 'Kb', 'Mb', 'Gb'], 1024),
      String(event.count), ...(event.input_shapes ? [JSON.stringify(event.input_shapes)] : []),
    ]);
    const titles = ['Name', 'Self CPU %', 'Self CPU', 'CPU total %', 'CPU total', 'CPU time avg', 'CPU Mem', '# of Calls', 'Input Shapes'];
    const head = titles.slice(0, rows[0]?.length ?? 8);
    const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
    const line = widths.map((width) => '-'.repeat(width)).join('  ');
    const text = (row: readonly string[]): string => row.map((cell, column) => cell.padStart(widths[column])).join('  ');
    return [line, text(head), line, ...rows.map(text), line, `Self CPU time total: ${timeText(whole)}`, ''].join('\n');
  }

  /** The whole table. */
  override toString(): string {
    return this.table();
  }
}

/** What `profile` takes. */
export interface ProfileOptions {
  /** Keep calls with other shapes of their inputs apart. */
  readonly record_shapes?: boolean;
}

interface Running {
  readonly call: OpCall;
  readonly start: number;
  /** What the ops inside have taken. */
  inside: number;
}

/**
 * A profile in the making, from `start` to `stop`; disposing of it stops it. Source: torch.profiler.profile.
 * @example
 * const prof = torch.profiler.profile();
 * torch.ones(3).mul(2);
 * prof.stop();
 * prof.key_averages().length; // → 1
 */
export class Profile implements Disposable {
  private readonly options: ProfileOptions;
  private readonly averages = new Map<string, FunctionEventAvg>();
  private readonly running: Running[] = [];
  private release: (() => void) | null = null;
  private readonly listener: OpListener = {
    begin: (call) => void this.running.push({ call, start: performance.now(), inside: 0 }),
    end: (call, results) => this.count(call, results),
  };

  constructor(options: ProfileOptions) {
    this.options = options;
  }

  /**
   * Begins to count and time, or goes on after `stop`.
   * @example
   * const prof = torch.profiler.profile();
   * prof.stop();
   * torch.ones(3).mul(2);
   * prof.start();
   * torch.ones(3).add(2);
   * prof.stop();
   * prof.key_averages().map(({ key }) => key); // → ['add']
   */
  start(): void {
    this.release ??= listen(this.listener);
  }

  /** Ends the counting; what was counted stays. */
  stop(): void {
    this.release?.();
    this.release = null;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  private count({ name, operands }: OpCall, results: readonly unknown[]): void {
    const { start, inside } = this.running.pop()!;
    const time = (performance.now() - start) * 1000;
    const outer = this.running.at(-1);
    if (outer !== undefined) outer.inside += time;
    const shapes = this.options.record_shapes
      ? operands.map((operand) => (operand instanceof StridedArray ? operand.geometry.shape : [])) : null;
    const key = shapes === null ? name : `${name} ${JSON.stringify(shapes)}`;
    let average = this.averages.get(key);
    if (average === undefined) this.averages.set(key, average = new FunctionEventAvg(name, shapes));
    average.count++;
    average.cpu_time_total += time;
    average.self_cpu_time_total += time - inside;
    const owned = (result: unknown): result is StridedArray => result instanceof StridedArray
      && !operands.some((operand) => operand instanceof StridedArray && operand.storage === result.storage);
    for (const result of results) if (owned(result)) average.cpu_memory_usage += result.geometry.size * result.dtypeCore.itemsize;
  }

  /**
   * The calls of each op together, in the order of their first calls. Source: torch.profiler.profile.key_averages.
   * @example
   * torch.profiler.profile(() => torch.ones(3).mul(2).mul(3)).key_averages()[0].count; // → 2
   */
  key_averages(): EventList {
    const list = EventList.from(this.averages.values()) as EventList;
    // As in Printed, which is no array.
    return Object.defineProperty(list, Symbol.for('nodejs.util.inspect.custom'), { value: () => list.table() });
  }
}

/**
 * Counts and times every op: of `body`, or until the result is stopped or disposed of (`using prof = torch.profiler.profile()`).
 * Source: torch.profiler.profile.
 * @example
 * const prof = torch.profiler.profile(() => torch.ones(2, 2).mul(3).sum());
 * prof.key_averages().map((event) => [event.key, event.count, event.cpu_memory_usage]); // → [['mul', 1, 16], ['sum', 1, 4]]
 */
export function profile(body: () => unknown): Profile;
export function profile(options?: ProfileOptions, body?: () => unknown): Profile;
export function profile(...given: readonly (ProfileOptions | (() => unknown) | undefined)[]): Profile {
  const body = given.find((each) => typeof each === 'function');
  const others = given.filter((each) => each !== body && each !== undefined);
  const [options = {}] = others;
  for (const each of others) checkOptions('profile', each as ProfileOptions, ['record_shapes']);
  const made = new Profile(options as ProfileOptions);
  made.start();
  if (body === undefined) return made;
  try {
    const result = body();
    if (isPromise(result)) {
      throw new TypeError('profile takes a synchronous function: `using prof = torch.profiler.profile()` profiles across an await');
    }
  } finally {
    made.stop();
  }
  return made;
}

/**
 * Runs `body` as a row of its own in the profile. Source: torch.profiler.record_function.
 * @example
 * const prof = torch.profiler.profile(() => torch.profiler.record_function('twice', () => torch.ones(2).add(1).add(1)));
 * prof.key_averages().map((event) => [event.key, event.count]); // → [['add', 2], ['twice', 1]]
 */
export function record_function<T>(name: string, body: () => T): T {
  if (typeof name !== 'string') throw new TypeError(`record_function(): argument 'name' must be str, not ${pythonTypeName(name)}`);
  checkCallable(body);
  return reported(name, [], null, () => [body()] as const)[0];
}
