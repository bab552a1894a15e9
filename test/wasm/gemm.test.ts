import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { kernelProductTolerance } from '../tolerances.ts';

// The matrix products of the second WebAssembly module, in both builds, against a plain triple loop.

vi.setConfig({ testTimeout: 60_000 });
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

/** A module of one function that uses f32x4.relaxed_madd. */
const relaxedProbe = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0,
  10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
);
const relaxedSupported = WebAssembly.validate(relaxedProbe);

type Scalar = number | bigint;
interface Scalars { [index: number]: Scalar; readonly length: number; readonly buffer: ArrayBufferLike }
type Gemm = (...args: number[]) => void;

interface Kind {
  name: string;
  array: new (buffer: ArrayBufferLike) => Scalars;
  bytes: number; // of one stored scalar
  parts: 1 | 2;
  float: boolean;
}

const kinds: Kind[] = [
  { name: 'f32', array: Float32Array, bytes: 4, parts: 1, float: true },
  { name: 'f64', array: Float64Array, bytes: 8, parts: 1, float: true },
  { name: 'c64', array: Float32Array, bytes: 4, parts: 2, float: true },
  { name: 'c128', array: Float64Array, bytes: 8, parts: 2, float: true },
  { name: 'i8', array: Int8Array, bytes: 1, parts: 1, float: false },
  { name: 'u8', array: Uint8Array, bytes: 1, parts: 1, float: false },
  { name: 'i16', array: Int16Array, bytes: 2, parts: 1, float: false },
  { name: 'u16', array: Uint16Array, bytes: 2, parts: 1, float: false },
  { name: 'i32', array: Int32Array, bytes: 4, parts: 1, float: false },
  { name: 'u32', array: Uint32Array, bytes: 4, parts: 1, float: false },
  { name: 'i64', array: BigInt64Array, bytes: 8, parts: 1, float: false },
  { name: 'u64', array: BigUint64Array, bytes: 8, parts: 1, float: false },
  { name: 'bool', array: Uint8Array, bytes: 1, parts: 1, float: false },
] as unknown as Kind[];
/** Unsigned products are the signed ones under another name, so the sizes check them and the layouts need not. */
const distinct = kinds.map((kind) => kind.name).filter((name) => !name.startsWith('u'));
const kindNamed = (name: string): Kind => kinds.find((kind) => kind.name === name)!;

/** Where a matrix lies: strides in elements, of any sign, and zero. */
interface Layout { row: number; col: number }
type LayoutOf = (rows: number, columns: number) => Layout;
const layouts: Record<string, LayoutOf> = {
  rows: (_, n) => ({ row: n, col: 1 }),
  columns: (m) => ({ row: 1, col: m }),
  padded: (_, n) => ({ row: n + 3, col: 1 }),
  spaced: (_, n) => ({ row: 2 * n + 1, col: 2 }),
  spacedColumns: (m) => ({ row: 3, col: 3 * m + 1 }),
  rowsReversed: (_, n) => ({ row: -n, col: 1 }),
  columnsReversed: (_, n) => ({ row: n, col: -1 }),
  allReversed: (m) => ({ row: -1, col: -m }),
};
const repeating: Record<string, LayoutOf> = {
  sameRow: () => ({ row: 0, col: 1 }),
  sameColumn: () => ({ row: 1, col: 0 }),
  oneElement: () => ({ row: 0, col: 0 }),
};

const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
/** What memory around a result holds before and after. */
const untouched = Buffer.alloc(1 << 24, 0xff);
/** Behind what the module itself keeps in memory. */
const start = 512 * 1024;
let top = start;
/** Fresh zeroed-or-dirty bytes; `reset` starts over. */
function allocate(bytes: number): number {
  const at = top;
  top += Math.ceil(bytes / 16) * 16;
  if (top > memory.buffer.byteLength) memory.grow(Math.ceil((top - memory.buffer.byteLength) / 65536));
  return at;
}
function reset(): void {
  top = start;
}

