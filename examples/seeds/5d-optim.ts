import * as torch from 'flambeau/torch';
import { nn } from 'flambeau/torch';
import { device } from '../device.ts';

torch.manual_seed(0);

const [N, D_in, H, D_out] = [64, 1000, 100, 10];

const x = torch.randn(N, D_in, { device });
const y = torch.randn(N, D_out, { device });

const model = torch.nn.Sequential(
  torch.nn.Linear(D_in, H, { bias: false }), // w_1 * x + b_1
  torch.nn.ReLU(),
  torch.nn.Linear(H, D_out, { bias: false }),
);

torch.nn.init.normal_(model[0].weight);
torch.nn.init.normal_(model[2].weight);

model.to(device);

const loss_fn = nn.MSELoss({ reduction: 'sum' });
// const learning_rate = 1e-4;
// const optimizer = torch.optim.Adam(model.parameters(), { lr: learning_rate });

const learning_rate = 1e-6;
const optimizer = torch.optim.SGD(model.parameters(), { lr: learning_rate });

for (let it = 0; it < 500; it++) {
  // Forward pass
  const y_pred = model(x); // model.forward()

  // compute loss
  const loss = loss_fn(y_pred, y); // computation graph
  console.log(it, (await loss.cpu()).item());

  optimizer.zero_grad();
  // Backward pass
  loss.backward();

  // update model parameters
  optimizer.step();
}
