import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Has npm install packages into a folder, by name and version or from archives. */
export function installPackages(folder: string, packages: readonly string[], options: readonly string[] = []): void {
  execute('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error', ...options, ...packages],
    folder);
}

/** Copies a project into `folder` and installs the archive there. */
export async function installInto(folder: string, project: string, archive: string): Promise<void> {
  await cp(join(root, project), folder, { recursive: true });
  installPackages(folder, [archive]);
}

/**
 * A folder of `.cache` with packages of the registry that the checks need but development does not, such as `webpack@5`. It is filled
 * anew when others are asked for.
 */
export async function cachedPackages(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(root, '.cache', name);
  const record = join(folder, 'installed.json');
  const wanted = JSON.stringify(packages);
  if (await readFile(record, 'utf8').catch(() => null) !== wanted) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    installPackages(dirname(folder), packages, ['--ignore-scripts', '--prefix', folder]);
    await writeFile(record, wanted);
  }
  return folder;
}

/** The folder of one such package. */
export async function cachedPackage(name: string, version: string, folder = name): Promise<string> {
  return join(await cachedPackages(folder, [`${name}@${version}`]), 'node_modules', name);
}

/** The newest Node of a release line, from the registry. */
export async function nodeBinary(major: number): Promise<string> {
  const path = await cachedPackage(`node-${process.platform}-${process.arch}`, String(major), `nodes/${major}`);
  return join(path, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}

/** Installs packages of Debian where a program is missing and they can be; where it then is, or null. */
export function systemProgram(path: string, packages: readonly string[]): string | null {
  if (!existsSync(path) && process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write(`installing ${packages.join(' ')}\n`);
    execute('apt-get', ['update', '-qq'], root);
    execute('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], root, { DEBIAN_FRONTEND: 'noninteractive' });
  }
  return existsSync(path) ? path : null;
}
