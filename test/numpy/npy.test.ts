import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EOFError } from '../../src/core/errors.ts';
import { trackAllocations } from '../../src/core/storage.ts';
import * as np from '../../src/numpy/index.ts';
import { deflate } from '../../src/core/files/deflate.ts';
import { readDirectory, readEntry, writeZip } from '../../src/core/files/zip.ts';

/** Files of the real NumPy are read as it reads them, ours are the same bytes, and broken ones are refused at no cost. */

interface Described {
  readonly dtype: string;
  readonly shape: number[];
  readonly fortran: boolean;
  readonly bytes: string;
  readonly same?: boolean;
}
interface Fixture {
  readonly files: Record<string, Described>;
  readonly archives: Record<string, Record<string, Described>>;
  readonly errors: Record<string, { file: string; error: string; message: string }>;
}

const folder = new URL('../fixtures/npy/', import.meta.url);
const fixture = JSON.parse(readFileSync(new URL('arrays.json', folder), 'utf8')) as Fixture;
const fileOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const { ValueError } = np.exceptions;

function expectArray(array: np.ndarray, wanted: Described, where: string): void {
  expect([array.dtype.name, array.shape], where).toEqual([wanted.dtype, wanted.shape]);
  expect(array.flags.fnc && array.size > 0, where).toBe(wanted.fortran);
  const data = array.toTypedArray();
  const hex = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
  expect(hex, where).toBe(Buffer.from(wanted.bytes, 'base64').toString('hex'));
}

describe('.npy', () => {
  test.each(Object.entries(fixture.files))('%s is read', (name, wanted) => {
    expectArray(np.load(fileOf(name)), wanted, name);
  });

  test('every committed file is described', () => {
    const present = readdirSync(folder).filter((name) => /\.np[yz]$/.test(name)).sort();
    expect(present).toEqual([...Object.keys(fixture.files), ...Object.keys(fixture.archives)].sort());
  });

  test("what is written is NumPy's file, byte by byte", () => {
    let same = 0;
    for (const [name, wanted] of Object.entries(fixture.files)) {
      const array = np.load(fileOf(name));
      const written = np.save(array);
      expectArray(np.load(written), { ...wanted, fortran: array.flags.fnc && array.size > 0 }, name);
      if (!wanted.same) continue;
      same++;
      expect(Buffer.from(written).equals(Buffer.from(fileOf(name))), name).toBe(true);
    }
    expect(same).toBeGreaterThan(30);
  });

  test('strided views, nested lists and numbers are written as the arrays they stand for', () => {
    const view = np.arange(24).reshape(4, 6).at('::2', '::-2');
    expect(np.load(np.save(view)).tolist()).toEqual([[5, 3, 1], [17, 15, 13]]);
    expect(Buffer.from(np.save(view)).equals(Buffer.from(np.save(view.copy({ order: 'C' }))))).toBe(true);
    expect(np.load(np.save([[1, 2.5]])).tolist()).toEqual([[1, 2.5]]);
    expect(np.load(np.save(3)).shape).toEqual([]);
  });

  test('bytes come as ArrayBuffers, or as views of any offset', () => {
    const bytes = np.save(np.arange(5));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(np.load(shifted.subarray(3)).tolist()).toEqual([0, 1, 2, 3, 4]);
    expect(np.load(bytes.buffer).tolist()).toEqual([0, 1, 2, 3, 4]);
    expect(np.load(new DataView(shifted.buffer, 3)).tolist()).toEqual([0, 1, 2, 3, 4]);
    expect(np.load(Buffer.from(bytes)).tolist()).toEqual([0, 1, 2, 3, 4]);
    const loaded = np.load(bytes);
    bytes.fill(0);
    expect(loaded.tolist()).toEqual([0, 1, 2, 3, 4]);
  });

  test('booleans of other bytes than 0 and 1 are true', () => {
    const bytes = np.save([true, false, true]);
    bytes[bytes.length - 1] = 200;
    expect([...np.load(bytes).view('uint8').toTypedArray()]).toEqual([1, 0, 1]);
  });
});

