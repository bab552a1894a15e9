import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';

/** Steps of Adam on two layers, in one job, in one job with `scope`, or with the event loop turning. */

const steps = 3000;
torch.manual_seed(0);
const model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10));
const optimizer = torch.optim.Adam(model.parameters(), { lr: 1e-3 });
const x = torch.rand(64, 784);
const labels = torch.randint(0, 10, [64]);

function step(): torch.Tensor {
  optimizer.zero_grad();
  const loss = torch.nn.functional.cross_entropy(model(x), labels);
  loss.backward();
  optimizer.step();
  return loss;
}

const around: Readonly<Record<string, () => unknown>> = {
  plain: step,
  scope: () => flambeau.scope(step),
  turning: () => new Promise((resolve) => {
    step();
    setImmediate(resolve);
  }),
};
const run = around[process.env.AROUND!];
const start = performance.now();
for (let i = 0; i < steps; i++) {
  const waits = run();
  if (waits instanceof Promise) await waits;
}
console.log(JSON.stringify({ milliseconds: (performance.now() - start) / steps, peakMiB: process.resourceUsage().maxRSS / 1024 }));
