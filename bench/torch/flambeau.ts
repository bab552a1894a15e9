import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import { median } from '../measure.ts';
import type { Report } from './index.ts';

/** One step of each program, again and again: what bench/torch/side.py does in Python. */

type Step = () => unknown;

/** A training step of a model on fixed data. */
function training(model: nn.Module, run: () => torch.Tensor, optimizer: optim.Optimizer): Step {
  model.train();
  return () => {
    optimizer.zero_grad();
    run().backward();
    optimizer.step();
  };
}

function twoLayers(): Step {
  const model = nn.Sequential(nn.Linear(1000, 100), nn.ReLU(), nn.Linear(100, 10));
  const [x, y] = [torch.randn(64, 1000), torch.randn(64, 10)];
  const loss = nn.MSELoss({ reduction: 'sum' });
  return training(model, () => loss(model(x), y), new optim.Adam(model.parameters(), { lr: 1e-4 }));
}

function cnn(): Step {
  const model = nn.Sequential(
    nn.Conv2d(1, 16, 3, { padding: 1 }), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, { padding: 1 }), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 32, 3, { padding: 1 }), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 49, 10));
  const [x, y] = [torch.randn(64, 1, 28, 28), torch.randint(0, 10, [64])];
  const loss = nn.CrossEntropyLoss();
  return training(model, () => loss(model(x), y), new optim.Adam(model.parameters(), { lr: 1e-3 }));
}

function lstm(): Step {
  const model = nn.LSTM(64, 128, { num_layers: 2, batch_first: true });
  const x = torch.randn(32, 50, 64);
  return training(model, () => model(x)[0].square().mean(), new optim.Adam(model.parameters(), { lr: 1e-3 }));
}

function encoder(): Step {
  const model = nn.TransformerEncoder(
    nn.TransformerEncoderLayer(128, 4, { dim_feedforward: 512, dropout: 0, batch_first: true }), 2, { enable_nested_tensor: false });
  const x = torch.randn(16, 64, 128);
  return training(model, () => model(x).square().mean(), new optim.Adam(model.parameters(), { lr: 1e-3 }));
}

function adam(): Step {
  const parameters = Array.from({ length: 10 }, () => torch.randn(1000, 1000).requires_grad_());
  for (const each of parameters) each.grad = torch.randn(1000, 1000);
  const optimizer = new optim.Adam(parameters, { lr: 1e-3 });
  return () => optimizer.step();
}

function small(): Step {
  const [x, w, b] = [torch.randn(8, 8), torch.randn(8, 8).requires_grad_(), torch.randn(8).requires_grad_()];
  return () => x.matmul(w).add(b).relu().sum().backward();
}

const programs: Readonly<Record<string, () => Step>> = { twoLayers, cnn, lstm, encoder, adam, small };

torch.manual_seed(0);
const step = programs[process.env.PROGRAM!]();
const seconds = Number(process.env.SECONDS);
const timed = (count: number): number => {
  const start = performance.now();
  for (let i = 0; i < count; i++) step();
  return (performance.now() - start) / count;
};
let count = 1;
while (timed(count) * count < 20) count *= 2;
const samples: number[] = [];
for (const start = performance.now(); performance.now() - start < 1000 * seconds || samples.length < 5;) samples.push(timed(count));
console.log(JSON.stringify({ milliseconds: median(samples) } satisfies Report));
