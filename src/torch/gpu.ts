import { acceleratorType } from '../core/device.ts';
import { callable } from '../core/callable.ts';
import { RuntimeError, ValueError } from '../core/errors.ts';
import type { Backend } from '../ops/devices.ts';
import { backendsOf } from '../ops/devices.ts';
import type { DeviceLike } from './device.ts';
import { openGpus, toDevice } from './device.ts';
import { asking, builtinSignature, inPython } from './arguments/keyed.ts';
import { checkOptions } from './arguments/options.ts';
import { manual_seed } from './functions/random/generator.ts';

/** The namespace of GPUs, under both of its names. `flambeau.init({ webgpu: true })` opens them. */

/** A point among the operations of a GPU, to measure the time between two of them. */
class EventClass {
  private readonly device: GpuLike | undefined;
  private readonly timed: boolean;
  private mark: Promise<number> | null = null;
  private time: number | null = null;

  constructor(options: { readonly enable_timing?: boolean; readonly device?: GpuLike } = {}) {
    checkOptions('Event', options, ['enable_timing', 'device']);
    this.timed = options.enable_timing ?? false;
    this.device = options.device;
  }

  /**
   * Marks the point after everything that was asked of the GPU so far. Throws where it tells no times.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * const event = torch.webgpu.Event();
   * event.record();
   * await event.synchronize();
   * event.query(); // → true
   */
  record(): void {
    const backend = gpuOf(this.device);
    this.time = null;
    this.mark = this.timed ? backend.mark() : backend.synchronize().then(() => 0);
    // Whoever waits for it hears of a failure.
    this.mark.catch(() => {});
  }

  /**
   * Waits until everything before the point is done.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * const event = torch.webgpu.Event();
   * event.record();
   * await event.synchronize();
   * event.query(); // → true
   */
  async synchronize(): Promise<void> {
    if (this.mark !== null) this.time = await this.mark;
  }

  /**
   * Whether everything before the point is known to be done.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * const event = torch.webgpu.Event();
   * event.record();
   * await event.synchronize();
   * event.query(); // → true
   */
  query(): boolean {
    return this.mark === null || this.time !== null;
  }

  /** The GPU's time in milliseconds from this event to another, both of which were awaited with `synchronize`. */
  elapsed_time(end: EventClass): number {
    if (!this.timed || !end.timed) throw new ValueError('Both events must be created with argument \'enable_timing=True\'.');
    if (this.mark === null || end.mark === null) throw new ValueError('Both events must be recorded before calculating elapsed time.');
    if (this.time === null || end.time === null) {
      throw new RuntimeError(
        'Both events must be completed before calculating elapsed time: await start.synchronize() and end.synchronize()');
    }
    return end.time - this.time;
  }
}

/**
 * A point among the operations of a GPU, to measure the time between two of them: `record()` both, `await` their `synchronize()`,
 * then `start.elapsed_time(end)` is in milliseconds. Source: torch.cuda.Event.
 * @example
 * const start = torch.cuda.Event({ enable_timing: true });
 * start.elapsed_time(start); // → ValueError: Both events must be recorded before calculating elapsed time.
 */
const Event = callable('Event', EventClass);

/** A device, or its index. */
export type GpuLike = number | DeviceLike;

/**
 * GPUs under the name of the interface that reaches them; `torch.cuda` is another name for it. Source: torch.cuda.
 * @example
 * torch.webgpu.is_available(); // → false
 * torch.cuda === torch.webgpu; // → true
 */
