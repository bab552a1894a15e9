import { RuntimeError } from '../../core/errors.ts';
import { messageOf } from '../../core/realms.ts';
import { surroundings } from '../../core/surroundings.ts';

/** Finds the GPU: `navigator.gpu` where the engine has it, else Dawn through the `webgpu` package under Node. */

interface DawnPackage {
  create(flags: readonly string[]): GPU;
}

const { kind } = surroundings();
/** Those that load native packages. */
const isNode = kind === 'node' || kind === 'deno' || kind === 'bun';
const runtimeName = { node: 'Node', deno: 'Deno', bun: 'Bun', workerd: 'Workers', 'edge-light': 'Edge functions' }[kind as string] ?? kind;

/** Kept for the life of the process: adapters and devices of Dawn hang on it. */
let dawn: GPU | undefined;

/** Bundlers follow no name that a function is given, and the build tells them not to: packages of Node are of no use in a browser. */
const importOptional = (name: string): Promise<unknown> => import(name);

async function openDawn(): Promise<GPU> {
  let loaded: DawnPackage;
  try {
    loaded = await importOptional('webgpu') as DawnPackage;
  } catch (cause) {
    throw new RuntimeError(
      `WebGPU under ${runtimeName} needs the package webgpu, version 0.6.2 or later: npm install webgpu `
      + `(loading it failed: ${messageOf(cause).split('\n')[0]})`, { cause });
  }
  try {
    // No kernel reads workgroup memory before it writes it; drivers that compute on the CPU spend most of their time clearing it.
    return loaded.create(['enable-dawn-features=disable_workgroup_init']);
  } catch (cause) {
    throw new RuntimeError(`the package webgpu could not start Dawn: ${String(cause)}`, { cause });
  }
}

async function entry(): Promise<GPU> {
  const own = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (own) return own;
  if (isNode) return (dawn ??= await openDawn());
  if (kind === 'workerd' || kind === 'edge-light') throw new RuntimeError(`${runtimeName} have no GPU`);
  throw new RuntimeError(
    'this browser offers no WebGPU: it needs a recent Chrome, Edge, Firefox or Safari and a page served over https or from localhost');
}

function missingAdapter(): string {
  if (!isNode) {
    return 'the browser has WebGPU but found no GPU for it: look at chrome://gpu, update the graphics driver, '
      + 'or enable hardware acceleration';
  }
  // Asked of the global object: bundlers put something in the place of a bare `process`, or fail where there is nothing.
  switch ((globalThis as { process?: { readonly platform?: string } }).process?.platform) {
    case 'linux': return 'no GPU was found: WebGPU on Linux needs Vulkan, that is the loader (libvulkan1) and a driver '
      + '(NVIDIA\'s own, or mesa-vulkan-drivers); vulkaninfo shows what is there. Without a GPU the driver SwiftShader computes on the '
      + 'CPU: install chromium and set VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json';
    case 'win32': return 'no GPU was found: WebGPU on Windows needs a graphics driver with Direct3D 12';
    default: return 'no GPU was found: WebGPU needs a driver for Metal, Vulkan or Direct3D 12';
  }
}

/** What a device may have that the library makes use of. Halves are computed in float32, so `shader-f16` is of no use. */
const usefulFeatures = ['timestamp-query'] as const;

/** Limits that are worth raising to what the adapter has. */
const raisedLimits = [
  'maxBufferSize', 'maxStorageBufferBindingSize', 'maxStorageBuffersPerShaderStage', 'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupSizeX',
] as const;

export interface OpenedDevice {
  readonly device: GPUDevice;
  /** The GPU's name as its driver gives it. */
  readonly name: string;
}

/** Opens the device. Throws an error that says what to install where there is none. */
export async function openDevice(): Promise<OpenedDevice> {
  const gpu = await entry();
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (cause) {
    throw new RuntimeError(`${missingAdapter()} (${String(cause)})`, { cause });
  }
  if (!adapter) throw new RuntimeError(missingAdapter());
  const { limits, features, info } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: usefulFeatures.filter((feature) => features.has(feature)),
    requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, limits[limit]])),
  });
  const name = [info.vendor, info.architecture, info.device, info.description].filter((part) => part !== '').join(' ');
  return { device, name: name === '' ? 'unnamed GPU' : name };
}
