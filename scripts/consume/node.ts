import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../build/stamp.ts';
import type { Consumer, Result } from './consumer.ts';
import { lines, linesOf } from './consumer.ts';
import { execute, nodeBinary } from './package.ts';
import { inJavaScriptWords } from './words.ts';
import { compileInto, tutorials } from './types.ts';

/** Node: the program and the tutorials as the newest compiler wrote them, and `require()`. */
export const node: Consumer = {
  name: 'node',
  async run(workshop) {
    const folder = await workshop.empty('node');
    await compileInto(folder, '7', 'nodenext');
    const results: Result[] = [
      { what: 'program', printed: linesOf(execute(process.execPath, ['out/main.js'], folder)), wanted: lines.withoutDawn('Node') },
      { what: 'require()', printed: linesOf(execute(await nodeBinary(22), ['out/common.cjs'], folder)), wanted: ['required [0 1 2]'] },
    ];
    for (const name of tutorials) {
      const golden = await readFile(join(root, `examples/tutorials/golden/${name}.txt`), 'utf8');
      const printed = execute(process.execPath, [`out/${name}.js`], folder);
      results.push({ what: name, printed: linesOf(inJavaScriptWords(printed)), wanted: linesOf(inJavaScriptWords(golden)) });
    }
    return results;
  },
};
