import { scope } from 'flambeau';
import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import type { Digits, Part } from './digits.ts';
import { toInputs } from './digits.ts';

/** The classifier and its training, on either device. Nothing here knows of the page. */

export type Place = 'cpu' | 'webgpu';

export const batchSize = 64;
const learningRate = 1e-3;

interface Tensors {
  readonly images: torch.Tensor;
  readonly labels: torch.Tensor;
}

/** What a place has of the data: batches are taken there, so that nothing but an order of the digits travels. */
interface Data {
  readonly train: Tensors;
  readonly test: Tensors;
}

export interface Evaluation {
  readonly accuracy: number;
  /** What the model takes each test digit for. */
  readonly predictions: readonly number[];
}

function newModel(): nn.Sequential {
  return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10));
}

const onCpu = (part: Part): Tensors => ({ images: toInputs(part.images), labels: torch.tensor(part.labels).to(torch.long) });

const moved = ({ images, labels }: Tensors, place: Place): Tensors => ({ images: images.to(place), labels: labels.to(place) });

/** On the way to the CPU a tensor has to be waited for. */
async function move(tensor: torch.Tensor, place: Place): Promise<torch.Tensor> {
  return place === 'cpu' ? tensor.cpu() : tensor.to(place);
}

export class Trainer {
  step = 0;
  place: Place = 'cpu';
  readonly stepsPerRound: number;
  private readonly testLabels: Uint8Array;
  private readonly data: { cpu: Data; webgpu: Data | null };
  private model!: nn.Sequential;
  private optimizer!: optim.Adam;
  /** The sum of the losses that have not been reported, on the device, and their number. */
  private total!: torch.Tensor;
  private summed = 0;
  /** The order in which this round takes the digits, on the device. */
  private order: torch.Tensor | null = null;
  /** Weights on the CPU, to go on from when the GPU is lost. */
  private saved: { readonly step: number; readonly weights: Record<string, torch.Tensor> } | null = null;

  constructor({ train, test }: Digits) {
    this.stepsPerRound = Math.floor(train.count / batchSize);
    this.testLabels = test.labels;
    this.data = { cpu: { train: onCpu(train), test: onCpu(test) }, webgpu: null };
    this.reset();
  }

  private get here(): Data {
    if (this.place === 'cpu') return this.data.cpu;
    const { train, test } = this.data.cpu;
    return (this.data.webgpu ??= { train: moved(train, 'webgpu'), test: moved(test, 'webgpu') });
  }

  /** Forgets all that was learnt. Every beginning is the same one, so that the devices can be compared. */
  reset(): void {
    torch.manual_seed(0);
    this.model = newModel();
    if (this.place !== 'cpu') this.model.to(this.place);
    this.begin(0);
    this.saved = null;
  }

  private begin(step: number): void {
    this.step = step;
    this.optimizer = new optim.Adam(this.model.parameters(), { lr: learningRate });
    this.order = null;
    this.total = torch.zeros([], { device: this.place });
    this.summed = 0;
  }

  /** One step along the gradient of one batch. On the GPU it is asked for, not waited for. */
  train(): void {
    const { images, labels } = this.here.train;
    const position = this.step % this.stepsPerRound;
    if (position === 0 || this.order === null) this.order = torch.randperm(labels.shape[0]).to(this.place);
    const batch = this.order.narrow(0, position * batchSize, batchSize);
    scope(() => {
      const output = this.model(images.index_select(0, batch));
      const loss = nn.functional.cross_entropy(output, labels.index_select(0, batch));
      this.optimizer.zero_grad();
      loss.backward();
      this.total.add_(loss.detach());
    });
    this.optimizer.step();
    this.step++;
    this.summed++;
  }

  /** The mean loss of the steps since the last call, once they are done. */
  async loss(): Promise<number> {
    const mean = this.total.div(this.summed);
    this.total.zero_();
    this.summed = 0;
    return (await mean.cpu()).item() as number;
  }

  /** Has the model say what each test digit is. */
  async evaluate(): Promise<Evaluation> {
    const { images } = this.here.test;
    const predicted = torch.no_grad(() => scope(() => this.model(images).argmax(1).to(torch.int32)));
    const predictions = (await predicted.cpu()).tolist() as number[];
    const right = predictions.filter((digit, i) => digit === this.testLabels[i]).length;
    return { accuracy: right / predictions.length, predictions };
  }

  /** What the model takes one image of 28×28 bytes for: ten probabilities. */
  async read(image: Uint8Array): Promise<number[]> {
    const input = toInputs(image).to(this.place);
    const chances = torch.no_grad(() => scope(() => this.model(input).softmax(1)));
    return ((await chances.cpu()).tolist() as number[][])[0];
  }

  /** Moves the model and what Adam has gathered for it. */
  async moveTo(place: Place): Promise<void> {
    if (place === this.place) return;
    const { state, param_groups } = this.optimizer.state_dict();
    const kept: typeof state = Object.fromEntries(await Promise.all(Object.entries(state).map(async ([parameter, tensors]) => {
      // Adam counts its steps on the CPU in either place.
      const each = Object.entries(tensors).map(async ([name, tensor]) =>
        [name, tensor instanceof torch.Tensor && name !== 'step' ? await move(tensor, place) : tensor] as const);
      return [parameter, Object.fromEntries(await Promise.all(each))] as const;
    })));
    const [total, order] = await Promise.all([move(this.total, place), this.order && move(this.order, place)]);
    if (place === 'cpu') await this.model.cpu();
    else this.model.to(place);
    this.place = place;
    if (place === 'cpu') this.dropCopies();
    this.optimizer = new optim.Adam(this.model.parameters(), { lr: learningRate });
    this.optimizer.load_state_dict({ state: kept, param_groups });
    this.total = total;
    this.order = order;
  }

  /** Frees what the GPU has of the data; it may be lost without anybody's notice before it is used again. */
  private dropCopies(): void {
    const { webgpu } = this.data;
    this.data.webgpu = null;
    for (const { images, labels } of webgpu === null ? [] : [webgpu.train, webgpu.test]) {
      images[Symbol.dispose]();
      labels[Symbol.dispose]();
    }
  }

  /** Keeps the weights as they are now. */
  async save(): Promise<void> {
    const { step } = this;
    // The copies are asked for at once, so later steps do not show in them.
    const copies = Object.entries(this.model.state_dict()).map(async ([name, tensor]) => [name, await tensor.clone().cpu()] as const);
    this.saved = { step, weights: Object.fromEntries(await Promise.all(copies)) };
  }

  /** Goes on on the CPU without anything from the GPU, with the weights that were last kept. */
  recover(): void {
    this.place = 'cpu';
    this.data.webgpu = null;
    torch.manual_seed(0);
    this.model = newModel();
    if (this.saved !== null) this.model.load_state_dict(this.saved.weights);
    this.begin(this.saved?.step ?? 0);
  }
}
