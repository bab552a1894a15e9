import { readFileSync } from 'node:fs';
import * as np from 'flambeau/numpy';
import { report } from './side.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

report(version, (n) => {
  const g = np.random.default_rng(0);
  const side = Math.floor(Math.sqrt(n));
  const [x, y] = [g.standard_normal(n), g.standard_normal(n)];
  const a = n <= 512 ? g.standard_normal([n, n]) : null;
  return {
    np, n, x, y, u: g.uniform(0.1, 0.9, n), p: g.uniform(0.5, 2, n), s: np.sort(g.standard_normal(n)), i: g.integers(0, n, n),
    j: g.integers(0, n, n), k: g.integers(1, n, n), o: g.integers(0, 2, n), b: g.random(n).lt(0.5), e: g.random(n).lt(0.9),
    f: x.astype('float32'), g: y.astype('float32'), c: x.add(y.mul(new np.Complex(0, 1))), d: y.add(x.mul(new np.Complex(0, 2))),
    m: x.at(`:${side * side}`).reshape(side, side).copy(), v: x.at(`:${side}`).copy(), r: g.integers(0, side, side),
    t: np.linspace(-2, 2, 50), w: g.integers(0, 256, n).astype('uint8'), z: np.zeros(n),
    h: x.at(`:${Math.floor(n / 3) * 3}`).reshape(-1, 3),
    ...(a === null ? {} : {
      A: a, B: g.standard_normal([n, n]), V: g.standard_normal(n), P: a.matmul(a.T).add(np.eye(n).mul(n)),
    }),
  };
}, () => undefined);
