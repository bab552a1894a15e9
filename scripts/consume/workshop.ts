import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';
import { root } from '../build/stamp.ts';
import { installPackages, pack } from './package.ts';

const programs = join(root, 'test/consumers');

/** Projects outside of this one that have the packed package, made when the first consumer asks for them. */
export class Workshop {
  private readonly folder: string;
  private packed: Promise<string> | null = null;
  private readonly projects = new Map<string, Promise<string>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  archive(): Promise<string> {
    return this.packed ??= pack(join(this.folder, 'archive'));
  }

  /** An empty folder where the package can be imported, and nothing else. */
  empty(name: string): Promise<string> {
    return this.place(name, []);
  }

  /** Such a folder with the programs of test/consumers. */
  async alone(name: string): Promise<string> {
    return writePrograms(await this.place(name, []));
  }

  /** The same where `webgpu` is installed too. */
  async withDawn(name: string): Promise<string> {
    return writePrograms(await this.place(name, ['webgpu@0.6']));
  }

  private async place(name: string, packages: readonly string[]): Promise<string> {
    const key = ['project', ...packages].join('-').replaceAll('@', '-');
    if (!this.projects.has(key)) this.projects.set(key, this.project(join(this.folder, key), packages));
    const folder = join(await this.projects.get(key)!, name);
    await mkdir(folder);
    return folder;
  }

  private async project(folder: string, packages: readonly string[]): Promise<string> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }\n');
    installPackages(folder, [await this.archive(), ...packages]);
    return folder;
  }
}

/** Copies the files of test/consumers itself into a folder, TypeScript as JavaScript with its imports as they are. */
export async function writePrograms(folder: string): Promise<string> {
  for (const entry of await readdir(programs, { withFileTypes: true })) {
    const source = join(programs, entry.name);
    if (entry.name.endsWith('.ts')) {
      const { code } = await transform(await readFile(source, 'utf8'), { loader: 'ts', target: 'es2022' });
      await writeFile(join(folder, `${basename(entry.name, '.ts')}.js`), code);
    } else if (entry.isFile()) {
      await cp(source, join(folder, entry.name));
    }
  }
  return folder;
}

/** Copies sources as they are. */
export async function copySources(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await cp(join(root, path), join(folder, basename(path)));
}
