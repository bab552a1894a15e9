import * as np from 'flambeau/numpy';
import { readFileSync, readdirSync } from 'node:fs';
const text = readdirSync('fuzz/programs/rows').map((f) => readFileSync('fuzz/programs/rows/' + f, 'utf8')).join('');
const names = Object.keys(np).filter((n) => typeof (np as Record<string, unknown>)[n] === 'function' && !text.includes(`'${n}'`));
console.log(names.join(' '));
const proto = Object.getOwnPropertyNames(np.ndarray.prototype).filter((n) => !text.includes(`'${n}'`) && !n.endsWith('_') && !(n in np));
console.log('METHODS', proto.join(' '));
