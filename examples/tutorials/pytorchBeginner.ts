import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';

/**
 * From tensors to a trained classifier of points in three rings: what a beginner of PyTorch meets first. It prints what its original
 * prints.
 */

const { DataLoader, Dataset, TensorDataset, random_split } = torch.utils.data;

function section(title: string): void {
  console.log(`--- ${title}`);
}

section('tensors');
const numbers = [[1, 2], [3, 4]];
const xData = torch.tensor(numbers);
console.log(xData);
const npArray = np.array(numbers);
const xNp = torch.from_numpy(npArray);
console.log(xNp);
const xOnes = torch.ones_like(xData);
console.log(xOnes);
torch.manual_seed(1);
const xRand = torch.rand_like(xData, { dtype: torch.float });
console.log(xRand);
const shape = [2, 3];
console.log(torch.rand(shape));
console.log(torch.ones(shape));
console.log(torch.zeros(shape));
console.log(String(torch.empty(0).shape));
console.log(torch.arange(5), torch.linspace(0, 1, 3));

section('attributes');
let tensor = torch.rand(3, 4);
console.log(`Shape of tensor: ${tensor.shape}`);
console.log(`Datatype of tensor: ${tensor.dtype}`);
console.log(`Device tensor is stored on: ${tensor.device}`);
console.log(tensor.ndim, tensor.numel(), ...tensor.stride(), tensor.is_contiguous());
console.log(torch.tensor([1, 2, 3], { dtype: torch.float64 }));
console.log(String(xData.size()), xData.size(0));

section('indexing');
tensor = torch.arange(12, { dtype: torch.float }).reshape(3, 4);
console.log(`First row: ${tensor.at(0)}`);
console.log(`First column: ${tensor.at(':', 0)}`);
console.log(`Last column: ${tensor.at('...', -1)}`);
tensor.set([':', 1], 0);
console.log(tensor);
console.log(tensor.at(tensor.gt(5)));
console.log(tensor.at([0, 2]));
console.log(tensor.at('1:', '::2'));

section('joining and shapes');
const t1 = torch.cat([tensor, tensor, tensor], { dim: 1 });
console.log(t1);
console.log(String(torch.stack([tensor.at(0), tensor.at(1)]).shape));
console.log(tensor.view(4, 3));
console.log(String(tensor.T.shape), String(tensor.unsqueeze(0).shape), String(tensor.flatten().shape));
console.log(String(tensor.permute(1, 0).shape), String(tensor.reshape(-1, 2).shape));
console.log(...torch.chunk(torch.arange(6), 3));
console.log(...torch.split(torch.arange(5), 2));
console.log(String(torch.squeeze(torch.zeros(1, 3, 1)).shape));

section('arithmetic');
const y1 = tensor.matmul(tensor.T);
const y2 = torch.matmul(tensor, tensor.T);
const y3 = torch.rand_like(y1);
torch.matmul(tensor, tensor.T, { out: y3 });
console.log(y1);
console.log(torch.equal(y1, y2), torch.equal(y1, y3));
const z1 = tensor.mul(tensor);
const z2 = tensor.pow(2);
console.log(z1);
console.log(torch.allclose(z1, z2));
const agg = tensor.sum();
const aggItem = agg.item();
console.log(aggItem === 56, agg);
tensor.add_(5);
console.log(tensor);
console.log(torch.exp(torch.zeros(2)), torch.sqrt(torch.tensor([4, 9], { dtype: torch.float })));
console.log(tensor.mean(), tensor.std(), tensor.max(), tensor.argmax());
console.log(tensor.sum({ dim: 0 }), tensor.mean({ dim: 1, keepdim: true }));
const [values, places] = tensor.max({ dim: 1 });
console.log(values, places);
console.log(torch.clamp(torch.tensor([-1.5, 0.5, 2.5]), 0, 1));
console.log(tensor.softmax({ dim: 1 }).sum(1));
const top = torch.topk(torch.tensor([3, 1, 5], { dtype: torch.float }), 2);
console.log(top.values, top.indices);
if (tensor.gt(16).any().toBoolean()) console.log('something is large');
console.log(torch.where(tensor.gt(10), tensor, torch.zeros(1)));

