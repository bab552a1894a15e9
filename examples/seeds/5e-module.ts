import * as torch from 'flambeau/torch';
import { nn } from 'flambeau/torch';
import { device } from '../device.ts';

torch.manual_seed(0);

const [N, D_in, H, D_out] = [64, 1000, 100, 10];

const x = torch.randn(N, D_in, { device });
const y = torch.randn(N, D_out, { device });

class TwoLayerNet extends torch.nn.Module {
  linear1: torch.nn.Linear;
  linear2: torch.nn.Linear;

  constructor(D_in: number, H: number, D_out: number) {
    super();
    // define the model architecture
    this.linear1 = new torch.nn.Linear(D_in, H, { bias: false });
    this.linear2 = new torch.nn.Linear(H, D_out, { bias: false });
  }

  override forward(x: torch.Tensor): torch.Tensor {
    const y_pred = this.linear2(this.linear1(x).clamp({ min: 0 }));
    return y_pred;
  }
}

const model = new TwoLayerNet(D_in, H, D_out).to(device);
const loss_fn = nn.MSELoss({ reduction: 'sum' });
const learning_rate = 1e-4;
const optimizer = torch.optim.Adam(model.parameters(), { lr: learning_rate });

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