let seed = 1;
/** Uniform in [0, 1). */
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
}
function randomScalar(kind: Kind): Scalar {
  if (kind.float) return random() * 2 - 1;
  if (kind.name === 'bool') return random() < 0.1 ? 1 + Math.floor(random() * 255) : 0;
  if (kind.bytes === 8) return BigInt.asIntN(64, BigInt(Math.floor(random() * 2 ** 32)) * 0x1234567_89abcdefn);
  return Math.floor(random() * 2 ** 32) | 0;
}

/** A matrix in the memory of the module. */
class Matrix {
  readonly kind: Kind;
  readonly rows: number;
  readonly columns: number;
  readonly row: number;
  readonly col: number;
  readonly address: number;

  constructor(kind: Kind, rows: number, columns: number, layout: Layout) {
    this.kind = kind;
    this.rows = rows;
    this.columns = columns;
    this.row = layout.row;
    this.col = layout.col;
    const low = Math.min(0, (rows - 1) * layout.row) + Math.min(0, (columns - 1) * layout.col);
    const high = Math.max(0, (rows - 1) * layout.row) + Math.max(0, (columns - 1) * layout.col);
    // An odd offset in elements: nothing may rely on the alignment of vectors.
    this.address = allocate((high - low + 4) * this.size) + (1 - low) * this.size;
  }
  get size(): number {
    return this.kind.bytes * this.kind.parts;
  }
  get strides(): [number, number] {
    return [this.row * this.size, this.col * this.size];
  }
  index(i: number, j: number): number {
    return (this.address + (i * this.row + j * this.col) * this.size) / this.kind.bytes;
  }
  fill(value: (i: number, j: number, part: number) => Scalar): this {
    const view = new this.kind.array(memory.buffer);
    // Rows on top of each other are filled once.
    for (let i = 0; i < (this.row === 0 ? 1 : this.rows); i++) {
      for (let j = 0; j < (this.col === 0 ? 1 : this.columns); j++) {
        const at = this.index(i, j);
        for (let part = 0; part < this.kind.parts; part++) view[at + part] = value(i, j, part);
      }
    }
    return this;
  }
  /** All elements in row order, with the parts of a complex one side by side. */
  read(): Scalars {
    const { parts, bytes, array } = this.kind;
    const view = new array(memory.buffer);
    const out = new array(new ArrayBuffer(this.rows * this.columns * parts * bytes));
    const dense = new Uint8Array(memory.buffer);
    const width = this.columns * parts * bytes;
    let to = 0;
    for (let i = 0; i < this.rows; i++) {
      let at = this.index(i, 0);
      if (this.col === 1) {
        new Uint8Array(out.buffer).set(dense.subarray(at * bytes, at * bytes + width), i * width);
        continue;
      }
      for (let j = 0; j < this.columns; j++, at += this.col * parts) {
        for (let part = 0; part < parts; part++) out[to++] = view[at + part]!;
      }
    }
    return out;
  }
}

