import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../build/stamp.ts';

/** Runs a program to its end and returns what it printed; its failure is an error that shows everything. */
export function execute(command: string, args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd, encoding: 'utf8', env: { ...process.env, ...environment }, shell: process.platform === 'win32' && command === 'npm',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} in ${cwd} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A folder outside the project, so that nothing is found in its node_modules; gone when `use` is done. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'flambeau-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Packs the package as `npm publish` would, into `folder`, and returns the archive's path. */
export async function pack(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const output = execute('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', folder], root);
  const [{ filename }] = JSON.parse(output) as { filename: string }[];
  return join(folder, filename);
}

/** Copies a project into `folder` and installs the archive there. */
export async function installInto(folder: string, project: string, archive: string): Promise<void> {
  await cp(join(root, project), folder, { recursive: true });
  execute('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error', archive], folder);
}

/** A program of a package of the registry that the checks need but development does not, kept in `.cache`. */
export async function cachedPackage(name: string, version: string, folder = name): Promise<string> {
  const cache = join(root, '.cache', folder);
  const path = join(cache, 'node_modules', name);
  const installed = await readFile(join(path, 'package.json'), 'utf8').catch(() => null);
  if (installed === null) {
    await rm(cache, { recursive: true, force: true });
    await mkdir(cache, { recursive: true });
    execute('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error',
      '--prefix', cache, `${name}@${version}`], dirname(cache));
  }
  return path;
}

/** The newest Node of a release line, from the registry. */
export async function nodeBinary(major: number): Promise<string> {
  const path = await cachedPackage(`node-${process.platform}-${process.arch}`, String(major), `nodes/${major}`);
  return join(path, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}
