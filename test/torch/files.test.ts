import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { trackAllocations } from '../../src/core/storage.ts';
import { hostValues } from '../../src/ops/host.ts';
import * as torch from '../../src/torch/index.ts';
import * as safetensors from '../../src/torch/safetensors/index.ts';

/** Files of the real PyTorch and safetensors are read as they read them, they read ours, and broken ones are refused at no cost. */

type Described = null | boolean | number | string | {
  readonly tensor?: string; readonly shape: number[]; readonly stride: number[]; readonly offset: number;
  readonly parameter: boolean; readonly grad: boolean; readonly bytes?: string; readonly text?: string; readonly bigint?: string;
  readonly dict?: [Described, Described][]; readonly tuple?: Described[]; readonly list?: Described[]; readonly set?: Described[];
  readonly size?: number[]; readonly complex?: [number, number];
};
interface Fixture {
  readonly files: Record<string, Described>;
  readonly errors: Record<string, [file: string, error: string]>;
  readonly lies: Record<string, [file: string, message: string]>;
}

const folder = new URL('../fixtures/files/', import.meta.url);
const fixture = JSON.parse(readFileSync(new URL('contents.json', folder), 'utf8').replaceAll(/\bInfinity\b/g, '1e999')) as Fixture;
const fileOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const pathOf = (name: string): string => new URL(name, folder).pathname;
const files = Object.keys(fixture.files).filter((name) => name.endsWith('.pt') && name !== 'model.pt');
const classes = {
  'torch.nn.modules.container.Sequential': torch.nn.Sequential, 'torch.nn.modules.linear.Linear': torch.nn.Linear,
  'torch.nn.modules.batchnorm.BatchNorm1d': torch.nn.BatchNorm1d,
};
const place = mkdtempSync(join(tmpdir(), 'flambeau-files-'));
afterAll(() => rmSync(place, { recursive: true }));

const bytesOf = (value: ArrayBufferView): string =>
  Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');

let compared = 0;

/** Holds a value against what Python said of it. */
function expectSame(value: unknown, wanted: Described, where: string): void {
  compared++;
  if (typeof wanted !== 'object' || wanted === null) return void expect(value, where).toBe(wanted);
  if (wanted.tensor !== undefined) {
    expect(value, where).toBeInstanceOf(torch.Tensor);
    const tensor = value as torch.Tensor;
    expect([tensor.dtype.name, [...tensor.shape], tensor.stride(), tensor.storage_offset(), tensor.requires_grad], where)
      .toEqual([wanted.tensor, wanted.shape, wanted.stride, wanted.offset, wanted.grad]);
    expect(tensor instanceof torch.nn.Parameter, where).toBe(wanted.parameter);
    expect(bytesOf(hostValues(tensor)), where).toBe(wanted.bytes);
  } else if (wanted.dict !== undefined) {
    const pairs = value instanceof Map ? [...value] : Object.entries(value as object);
    expect(pairs.length, where).toBe(wanted.dict.length);
    for (const [key, item] of wanted.dict) {
      const found = value instanceof Map && typeof key === 'object' ? pairs.find(([each]) => Array.isArray(each))?.[1]
        : value instanceof Map ? value.get(key) : Object.getOwnPropertyDescriptor(value, String(key))?.value as unknown;
      expectSame(found, item, `${where}.${JSON.stringify(key)}`);
    }
  } else if (wanted.list !== undefined || wanted.tuple !== undefined) {
    const items = wanted.list ?? wanted.tuple ?? [];
    expect([Array.isArray(value), Object.isFrozen(value)], where).toEqual([true, wanted.tuple !== undefined]);
    expect((value as unknown[]).length, where).toBe(items.length);
    items.forEach((item, i) => expectSame((value as unknown[])[i], item, `${where}[${i}]`));
  } else if (wanted.set !== undefined) {
    expect(value, where).toEqual(new Set(wanted.set));
  } else if (wanted.size !== undefined) {
    expect(value, where).toEqual(new torch.Size(wanted.size));
  } else if (wanted.complex !== undefined) {
    expect(value, where).toEqual(new torch.Complex(...wanted.complex));
  } else if (wanted.bigint !== undefined) {
    expect(value, where).toBe(BigInt(wanted.bigint));
  } else if (wanted.text !== undefined) {
    expect(String(value), where).toBe(wanted.text);
  } else {
    expect(bytesOf(value as Uint8Array), where).toBe(wanted.bytes);
  }
}