/** The exact (or 64-bit float) product, and for floats the bound on the error of each element. */
function reference(kind: Kind, a: Scalars, b: Scalars, m: number, n: number, k: number) {
  const want: Scalar[] = [];
  const bound: number[] = [];
  if (kind.float) {
    const x = Float64Array.from(a as ArrayLike<number>);
    const y = Float64Array.from(b as ArrayLike<number>);
    const p = kind.parts;
    const limit = kernelProductTolerance(k * p, kind.bytes === 4 ? 'float32' : 'float64');
    // Row by row of B, as both lie in memory: an element's sum has its terms in the same order as one taken alone.
    const sums = new Float64Array(n * p);
    const sizes = new Float64Array(n);
    for (let i = 0; i < m; i++) {
      sums.fill(0);
      sizes.fill(0);
      for (let l = 0; l < k; l++) {
        const u = (i * k + l) * p;
        for (let j = 0, v = l * n * p; j < n; j++, v += p) {
          if (p === 1) {
            const term = x[u]! * y[v]!;
            sums[j]! += term;
            sizes[j]! += Math.abs(term);
          } else {
            sums[2 * j]! += x[u]! * y[v]! - x[u + 1]! * y[v + 1]!;
            sums[2 * j + 1]! += x[u]! * y[v + 1]! + x[u + 1]! * y[v]!;
            sizes[j]! += (Math.abs(x[u]!) + Math.abs(x[u + 1]!)) * (Math.abs(y[v]!) + Math.abs(y[v + 1]!));
          }
        }
      }
      for (let j = 0; j < n * p; j++) {
        want.push(sums[j]!);
        bound.push(limit * sizes[j / p | 0]!);
      }
    }
  } else {
    const wrap = new kind.array(new ArrayBuffer(kind.bytes));
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        if (kind.name === 'bool') {
          let hit = false;
          for (let l = 0; l < k; l++) hit ||= a[i * k + l] !== 0 && b[l * n + j] !== 0;
          want.push(hit ? 1 : 0);
        } else if (kind.bytes === 8) {
          let sum = 0n;
          for (let l = 0; l < k; l++) sum += (a[i * k + l] as bigint) * (b[l * n + j] as bigint);
          wrap[0] = sum;
          want.push(wrap[0]);
        } else {
          let sum = 0;
          for (let l = 0; l < k; l++) sum = (sum + Math.imul(a[i * k + l] as number, b[l * n + j] as number)) | 0;
          wrap[0] = sum;
          want.push(wrap[0]);
        }
      }
    }
  }
  return { want, bound };
}

function compare(kind: Kind, got: Scalars, want: readonly Scalar[], bound: number[], what: string): void {
  for (let i = 0; i < want.length; i++) {
    const same = kind.float
      ? Object.is(got[i], want[i]) || Math.abs((got[i] as number) - (want[i] as number)) <= bound[i]!
        || (Number.isNaN(got[i]) && Number.isNaN(want[i]))
      : got[i] === want[i];
    if (!same) expect.fail(`${what}: element ${i} is ${got[i]}, expected ${want[i]} within ${bound[i]}`);
  }
}

const built = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, `../../build/wasm/${name}.wasm`));
const modules: Readonly<Record<string, Uint8Array>> = { plain: built('fma'), relaxed: built('fmaRelaxed') };

describe('matrix product module', () => {
  it('stays small in both builds', () => {
    expect(modules.plain!.length).toBeLessThan(56_000);
    expect(modules.relaxed!.length).toBeLessThan(56_000);
  });

  it('uses relaxed SIMD in the relaxed build alone', () => {
    expect(WebAssembly.validate(modules.plain as BufferSource)).toBe(true);
    const contains = (bytes: Uint8Array) => {
      for (let i = 0; i + 2 < bytes.length; i++) {
        // f32x4.relaxed_madd and f64x2.relaxed_madd
        if (bytes[i] === 0xfd && (bytes[i + 1] === 0x85 || bytes[i + 1] === 0x87) && bytes[i + 2] === 2) return true;
      }
      return false;
    };
    expect(contains(modules.plain!)).toBe(false);
    expect(contains(modules.relaxed!)).toBe(true);
  });
});

