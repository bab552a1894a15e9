/** `npm run fuzz -- NAME`: random programs, arguments and misuse, and PyTorch's own test inputs, on the built package. */

const fuzzers: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>> = {
  programs: async () => (await import('./programs/index.ts')).programs,
  arguments: async () => (await import('./arguments/index.ts')).argumentsOfAll,
  misuse: async () => (await import('./misuse/index.ts')).misuseAll,
  inputs: async () => (await import('./inputs/index.ts')).inputs,
};

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !Object.hasOwn(fuzzers, name)) {
  console.error(`usage: npm run fuzz -- NAME, with NAME one of ${Object.keys(fuzzers).join(', ')}`);
  process.exit(2);
}
try {
  process.exitCode = await (await fuzzers[name]())(rest);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