section('the bridge to NumPy');
let t = torch.ones(5);
let n = t.numpy();
t.add_(1);
console.log(t);
console.log(n);
n = np.ones(5);
t = torch.from_numpy(n);
np.add(n, 1, { out: n });
console.log(t);
console.log(n);

section('gradients');
const x = torch.ones(2, 2, { requires_grad: true });
console.log(x);
const y = x.add(2);
console.log(y);
console.log(y.grad_fn !== null, x.grad_fn === null);
const z = y.mul(y).mul(3);
const out = z.mean();
console.log(z, out);
out.backward();
console.log(x.grad);
const a = torch.tensor([2, 3], { requires_grad: true });
const b = torch.tensor([6, 4], { requires_grad: true });
const Q = a.pow(3).mul(3).sub(b.pow(2));
const externalGrad = torch.tensor([1, 1], { dtype: torch.float });
Q.backward({ gradient: externalGrad });
console.log(a.pow(2).mul(9).eq(a.grad));
console.log(b.mul(-2).eq(b.grad));
const plain = torch.rand(5, 5);
const leaf = torch.rand([5, 5], { requires_grad: true });
console.log(plain.add(plain).requires_grad, plain.add(leaf).requires_grad);
{
  using _ = torch.no_grad();
  console.log(plain.add(leaf).requires_grad);
}
console.log(leaf.detach().requires_grad);
const v = torch.tensor([1, 2, 3], { requires_grad: true });
v.pow(2).sum().backward();
v.pow(2).sum().backward();
console.log(v.grad);
v.grad.zero_();
console.log(v.grad);
const [dv] = torch.autograd.grad(v.pow(3).sum(), v);
console.log(dv);
const hooked = torch.ones(2, { requires_grad: true });
hooked.register_hook((gradient) => gradient.mul(2));
hooked.sum().backward();
console.log(hooked.grad);

section('one neuron by hand');
const inp = torch.ones(5);
const expected = torch.zeros(3);
torch.manual_seed(2);
const weight = torch.randn(5, 3, { requires_grad: true });
const bias = torch.randn(3, { requires_grad: true });
const neuron = torch.matmul(inp, weight).add(bias);
const neuronLoss = nn.functional.binary_cross_entropy_with_logits(neuron, expected);
console.log(neuronLoss);
neuronLoss.backward();
console.log(weight.grad);
console.log(bias.grad);

section('a polynomial for the sine, four ways');
const xs = torch.linspace(-Math.PI, Math.PI, 200);
const ys = torch.sin(xs);
torch.manual_seed(3);
const parameters = Array.from({ length: 4 }, () => torch.randn([], { requires_grad: true }));
for (let step = 0; step < 300; step++) {
  const [c0, c1, c2, c3] = parameters;
  const prediction = c0.add(c1.mul(xs)).add(c2.mul(xs.pow(2))).add(c3.mul(xs.pow(3)));
  const loss = prediction.sub(ys).pow(2).sum();
  if (step % 100 === 99) console.log(step, loss.item().toFixed(3));
  loss.backward();
  torch.no_grad(() => {
    for (const parameter of parameters) {
      parameter.sub_(parameter.grad.mul(1e-6));
      parameter.grad = null;
    }
  });
}

class Legendre extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
    ctx.save_for_backward(x);
    return x.pow(3).mul(5).sub(x.mul(3)).mul(0.5);
  }

  static backward(ctx: torch.autograd.FunctionContext, gradOutput: torch.Tensor): torch.Tensor {
    const [x] = ctx.saved_tensors;
    return gradOutput.mul(1.5).mul(x.pow(2).mul(5).sub(1));
  }
}

