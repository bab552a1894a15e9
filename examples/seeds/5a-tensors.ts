import * as torch from 'flambeau/torch';
import { device } from '../device.ts';

torch.manual_seed(0);

const [N, D_in, H, D_out] = [64, 1000, 100, 10];

const x = torch.randn(N, D_in, { device });
const y = torch.randn(N, D_out, { device });

const w1 = torch.randn(D_in, H, { device });
const w2 = torch.randn(H, D_out, { device });

const learning_rate = 1e-6;
for (let it = 0; it < 500; it++) {
  // Forward pass
  const h = x.mm(w1); // N * H
  const h_relu = h.clamp({ min: 0 }); // N * H
  const y_pred = h_relu.mm(w2); // N * D_out

  // compute loss
  const loss = (await y_pred.sub(y).pow(2).sum().cpu()).item();
  console.log(it, loss);

  // Backward pass
  // compute the gradient
  const grad_y_pred = y_pred.sub(y).mul(2);
  const grad_w2 = h_relu.t().mm(grad_y_pred);
  const grad_h_relu = grad_y_pred.mm(w2.t());
  const grad_h = grad_h_relu.clone();
  grad_h.set([h.lt(0)], 0);
  const grad_w1 = x.t().mm(grad_h);

  // update weights of w1 and w2
  w1.sub_(grad_w1.mul(learning_rate));
  w2.sub_(grad_w2.mul(learning_rate));
}
