import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../build/stamp.ts';
import type { Consumer, Result } from './consumer.ts';
import { passed } from './consumer.ts';
import { cachedPackage, execute } from './package.ts';
import { copySources } from './workshop.ts';

/** The types, read strictly by several compilers, those of the package among them, as Node and as bundlers resolve them. */

export const tutorials = ['numpyBeginner', 'pytorchBeginner'];

const resolutions = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
};
type Resolution = keyof typeof resolutions;

/** Compiles a project that has no types of a browser or of Node. */
async function compilePlain(folder: string, version: string): Promise<void> {
  await cp(join(root, 'test/consumers/plain'), folder, { recursive: true });
  const compiler = await cachedPackage('typescript', version, `typescript-${version}`);
  execute(process.execPath, [join(compiler, 'bin/tsc'), '-p', folder], folder);
}

/** The first compiler that knows that CommonJS may require modules, as Node 22 lets it. */
const firstToRequire = 5.8;

/** Compiles the programs and the tutorials, which are copied into the folder, into its `out`. */
export async function compileInto(folder: string, version: string, resolution: Resolution): Promise<void> {
  const programs = ['program.ts', 'main.ts'];
  if (resolution === 'bundler') programs.push('collect.ts', 'report.ts', 'spawn.ts');
  else if (parseFloat(version) >= firstToRequire) programs.push('common.cts');
  await copySources(folder, [
    ...programs.map((name) => `test/consumers/${name}`), ...tutorials.map((name) => `examples/tutorials/${name}.ts`),
  ]);
  const compilerOptions = {
    ...resolutions[resolution], target: 'es2022', types: [], strict: true, skipLibCheck: false, rootDir: '.', outDir: 'out',
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', '*.cts'] }));
  const compiler = await cachedPackage('typescript', version, `typescript-${version}`);
  execute(process.execPath, [join(compiler, 'bin/tsc'), '-p', folder], folder);
}

const compiler = (version: string): Consumer => ({
  name: `typescript-${version}`,
  async run(workshop) {
    const results: Result[] = [];
    for (const resolution of Object.keys(resolutions) as Resolution[]) {
      await compileInto(await workshop.empty(`typescript-${version}-${resolution}`), version, resolution);
      results.push(passed(resolution));
    }
    await compilePlain(await workshop.empty(`typescript-${version}-plain`), version);
    results.push(passed("without a platform's types"));
    return results;
  },
});

export const types: readonly Consumer[] = ['5.4', '5.9', '7'].map(compiler);