const u = torch.tensor([0.5, -0.25], { requires_grad: true });
Legendre.apply(u).sum().backward();
console.log(u.grad);
const powers = xs.unsqueeze(-1).pow(torch.tensor([1, 2, 3]));
torch.manual_seed(4);
const cubic = new nn.Sequential(new nn.Linear(3, 1), new nn.Flatten(0, 1));
const squares = new nn.MSELoss({ reduction: 'sum' });
const rmsprop = new optim.RMSprop(cubic.parameters(), { lr: 1e-3 });
for (let step = 0; step < 300; step++) {
  const loss = squares(cubic(powers), ys);
  if (step % 100 === 99) console.log(step, loss.item().toFixed(2));
  rmsprop.zero_grad();
  loss.backward();
  rmsprop.step();
}
const linear = cubic[0];
console.log(...linear.weight.shape, linear.bias.item().toFixed(3));

section('data');

/** Points on three rings around the origin, and the number of their ring. */
class Rings extends Dataset<[point: torch.Tensor, label: torch.Tensor]> {
  labels: torch.Tensor;
  points: torch.Tensor;

  constructor(count: number, generator: torch.Generator) {
    super();
    this.labels = torch.arange(count).remainder(3);
    const angles = torch.rand(count, { generator }).mul(2).mul(Math.PI);
    const radii = this.labels.add(0.5).add(torch.rand(count, { generator }).mul(0.2));
    this.points = torch.stack([radii.mul(torch.cos(angles)), radii.mul(torch.sin(angles))], { dim: 1 });
  }

  override get length(): number {
    return this.labels.length;
  }

  override at(index: number): [point: torch.Tensor, label: torch.Tensor] {
    return [this.points.at(index), this.labels.at(index)];
  }
}

const rings = new Rings(300, new torch.Generator().manual_seed(5));
console.log(rings.length);
const [point, label] = rings.at(4);
console.log(point, label);
const [training, testing] = random_split(rings, [240, 60], { generator: new torch.Generator().manual_seed(6) });
console.log(training.length, testing.length);
const trainLoader = new DataLoader(training, { batch_size: 40, shuffle: true, generator: new torch.Generator().manual_seed(7) });
const testLoader = new DataLoader(testing, { batch_size: 30 });
for (const [X, y] of testLoader) {
  console.log(`Shape of X [N, 2]: ${X.shape}`);
  console.log(`Shape of y: ${y.shape} ${y.dtype}`);
  break;
}
const pairs = new TensorDataset(torch.arange(4, { dtype: torch.float }), torch.arange(4));
for (const [first, second] of new DataLoader(pairs, { batch_size: 3 })) console.log(first, second);

section('a model');

class Classifier extends nn.Module {
  stack;
  heads;

  constructor(hidden: number) {
    super();
    this.stack = new nn.Sequential(new nn.Linear(2, hidden), new nn.ReLU(), new nn.Linear(hidden, hidden), new nn.ReLU());
    this.heads = new nn.ModuleDict({ ring: new nn.Linear(hidden, 3), size: new nn.Linear(hidden, 1) });
  }

  override forward(x: torch.Tensor): torch.Tensor {
    return this.heads.at('ring')(this.stack(x));
  }
}

torch.manual_seed(8);
const model = new Classifier(16);
console.log(model);
for (const [name, parameter] of model.named_parameters()) console.log(`${name} ${parameter.shape} ${parameter.requires_grad}`);
console.log(model.parameters().reduce((count, parameter) => count + parameter.numel(), 0));
const logits = model(torch.rand(1, 2));
const probabilities = new nn.Softmax({ dim: 1 })(logits);
console.log(String(probabilities.shape), probabilities.sum().item().toFixed(4));
console.log(model.children().length, model.modules().length);

function initialise(module: nn.Module): void {
  if (module instanceof nn.Linear) {
    nn.init.xavier_uniform_(module.weight);
    nn.init.zeros_(module.bias);
  }
}

torch.manual_seed(9);
model.apply(initialise);
console.log(model.heads.ring.bias);

