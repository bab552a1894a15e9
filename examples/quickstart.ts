import { SingleBar } from 'cli-progress';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import { device } from './device.ts';
import { loadDigits } from './mnist.ts';

/** Trains a 784-128-10 classifier on MNIST and shows what it has learnt; on the GPU with `--device webgpu`. */

const epochs = 4;
const started = performance.now();
const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);

console.log(String(flambeau.info()));
torch.manual_seed(0);
const train = loadDigits('train');
const test = loadDigits('t10k');
console.log(`\n${train.dataset.length} digits to learn from, ${test.dataset.length} to be tested on`);

const model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).to(device);
console.log(`${model}\n`);
const lossFunction = nn.CrossEntropyLoss();
const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
const loader = new torch.utils.data.DataLoader(train.dataset, { batch_size: 64, shuffle: true });

for (let epoch = 1; epoch <= epochs; epoch++) {
  const format = `epoch ${epoch}/${epochs} [{bar}] {value}/{total} batches, loss {loss}, {duration_formatted}`;
  const bar = new SingleBar({ format, barsize: 30 });
  bar.start(loader.length, 0, { loss: '-' });
  const total = torch.zeros([], { device });
  let batches = 0;
  const show = async (): Promise<void> => bar.update(batches, { loss: ((await total.cpu()).item() as number / batches).toFixed(4) });
  for (const [images, labels] of loader) {
    const loss = lossFunction(model(images.to(device)), labels.to(device));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    total.add_(loss.detach());
    batches++;
    if (batches % 50 === 0) await show();
  }
  await show();
  bar.stop();
  // A pause lets the engine hand back what the epoch has dropped.
  await new Promise((resolve) => setImmediate(resolve));
}

model.eval();
const [pixels, labels] = test.dataset.tensors;
const predicted = await torch.no_grad(() => model(pixels.to(device))).argmax(1).cpu();

/** Digits side by side in half blocks, two rows of pixels to a line. */
function draw(first: number, count: number): string {
  const shades = ' ░▒▓█';
  const lines: string[] = [];
  for (let row = 0; row < 28; row += 2) {
    let line = '';
    for (let digit = first; digit < first + count; digit++) {
      const pair = test.images.at(digit, `${row}:${row + 2}`, ':').astype('float64').mean({ axis: 0 });
      line += (pair.tolist() as number[]).slice(3, 25).map((ink) => shades[Math.min(4, Math.round(ink / 56))]).join('');
    }
    lines.push(line);
  }
  return lines.join('\n');
}

console.log(`\n${draw(0, 6)}`);
console.log(Array.from({ length: 6 }, (_, i) => `says ${predicted.at(i).item()}, is ${labels.at(i).item()}`.padEnd(22)).join(''));

// The same memory, now as NumPy arrays: row = what it is, column = what the model says.
const confusion = np.bincount(labels.numpy().mul(10).add(predicted.numpy()), { minlength: 100 }).reshape(10, 10);
console.log(`\nconfusion matrix\n${confusion}`);

const accuracy = predicted.eq(labels).to(torch.float32).mean().item() as number;
console.log(`\ntest accuracy ${accuracy.toFixed(4)} after ${epochs} epochs, ${seconds()} s`);
if (accuracy < 0.97) {
  console.error('the accuracy should be at least 0.97');
  process.exitCode = 1;
}
