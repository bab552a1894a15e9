import * as torch from 'flambeau/torch';
import { nn } from 'flambeau/torch';
import { device } from '../device.ts';

torch.manual_seed(0);

console.log(torch.cuda.is_available() === (device.type !== 'cpu'));

let x = torch.randn(1);
const y = torch.ones_like(x, { device }); // made on the device
x = x.to(device); // or .to('cuda')
const z = x.add(y);
console.log(await z.cpu());
console.log((await z.cpu()).to(torch.double));

console.log((await y.cpu()).data.numpy());

const model = nn.Linear(2, 2);
model.to(device); // or model.cuda()
console.log(model.weight.device.type === device.type);
console.log(model.weight.is_cuda === (device.type !== 'cpu'));
const out = model(torch.ones([3, 2], { device }));
out.sum().backward();
console.log((await out.cpu()).detach());
console.log(await model.weight.grad!.cpu());