describe('broken .npy', () => {
  test.each(Object.entries(fixture.errors))("%s: NumPy's error", (_, { file, error, message }) => {
    const allocated: number[] = [];
    let thrown: unknown;
    trackAllocations((storage) => allocated.push(storage.byteLength), () => {
      try {
        np.load(new Uint8Array(Buffer.from(file, 'base64')));
      } catch (caught) {
        thrown = caught;
      }
    });
    expect(thrown).toBeInstanceOf(Error);
    expect(`${(thrown as Error).name}: ${(thrown as Error).message}`).toBe(`${error}: ${message}`);
    expect(allocated).toEqual([]);
  });

  function withHeader(header: string, data = new Uint8Array(0), version = 1): Uint8Array {
    const width = version === 1 ? 2 : 4;
    const bytes = new Uint8Array(8 + width + header.length + data.length);
    bytes.set([0x93, ...Buffer.from('NUMPY'), version, 0]);
    for (let i = 0; i < width; i++) bytes[8 + i] = Math.floor(header.length / 256 ** i) & 255;
    bytes.set(Buffer.from(header, 'latin1'), 8 + width);
    bytes.set(data, 8 + width + header.length);
    return bytes;
  }
  const header = (shape: string, descr = "'<f8'"): string => `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`;

  test('a claim of many elements costs nothing', () => {
    const data = new Uint8Array(100);
    const shapes = ['(1000000000000,)', '(99999999999999999999999,)', '(4294967296, 4294967296)', '(1, 13)', `(${'2, '.repeat(64)})`];
    for (const shape of shapes) {
      trackAllocations(() => expect.unreachable(), () => {
        expect(() => np.load(withHeader(header(shape), data)), shape).toThrow(/^EOF: reading array data, expected \d+ bytes got 100$/);
      });
    }
    expect(() => np.load(withHeader(header('(0, 1000000000000)'), data))).toThrow(ValueError);
    expect(np.load(withHeader(header('(0, 1000)'), data)).shape).toEqual([0, 1000]);
  });

  test('other files and other dtypes are named', () => {
    const refused: [Uint8Array, string | RegExp][] = [
      [Uint8Array.from(Buffer.from('garbage!')), "the magic string is not correct; expected b'\\x93NUMPY', got b'garbag'"],
      [Uint8Array.of(0x93, 0x4e), 'EOF: reading magic string, expected 8 bytes got 2'],
      [Uint8Array.of(0x80, 4, 0x95), /contains pickled \(object\) data/],
      [withHeader(header('(2,)', "[('a', '<f8'), ('b', '<i4')]")), /^structured arrays cannot be loaded/],
      [withHeader(header('(2,)', "('<f8', (2,))")), /^structured arrays cannot be loaded/],
      [withHeader(header('(2,)', "[('a', [('b', '|O')])]")), 'Object arrays cannot be loaded when allow_pickle=False'],
      [withHeader(header('(2,)', "'<U3'")), /^arrays of text cannot be loaded/],
      [withHeader(header('(2,)', "'|S3'")), /^arrays of bytes cannot be loaded/],
      [withHeader(header('(2,)', "'<M8[ns]'")), /^arrays of dates and times cannot be loaded/],
      [withHeader(header('(2,)', "'<f16'")), /^arrays of floats of more than 64 bits cannot be loaded/],
      [withHeader(header('(True,)')), 'shape is not valid: (True,)'],
      [withHeader(header('__import__("os")')), /^Cannot parse header/],
      [withHeader(header('(10**3,)')), /^Cannot parse header/],
      [withHeader('('.repeat(5000)), /^Cannot parse header/],
      [withHeader('{'.repeat(5000)), /^Cannot parse header/],
      [withHeader(`${header('(2,)')}\xff`, undefined, 3), /^Cannot parse header/],
      [withHeader(header('(2,)').padEnd(10001)), /^Header info length \(10001\) is large and may not be safe to load securely/],
    ];
    for (const [bytes, message] of refused) {
      expect(() => np.load(bytes)).toThrow(message);
      expect(() => np.load(bytes)).toThrow(ValueError);
    }
    expect(np.load(withHeader(header('(2,)').padEnd(10001), new Uint8Array(16)), { max_header_size: 20000 }).tolist()).toEqual([0, 0]);
  });

  test('unknown and unsupported arguments are refused', () => {
    const bytes = np.save([1]);
    expect(() => np.load(bytes, { mmap: 'r' } as never)).toThrow("load() got an unexpected keyword argument 'mmap'");
    expect(() => np.load(bytes, { mmap_mode: 'r' } as never)).toThrow(np.exceptions.NotImplementedError);
    expect(() => np.load(bytes, { allow_pickle: true } as never)).toThrow(np.exceptions.NotImplementedError);
    expect(() => np.load(3 as never)).toThrow('load() takes a path, an ArrayBuffer or a Uint8Array, not int');
    expect(() => (np.save as (...args: unknown[]) => void)('x')).toThrow("missing 1 required positional argument: 'arr'");
    expect(() => (np.save as (...args: unknown[]) => void)([1], [2])).toThrow(TypeError);
    expect(() => np.load(new Uint8Array(0))).toThrow(EOFError);
  });
});

