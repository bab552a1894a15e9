import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** SwiftShader, the driver that comes with Chromium and computes on the CPU: a GPU for machines that have none. */

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Environment variables that choose it, where it is there and nothing else was chosen. Vulkan reads them when it starts. */
export function softwareGpu(): Record<string, string> {
  const { VK_ICD_FILENAMES, VK_DRIVER_FILES, XDG_RUNTIME_DIR } = process.env;
  const chosen = VK_ICD_FILENAMES ?? VK_DRIVER_FILES;
  return {
    ...(chosen === undefined && existsSync(driver) ? { VK_ICD_FILENAMES: driver } : {}),
    // Its loader complains where there is none.
    ...(XDG_RUNTIME_DIR === undefined ? { XDG_RUNTIME_DIR: tmpdir() } : {}),
  };
}

/** Whether a Linux machine shows a GPU; others are taken to have one. */
export function hasGpu(): boolean {
  if (process.platform !== 'linux') return true;
  const shown = [...readdirSync('/dev'), ...(existsSync('/dev/dri') ? readdirSync('/dev/dri') : [])];
  return shown.some((name) => /^(nvidia\d+|renderD\d+|dxg)$/.test(name));
}
