import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import { batch, classifierParameters, images, labels, pixels, uniform } from './inputs.ts';
import type { Prepared, Side } from './timing.ts';

/** Flambeau on one of its devices. */

type Tensor = torch.Tensor;

async function firstValues(result: Tensor): Promise<number[]> {
  return (await result.detach().reshape(-1).at('0:8').cpu()).tolist() as number[];
}

export function flambeauSide(name: string, device: 'cpu' | 'webgpu'): Side {
  const marker = torch.zeros(1, { device });
  const made = (values: Float32Array, ...shape: number[]): Tensor => torch.tensor(values, { device }).reshape(shape);

  /** An operation whose result is dropped. */
  const operation = (operands: Tensor[], body: () => Tensor): Prepared => ({
    run(times) {
      for (let i = 0; i < times; i++) flambeau.scope(() => void body());
    },
    async check() {
      const result = body();
      const values = await firstValues(result);
      result[Symbol.dispose]();
      return values;
    },
    checkRuns: 1,
    dispose() {
      for (const operand of operands) operand[Symbol.dispose]();
    },
  });

  return {
    name,
    gemm(size) {
      const operands = [0, 1].map((seed) => made(uniform(size * size, seed, -1, 1), size, size));
      return operation(operands, () => operands[0].matmul(operands[1]));
    },
    add(elements) {
      const operands = [0, 1].map((seed) => made(uniform(elements, seed), elements));
      return operation(operands, () => operands[0].add(operands[1]));
    },
    exp(elements) {
      const x = made(uniform(elements, 0), elements);
      return operation([x], () => x.exp());
    },
    copy(elements) {
      const x = made(uniform(elements, 0), elements);
      return operation([x], () => x.clone());
    },
    sum(rows, columns, axis) {
      const x = made(uniform(rows * columns, 0), rows, columns);
      return operation([x], () => (axis === null ? x.sum() : x.sum(axis)));
    },
    smallAdds(elements) {
      const operands = [0, 1].map((seed) => made(uniform(elements, seed), elements));
      const [x, y] = operands;
      return {
        ...operation(operands, () => x.add(y)),
        run(times) {
          flambeau.scope(() => {
            for (let i = 0; i < times; i++) x.add(y);
          });
        },
      };
    },
    trainingStep(scoped) {
      const pictures = made(images(), batch, pixels);
      const digits = torch.tensor(labels()).to(torch.int64).to(device);
      const model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10));
      const start = classifierParameters();
      torch.no_grad(() => [...model.parameters()].forEach((parameter, i) => {
        parameter.copy_(torch.tensor(start[i].values).reshape([...start[i].shape]));
      }));
      model.to(device);
      const lossFunction = nn.CrossEntropyLoss();
      const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
      const step = (): Tensor => {
        const loss = lossFunction(model(pictures), digits);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return loss.detach();
      };
      return {
        run(times) {
          const once = scoped ? () => flambeau.scope(step) : step;
          for (let i = 0; i < times; i++) once();
        },
        async check() {
          const losses = [step(), step(), step()];
          return (await Promise.all(losses.map(firstValues))).flat();
        },
        checkRuns: 3,
        dispose: () => {},
      };
    },
    finish: async () => void await marker.cpu(),
  };
}
