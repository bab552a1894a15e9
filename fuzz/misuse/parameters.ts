import { readFileSync } from 'node:fs';

/** The names of parameters, from the signatures of NumPy and PyTorch that the tests hold the declarations against. */

type Modules = Readonly<Record<string, string | Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>>>>;

const files = ['numpy', 'numpyMethods', 'torch'].map((name) =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/signatures/${name}.json`, import.meta.url), 'utf8')) as Modules);

function tabulate(): Map<string, string[]> {
  const table = new Map<string, Set<string>>();
  for (const [title, module] of files.flatMap((file) => Object.entries(file))) {
    if (typeof module === 'string' || title === 'words') continue;
    for (const [name, signature] of Object.entries(module)) {
      const names = table.get(name) ?? new Set();
      table.set(name, names);
      for (const piece of signature.flat(2)) {
        const parameter = /^\*{0,2}(\w+)/.exec(String(piece))?.[1];
        if (parameter !== undefined) names.add(parameter);
      }
    }
  }
  return new Map([...table].map(([name, names]) => [name, [...names]]));
}
const table = tabulate();

/** Those of a function by its last name, whatever it is a member of. */
export const parametersOf = (name: string): readonly string[] => table.get(/(\w+?)_?\W*$/.exec(name)?.[1] ?? '') ?? [];