export interface GpuNamespace {
  /** Whether a GPU was opened to compute on. */
  is_available(): boolean;
  /**
   * The number of GPUs that were opened.
   * @example
   * torch.webgpu.device_count(); // → 0
   */
  device_count(): number;
  /**
   * Waits until all that was asked of the GPU is done, and lets the memory of dropped tensors be collected.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * const x = torch.ones(2, { device: 'webgpu' }).add(1);
   * await torch.webgpu.synchronize();
   * await x.cpu(); // → tensor([2., 2.])
   */
  synchronize(device?: GpuLike): Promise<void>;
  /**
   * The index of the GPU that is used where none is named. Throws a RuntimeError where none is open.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * torch.webgpu.current_device(); // → 0
   */
  current_device(): number;
  /**
   * Bytes that living tensors hold on the GPU.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * const x = torch.ones(1024, { device: 'webgpu' });
   * torch.webgpu.memory_allocated() >= x.nbytes; // → true
   */
  memory_allocated(device?: GpuLike): number;
  /**
   * The most bytes that living tensors held at one time.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * torch.webgpu.max_memory_allocated() >= torch.webgpu.memory_allocated(); // → true
   */
  max_memory_allocated(device?: GpuLike): number;
  /**
   * Bytes of living tensors and of buffers that are kept for reuse.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * torch.webgpu.memory_reserved() >= torch.webgpu.memory_allocated(); // → true
   */
  memory_reserved(device?: GpuLike): number;
  /** A point among the GPU's operations; with `enable_timing` the time between two can be told. */
  readonly Event: typeof Event;
  /**
   * Gives buffers that are kept for reuse back to the driver.
   * @example gpu
   * await flambeau.init({ webgpu: true });
   * torch.webgpu.empty_cache();
   * torch.webgpu.memory_reserved() - torch.webgpu.memory_allocated(); // → 0
   */
  empty_cache(): void;
  /**
   * Seeds the stream of random numbers, which is one for all devices.
   * @example
   * torch.cuda.manual_seed(0);
   * torch.rand(2); // → tensor([0.4963, 0.7682])
   */
  manual_seed(seed: number | bigint): void;
  /**
   * As `manual_seed`: all devices have one stream.
   * @example
   * torch.cuda.manual_seed_all(0);
   * torch.rand(2); // → tensor([0.4963, 0.7682])
   */
  manual_seed_all(seed: number | bigint): void;
}

function gpuOf(device: GpuLike = 0): Backend {
  const index = typeof device === 'number' ? device : toDevice(device).index;
  const backend = openGpus()[index];
  if (backend === undefined) {
    throw new RuntimeError(
      `GPU ${index} is not available: await flambeau.init({ webgpu: true }) first, which opens it or says what it lacks`);
  }
  return backend;
}

/** A function of a device, which may be left out. */
function of<R>(name: string, f: (device?: GpuLike) => R): (device?: GpuLike) => R {
  const declared = builtinSignature(name, 'device: int | torch.device = None', inPython);
  return (...given) => f((declared.list(given)[0] ?? undefined) as GpuLike | undefined);
}

export const webgpu: GpuNamespace = {
  is_available: asking('webgpu.is_available', () => openGpus().length > 0, inPython),
  device_count: asking('webgpu.device_count', () => openGpus().length, inPython),
  synchronize: of('webgpu.synchronize', async (device) => {
    // Without a GPU there is nothing to wait for, unless one is named; one that was lost says so.
    const [first] = backendsOf(acceleratorType);
    await (device === undefined ? first?.synchronize() : gpuOf(device).synchronize());
    // Finalizers run between tasks.
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }),
  current_device: asking('webgpu.current_device', () => {
    gpuOf();
    return 0;
  }, inPython),
  memory_allocated: of('webgpu.memory_allocated', (device) => gpuOf(device).memory().inUse),
  max_memory_allocated: of('webgpu.max_memory_allocated', (device) => gpuOf(device).memory().peak),
  memory_reserved: of('webgpu.memory_reserved', (device) => {
    const { inUse, free } = gpuOf(device).memory();
    return inUse + free;
  }),
  Event,
  empty_cache: asking('webgpu.empty_cache', () => {
    for (const backend of openGpus()) backend.releaseMemory();
  }, inPython),
  manual_seed: (seed) => void manual_seed(seed),
  manual_seed_all: (seed) => void manual_seed(seed),
};

/** GPUs under PyTorch's name for them. Source: torch.cuda. */
export const cuda: GpuNamespace = webgpu;
