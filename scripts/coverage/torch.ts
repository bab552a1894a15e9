import '../../src/runtime/start.ts';
import * as torch from '../../src/torch/index.ts';
import { excluded } from './excludedTorch.ts';
import type { Library } from './library.ts';
import { find } from './library.ts';

const classAt = (path: string): { readonly prototype: object } | undefined => find(torch, path) as never;
const optimizer = () => new torch.optim.SGD([torch.zeros(1, { requires_grad: true })], 0.1);

export const pytorch: Library = {
  title: 'PyTorch',
  names: 'torch.json',
  namespace: torch,
  excluded,
  instances: {
    'torch.Generator': () => new torch.Generator(),
    'torch.Tensor': () => torch.zeros(1),
    'torch.distributions.Distribution': () => classAt('torch.distributions.Distribution')?.prototype,
    'torch.nn.Module': () => new torch.nn.Module(),
    'torch.optim.Optimizer': optimizer,
    'torch.optim.lr_scheduler.LRScheduler': () => new torch.optim.lr_scheduler.StepLR(optimizer(), 1),
  },
};