describe("PyTorch's files", () => {
  test.each(files)('%s is read from bytes, a path, a Blob, a Response and a source, and comes back from what we write', async (name) => {
    const wanted = fixture.files[name];
    const bytes = fileOf(name);
    expectSame(torch.load(bytes), wanted, name);
    expectSame(torch.load(pathOf(name)), wanted, name);
    expectSame(torch.load(pathOf(name), 'cpu', { weights_only: true }), wanted, name);
    expectSame(await torch.load(new Blob([bytes as BlobPart])), wanted, name);
    expectSame(await torch.load(new Response(bytes as BodyInit)), wanted, name);
    expectSame(await torch.load({ size: bytes.length, read: async (a, b) => bytes.subarray(a, b) }), wanted, name);
    expectSame(torch.load(torch.save(torch.load(bytes))), wanted, name);
    torch.save(torch.load(bytes), join(place, name));
    expectSame(torch.load(join(place, name)), wanted, name);
    const parts: Uint8Array[] = [];
    await torch.save(torch.load(bytes), { write: (part: Uint8Array) => parts.push(part) });
    expect(Buffer.concat(parts).equals(Buffer.from(torch.save(torch.load(bytes))))).toBe(true);
    expect(compared).toBeGreaterThan(0);
  });

  test('tensors that share memory share it still', () => {
    for (const name of ['shared.pt', 'shared-old.pt']) {
      const loaded = torch.load(fileOf(name));
      const again = torch.load(torch.save(loaded));
      for (const { whole, columns, turned } of [loaded, again]) {
        whole.fill_(7);
        expect([columns.sum().item(), turned.sum().item()]).toEqual([84, 168]);
      }
    }
  });

  test('a model comes back with its classes, and computes the same', () => {
    const said = fixture.files['model.pt'] as unknown as Record<'input' | 'output', { bytes: string; shape: number[] }>;
    const values = [said.input, said.output].map(({ bytes, shape }) =>
      torch.tensor(new Float32Array(Uint8Array.from(Buffer.from(bytes, 'base64')).buffer)).reshape(shape));
    for (const file of [fileOf('model.pt'), torch.save(torch.load(fileOf('model.pt'), { classes }), { classes })]) {
      const model = torch.load<torch.nn.Sequential>(file, { classes });
      model.eval();
      torch.testing.assert_close(model(values[0]).detach(), values[1]);
      expect(Object.keys(model.state_dict()).length).toBe(9);
    }
    expect(() => torch.load(fileOf('model.pt'))).toThrow(
      'Unsupported global: GLOBAL torch.nn.modules.container.Sequential was not an allowed global by default.');
  });

  test('a class of its own keeps its fields', () => {
    class Settings { rate = 0.5; name = 'x'; }
    const own = { '__main__.Settings': Settings };
    const loaded = torch.load<Settings>(torch.save(new Settings(), { classes: own }), { classes: own });
    expect(loaded).toBeInstanceOf(Settings);
    expect(loaded).toEqual(new Settings());
    expect(() => torch.save(new Settings())).toThrow("cannot pickle 'Settings' object");
  });

  test('the state of training goes on', () => {
    const model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2));
    const saved = torch.load<{ model: Record<string, torch.Tensor>; optimizer: torch.optim.OptimizerStateDict }>(fileOf('training.pt'));
    model.load_state_dict(saved.model);
    const adam = new torch.optim.AdamW(model.parameters());
    adam.load_state_dict(saved.optimizer);
    expect(adam.param_groups[0].lr).toBe(saved.optimizer.param_groups[0].lr);
    expect([...adam.state.values()].map(({ step }) => (step as torch.Tensor).item())).toEqual([3, 3, 3, 3, 3, 3]);
  });

  test('nothing is polluted', () => {
    torch.load(fileOf('containers.pt'));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('map_location: a device, a dict, a function', () => {
    const file = fileOf('tensor.pt');
    const seen: string[] = [];
    const ways = [null, 'cpu', torch.device('cpu'), { cpu: 'cpu' }, new Map([['cpu', 'cpu']]), () => null,
      (storage: { nbytes: number }, location: string) => { seen.push(`${storage.nbytes} ${location}`); return 'cpu'; }] as const;
    for (const map_location of ways) expect(torch.load<torch.Tensor>(file, { map_location }).tolist()).toEqual([1.5, -2]);
    expect(seen).toEqual(['8 cpu']);
    expect(() => torch.load(file, { mmap: true })).toThrow('f must be a file path in order to use the mmap argument');
    expect(() => torch.load(file, { pickle_module: 1 } as object)).toThrow('Can not safely load weights');
    expect(() => torch.load(file, { wrong: 1 } as object)).toThrow("unexpected keyword argument 'wrong'");
  });

  test('records begin at multiples of 64', () => {
    const bytes = Buffer.from(torch.save({ a: torch.tensor([1, 2]), b: torch.tensor([0.25]) }));
    expect(bytes.indexOf(Buffer.from(new Float32Array([0.25]).buffer)) % 64).toBe(0);
  });

  test('progress counts up to the end', () => {
    const seen: number[] = [];
    torch.load(fileOf('shapes.pt'), { progress: (done) => seen.push(done) });
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBeGreaterThan(40_000);
  });

  test.each(Object.entries(fixture.errors))('%s is refused as by PyTorch', (_, [file, error]) => {
    const bytes = new Uint8Array(Buffer.from(file, 'base64'));
    expect(() => torch.load(bytes)).toThrow();
    let name = '';
    let message = '';
    try {
      torch.load(bytes);
    } catch (thrown) {
      ({ name, message } = thrown as Error);
    }
    // What is out of a list there says so by a class of Python's own lists.
    expect(name, message).toBe(['IndexError', 'KeyError', 'ValueError', 'AttributeError'].includes(error) ? 'UnpicklingError' : error);
  });

  test('what runs programs is named', () => {
    const message = (name: string): (() => unknown) => () => torch.load(new Uint8Array(Buffer.from(fixture.errors[name][0], 'base64')));
    expect(message('system')).toThrow(/Weights only load failed.*GLOBAL posix\.system whose module posix is blocked/s);
    expect(message('eval')).toThrow(/GLOBAL eval was not an allowed global by default/);
    expect(existsSync('/tmp/flambeau-was-here')).toBe(false);
  });

  test('a mutated file is an error or a value, and costs little', () => {
    const errors = new Map<string, number>();
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor(seed / 2 ** 32 * below);
    };
    for (const name of ['training.pt', 'containers.pt', 'shared-old.pt', 'training-old.pt', 'plain.safetensors']) {
      const original = fileOf(name);
      for (let round = 0; round < 300; round++) {
        const bytes = round % 3 === 0 ? original.slice(0, random(original.length)) : original.slice();
        for (let i = 0; i < 1 + round % 4; i++) bytes[random(Math.min(bytes.length, 3000))] = random(256);
        let allocated = 0;
        try {
          trackAllocations((storage) => { allocated += storage.byteLength; },
            () => (name.endsWith('.pt') ? torch.load(bytes) : safetensors.load(bytes)));
        } catch (error) {
          const kind = (error as Error).name;
          errors.set(kind, (errors.get(kind) ?? 0) + 1);
          expect(['UnpicklingError', 'RuntimeError', 'ValueError', 'NotImplementedError', 'EOFError', 'SafetensorError', 'MemoryError',
            'KeyError', 'TypeError'], `${name} ${round}: ${String((error as Error).stack)}`).toContain(kind);
        }
        expect(allocated).toBeLessThanOrEqual(original.length + 64);
      }
    }
    expect([...errors.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(500);
  });

  test('lists that lie too deep in one another are refused', () => {
    const deep = Uint8Array.from([0x80, 2, ...Array<number>(5000).fill(0x5d), ...Array<number>(4999).fill(0x61), 0x2e]);
    expect(() => torch.load(deep)).toThrow('Invalid magic number; corrupt file?');
    let list: unknown[] = [];
    for (let i = 0; i < 5000; i++) list = [list];
    expect(() => torch.save(list)).toThrow('maximum recursion depth exceeded');
  });

  test('what cannot be saved is refused', () => {
    expect(() => torch.save(() => 1)).toThrow("cannot pickle 'function' object");
    expect(() => torch.save(torch.ones(2), { pickle_protocol: 4 })).toThrow('pickle_protocol=4 is not written');
    expect(() => torch.save(torch.ones(2), 3 as never)).toThrow("expected 'f' to be a path or an object with a method write");
    const complex = torch.zeros(2, { dtype: torch.complex64 });
    expect(() => torch.save([complex, torch.view_as_real(complex)])).toThrow('view the same data as different types');
    expect(() => (torch.save as () => unknown)()).toThrow("missing 1 required positional argument: 'obj'");
  });
});

describe('safetensors', () => {
  const path = pathOf('plain.safetensors');

  test('its files are read from everywhere, and what is written is the same bytes', async () => {
    const bytes = fileOf('plain.safetensors');
    const wanted = fixture.files['plain.safetensors'];
    expectSame(safetensors.load(bytes), wanted, 'load');
    expectSame(torch.load(path), wanted, 'torch.load');
    const fetched = new Response(bytes as BodyInit, { headers: { 'content-length': String(bytes.length) } });
    for (const file of [path, bytes, new Blob([bytes as BlobPart]), fetched]) {
      expectSame(await safetensors.load_file(file as Blob), wanted, 'load_file');
    }
    const metadata = safetensors.metadata(path);
    expect(metadata).toEqual({ format: 'pt', said: 'grün' });
    expect(Buffer.from(safetensors.save(safetensors.load(bytes), metadata)).equals(Buffer.from(bytes))).toBe(true);
  });

  test('shards come together', () => {
    const tensors = { a: torch.arange(4), b: torch.ones(3), c: torch.zeros(0), d: torch.tensor(2) };
    safetensors.save_sharded(tensors, join(place, 'model.safetensors'), 32);
    expect(readdirSync(place).filter((name) => name.startsWith('model-'))).toHaveLength(2);
    const back = safetensors.load_file(join(place, 'model.safetensors.index.json'));
    expect(Object.keys(back)).toEqual(Object.keys(tensors));
    for (const [name, tensor] of Object.entries(tensors)) expect(torch.equal(back[name], tensor)).toBe(true);
    writeFileSync(join(place, 'bad.index.json'), JSON.stringify({ weight_map: { a: '../../etc/passwd' } }));
    expect(() => safetensors.load_file(join(place, 'bad.index.json'))).toThrow('the index names a shard elsewhere');
  });

  test.each(Object.entries(fixture.lies))('a header that lies: %s', (_, [file, message]) => {
    const bytes = new Uint8Array(Buffer.from(file, 'base64'));
    expect(() => safetensors.load(bytes)).toThrow(safetensors.SafetensorError);
    // What its reader of JSON says differs.
    const start = message.split(/invalid (?:value|type)|expected value|unknown variant|: invalid utf-8/)[0].replace(/ at line.*/, '');
    expect(() => safetensors.load(bytes)).toThrow(start);
  });

  test('dtypes that are not here are named, and what the format has not is refused', () => {
    const text = new TextEncoder().encode(JSON.stringify({ a: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } }));
    const bytes = new Uint8Array(8 + text.length + 4);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 8);
    expect(() => safetensors.load(bytes)).toThrow("tensor 'a' is of F8_E4M3");
    const x = torch.ones(2, 3);
    expect(() => safetensors.save({ x: x.t() })).toThrow('You are trying to save a non contiguous tensor: `x`');
    expect(() => safetensors.save({ x, y: x })).toThrow("Some tensors share memory");
    expect(Object.keys(safetensors.load(safetensors.save({ x: x.at(0), y: x.at(1) })))).toEqual(['x', 'y']);
    expect(() => safetensors.save([1] as never)).toThrow("Expected a dict of [str, torch.Tensor] but received <class 'list'>");
    expect(() => safetensors.save({ a: 1 } as never)).toThrow('Key `a` is invalid, expected torch.Tensor but received');
  });

  test('arguments by name, and those that are not known', () => {
    const tensors = { x: torch.ones(2) };
    const metadata = { format: 'pt' };
    const bytes = safetensors.save(tensors, metadata);
    expect(safetensors.save({ tensors, metadata })).toEqual(bytes);
    expect(safetensors.save(tensors, { metadata })).toEqual(bytes);
    expect(Object.keys(safetensors.load(safetensors.save({ tensors: torch.ones(2) })))).toEqual(['tensors']);
    const { save, metadata: said } = safetensors as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>;
    const refused = (call: () => unknown, message: string): void => expect(call).toThrow(new TypeError(message));
    refused(() => save(), "save() missing 1 required positional argument: 'tensors'");
    refused(() => save(tensors, metadata, 1), 'save() takes from 1 to 2 positional arguments but 3 were given');
    refused(() => save(tensors, 5), "argument 'metadata': 'int' object is not an instance of 'dict'");
    refused(() => said(bytes, { bogus: 1 }), "metadata() got an unexpected keyword argument 'bogus'");
  });
});

