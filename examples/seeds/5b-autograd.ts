import * as torch from 'flambeau/torch';
import { device } from '../device.ts';

torch.manual_seed(0);

const [N, D_in, H, D_out] = [64, 1000, 100, 10];

const x = torch.randn(N, D_in, { device });
const y = torch.randn(N, D_out, { device });

const w1 = torch.randn(D_in, H, { device, requires_grad: true });
const w2 = torch.randn(H, D_out, { device, requires_grad: true });

const learning_rate = 1e-6;
for (let it = 0; it < 500; it++) {
  // Forward pass
  const y_pred = x.mm(w1).clamp({ min: 0 }).mm(w2);

  // compute loss
  const loss = y_pred.sub(y).pow(2).sum(); // computation graph
  console.log(it, (await loss.cpu()).item());

  // Backward pass
  loss.backward();

  // update weights of w1 and w2
  torch.no_grad(() => {
    w1.sub_(w1.grad!.mul(learning_rate));
    w2.sub_(w2.grad!.mul(learning_rate));
    w1.grad!.zero_();
    w2.grad!.zero_();
  });
}