section('layers one by one');
const image = torch.rand(3, 4, 4);
const flatImage = nn.Flatten()(image);
console.log(String(flatImage.size()));
const layer1 = nn.Linear({ in_features: 16, out_features: 4 });
const hidden1 = layer1(flatImage);
console.log(String(hidden1.size()));
console.log(nn.ReLU()(hidden1).ge(0).all());
const norm = nn.BatchNorm1d(4);
norm(hidden1);
console.log(norm.num_batches_tracked, String(norm.running_mean.shape));
const drop = nn.Dropout({ p: 0.5 });
drop.eval();
console.log(torch.equal(drop(hidden1), hidden1));
const embedding = nn.Embedding(5, 2);
console.log(String(embedding(torch.tensor([0, 3])).shape));
console.log(nn.LayerNorm(4)(hidden1).mean({ dim: 1 }).abs().max().lt(1e-5));

section('training');
const lossFn = new nn.CrossEntropyLoss();
const adam = new optim.Adam(model.parameters(), { lr: 0.01 });
const scheduler = new optim.lr_scheduler.StepLR(adam, { step_size: 5, gamma: 0.5 });

type Batches = Iterable<readonly [X: torch.Tensor, y: torch.Tensor]> & { readonly length: number };
type Loss = (prediction: torch.Tensor, target: torch.Tensor) => torch.Tensor;

function trainLoop(dataloader: Batches, model: nn.Module, lossFn: Loss, optimizer: optim.Optimizer): number {
  model.train();
  let total = 0;
  for (const [X, y] of dataloader) {
    const loss = lossFn(model(X), y);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    total += loss.item();
  }
  return total / dataloader.length;
}

function testLoop(dataloader: Batches, model: nn.Module, lossFn: Loss): [accuracy: number, loss: number] {
  model.eval();
  let [size, correct, testLoss] = [0, 0, 0];
  torch.no_grad(() => {
    for (const [X, y] of dataloader) {
      const pred = model(X);
      testLoss += lossFn(pred, y).item();
      correct += pred.argmax(1).eq(y).type(torch.float).sum().item();
      size += X.length;
    }
  });
  return [correct / size, testLoss / dataloader.length];
}

for (let epoch = 0; epoch < 8; epoch++) {
  const loss = trainLoop(trainLoader, model, lossFn, adam);
  const [accuracy, testLoss] = testLoop(testLoader, model, lossFn);
  scheduler.step();
  const [rate] = scheduler.get_last_lr();
  console.log(`epoch ${epoch + 1}: ${loss.toFixed(3)} ${testLoss.toFixed(3)} ${(100 * accuracy).toFixed(1)}% ${rate}`);
}

section('predictions');
model.eval();
const [X, target] = testing.at(0);
const pred = torch.no_grad(() => model(X.unsqueeze(0)));
const [predicted, actual] = [pred.at(0).argmax(0).item(), target.item()];
console.log(`Predicted: ${predicted}, Actual: ${actual}`);

section('states');
const state = model.state_dict();
console.log(...Object.keys(state));
const again = new Classifier(16);
const result = again.load_state_dict(state);
console.log(result.missing_keys.length, result.unexpected_keys.length);
torch.no_grad(() => console.log(torch.equal(again(X.unsqueeze(0)), pred)));
console.log(...Object.keys(adam.state_dict()).sort(), adam.param_groups[0].lr);

section('fine-tuning one head');
for (const parameter of model.parameters()) parameter.requires_grad = false;
for (const parameter of model.heads.at('ring').parameters()) parameter.requires_grad = true;
const trainable = model.parameters().filter((parameter) => parameter.requires_grad);
console.log(trainable.length);
const sgd = new optim.SGD(trainable, { lr: 0.05, momentum: 0.9, weight_decay: 1e-4 });
const before = model.stack[0].weight.clone();
trainLoop(trainLoader, model, lossFn, sgd);
console.log(torch.equal(before, model.stack[0].weight));
trainable[0].data.clamp_(-1, 1);
console.log(trainable[0].abs().le(1).all());
const totalNorm = nn.utils.clip_grad_norm_(trainable, 1);
console.log(totalNorm.gt(0));

