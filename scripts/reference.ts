import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build/stamp.ts';
import { lacking, referencePages } from './reference/entries.ts';
import { Reference } from './reference/pages.ts';

/**
 * Writes docs/reference, but for the table of devices, from the declared signatures and the docstrings of everything that is exported,
 * and says what has no line or no example.
 */

const folder = join(root, 'docs/reference');
const pages = referencePages();
const files = new Reference(pages).files();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (name !== 'devices.md' && !files.has(name)) rmSync(join(folder, name));
for (const [name, text] of files) writeFileSync(join(folder, name), text);
const missing = lacking(pages);
process.stdout.write(`${files.size} pages written\n${missing.map((each) => `  ${each}\n`).join('')}`);
