import { parseArgs } from 'node:util';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import { loadDigits } from './mnist.ts';
import { openDevice } from './openDevice.ts';
import { Progress, columns, folded } from './terminal.ts';

/** Trains a classifier of two linear layers, or of three convolutions, on MNIST and shows what it has learnt. */

const usage = `usage: npm run quickstart -- [--model mlp|cnn] [--device cpu|webgpu] [--epochs 4]

  --model mlp       two linear layers; this is so unless said otherwise
  --model cnn       three convolutions, which see more and take longer
  --device cpu      compute on the CPU; this is so unless said otherwise
  --device webgpu   compute on the GPU (cuda is another name for it)
  --epochs 4        how often all digits are learnt from; 4, or 2 of a cnn`;

/** The models: how they are made, how often they learn, and what they reach by then. */
const models = {
  mlp: { epochs: 4, reaches: 0.97, make: () => nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)) },
  cnn: {
    epochs: 2, reaches: 0.985, make: () => nn.Sequential(
      nn.Unflatten(1, [1, 28, 28]), nn.Conv2d(1, 16, 3, { padding: 1 }), nn.ReLU(), nn.MaxPool2d(2),
      nn.Conv2d(16, 32, 3, { padding: 1 }), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 32, 3, { padding: 1 }), nn.ReLU(),
      nn.Flatten(), nn.Linear(32 * 7 * 7, 10)),
  },
} as const;
type ModelName = keyof typeof models;
const isModel = (name: string): name is ModelName => Object.hasOwn(models, name);

/** Says what is wrong and ends the program. */
function refuse(message: string, status: number): never {
  console.error(message);
  process.exit(status);
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readOptions(): { readonly model: ModelName; readonly device: string; readonly epochs: number } {
  try {
    const { values } = parseArgs({
      options: {
        model: { type: 'string', default: 'mlp' }, device: { type: 'string', default: 'cpu' }, epochs: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const { model } = values;
    if (!isModel(model)) throw new Error(`--model is ${Object.keys(models).join(' or ')}, not '${model}'`);
    const epochs = Number(values.epochs ?? models[model].epochs);
    if (!Number.isInteger(epochs) || epochs < 1) throw new Error(`--epochs is a whole number from 1 on, not '${values.epochs}'`);
    if (!['cpu', 'webgpu', 'cuda'].includes(values.device)) throw new Error(`--device is cpu or webgpu, not '${values.device}'`);
    return { model, device: values.device, epochs };
  } catch (error) {
    return refuse(`${words(error)}\n\n${usage}`, 2);
  }
}

const options = readOptions();
const { epochs } = options;
const device = await openDevice(options.device).catch((error: unknown) => refuse(words(error), 1));
const secondsSince = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

console.log(folded(String(flambeau.info()), 14));
np.set_printoptions({ linewidth: columns });
torch.manual_seed(0);
const started = performance.now();
const train = loadDigits('train');
const test = loadDigits('t10k');
console.log(`\n${train.dataset.length} digits to learn from, ${test.dataset.length} to be tested on`);

const chosen = models[options.model];
const model = chosen.make().to(device);
console.log(`${folded(String(model), 8)}\n`);
const lossFunction = nn.CrossEntropyLoss();
const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
const loader = new torch.utils.data.DataLoader(train.dataset, { batch_size: 64, shuffle: true });
const [pixels, labels] = [test.dataset.tensors[0].to(device), test.dataset.tensors[1]];

/** What the model takes the test digits for, a thousand at a time. */
async function predict(): Promise<torch.Tensor> {
  model.eval();
  const scores = torch.no_grad(() => torch.cat(pixels.split(1000).map((part) => model(part))));
  model.train();
  return await scores.argmax(1).cpu();
}

const row = (epoch: string, loss: string, accuracy: string, time: string): string =>
  `${epoch.padEnd(8)}${loss.padEnd(9)}${accuracy.padEnd(11)}${time}`;
console.log(row('epoch', 'loss', 'accuracy', 'time'));
let predicted = torch.zeros(0);
let accuracy = 0;
for (let epoch = 1; epoch <= epochs; epoch++) {
  const start = performance.now();
  const title = `${epoch}/${epochs}`;
  const progress = new Progress(title.padEnd(6), loader.length);
  const total = torch.zeros([], { device });
  let batches = 0;
  const meanLoss = async (): Promise<string> => ((await total.cpu()).item() / batches).toFixed(4);
  for (const [images, labels] of loader) {
    const loss = lossFunction(model(images.to(device)), labels.to(device));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    total.add_(loss.detach());
    batches++;
    if (batches % 50 === 0) {
      progress.update(batches, `loss ${await meanLoss()}`);
      // The terminal shows it when the program waits.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  predicted = await predict();
  accuracy = predicted.eq(labels).to(torch.float32).mean().item();
  progress.end();
  console.log(row(title, await meanLoss(), `${(100 * accuracy).toFixed(2)}%`, secondsSince(start)));
}

const digitColumns = 22;

/** Digits side by side, two rows of pixels to a line. */
function draw(first: number, count: number): string {
  const shades = ' ░▒▓█';
  const lines: string[] = [];
  for (let row = 2; row < 26; row += 2) {
    let line = '';
    for (let digit = first; digit < first + count; digit++) {
      const pair = test.images.at(digit, `${row}:${row + 2}`, ':').astype('float64').mean({ axis: 0 });
      line += pair.tolist<number[]>().slice(3, 3 + digitColumns).map((ink) => shades[Math.min(4, Math.round(ink / 56))]).join('');
    }
    lines.push(line.trimEnd());
  }
  return lines.join('\n');
}

const drawn = Math.min(6, Math.floor(columns / digitColumns));
if (drawn > 0) {
  console.log(`\n${draw(0, drawn)}`);
  const verdicts = Array.from({ length: drawn }, (_, i) => `says ${predicted.at(i).item()}, is ${labels.at(i).item()}`);
  console.log(verdicts.map((verdict) => `   ${verdict}`.padEnd(digitColumns)).join('').trimEnd());
}

// The same memory, now as NumPy arrays.
const confusion = np.bincount(labels.numpy().mul(10).add(predicted.numpy()), { minlength: 100 }).reshape(10, 10);
console.log(folded(`\nHow often a digit (row) was taken for another (column):`));
console.log(`${confusion}`);

console.log(`\ntest accuracy ${accuracy.toFixed(4)} after ${epochs} epoch${epochs === 1 ? '' : 's'}, ${secondsSince(started)} in all`);
if (epochs >= chosen.epochs && accuracy < chosen.reaches) refuse(`the accuracy should be at least ${chosen.reaches}`, 1);
