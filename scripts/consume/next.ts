import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../build/stamp.ts';
import { softwareGpu } from '../softwareGpu.ts';
import { openChromium } from './browsers.ts';
import type { Consumer, Result } from './consumer.ts';
import { lines } from './consumer.ts';
import { cachedPackages, execute } from './package.ts';
import { whileServing } from './serving.ts';
import { visit } from './visit.ts';
import type { Workshop } from './workshop.ts';
import { writePrograms } from './workshop.ts';

/** A project of Next with `webgpu` installed: a page of the client, a route on the edge and one in Node. */

const environment = { NEXT_TELEMETRY_DISABLED: '1' };

/** The project is beside its packages in `.cache`, since Turbopack follows no link out of it; all else in it is made anew. */
async function project(workshop: Workshop): Promise<string> {
  const folder = await cachedPackages('next', ['next@16', 'react@19', 'react-dom@19', 'webgpu@0.6']);
  for (const name of ['.next', 'app', 'node_modules/flambeau']) await rm(join(folder, name), { recursive: true, force: true });
  // Without one of its own it would be part of this project, whose name is the package's.
  await writeFile(join(folder, 'package.json'), '{ "name": "stranger", "private": true }\n');
  await cp(join(root, 'test/consumers/next'), folder, { recursive: true });
  await writePrograms(folder);
  const installed = join(folder, 'node_modules/flambeau');
  await mkdir(installed);
  execute('tar', ['-xzf', await workshop.archive(), '--strip-components', '1', '-C', installed], folder);
  return folder;
}

const next = (name: string, options: readonly string[], long: boolean): Consumer => ({
  name,
  long,
  async run(workshop) {
    const folder = await project(workshop);
    const program = join(folder, 'node_modules/next/dist/bin/next');
    execute(process.execPath, [program, 'build', ...options], folder, environment);
    const started = { ...environment, ...softwareGpu() };
    return whileServing(process.execPath, (port) => [program, 'start', '--port', String(port)], folder, started, async (url) => {
      const ask = async (path: string): Promise<string[]> => await (await fetch(url + path)).json() as string[];
      const results: Result[] = [
        { what: 'edge route', printed: await ask('edge'), wanted: lines.never('Edge functions') },
        { what: 'Node route', printed: await ask('node'), wanted: lines.withGpu },
      ];
      const { lines: printed } = await visit(openChromium, folder, '', { elsewhere: url });
      return [...results, { what: 'client page', printed, wanted: lines.withGpu }];
    });
  },
});

export const nexts: readonly Consumer[] = [next('next', [], false), next('next-webpack', ['--webpack'], true)];