const python = process.env.FLAMBEAU_PYTHON;
const checker = new URL('check.py', folder).pathname;

/** What a file is to Python, as the fixtures have it. */
const described = (file: string): Described =>
  JSON.parse(execFileSync(python!, [checker, file], { encoding: 'utf8', maxBuffer: 2 ** 30 })
    .replaceAll(/\bInfinity\b/g, '1e999')) as Described;

describe.skipIf(python === undefined)('beside Python', () => {
  test('PyTorch reads what we write, with weights_only', { timeout: 120_000 }, () => {
    for (const name of files) {
      const file = join(place, `ours-${name}`);
      torch.save(torch.load(fileOf(name)), file);
      expectSame(torch.load(fileOf(name)), described(file), name);
    }
    const network = torch.nn.Linear(2, 3);
    torch.save(network.state_dict(), join(place, 'state.pt'));
    expectSame(network.state_dict(), described(join(place, 'state.pt')), 'state_dict');
  });

  test('PyTorch goes on training from our state, and loads our model', { timeout: 120_000 }, () => {
    const model = torch.load<torch.nn.Sequential>(fileOf('model.pt'), { classes });
    const adam = new torch.optim.Adam(model.parameters());
    model(torch.randn(4, 3)).sum().backward();
    adam.step();
    torch.save({ model: model.state_dict(), optimizer: adam.state_dict() }, join(place, 'state.pt'));
    torch.save(model, join(place, 'whole.pt'), { classes });
    const script = `
import sys, torch
saved = torch.load(sys.argv[1])
model = torch.load(sys.argv[2], weights_only=False)
model.load_state_dict(saved['model'])
adam = torch.optim.Adam(model.parameters())
adam.load_state_dict(saved['optimizer'])
model(torch.randn(4, 3)).sum().backward()
adam.step()
print(float(adam.state[next(model.parameters())]['step']), model(torch.ones(2, 3)).shape)`;
    const said = execFileSync(python!, ['-c', script, join(place, 'state.pt'), join(place, 'whole.pt')], { encoding: 'utf8' });
    expect(said.trim()).toBe('2.0 torch.Size([2, 2])');
  });

  const checkpoints = process.env.FLAMBEAU_CHECKPOINTS;
  test.skipIf(checkpoints === undefined)('checkpoints that packages ship', { timeout: 300_000 }, () => {
    const found = readdirSync(checkpoints!, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(\.pth?|\.safetensors)$/.test(name) && !name.includes('full'));
    expect(found.length).toBeGreaterThan(0);
    for (const name of found) expectSame(torch.load(join(checkpoints!, name)), described(join(checkpoints!, name)), name);
  });
});
