import type { Device } from '../../core/device.ts';
import { IndexError, OverflowError, RuntimeError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Access, KernelSource } from './assemble.ts';
import { assemble } from './assemble.ts';
import type { Block, GpuStorage } from './buffers.ts';
import { BufferPool, sizeClass } from './buffers.ts';
import { bufferUsage, computeStage, mapRead } from './flags.ts';

/** One opened GPU: its buffers, its kernels, and the commands that are on their way to it. */

/** Part of a block as a kernel sees it; an offset is a multiple of 256 bytes. */
export interface Binding {
  readonly block: Block;
  readonly offset: number;
  readonly size: number;
}

/** Bind group layouts by the accesses of their buffers; kernels with the same accesses share one, and its groups. */
interface Bindings {
  readonly id: number;
  readonly layout: GPUBindGroupLayout;
  readonly pipelines: GPUPipelineLayout;
}

/** A compiled kernel. Binding 0 holds its parameters, the storage buffers follow. */
export interface Kernel {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: Bindings;
  /** Whether it reports to the buffer of faults, which then is its last binding. */
  readonly reports: boolean;
}

/**
 * 32-bit words of parameters that one dispatch may have, and the bytes that they take in the ring. The last word is always 0, which
 * compilers do not know: gpu/mathBits.wgsl builds on that.
 */
export const parameterWords = 128;
const parameterBytes = parameterWords * 4;
/** Dispatches that are sent together: enough that sending costs little, few enough that the GPU starts early. */
const batchSize = 128;
const largestBindGroups = 4096;
const scopeFilters = ['validation', 'out-of-memory', 'internal'] as const;

/** What kernels report: see gpu/faults.wgsl. */
export const faultWords = 4;

const owners = new WeakMap<BufferPool, Gpu>();

/** The GPU whose memory an array lies in. */
export const gpuOf = ({ storage }: StridedArray): Gpu => owners.get((storage as GpuStorage).owner)!;

export class Gpu {
  readonly device: GPUDevice;
  readonly name: string;
  readonly pool: BufferPool;
  /** The most bytes that one binding may span. */
  bindingLimit: number;
  /** The most bytes that are read through one buffer. */
  largestRead = 2 ** 28;
  /** Counts batches; a block remembers the last one that used it. */
  batch = 0;
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  /** The one that the pass has set. */
  private pipeline: GPUComputePipeline | null = null;
  /** Workgroups in a row of them. */
  private readonly rowLength: number;
  private dispatches = 0;
  private scheduled = false;
  private scoped = false;
  private readonly words = new Int32Array(batchSize * parameterWords);
  private readonly parameters: GPUBuffer;
  private readonly faults: Block;
  private faultsPossible = false;
  private readonly kernels = new Map<string, Kernel>();
  private readonly variants = new WeakMap<object, Map<number | string, Kernel>>();
  private readonly layouts = new Map<string, Bindings>();
  private readonly bindGroups = new Map<string, GPUBindGroup>();
  private readonly staging = new Map<number, GPUBuffer[]>();
  private readonly scopes = new Set<Promise<void>>();
  private readonly refusals: string[] = [];
  private lost: RuntimeError | null = null;
  private failure: RuntimeError | null = null;
  /** Batches sent and dispatches in them, for tests and benchmarks. */
  readonly counts = { submits: 0, dispatches: 0, kernels: 0, bindGroups: 0 };

  constructor(device: GPUDevice, name: string, place: Device, budget: number) {
    this.device = device;
    this.name = name;
    // Asked once: under Dawn every look at the limits makes a new object of them.
    const { maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension, maxBufferSize } = device.limits;
    this.bindingLimit = maxStorageBufferBindingSize;
    this.rowLength = maxComputeWorkgroupsPerDimension;
    this.pool = new BufferPool(device, place, budget, maxBufferSize, (block) => this.forget(block));
    owners.set(this.pool, this);
    this.parameters = device.createBuffer({
      size: batchSize * parameterBytes, usage: bufferUsage.uniform | bufferUsage.copyTarget,
    });
    this.faults = {
      id: 0, size: faultWords * 4, batch: -1, buffer: device.createBuffer({
        size: faultWords * 4, usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget,
      }),
    };
    // The wait keeps the device alive, not the process.
    void device.lost.then(({ reason, message }) => {
      this.lost ??= new RuntimeError(
        `the GPU device was lost (${message || reason}): its tensors are gone. `
        + 'Call and await flambeau.init({ webgpu: true }) again and make them anew from the CPU\'s data');
    });
    device.addEventListener('uncapturederror', ({ error }) => this.fail(error, 'validation'));
  }

  get available(): boolean {
    return this.lost === null;
  }

  /** Throws what went wrong since the last call. */
  check(): void {
    if (this.lost !== null) throw this.lost;
    if (this.failure !== null) {
      const { failure } = this;
      this.failure = null;
      throw failure;
    }
  }

  private fail({ message }: GPUError, filter: GPUErrorFilter): void {
    this.failure ??= new RuntimeError(filter === 'out-of-memory'
      ? `the GPU is out of memory: free tensors or lower the batch size (${message})`
      : `the GPU refused an operation, and its results since are not valid: ${message}`);
  }

