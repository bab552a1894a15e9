import * as np from 'numpy-ts';
import peers from '../peers.json' with { type: 'json' };
import { report } from './side.ts';

type Arrays = Readonly<Record<string, unknown>>;

/** Uniform numbers, by a generator of the bench's own. */
function uniform(n: number, seed: number): number[] {
  let state = seed + 1;
  return Array.from({ length: n }, () => (state = state * 48271 % 2147483647) / 2147483647);
}

/** Operands that the library cannot make are left out, and the rows that use them. */
function attempted(makers: Readonly<Record<string, () => unknown>>): Arrays {
  return Object.fromEntries(Object.entries(makers).map(([name, make]) => {
    try {
      return [name, make()];
    } catch {
      return [name, undefined];
    }
  }));
}

report(peers['numpy-ts'], (n) => {
  const side = Math.floor(Math.sqrt(n));
  const floats = (count: number, seed: number, from = -2, to = 2): number[] =>
    uniform(count, seed).map((each) => from + (to - from) * each);
  const integers = (count: number, seed: number, from: number, to: number): number[] => uniform(count, seed)
    .map((each) => from + Math.floor(each * (to - from)));
  const [x, y] = [floats(n, 0), floats(n, 1)];
  const square = (seed: number): np.NDArray => np.array(floats(n * n, seed)).reshape(n, n);
  const complex = (re: number[], im: number[]): unknown => np.array(re.map((each, i) => new np.Complex(each, im[i])));
  return attempted({
    np: () => np, n: () => n, x: () => np.array(x), y: () => np.array(y), u: () => np.array(floats(n, 2, 0.1, 0.9)),
    p: () => np.array(floats(n, 3, 0.5, 2)), s: () => np.array(floats(n, 4).sort((p, q) => p - q)),
    i: () => np.array(integers(n, 5, 0, n), 'int64'), j: () => np.array(integers(n, 6, 0, n), 'int64'),
    k: () => np.array(integers(n, 7, 1, n), 'int64'), o: () => np.array(integers(n, 8, 0, 2), 'int64'),
    b: () => np.array(integers(n, 9, 0, 2), 'bool'), e: () => np.array(integers(n, 10, 0, 2), 'bool'),
    f: () => np.array(x, 'float32'), g: () => np.array(y, 'float32'), c: () => complex(x, y), d: () => complex(y, x),
    m: () => np.array(x.slice(0, side * side)).reshape(side, side), v: () => np.array(x.slice(0, side)),
    r: () => np.array(integers(side, 11, 0, side), 'int64'), t: () => np.linspace(-2, 2, 50),
    w: () => np.array(integers(n, 12, 0, 256), 'uint8'), z: () => np.zeros([n]),
    h: () => np.array(x.slice(0, Math.floor(n / 3) * 3)).reshape(-1, 3),
    ...(n > 512 ? {} : {
      A: () => square(13), B: () => square(14), V: () => np.array(floats(n, 15)),
      P: () => np.add(np.matmul(square(13), np.transpose(square(13))), np.multiply(np.eye(n), n)),
    }),
  });
}, (result) => {
  // Without this its memory is full after some results, and it goes on more slowly.
  for (const each of Array.isArray(result) ? result : [result]) (each as { dispose?(): void } | undefined)?.dispose?.();
});
