import { readFileSync } from 'node:fs';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { batch, classifierParameters, images, labels, pixels, uniform } from '../gpu/inputs.ts';
import { report } from './rows.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const random = (seed: number, ...shape: number[]): np.ndarray =>
  np.array(uniform(shape.reduce((size, extent) => size * extent, 1), seed)).reshape(shape);

const [a, b, c, d] = [random(0, 1024, 1024), random(1, 1024, 1024), random(0, 64, 64), random(1, 64, 64)];
const [x, y, u, v] = [random(0, 1e6), random(1, 1e6), random(0, 64), random(1, 64)];

const pictures = torch.tensor(images()).view(batch, pixels);
const digits = torch.tensor(labels()).to(torch.long);
const [weight1, bias1, weight2, bias2] = classifierParameters().map(({ shape, values }) =>
  torch.tensor(values).view(...shape).requires_grad_());
const optimizer = torch.optim.Adam([weight1, bias1, weight2, bias2], { lr: 1e-3 });
const { linear, cross_entropy } = torch.nn.functional;

await report(version, {
  product: () => a.matmul(b),
  smallProduct: () => c.matmul(d),
  add: () => x.add(y),
  smallAdd: () => u.add(v),
  exp: () => np.exp(x),
  sum: () => x.sum(),
  sort: () => np.sort(x),
  training() {
    const loss = cross_entropy(linear(torch.relu(linear(pictures, weight1, bias1)), weight2, bias2), digits);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
  },
});
