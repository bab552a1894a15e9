import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import * as flambeau from '../../src/index.ts';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/** Arrays as messages, within a program and between workers. */

const { pack, unpack } = flambeau;
const sent = <T>(value: T, options = {}): T => unpack(structuredClone(pack(value, options)));
/** Buffers are moved, as with postMessage(message, message.transfer). */
const moved = <T>(value: T): T => {
  const message = pack(value);
  return unpack(structuredClone(message, { transfer: message.transfer }));
};

const dtypes = [
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64', 'complex64',
  'complex128',
] as const;

describe('what is sent is what comes', () => {
  test.each(dtypes)('%s', (dtype) => {
    const x = np.arange(6).reshape(2, 3).astype(dtype);
    for (const way of [sent(x), moved(x), sent(x, { shared: true })]) {
      expect(way).toEqual(x);
      expect(way).toBeInstanceOf(np.ndarray);
    }
  });

  test('bfloat16 tensors', () => expect(moved(torch.arange(3).to(torch.bfloat16))).toEqual(torch.arange(3).to(torch.bfloat16)));

  test.each([
    ['rows', np.arange(6).reshape(2, 3), [24, 8]], ['columns', np.arange(6).reshape(2, 3).T, [8, 24]],
    ['every other', np.arange(12).reshape(2, 6).at(':', '::2'), [24, 8]],
    ['three axes', np.arange(24).reshape(2, 3, 4).transpose(1, 2, 0), [32, 8, 96]],
    ['one of no dimensions', np.array(2.5), []], ['one without elements', np.zeros([2, 0]), [8, 8]],
  ])('%s, in their order in memory', (_, x, strides) => {
    expect(moved(x)).toEqual(x);
    expect(moved(x).strides).toEqual(strides);
  });

  test('gradients are asked for where they were', () => {
    const x = moved(torch.ones(2, { requires_grad: true }));
    x.mul(3).sum().backward();
    expect(x.grad).toEqual(torch.full([2], 3).float());
    expect(moved(torch.ones(2)).requires_grad).toBe(false);
  });

  test('parameters and buffers stay what they are', () => {
    const { p, frozen, b } = moved({
      p: torch.nn.Parameter(torch.ones(2)), frozen: torch.nn.Parameter(torch.ones(1), false), b: torch.nn.Buffer(torch.ones(1), false),
    });
    expect(p).toBeInstanceOf(torch.nn.Parameter);
    expect([p.requires_grad, frozen.requires_grad, b.persistent]).toEqual([true, false, false]);
    expect(b).toBeInstanceOf(torch.nn.Buffer);
  });

  test('the state of a module, which another loads', () => {
    torch.manual_seed(0);
    const [model, other] = [torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3)), torch.nn.Sequential(
      torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))];
    other.load_state_dict(moved(model.state_dict()));
    expect(other.state_dict()).toEqual(model.state_dict());
    const optimizer = torch.optim.Adam(model.parameters());
    model(torch.ones(2, 2)).sum().backward();
    optimizer.step();
    expect(moved(optimizer.state_dict())).toEqual(optimizer.state_dict());
  });

  test('lists, objects, maps and sets, and what lies in them twice', () => {
    const x = np.arange(2);
    const value = {
      list: [x, [x]], map: new Map([['a', x]]), set: new Set([x]), text: 'b', none: null, date: new Date(0), z: new np.Complex(1, 2),
    };
    const got = moved(value);
    expect(got).toEqual(value);
    expect(got.list[0]).toBe((got.list[1] as np.ndarray[])[0]);
    expect(got.map.get('a')).toBe(got.list[0]);
    const cycle: { self?: unknown; x: np.ndarray } = { x };
    cycle.self = cycle;
    const back = moved(cycle);
    expect(back.self).toBe(back);
  });

  test('a message can be unpacked twice, into memory of its own each time', () => {
    const message = pack(np.zeros(2), { shared: true });
    const [a, b] = [unpack(message), unpack(message)];
    a.fill(1);
    expect(b).toEqual(np.zeros(2));
    expect(message.transfer).toEqual([]);
  });
});

describe('what is refused', () => {
  test('graphs, in PyTorch\'s words', () => {
    expect(() => pack(torch.ones(1, { requires_grad: true }).mul(2))).toThrow('Cowardly refusing to serialize non-leaf tensor');
  });

  test('functions, by their place', () => {
    expect(() => pack({ a: [1, () => 1] })).toThrow(new TypeError('pack() takes arrays and data, not the function at ["a"][1]'));
  });

  test('other arguments', () => {
    expect(() => pack(1, { copy: true } as never)).toThrow("pack() got an unexpected keyword argument 'copy'");
    expect(() => pack(1, { shared: 1 } as never)).toThrow('shared must be a bool, not int');
    expect(() => unpack(5 as never)).toThrow(new TypeError('unpack() takes what pack() gave, or a copy of it, not int'));
    const message = pack(np.arange(3));
    structuredClone(message, { transfer: message.transfer });
    expect(() => unpack(message)).toThrow('unpack() met an array whose elements were transferred elsewhere');
  });

  test('an array itself, in words that name the way', () => {
    expect(() => structuredClone(np.arange(3))).toThrow('arrays of Flambeau are sent as flambeau.pack(array)');
    expect(() => structuredClone({ x: [torch.ones(1)] })).toThrow('received by flambeau.unpack(message)');
  });
});

const entry = (name: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, `../../dist/node/${name}.js`)).href);

/** What a worker answers to a message. */
async function answer(imports: string, message: unknown, transfer: ArrayBuffer[] = []): Promise<unknown> {
  const worker = new Worker(`
    const { parentPort } = require('node:worker_threads');
    parentPort.once('message', async (message) => {
      try {
        const flambeau = await import(${entry('index')});
        ${imports}
        const { x, w } = flambeau.unpack(message);
        const reply = flambeau.pack({ x: x.mul(2), same: w === undefined ? null : String(w) });
        parentPort.postMessage(reply, reply.transfer);
      } catch (error) {
        parentPort.postMessage(String(error));
      }
    });`, { eval: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(message, transfer);
    });
  } finally {
    await worker.terminate();
  }
}

describe('workers', () => {
  test.each([false, true])('compute with what they are sent, shared: %s', async (shared) => {
    const message = pack({ x: np.arange(3), w: torch.ones(2, { requires_grad: true }) }, { shared });
    const reply = await answer(`await import(${entry('numpy')}); await import(${entry('torch')});`, message, message.transfer);
    expect(unpack(reply as flambeau.Packed<unknown>)).toEqual({ x: np.arange(3).mul(2), same: 'tensor([1., 1.], requires_grad=True)' });
  });

  test('need the classes of what they are sent', async () => {
    const message = pack({ x: np.arange(3) });
    expect(await answer('', message, message.transfer))
      .toBe("RuntimeError: unpack() met the class ndarray, which is not loaded here: import 'flambeau/numpy' as well");
  });
});