  // --- kernels ---

  /** The kernel of a key, compiled from `source()` the first time. */
  kernel(key: string, source: () => KernelSource): Kernel {
    const known = this.kernels.get(key);
    if (known !== undefined) return known;
    this.check();
    const { code, accesses, reports } = assemble(source());
    this.openScopes();
    const bindings = this.bindingsOf(accesses);
    const module = this.device.createShaderModule({ code, label: key });
    const pipeline = this.device.createComputePipeline({
      label: key, layout: bindings.pipelines, compute: { module, entryPoint: 'main' },
    });
    const kernel = { pipeline, bindings, reports };
    this.counts.kernels++;
    this.kernels.set(key, kernel);
    return kernel;
  }

  /** A kernel that is asked for by a key among those of its owner, which as a number is quicker than the kernel's own. */
  variant(owner: object, key: number | string, kernel: () => Kernel): Kernel {
    let known = this.variants.get(owner);
    if (known === undefined) {
      known = new Map();
      this.variants.set(owner, known);
    }
    let found = known.get(key);
    if (found === undefined) {
      found = kernel();
      known.set(key, found);
    }
    return found;
  }

  private bindingsOf(accesses: readonly Access[]): Bindings {
    const key = accesses.join();
    let bindings = this.layouts.get(key);
    if (bindings === undefined) {
      const layout = this.device.createBindGroupLayout({
        entries: [
          {
            binding: 0, visibility: computeStage,
            buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: parameterBytes },
          },
          ...accesses.map((access, i): GPUBindGroupLayoutEntry => ({
            binding: i + 1, visibility: computeStage, buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
          })),
        ],
      });
      bindings = { id: this.layouts.size, layout, pipelines: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }) };
      this.layouts.set(key, bindings);
    }
    return bindings;
  }

  private bindGroupOf({ id, layout }: Bindings, bindings: readonly Binding[]): GPUBindGroup {
    let key = `${id}`;
    for (const { block, offset, size } of bindings) {
      key += offset === 0 && size === block.size ? `,${block.id}` : `,${block.id}:${offset}:${size}`;
    }
    let group = this.bindGroups.get(key);
    if (group === undefined) {
      if (this.bindGroups.size >= largestBindGroups) this.bindGroups.clear();
      this.counts.bindGroups++;
      group = this.device.createBindGroup({
        layout,
        entries: [
          { binding: 0, resource: { buffer: this.parameters, size: parameterBytes } },
          ...bindings.map(({ block, offset, size }, i) => ({ binding: i + 1, resource: { buffer: block.buffer, offset, size } })),
        ],
      });
      this.bindGroups.set(key, group);
    }
    return group;
  }

  /** Drops the groups of a buffer that is about to be destroyed. */
  private forget(block: Block): void {
    if (block.batch === this.batch) this.flush();
    // Groups of destroyed buffers are never asked for again, since ids are not reused; clearing now and then frees them.
    if (this.bindGroups.size > largestBindGroups / 2) this.bindGroups.clear();
  }

  // --- commands ---

  /** Queues one kernel over so many workgroups, laid out in rows of 65,535. */
  dispatch(kernel: Kernel, bindings: readonly Binding[], parameters: readonly number[], groups: number): void {
    if (groups === 0) return;
    this.check();
    this.openScopes();
    const group = this.bindGroupOf(kernel.bindings, kernel.reports ? [...bindings, this.faultBinding()] : bindings);
    this.encoder ??= this.device.createCommandEncoder();
    if (this.pass === null) {
      this.pass = this.encoder.beginComputePass();
      this.pipeline = null;
    }
    if (parameters.length >= parameterWords) {
      throw new RuntimeError(`a kernel takes ${parameters.length} parameters, more than there is room for`);
    }
    const start = this.dispatches * parameterWords;
    for (let i = 0; i < parameters.length; i++) this.words[start + i] = parameters[i];
    if (kernel.pipeline !== this.pipeline) this.pass.setPipeline(kernel.pipeline);
    this.pipeline = kernel.pipeline;
    this.pass.setBindGroup(0, group, [this.dispatches * parameterBytes]);
    const { rowLength } = this;
    if (groups <= rowLength) this.pass.dispatchWorkgroups(groups);
    else this.pass.dispatchWorkgroups(rowLength, Math.ceil(groups / rowLength));
    for (const { block } of bindings) block.batch = this.batch;
    this.counts.dispatches++;
    if (++this.dispatches === batchSize) this.flush();
    else this.schedule();
  }

  private faultBinding(): Binding {
    this.faultsPossible = true;
    return { block: this.faults, offset: 0, size: this.faults.size };
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private openScopes(): void {
    if (this.scoped) return;
    this.scoped = true;
    for (const filter of scopeFilters) this.device.pushErrorScope(filter);
  }

  private closeScopes(): void {
    if (!this.scoped) return;
    this.scoped = false;
    for (const filter of [...scopeFilters].reverse()) {
      const scope: Promise<void> = this.device.popErrorScope().then((error) => {
        if (error) this.fail(error, filter);
      }, () => {}).finally(() => this.scopes.delete(scope));
      this.scopes.add(scope);
    }
  }

  /** Sends what was queued. */
  flush(): void {
    if (this.encoder !== null) {
      this.pass?.end();
      if (this.dispatches > 0) {
        this.device.queue.writeBuffer(this.parameters, 0, this.words, 0, this.dispatches * parameterWords);
      }
      this.device.queue.submit([this.encoder.finish()]);
      this.counts.submits++;
      this.encoder = this.pass = null;
      this.dispatches = 0;
      this.batch++;
    }
    this.closeScopes();
  }

  /** Overwrites part of a block; the bytes' number is a multiple of 4. */
  write(block: Block, offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.check();
    // Writes go ahead of commands that have not been sent.
    if (block.batch === this.batch) this.flush();
    this.openScopes();
    this.device.queue.writeBuffer(block.buffer, offset, bytes);
    this.schedule();
  }

  /** The bytes of part of a block once all that was asked before is done; offset and size are multiples of 4. */
  async read(block: Block, offset: number, size: number): Promise<ArrayBuffer> {
    this.check();
    this.openScopes();
    const total = sizeClass(size + faultWords * 4);
    const target = this.staging.get(total)?.pop()
      ?? this.device.createBuffer({ size: total, usage: bufferUsage.mapRead | bufferUsage.copyTarget });
    this.pass?.end();
    this.pass = null;
    this.encoder ??= this.device.createCommandEncoder();
    this.encoder.copyBufferToBuffer(this.faults.buffer, 0, target, 0, faultWords * 4);
    if (size > 0) this.encoder.copyBufferToBuffer(block.buffer, offset, target, faultWords * 4, size);
    const { faultsPossible } = this;
    this.flush();
    try {
      await target.mapAsync(mapRead);
    } catch (cause) {
      // The news of a lost device may come after what it broke off.
      await Promise.race([this.device.lost, new Promise((resolve) => {
        setTimeout(resolve, 1000);
      })]);
      await this.settle();
      throw new RuntimeError(`reading from the GPU failed: ${String(cause)}`, { cause });
    }
    await this.settle();
    const copy = target.getMappedRange().slice(0, size + faultWords * 4);
    target.unmap();
    const waiting = this.staging.get(total);
    if (waiting === undefined) this.staging.set(total, [target]);
    else if (waiting.length < 4) waiting.push(target);
    else target.destroy();
    if (faultsPossible) this.reportFault(new Int32Array(copy, 0, faultWords));
    return copy.slice(faultWords * 4);
  }

  /** Waits for the error scopes that are closed and throws what they caught. */
  private async settle(): Promise<void> {
    await Promise.all(this.scopes);
    this.check();
  }

  /** The number of a message, as kernels report it. */
  refusal(message: string): number {
    const known = this.refusals.indexOf(message);
    return known >= 0 ? known : this.refusals.push(message) - 1;
  }

  private reportFault([code, value, bound]: Int32Array): void {
    if (code === 0) return;
    this.device.queue.writeBuffer(this.faults.buffer, 0, new Int32Array(faultWords));
    switch (code) {
      case 1: throw new IndexError(
        `index ${value} is out of bounds for an axis with size ${bound}: an operation on the GPU since the last read used it, `
        + 'and results that depend on it are not valid');
      case 2: throw new OverflowError(
        'an int64 result on the GPU, where int64 has 32 bits, went beyond -2147483648 to 2147483647, and results that depend on it are '
        + 'not valid; compute with it on the CPU, or in float32');
      case 3: throw new RuntimeError(`${this.refusals[value]} (an operation on the GPU since the last read)`);
      default: throw new RuntimeError(`a kernel reported the unknown fault ${code}`);
    }
  }

  /** Waits until all that was asked is done. */
  async synchronize(): Promise<void> {
    await this.read(this.faults, 0, 0);
  }

  /** The GPU's clock in milliseconds once all that was asked before is done. */
  mark(): Promise<number> {
    this.check();
    if (!this.device.features.has('timestamp-query')) {
      throw new RuntimeError(
        'this GPU tells no times (it lacks the feature timestamp-query): measure with await torch.webgpu.synchronize()');
    }
    this.openScopes();
    const times = this.device.createQuerySet({ type: 'timestamp', count: 2 });
    const buffer = this.device.createBuffer({ size: 16, usage: bufferUsage.resolve | bufferUsage.copySource });
    this.pass?.end();
    this.pass = null;
    this.encoder ??= this.device.createCommandEncoder();
    this.encoder.beginComputePass({ timestampWrites: { querySet: times, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 } }).end();
    this.encoder.resolveQuerySet(times, 0, 2, buffer, 0);
    return this.read({ id: -1, buffer, size: 16, batch: -1 }, 0, 16).then((bytes) => Number(new BigUint64Array(bytes)[1]) / 1e6)
      .finally(() => {
        times.destroy();
        buffer.destroy();
      });
  }

  /** Ends the device; everything on it is gone. */
  destroy(): void {
    this.flush();
    this.device.destroy();
  }
}