describe('.npz', () => {
  test.each(Object.entries(fixture.archives))('%s is read, and written so that it reads the same', (name, members) => {
    const bytes = fileOf(name);
    const archives = [np.load<np.NpzFile>(bytes)];
    for (const write of [np.savez, np.savez_compressed]) {
      archives.push(np.load<np.NpzFile>(write(Object.fromEntries(archives[0].items()))));
    }
    for (const archive of archives) {
      expect(archive).toBeInstanceOf(np.NpzFile);
      expect(archive.files).toEqual(Object.keys(members));
      for (const [key, wanted] of Object.entries(members)) expectArray(archive.get(key), wanted, `${name} ${key}`);
    }
  });

  test("NumPy's own archives and ours share their members' bytes", () => {
    const bytes = fileOf('stored.npz');
    const named = Object.fromEntries(np.load<np.NpzFile>(bytes).items());
    for (const ours of [np.savez(named), np.savez_compressed(named)]) {
      const wanted = new Map(readDirectory(bytes).map((entry) => [entry.name, Buffer.from(readEntry(bytes, entry)).toString('hex')]));
      for (const entry of readDirectory(ours)) {
        // Big-endian numbers are written in the order of this machine.
        if (entry.name === 'big.npy') continue;
        expect(Buffer.from(readEntry(ours, entry)).toString('hex')).toBe(wanted.get(entry.name));
      }
    }
    expect(np.savez_compressed(named).length).toBeLessThan(bytes.length / 2);
  });

  test('names, iteration and closing', () => {
    const file = np.load<np.NpzFile>(np.savez([1, 2], np.eye(2), { x: [3], mean: 4, c: 1, d: 1 }));
    expect(file.files).toEqual(['x', 'mean', 'c', 'd', 'arr_0', 'arr_1']);
    expect([...file]).toEqual(file.files);
    expect(file.length).toBe(6);
    expect([...file.values()].map((array) => array.size)).toEqual([1, 1, 1, 1, 2, 4]);
    expect(file.f.x.tolist()).toEqual([3]);
    expect(Object.keys(file.f)).toEqual(file.files);
    expect('x' in file.f && !('y' in file.f) && file.has('mean') && !file.has('y')).toBe(true);
    expect(file.get('x.npy').tolist()).toEqual([3]);
    expect(() => file.get('y')).toThrow('y is not a file in the archive');
    expect(() => file.f.y).toThrow(np.exceptions.KeyError);
    expect(String(file)).toBe("NpzFile 'object' with keys: x, mean, c, d, arr_0...");
    file.close();
    expect(() => file.get('x')).toThrow('I/O operation on closed file.');
    expect(() => np.savez([1], { arr_0: [2] })).toThrow('Cannot use un-named variables and keyword arr_0');
    expect(() => (np.savez as () => void)()).toThrow("savez() missing 1 required positional argument: 'file'");
  });

  test('arrays are read when asked for: a broken member leaves the others', () => {
    const bytes = np.savez({ a: np.arange(10), b: np.arange(10) });
    const { start } = readDirectory(bytes)[1];
    bytes[start + 130] ^= 1;
    const file = np.load<np.NpzFile>(bytes);
    expect(file.get('a').size).toBe(10);
    expect(() => file.get('b')).toThrow("Bad CRC-32 for file 'b.npy'");
    expect(() => [...file.values()]).toThrow(ValueError);
  });

  test('a member that is no array is refused', () => {
    const bytes = writeZip([{ name: 'notes.txt', contents: Uint8Array.from(Buffer.from('hello world')) }], null);
    expect(() => np.load<np.NpzFile>(bytes).get('notes.txt')).toThrow('the magic string is not correct');
  });
});

