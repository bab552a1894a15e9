import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Programs that never await, on the built package in Node, whose dropped arrays are found while they run. */

const root = join(import.meta.dirname, '../..');

const run = (program: string): unknown => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', `
  import * as flambeau from 'flambeau';
  import * as np from 'flambeau/numpy';
  import * as torch from 'flambeau/torch';
  const resident = (array) => array.data.buffer instanceof SharedArrayBuffer;
  const inUse = () => flambeau.info().memory.inUse;
  ${program}`], { cwd: root, encoding: 'utf8' })) as unknown;

const dropping = `
  flambeau.setMemoryBudget(2 ** 27);
  const x = np.ones(2 ** 17, { dtype: np.float32 });
  let last = x;
  const drop = () => {
    for (let i = 0; i < 1000; i++) last = x.add(i);
    return resident(last);
  };`;

test('a loop that drops its results stays within the budget of the heap', () => {
  expect(run(`${dropping}
    console.log(JSON.stringify([drop(), inUse() <= 2 ** 27, last.sum().item(), flambeau.info().memory.collection]));`))
    .toEqual([true, true, 1000 * 2 ** 17, true]);
});

test('turned off, it goes beyond, and is within again once it is turned on', () => {
  expect(run(`${dropping}
    flambeau.setCollection(false);
    const off = drop();
    flambeau.setCollection(true);
    setTimeout(() => console.log(JSON.stringify([off, flambeau.getCollection(), drop()])), 0);`)).toEqual([false, true, true]);
});

test('a loop that only awaits null stays within the budget', () => {
  expect(run(`${dropping}
    for (let i = 0; i < 1000; i++) {
      await null;
      last = x.add(i);
    }
    console.log(JSON.stringify([resident(last), inUse() <= 2 ** 27]));`)).toEqual([true, true]);
});

test('collect() gives back what was dropped, and not what is still seen', () => {
  expect(run(`
    const before = inUse();
    let view = (() => np.full(2 ** 20, 7).data)();
    let kept = np.zeros([3]).add(1);
    (() => { for (let i = 0; i < 10; i++) np.ones(2 ** 20); })();
    const answered = flambeau.collect();
    const held = inUse() - before;
    for (let i = 0; i < 50; i++) np.zeros(2 ** 20);
    flambeau.collect();
    console.log(JSON.stringify([answered, held < 2 ** 24, held >= 2 ** 23, view.every((each) => each === 7n), kept.tolist()]));`))
    .toEqual([true, true, true, true, [1, 1, 1]]);
});

test('the flag that it takes is not left behind', () => {
  expect(run(`
    flambeau.collect();
    const { runInNewContext } = await import('node:vm');
    console.log(JSON.stringify([typeof gc, runInNewContext('typeof gc')]));`)).toEqual(['undefined', 'undefined']);
});

test('arrays that are kept among dropped ones of all sizes hold what was written', () => {
  expect(run(`
    flambeau.setMemoryBudget(2 ** 23);
    let seed = 7;
    const random = (n) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 9) % n;
    const kept = new Map();
    let wrong = 0;
    for (let i = 0; i < ${process.env.FLAMBEAU_THOROUGH === '1' ? 60_000 : 15_000}; i++) {
      const value = random(1000);
      const x = np.full(1 + random(random(40) === 0 ? 50000 : 600), value, { dtype: np.float32 });
      const y = x.mul(2).add(x).sub(value * 2);
      if (random(20) === 0) kept.set(random(200), [y.add(0), value]);
      if (random(50) === 0) kept.delete(random(200));
      if (random(10) === 0) {
        const [one, wanted] = kept.get(random(200)) ?? [y, value];
        if (!one.eq(wanted).all().item()) wrong++;
      }
    }
    for (const [one, wanted] of kept.values()) if (!one.eq(wanted).all().item()) wrong++;
    console.log(JSON.stringify([wrong, kept.size > 50]));`)).toEqual([0, true]);
});

test('training without a scope keeps what it needs and no more', () => {
  expect(run(`
    flambeau.setMemoryBudget(2 ** 24);
    torch.manual_seed(0);
    const train = (around) => {
      torch.manual_seed(1);
      const model = torch.nn.Sequential(torch.nn.Linear(64, 256), torch.nn.ReLU(), torch.nn.Linear(256, 64));
      const optimizer = torch.optim.Adam(model.parameters(), { lr: 1e-3 });
      const x = torch.randn(128, 64);
      let loss;
      for (let step = 0; step < 150; step++) {
        around(() => {
          optimizer.zero_grad();
          loss = torch.nn.functional.mse_loss(model(x), x);
          loss.backward();
          optimizer.step();
          return loss;
        });
      }
      return loss.item();
    };
    const plain = train((body) => body());
    console.log(JSON.stringify([plain === train(flambeau.scope), inUse() <= 2 ** 24]));`)).toEqual([true, true]);
});
