import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './build/stamp.ts';

/** Writes the WGSL of gpu/ as TypeScript, without comments; one space of indentation tells inner lines. */

function compact(text: string): string {
  return text.split('\n').map(line => line.replace(/\/\/.*$/, '').replace(/^\s+/, ' ').trimEnd()).filter(line => line !== '').join('\n');
}

export async function writeShaders(): Promise<void> {
  const files = (await readdir(join(root, 'gpu'))).filter(name => name.endsWith('.wgsl')).sort();
  const entries = await Promise.all(files.map(async name =>
    `  ${name.slice(0, -'.wgsl'.length)}: ${JSON.stringify(compact(await readFile(join(root, 'gpu', name), 'utf8')))},`));
  await mkdir(join(root, 'src/generated'), { recursive: true });
  await writeFile(join(root, 'src/generated/shaders.ts'), [
    '/** The files of gpu/, by name; written by the build. */',
    'export const shaders = {', ...entries, '} as const;', '',
  ].join('\n'));
}