describe('hostile archives', () => {
  type Edit = (view: DataView, central: number, bytes: Uint8Array) => void;
  const edited = (edit: Edit, bytes = np.savez_compressed({ a: np.zeros(100) })): Uint8Array => {
    const view = new DataView(bytes.buffer);
    edit(view, view.getUint32(bytes.length - 6, true), bytes);
    return bytes;
  };
  const openAll = (bytes: Uint8Array): unknown => [...np.load<np.NpzFile>(bytes).values()];

  test('each lie is an error', () => {
    const lies: [string, Edit, RegExp][] = [
      ['size', (view, central) => view.setUint32(central + 24, 0xfffffff0, true), /cannot hold/],
      ['size, a little', (view, central) => view.setUint32(central + 24, 900, true), /longer than declared/],
      ['size, a little more', (view, central) => view.setUint32(central + 24, 930, true), /shorter than declared/],
      ['compressed size', (view, central) => view.setUint32(central + 20, 0x10000, true), /reaches beyond/],
      ['offset', (view, central) => view.setUint32(central + 42, central, true), /file header/],
      ['offset inside', (view, central) => view.setUint32(central + 42, 5, true), /Bad magic number for file header/],
      ['method', (view, central) => view.setUint16(central + 10, 12, true), /compression method is not supported/],
      ['two methods', (view, central) => view.setUint16(central + 10, 0, true), /stored in another number of bytes/],
      ['encrypted', (view, central) => view.setUint16(central + 8, 1, true), /encrypted/],
      ['name', (_, central, bytes) => { bytes[central + 46] = 0x62; }, /in directory 'b\.npy' and header differ/],
      ['name length', (view, central) => view.setUint16(central + 28, 60000, true), /Truncated central directory/],
      ['crc', (view, central) => view.setUint32(central + 16, 1, true), /Bad CRC-32/],
      ['count', (view, _, bytes) => view.setUint32(bytes.length - 14, 500 * 65537, true), /central directory/],
      ['disks', (view, _, bytes) => view.setUint16(bytes.length - 14, 7, true), /multiple disks/],
      ['directory', (view, central, bytes) => view.setUint32(bytes.length - 6, central - 1, true), /Bad offset/],
      ['zip64', (view, _, bytes) => view.setUint32(bytes.length - 6, 0xffffffff, true), /Bad offset/],
      ['zip64 member', (view, central) => view.setUint32(central + 24, 0xffffffff, true), /no zip64 extra field/],
      ['disk of a member', (view, central) => view.setUint16(central + 34, 1, true), /multiple disks/],
      ['comment', (view, _, bytes) => view.setUint16(bytes.length - 2, 5, true), /File is not a zip file/],
    ];
    for (const [name, edit, message] of lies) expect(() => openAll(edited(edit)), name).toThrow(message);
  });

  test('entries that share bytes are refused', () => {
    const bytes = edited((view, central, all) => {
      // Both entries of the directory point at the second file.
      const second = central + 46 + 5;
      view.setUint32(central + 42, view.getUint32(second + 42, true), true);
      all[central + 46] = all[second + 46];
    }, np.savez({ a: np.zeros(100), b: np.zeros(100) }));
    expect(() => np.load<np.NpzFile>(bytes)).toThrow("Overlapped entries: 'b.npy' (possible zip bomb)");
  });

  test('a comment behind the archive is no harm', () => {
    const bytes = np.savez({ a: [1] });
    const longer = new Uint8Array(bytes.length + 9);
    longer.set(bytes);
    new DataView(longer.buffer).setUint16(bytes.length - 2, 9, true);
    expect(np.load<np.NpzFile>(longer).get('a').tolist()).toEqual([1]);
  });

  test('names are UTF-8 or code page 437', () => {
    const bytes = np.savez({ z: [1] });
    const { length } = bytes;
    for (let i = 0; i < length; i++) if (bytes[i] === 0x7a && bytes[i + 1] === 0x2e) bytes[i] = 0x82;
    expect(np.load<np.NpzFile>(bytes).files).toEqual(['é']);
    expect(np.load<np.NpzFile>(np.savez({ 日本: [1], '😀': 2 })).files).toEqual(['日本', '😀']);
  });
});

