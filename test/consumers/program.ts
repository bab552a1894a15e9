import { info, init } from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { Linear } from 'flambeau/torch/nn';

/** What every consumer runs and prints: both façades, an error's words, and the GPU or why there is none. */
export async function program(print: (line: string) => void): Promise<void> {
  const total = np.arange(6).reshape(2, 3).sum();
  print(`numpy ${String(total)}`);

  torch.manual_seed(0);
  const { nn, optim } = torch;
  const model = new nn.Sequential(new nn.Linear(3, 8), new nn.Tanh(), new Linear(8, 1));
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
  const x = torch.randn(32, 3);
  const y = x.sum(1, true);
  const losses: number[] = [];
  for (let step = 0; step < 50; step++) {
    optimizer.zero_grad();
    const loss = nn.functional.mse_loss(model(x), y);
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  print(`training ${losses[losses.length - 1] < losses[0] / 5 ? 'converges' : `stays at ${losses.join(' ')}`}`);

  try {
    np.add([1, 2, 3], [1, 2, 3, 4]);
  } catch (error) {
    print(String(error));
  }
  print(`simd ${info().simd}`);

  try {
    await init({ webgpu: true });
    const product = torch.arange(9, { dtype: torch.float32, device: 'webgpu' }).reshape(3, 3).mm(torch.ones(3, 3, { device: 'cuda' }));
    print(`webgpu ${String((await product.sum().cpu()).item())}`);
  } catch (error) {
    // What follows in brackets are the words of the platform.
    print(String(error).split(' (')[0]);
  }
}