section('the polynomial with NumPy');
const xGrid = np.linspace(-Math.PI, Math.PI, 200);
const yGrid = np.sin(xGrid);
const rng = np.random.default_rng(11);
let [ka, kb, kc, kd] = rng.standard_normal(4).tolist();
const learningRate = 1e-6;
for (let t = 0; t < 400; t++) {
  const yPred = xGrid.mul(kb).add(ka).add(xGrid.pow(2).mul(kc)).add(xGrid.pow(3).mul(kd));
  const loss = np.square(yPred.sub(yGrid)).sum();
  if (t % 100 === 99) console.log(t, loss.item().toFixed(4));
  const gradYPred = yPred.sub(yGrid).mul(2);
  ka -= learningRate * gradYPred.sum().item();
  kb -= learningRate * gradYPred.mul(xGrid).sum().item();
  kc -= learningRate * gradYPred.mul(xGrid.pow(2)).sum().item();
  kd -= learningRate * gradYPred.mul(xGrid.pow(3)).sum().item();
}
console.log(`Result: y = ${ka.toFixed(4)} + ${kb.toFixed(4)} x + ${kc.toFixed(4)} x^2 + ${kd.toFixed(4)} x^3`);

section('the polynomial with tensors');
const dtype = torch.float;
const device = torch.device('cpu');
const xT = torch.linspace(-Math.PI, Math.PI, 200, { device, dtype });
const yT = torch.sin(xT);
torch.manual_seed(12);
const [ta, tb, tc, td] = Array.from({ length: 4 }, () => torch.randn([], { device, dtype }));
for (let t = 0; t < 400; t++) {
  const yPred = ta.add(tb.mul(xT)).add(tc.mul(xT.pow(2))).add(td.mul(xT.pow(3)));
  const loss = yPred.sub(yT).pow(2).sum().item();
  if (t % 100 === 99) console.log(t, loss.toFixed(1));
  const gradYPred = yPred.sub(yT).mul(2);
  for (const [power, coefficient] of [ta, tb, tc, td].entries()) {
    coefficient.sub_(gradYPred.mul(xT.pow(power)).sum().mul(learningRate));
  }
}
console.log(`Result: y = ${[ta, tb, tc, td].map((each, power) => each.item().toFixed(2) + ['', ' x', ' x^2', ' x^3'][power]).join(' + ')}`);

section("a function of one's own in a fit");
const coefficients = [0, -1, 0.3, 0].map((value) => torch.full([], value, { dtype, requires_grad: true }));
for (let t = 0; t < 400; t++) {
  const [a, b, c, d] = coefficients;
  const yPred = a.add(b.mul(Legendre.apply(c.add(d.mul(xT)))));
  const loss = yPred.sub(yT).pow(2).sum();
  if (t % 100 === 99) console.log(t, loss.item().toFixed(1));
  loss.backward();
  torch.no_grad(() => {
    for (const coefficient of coefficients) {
      coefficient.sub_(coefficient.grad.mul(5e-6));
      coefficient.grad = null;
    }
  });
}
console.log(...coefficients.map((coefficient) => coefficient.item().toFixed(2)));

section('the polynomial as a module');

class Polynomial3 extends nn.Module {
  a = new nn.Parameter(torch.randn([]));
  b = new nn.Parameter(torch.randn([]));
  c = new nn.Parameter(torch.randn([]));
  d = new nn.Parameter(torch.randn([]));

  override forward(x: torch.Tensor): torch.Tensor {
    return this.a.add(this.b.mul(x)).add(this.c.mul(x.pow(2))).add(this.d.mul(x.pow(3)));
  }

  string(): string {
    const [a, b, c, d] = [this.a, this.b, this.c, this.d].map((each) => each.item().toFixed(2));
    return `y = ${a} + ${b} x + ${c} x^2 + ${d} x^3`;
  }
}

torch.manual_seed(13);
const polynomial = new Polynomial3();
const criterion = new nn.MSELoss({ reduction: 'sum' });
const descent = new optim.SGD(polynomial.parameters(), { lr: 1e-6 });
for (let t = 0; t < 400; t++) {
  const yPred = polynomial(xT);
  const loss = criterion(yPred, yT);
  if (t % 100 === 99) console.log(t, loss.item().toFixed(1));
  descent.zero_grad();
  loss.backward();
  descent.step();
}
console.log(`Result: ${polynomial.string()}`);

section('control flow and shared weights');