describe('mutations', () => {
  /** A small generator of its own, so that a failure comes again. */
  function randomOf(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0;
      let value = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      value ^= value >>> 13;
      return (value >>> 0) % below;
    };
  }

  const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x50, 0x4b, 0x27, 0x28, 0x29, 0x2c, 0x30, 0x39, 0x7b, 0x7d];

  function mutate(source: Uint8Array, random: (below: number) => number): Uint8Array {
    let bytes = source.slice();
    for (let edits = 1 + random(4); edits > 0 && bytes.length > 0; edits--) {
      const at = random(bytes.length);
      switch (random(6)) {
        case 0: bytes[at] ^= 1 << random(8); break;
        case 1: bytes[at] = interesting[random(interesting.length)]; break;
        case 2: bytes = bytes.slice(0, at); break;
        case 3: bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1 + random(8))); break;
        case 4: {
          const copied = bytes.subarray(random(bytes.length)).subarray(0, 20);
          bytes = Uint8Array.of(...bytes.subarray(0, at), ...copied, ...bytes.subarray(at));
          break;
        }
        default: for (let i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = random(3) === 0 ? 255 : random(256);
      }
    }
    return bytes;
  }

  /** The largest buffer that a body makes, the library's blocks and JavaScript's own arrays alike. */
  function largestAllocation(body: () => void): number {
    let largest = 0;
    const construct = (target: Function, args: unknown[], newTarget: Function): object => {
      const { BYTES_PER_ELEMENT: width = 1 } = target as { BYTES_PER_ELEMENT?: number };
      if (typeof args[0] === 'number') largest = Math.max(largest, args[0] * width);
      return Reflect.construct(target, args, newTarget) as object;
    };
    for (const name of ['ArrayBuffer', 'Uint8Array', 'Uint16Array', 'Int32Array', 'Float64Array', 'Array'] as const) {
      vi.stubGlobal(name, new Proxy(globalThis[name] as unknown as object, { construct: construct as never }));
    }
    try {
      trackAllocations((storage) => { largest = Math.max(largest, storage.byteLength); }, body);
    } finally {
      vi.unstubAllGlobals();
    }
    return largest;
  }

  test('allocations are seen', () => {
    const npy = fileOf('long.npy');
    const npz = fileOf('compressed.npz');
    expect(largestAllocation(() => np.load(npy))).toBeGreaterThanOrEqual(8000);
    expect(largestAllocation(() => np.load<np.NpzFile>(npz).get('zeros'))).toBeGreaterThanOrEqual(4128);
  });

  /** An archive one of whose members is mutated, and whose own records fit it. */
  function mutateMember(archive: Uint8Array, random: (below: number) => number, deflated: boolean): Uint8Array {
    const members = readDirectory(archive).map((entry) => ({ name: entry.name, contents: readEntry(archive, entry) }));
    const at = random(members.length);
    members[at] = { name: members[at].name, contents: mutate(members[at].contents, random) };
    return writeZip(members, deflated ? deflate : null);
  }

  const sources = [
    'float64.npy', 'int16-fortran-big.npy', 'bool-fortran.npy', 'version-2.npy', 'many-axes.npy', 'stored.npz', 'compressed.npz',
  ];

  test.each(sources)('%s: a mutated file is an error or an array, and costs little', (name) => {
    const source = fileOf(name);
    const random = randomOf(20240607 + source.length);
    let refused = 0;
    let read = 0;
    // A deflated member can hold 1032 times its bytes; everything else only what is there.
    const factor = name === 'compressed.npz' ? 1032 : 2;
    for (let round = 0; round < 700; round++) {
      const inside = name.endsWith('.npz') && round % 2 === 1;
      const bytes = inside ? mutateMember(source, random, factor > 2) : mutate(source, random);
      const largest = largestAllocation(() => {
        try {
          const loaded: unknown = np.load<np.ndarray | np.NpzFile>(bytes);
          const arrays = loaded instanceof np.NpzFile ? loaded.values() : [loaded as np.ndarray];
          for (const array of arrays) {
            if (array.nbytes > factor * bytes.length) expect.unreachable(`round ${round}: ${array.nbytes} bytes from ${bytes.length}`);
            String(array.at(...array.shape.map(() => ':1')));
          }
          read++;
        } catch (error) {
          const known = ['ValueError', 'EOFError', 'NotImplementedError'];
          if (!known.includes((error as Error).name)) {
            throw new Error(
              `round ${round}: ${String(error)}`, { cause: error });
          }
          refused++;
        }
      });
      // Names, tables of codes and the like take some kilobytes however small the file.
      expect(largest, `round ${round}`).toBeLessThanOrEqual(factor * bytes.length + 300_000);
    }
    expect(refused).toBeGreaterThan(100);
    expect(read).toBeGreaterThan(10);
  });
});

