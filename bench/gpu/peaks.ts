import { readFileSync } from 'node:fs';

/** What the adapter itself can do, by kernels that do nothing else. */

export interface Peaks {
  /** float32, a fused multiply-add counted as two operations. */
  readonly gflops: number;
  /** Bytes read and bytes written of a copy. */
  readonly gigabytes: number;
}

const rounds = 7;
const groupSize = 256;
/** Workgroups that multiply and add: several for each core of the largest GPU. */
const groups = 8192;
/** Operations of one invocation in one iteration of fma.wgsl: 16 statements of 4 lanes. */
const operations = 16 * 4 * 2;

const source = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Milliseconds of commands on an idle device. */
async function time(device: GPUDevice, encode: (pass: GPUComputePassEncoder) => void): Promise<number> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  encode(pass);
  pass.end();
  const commands = encoder.finish();
  const start = performance.now();
  device.queue.submit([commands]);
  await device.queue.onSubmittedWorkDone();
  return performance.now() - start;
}

/** The shortest time of one unit, by runs of so many units that waiting does not show. */
async function shortest(run: (units: number) => Promise<number>): Promise<number> {
  const enough = 25;
  let units = 1;
  let milliseconds = await run(units);
  while (milliseconds < enough) {
    units = Math.ceil(units * Math.min(10, 1.5 * enough / milliseconds));
    milliseconds = await run(units);
  }
  for (let round = 0; round < rounds; round++) milliseconds = Math.min(milliseconds, await run(units));
  return milliseconds / units;
}

async function multiplyAdds(device: GPUDevice): Promise<number> {
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto', compute: { module: device.createShaderModule({ code: source('fma.wgsl') }) },
  });
  const parameters = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  const sink = device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: parameters } }, { binding: 1, resource: { buffer: sink } }],
  });
  const perIteration = await shortest((iterations) => {
    const words = new ArrayBuffer(16);
    new Uint32Array(words)[0] = iterations;
    new Float32Array(words).set([0.999, 0.001], 1);
    device.queue.writeBuffer(parameters, 0, words);
    return time(device, (pass) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(groups);
    });
  });
  return groups * groupSize * operations / perIteration / 1e6;
}

async function copies(device: GPUDevice, elements: number, portion: number): Promise<number> {
  const module = device.createShaderModule({ code: source('copy.wgsl') });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, constants: { portion } } });
  const buffers = [0, 1].map(() => device.createBuffer({ size: elements * 4, usage: GPUBufferUsage.STORAGE }));
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0), entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const perCopy = await shortest((times) => time(device, (pass) => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    for (let i = 0; i < times; i++) pass.dispatchWorkgroups(elements / 4 / groupSize / portion);
  }));
  for (const buffer of buffers) buffer.destroy();
  return 2 * elements * 4 / perCopy / 1e6;
}

/** Peaks of an adapter on a device of its own; the copy is of as many float32 as the rows that are held against it. */
export async function measurePeaks(adapter: GPUAdapter, elements: number): Promise<Peaks> {
  const device = await adapter.requestDevice();
  try {
    device.pushErrorScope('validation');
    const gflops = await multiplyAdds(device);
    const bandwidths = [];
    for (const portion of [1, 4]) bandwidths.push(await copies(device, elements, portion));
    const error = await device.popErrorScope();
    if (error) throw new Error(`the kernels of the peaks failed: ${error.message}`);
    return { gflops, gigabytes: Math.max(...bandwidths) };
  } finally {
    device.destroy();
  }
}
