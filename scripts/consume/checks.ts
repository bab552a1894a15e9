import { join } from 'node:path';
import type { Consumer } from './consumer.ts';
import { passed } from './consumer.ts';
import { cachedPackage, execute } from './package.ts';

/** Tools that read the package without running it. */

const publint: Consumer = {
  name: 'publint',
  async run(workshop) {
    const program = join(await cachedPackage('publint', '0.3'), 'src/cli.js');
    execute(process.execPath, [program, 'run', await workshop.archive(), '--strict'], join(program, '..'));
    return [passed('no error, no warning')];
  },
};

/**
 * The package is modules alone: Node 20.19 and later require() them, older CommonJS imports them, and resolution as before Node 12,
 * which knows no `exports`, finds nothing but the package itself.
 */
const attw: Consumer = {
  name: 'attw',
  async run(workshop) {
    const program = join(await cachedPackage('@arethetypeswrong/cli', '0.18', 'attw'), 'dist/index.js');
    execute(process.execPath, [program, await workshop.archive(), '--profile', 'esm-only'], join(program, '..'));
    return [passed('types, for modules (resolution by node10 and require() before Node 20.19 are not offered)')];
  },
};

export const checks: readonly Consumer[] = [publint, attw];
