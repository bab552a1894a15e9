import * as np from 'flambeau/numpy';
import { readFileSync } from 'node:fs';
const { vals, out } = JSON.parse(readFileSync('/tmp/prg/t7.json', 'utf8'));
const num = vals.map((v: string) => (v === 'nan' ? NaN : v === 'inf' ? Infinity : v === '-inf' ? -Infinity : Number(v)));
for (const k in out) {
  const [f, t] = k.split(' ');
  const [one, many, long] = out[k];
  if (String(one) !== String(many)) console.log(k, 'numpy inconsistent one/many', one.map((v: string, i: number) => v !== many[i] ? `${vals[i]}:${v}/${many[i]}` : '').filter(Boolean).join(' '));
  if (String(long) !== String(many)) console.log(k, 'numpy inconsistent long/many', long.map((v: string, i: number) => v !== many[i] ? `${vals[i]}:${v}/${many[i]}` : '').filter(Boolean).join(' '));
  const got = [...np.array(num, { dtype: 'float64' }).astype(f).astype(t).tolist({ bigint: true } as never) as never[]].map((v) => String(Number(v) === Number(v) && typeof v !== 'bigint' ? Number(v) : v));
  const d = got.map((v, i) => (v !== many[i] ? `${vals[i]}: got ${v} NumPy ${many[i]}` : '')).filter(Boolean);
  if (d.length) console.log(k, d.join('; '));
}