describe('files', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('paths and URLs, with the endings that NumPy adds', () => {
    const place = mkdtempSync(join(tmpdir(), 'npy-'));
    try {
      np.save(join(place, 'x'), [1, 2]);
      np.save(pathToFileURL(join(place, 'y.npy')), [3]);
      np.savez(pathToFileURL(join(place, 'z')), [4], { b: 5 });
      np.savez_compressed(join(place, 'w.npz'), { c: 6 });
      expect(readdirSync(place).sort()).toEqual(['w.npz', 'x.npy', 'y.npy', 'z.npz']);
      expect(np.load(`${place}/x.npy`).tolist()).toEqual([1, 2]);
      expect(np.load(pathToFileURL(join(place, 'y.npy'))).tolist()).toEqual([3]);
      const archive = np.load(`${place}/z.npz`);
      expect([archive.get('arr_0').tolist(), archive.get('b').tolist()]).toEqual([[4], 5]);
      expect(String(archive)).toBe(`NpzFile '${place}/z.npz' with keys: b, arr_0`);
      expect(np.load(`${place}/w.npz`).f.c.item()).toBe(6);
      expect(() => np.load(`${place}/missing.npy`)).toThrow('ENOENT');
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  test('without a file system paths are refused and bytes still work, packed by the code that the package brings', () => {
    vi.stubGlobal('process', undefined);
    expect(() => np.load('x.npy')).toThrow('files are named by path only in Node');
    expect(() => np.save('x.npy', [1])).toThrow(np.exceptions.RuntimeError);
    const bytes = np.savez_compressed({ a: np.zeros(1000) });
    expect(bytes.length).toBeLessThan(400);
    expect(np.load<np.NpzFile>(bytes).get('a').size).toBe(1000);
  });
});
