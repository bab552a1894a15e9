import { mkdir, writeFile } from 'node:fs/promises';
import { extractExamples } from './examples/extract.ts';
import { stepsOf } from './examples/python.ts';

/** Writes the examples of the docstrings as Python programs, for test/fixtures/examples/generate.py. */
const examples = (await extractExamples()).filter(({ file, gpu }) => file.startsWith('src/') && gpu !== true);
await mkdir(new URL('../build', import.meta.url), { recursive: true });
await writeFile(new URL('../build/examples.json', import.meta.url),
  `${JSON.stringify(examples.map(({ code }) => ({ code: code.slice(code.indexOf('\n') + 1), steps: stepsOf(code) })), null, 1)}\n`);
