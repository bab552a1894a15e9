import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedPackage, execute, installInto, nodeBinary, pack, withFolder } from './consume/package.ts';
import { freePort } from './consume/serving.ts';
import { bundleWorker } from './consume/worker.ts';

/** Runs the packed package on every supported Node and in a Worker, and prints a line for each. */

const majors = [20, 22, 24, 26];
let failures = 0;

async function attempt(name: string, run: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${name}: ${await run()}\n`);
  } catch (error) {
    failures++;
    process.stdout.write(`${name}: FAILED\n${error instanceof Error ? error.message : String(error)}\n`);
  }
}

interface Summary {
  readonly checks: number;
  readonly relaxedSimd: boolean;
  readonly turbo: string;
}

const isTested = (turbo: string): boolean => /^on |the wide kernel is not faster here$/.test(turbo);

async function onNode(major: number, folder: string): Promise<string> {
  const node = await nodeBinary(major);
  const version = execute(node, ['--version'], folder).trim();
  const parse = (text: string): Summary => JSON.parse(text) as Summary;
  const { checks, relaxedSimd } = parse(execute(node, ['program.mjs'], folder));
  const turbo = parse(execute(node, ['--import', 'flambeau/turbo', 'program.mjs'], folder)).turbo;
  const byEnvironment = parse(execute(node, ['program.mjs'], folder, { FLAMBEAU_TURBO: '1' })).turbo;
  // Both ways must come to its self-test, or neither. How that ends is a race of kernels, which what else the machine does may decide.
  if (isTested(turbo) !== isTested(byEnvironment)) throw new Error(`turbo: ${turbo}; by FLAMBEAU_TURBO: ${byEnvironment}`);
  execute(node, ['slim.mjs'], folder);
  return `${version} passed ${checks} checks and slim; relaxed SIMD ${relaxedSimd ? 'on' : 'off'}; turbo ${turbo}`;
}

/** Bundles the worker under an export condition and has Cloudflare's runtime answer one request with it. */
async function inWorker(condition: string, folder: string): Promise<string> {
  const { code, modules } = await bundleWorker(folder, 'worker.mjs', condition);
  const port = await freePort();
  const place = join(folder, condition);
  await mkdir(place);
  await writeFile(join(place, 'worker.js'), code);
  for (const [name, bytes] of modules) await writeFile(join(place, name), bytes);
  const embedded = Array.from(modules.keys(), name => `(name = "${name}", wasm = embed "${name}")`).join(', ');
  await writeFile(join(place, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), ${embedded}], compatibilityDate = "2024-09-23");
`);
  // The package names its program; its launcher would leave that running when it is stopped itself.
  const workerd = (createRequire(import.meta.url)(await cachedPackage('workerd', '1')) as { default: string }).default;
  const server = spawn(workerd, ['serve', 'config.capnp'], { cwd: place });
  let complaint = '';
  server.stderr.on('data', data => complaint += String(data));
  try {
    const deadline = performance.now() + 20_000;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).then(response => response.text(), () => null);
      if (answer !== null) {
        const { total, grad, relaxedSimd } = JSON.parse(answer) as Record<string, unknown>;
        if (total !== '15' || grad !== 'tensor([[4., 4.],\n        [4., 4.]])') throw new Error(answer);
        return `passed; modules ${[...modules.keys()].sort().join(', ')}; relaxed SIMD ${relaxedSimd ? 'on' : 'off'}`;
      }
      if (server.exitCode !== null || performance.now() > deadline) throw new Error(`workerd does not answer: ${complaint}`);
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  } catch (error) {
    throw new Error(`${String(error)} ${complaint}`, { cause: error });
  } finally {
    server.kill();
  }
}

await withFolder(async folder => {
  const project = join(folder, 'project');
  const archive = await pack(folder);
  await installInto(project, 'scripts/smoke', archive);
  for (const major of majors) await attempt(`Node ${major}`, () => onNode(major, project));
  await attempt('workerd', () => inWorker('workerd', project));
  await attempt('edge-light', () => inWorker('edge-light', project));
});
process.stdout.write(`smoke: ${failures === 0 ? 'passed' : `${failures} FAILED`}\n`);
if (failures > 0) process.exitCode = 1;
