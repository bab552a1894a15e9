import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A fraction written into an array whose integer dtype was guessed from a list is told of, once. */

// The modules are loaded again for each case, since it is said once in a process.
async function fresh(): Promise<{ np: typeof import('../../src/numpy/index.ts'); torch: typeof import('../../src/torch/index.ts') }> {
  vi.resetModules();
  await import('../setup.ts');
  return { np: await import('../../src/numpy/index.ts'), torch: await import('../../src/torch/index.ts') };
}

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'warn').mockImplementation((message: string) => void said.push(message));
});
afterEach(() => void vi.restoreAllMocks());

type Write = (modules: Awaited<ReturnType<typeof fresh>>) => unknown;

const guessed: Readonly<Record<string, Write>> = {
  set: ({ np }) => np.array([1, 2]).set([0], 0.5),
  'set through a view': ({ np }) => np.array([[1, 2], [3, 4]]).at(0).T.set([0], 0.5),
  'set of a list': ({ np }) => np.array([1, 2]).set([':'], [0.5, 1]),
  'set of an array': ({ np }) => np.array([1, 2]).set([':'], np.array([0.5, 1])),
  fill: ({ np }) => np.array([1, 2]).fill(0.5),
  put: ({ np }) => np.put(np.array([1, 2]), [0], 0.5),
  flat: ({ np }) => np.array([1, 2]).flat.set(0, 0.5),
  asarray: ({ np }) => np.asarray([1, 2]).set([0], 0.5),
  'set of a tensor': ({ torch }) => torch.tensor([1, 2]).set([0], 0.5),
  fill_: ({ torch }) => torch.tensor([[1, 2]]).fill_(0.5),
};

test.each(Object.keys(guessed))('%s', async (name) => {
  const modules = await fresh();
  guessed[name](modules);
  expect(said).toEqual([expect.stringContaining('A fraction was written into an array of int64 and is lost')]);
  guessed[name](modules);
  expect(said.length).toBe(1);
});

const meant: Readonly<Record<string, Write>> = {
  'a dtype that was asked for': ({ np }) => np.array([1, 2], { dtype: np.int64 }).set([0], 0.5),
  'a typed array': ({ np }) => np.array(new Int32Array([1, 2])).set([0], 0.5),
  bigints: ({ np }) => np.array([1n, 2n]).set([0], 0.5),
  'whole numbers': ({ np }) => np.array([1, 2]).set([0], 5),
  'fractions in the list': ({ np }) => np.array([1, 2.5]).set([0], 0.5),
  'a dtype of torch': ({ torch }) => torch.tensor([1, 2], { dtype: torch.long }).set([0], 0.5),
  'bigints of torch': ({ torch }) => torch.tensor([1n, 2n]).set([0], 0.5),
};

test('nothing is said where the integers were meant, or nothing is lost', async () => {
  const modules = await fresh();
  for (const [name, write] of Object.entries(meant)) {
    write(modules);
    expect(said, name).toEqual([]);
  }
});