class DynamicNet extends nn.Module {
  a = new nn.Parameter(torch.randn([]));
  b = new nn.Parameter(torch.randn([]));
  c = new nn.Parameter(torch.randn([]));
  d = new nn.Parameter(torch.randn([]));
  e = new nn.Parameter(torch.randn([]));

  override forward(x: torch.Tensor): torch.Tensor {
    let y = this.a.add(this.b.mul(x)).add(this.c.mul(x.pow(2))).add(this.d.mul(x.pow(3)));
    const end = torch.randint(4, 6, [1]).item();
    for (let exp = 4; exp < end; exp++) y = y.add(this.e.mul(x.pow(exp)));
    return y;
  }
}

torch.manual_seed(14);
const dynamic = new DynamicNet();
const momentum = new optim.SGD(dynamic.parameters(), { lr: 1e-8, momentum: 0.9 });
for (let t = 0; t < 300; t++) {
  const loss = criterion(dynamic(xT), yT);
  if (t % 100 === 99) console.log(t, loss.item().toFixed(1));
  momentum.zero_grad();
  loss.backward();
  momentum.step();
}
console.log(...[...dynamic.named_parameters()].map(([name]) => name));

section('transforms');

const standardise = (sample: torch.Tensor): torch.Tensor => sample.sub(sample.mean()).div(sample.std());
const oneHot = (label: torch.Tensor): torch.Tensor =>
  torch.zeros(3, { dtype: torch.float }).scatter_(0, label.unsqueeze(0), { value: 1 });

class Prepared extends Dataset<[sample: torch.Tensor, label: torch.Tensor]> {
  source: Rings;
  transform: ((sample: torch.Tensor) => torch.Tensor) | undefined;
  targetTransform: ((label: torch.Tensor) => torch.Tensor) | undefined;

  constructor(source: Prepared['source'], transform?: Prepared['transform'], targetTransform?: Prepared['targetTransform']) {
    super();
    this.source = source;
    this.transform = transform;
    this.targetTransform = targetTransform;
  }

  override get length(): number {
    return this.source.length;
  }

  override at(index: number): [sample: torch.Tensor, label: torch.Tensor] {
    let [sample, label] = this.source.at(index);
    if (this.transform) sample = this.transform(sample);
    if (this.targetTransform) label = this.targetTransform(label);
    return [sample, label];
  }
}

const prepared = new Prepared(rings, standardise, oneHot);
console.log(prepared.length, ...prepared.at(4));
const [[features, targets]] = new DataLoader(prepared, { batch_size: 6 });
console.log(`Feature batch shape: ${features.size()}`);
console.log(`Labels batch shape: ${targets.size()}`);
console.log(targets.sum(0), targets.argmax(1));

section('a checkpoint in memory');

function fresh(): [net: nn.Sequential, trainer: optim.Adam] {
  torch.manual_seed(15);
  const net = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 3));
  return [net, new optim.Adam(net.parameters(), { lr: 0.02 })];
}

const ordered = new DataLoader(training, { batch_size: 60 });
const [straightNet, straightTrainer] = fresh();
const straight = [0, 1, 2, 3].map(() => trainLoop(ordered, straightNet, lossFn, straightTrainer));
console.log(...straight.map((loss) => loss.toFixed(4)));
const [net, trainer] = fresh();
for (let epoch = 0; epoch < 3; epoch++) trainLoop(ordered, net, lossFn, trainer);
const checkpoint = { epoch: 3, modelState: net.state_dict(), optimizerState: trainer.state_dict() };
const resumed = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 3));
const resumedTrainer = new optim.Adam(resumed.parameters(), { lr: 0.5 });
resumed.load_state_dict(checkpoint.modelState);
resumedTrainer.load_state_dict(checkpoint.optimizerState);
console.log(checkpoint.epoch, resumedTrainer.param_groups[0].lr);
console.log(trainLoop(ordered, resumed, lossFn, resumedTrainer) === straight[3]);
for (const [name, value] of Object.entries(resumed.state_dict())) {
  console.log(name, String(value.shape), torch.equal(value, straightNet.state_dict()[name]));
}