for (const build of ['plain', 'relaxed']) {
  describe.skipIf(build === 'relaxed' && !relaxedSupported)(`${build} build`, () => {
    let exported: Record<string, Gemm>;
    beforeAll(() => {
      const module = new WebAssembly.Module(modules[build] as BufferSource);
      exported = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Record<string, Gemm>;
    });

    /** Runs one product, and checks that neither the bytes around C nor those after the workspace are written. */
    function multiply(a: Matrix, b: Matrix, c: Matrix): void {
      const { kind } = c;
      const [m, n, k] = [c.rows, c.columns, a.columns];
      const bytes = exported[`gemmWorkspace_${kind.name}`]!(m, n, k) as unknown as number;
      if (!(bytes >= 0 && bytes <= 4 << 20)) expect.fail(`a workspace of ${bytes} bytes`);
      const workspace = allocate(bytes + 64);
      const area = new Uint8Array(memory.buffer);
      area.fill(0xff, workspace, workspace + bytes);
      area.fill(0x5a, workspace + bytes, workspace + bytes + 64);
      exported[`gemm_${kind.name}`]!(
        m, n, k, a.address, ...a.strides, b.address, ...b.strides, c.address, ...c.strides, workspace,
      );
      if (area.subarray(workspace + bytes, workspace + bytes + 64).some((byte) => byte !== 0x5a)) {
        expect.fail(`${kind.name} ${m}x${n}x${k}: wrote past the end of the workspace`);
      }
    }

    function check(name: string, m: number, n: number, k: number, la: LayoutOf, lb: LayoutOf, lc: LayoutOf): void {
      reset();
      const kind = kindNamed(name);
      const a = new Matrix(kind, m, k, la(m, k)).fill(() => randomScalar(kind));
      const b = new Matrix(kind, k, n, lb(k, n)).fill(() => randomScalar(kind));
      // C starts as something that is neither zero nor finite, and its surroundings must keep it.
      const before = top;
      const c = new Matrix(kind, m, n, lc(m, n));
      const after = top;
      const area = new Uint8Array(memory.buffer);
      area.fill(0xff, before, after);
      multiply(a, b, c);
      const { want, bound } = reference(kind, a.read(), b.read(), m, n, k);
      const label = `${name} ${m}x${n}x${k} ${JSON.stringify([la(m, k), lb(k, n), lc(m, n)])}`;
      compare(kind, c.read(), want, bound, label);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const at = c.address + (i * c.row + j * c.col) * c.size;
          for (let byte = at; byte < at + c.size; byte++) area[byte] = 0xff;
        }
      }
      if (!untouched.subarray(0, after - before).equals(area.subarray(before, after))) expect.fail(`${label}: wrote outside of C`);
    }

    const { rows } = layouts;

    for (const wide of [1, 0]) {
      describe(wide ? 'wide tile' : 'narrow tile', () => {
        beforeAll(() => exported.setWideKernel!(wide));
        // Only floats have a wide tile.
        const names = kinds.filter((kind) => kind.float || !wide).map((kind) => kind.name);

        it.each(names)('%s: sizes around the edges of tiles', (name) => {
          for (const m of [2, 3, 4, 5, 6, 7, 12, 13]) {
            for (const n of [2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33]) {
              for (const k of [1, 2, 3, 4, 7]) check(name, m, n, k, rows!, rows!, rows!);
            }
          }
        });

        it.each(names)('%s: sizes around the edges of blocks', (name) => {
          for (const [m, n, k] of [[97, 35, 257], [127, 129, 128], [13, 9, 513], [95, 16, 255], [192, 8, 256]]) {
            check(name, m!, n!, k!, rows!, rows!, rows!);
          }
        });
      });
    }

    it.each(['f32', 'f64', 'c64', 'c128'])('%s: two or three vectors and a matrix that no cache holds', (name) => {
      // Rows or columns on top of each other: large for the choice of the loop, small in memory.
      check(name, 2, 2053, 2051, rows!, repeating.sameRow!, rows!);
      check(name, 2053, 3, 701, repeating.sameColumn!, rows!, rows!);
    });

    it.each(['f32', 'f64', 'c64', 'i8', 'i16', 'bool'])('%s: more columns than a block', (name) => {
      check(name, 5, 4101, 3, rows!, rows!, rows!);
      check(name, 14, 2053, 3, rows!, rows!, rows!);
      check(name, 2053, 14, 3, rows!, rows!, layouts.columns!);
    });

    it.each(distinct)('%s: every pair of layouts, into every layout', (name) => {
      for (const [m, n, k] of [[7, 19, 9], [14, 6, 5]]) {
        for (const la of Object.values({ ...layouts, ...repeating })) {
          for (const lb of Object.values({ ...layouts, ...repeating })) check(name, m!, n!, k!, la, lb, rows!);
        }
        for (const lc of Object.values(layouts)) {
          check(name, m!, n!, k!, rows!, layouts.columns!, lc);
          check(name, m!, n!, k!, layouts.spaced!, rows!, lc);
        }
      }
    });

    it.each(distinct)('%s: vectors in every layout', (name) => {
      for (const size of [1, 2, 5, 37, 130]) {
        for (const k of [1, 3, 4, 31, 261]) {
          for (const layout of Object.values({ ...layouts, ...repeating })) {
            check(name, 1, size, k, rows!, layout, rows!);
            check(name, size, 1, k, layout, rows!, rows!);
          }
        }
      }
      for (const lx of Object.values(layouts)) {
        for (const lm of [layouts.rows!, layouts.columns!, layouts.spaced!]) {
          for (const ly of Object.values(layouts)) {
            check(name, 1, 9, 7, lx, lm, ly);
            check(name, 9, 1, 7, lm, lx, ly);
            check(name, 1, 1, 70, lx, lm, ly);
          }
        }
      }
    });

    it.each(['f32', 'f64', 'c64', 'i16'])('%s: long vectors', (name) => {
      check(name, 1, 3, 9001, rows!, rows!, rows!);
      check(name, 1, 5, 9001, layouts.spaced!, layouts.columns!, layouts.spaced!);
      check(name, 8195, 1, 5, rows!, rows!, rows!);
      check(name, 1, 8195, 261, rows!, rows!, rows!);
      check(name, 1, 1, 9001, rows!, rows!, rows!);
    });

    it.each(kinds.map((kind) => kind.name))('%s: a sum over nothing is zero', (name) => {
      const zero = kindNamed(name).name.endsWith('64') && !kindNamed(name).float ? 0n : 0;
      for (const layout of Object.values(layouts)) {
        for (const [m, n] of [[1, 1], [1, 9], [9, 1], [7, 9]]) {
          reset();
          const kind = kindNamed(name);
          const c = new Matrix(kind, m!, n!, layout(m!, n!)).fill(() => (kind.bytes === 8 && !kind.float ? 5n : 5));
          multiply(new Matrix(kind, m!, 0, { row: 0, col: 1 }), new Matrix(kind, 0, n!, { row: n!, col: 1 }), c);
          for (const value of Array.from(c.read())) expect(value).toBe(zero);
        }
      }
    });

    it('writes nothing when a side of C is empty', () => {
      reset();
      const at = allocate(64);
      new Uint8Array(memory.buffer).fill(7, at, at + 64);
      exported.gemm_f32!(0, 4, 4, at, 16, 4, at, 16, 4, at, 16, 4, at);
      exported.gemm_f32!(4, 0, 4, at, 16, 4, at, 16, 4, at, 16, 4, at);
      expect([...new Uint8Array(memory.buffer).slice(at, at + 64)]).toEqual(Array.from({ length: 64 }, () => 7));
    });

    it.each(['f32', 'f64', 'c64', 'c128'])('%s: NaN and infinity reach what they must, and only that', (name) => {
      const kind = kindNamed(name);
      for (const [m, n, k] of [[1, 9, 6], [9, 1, 6], [7, 11, 5], [13, 17, 300], [1, 1, 300]]) {
        for (const special of [NaN, Infinity, -Infinity]) {
          for (const la of [layouts.rows!, layouts.columns!, layouts.spaced!]) {
            reset();
            const row = m! - 1;
            const column = n! >> 1;
            // A row of A with one special value times a B that has zeros, and the reverse.
            const zeros = (i: number, j: number) => (i + j) % 3 === 0;
            const a = new Matrix(kind, m!, k!, la(m!, k!)).fill((i, j, part) => {
              if (i === row && j === 2) return part ? 0 : special;
              return zeros(i, j) ? 0 : random() + 1;
            });
            const b = new Matrix(kind, k!, n!, la(k!, n!)).fill((i, j, part) => {
              if (i === 3 && j === column) return part ? 0 : special;
              return zeros(i, j) ? 0 : random() + 1;
            });
            const c = new Matrix(kind, m!, n!, rows!(m!, n!));
            multiply(a, b, c);
            const { want, bound } = reference(kind, a.read(), b.read(), m!, n!, k!);
            compare(kind, c.read(), want, bound, `${name} ${m}x${n}x${k} with ${special}`);
          }
        }
      }
    });
  });
}
