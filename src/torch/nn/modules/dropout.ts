import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkProbability, dropout, feature_dropout } from '../functional/dropout.ts';
import { Module } from '../module.ts';
import { layer } from './layer.ts';

// PyTorch's own name in errors, since both classes share a constructor.
const parameters = signature<[p?: number, inplace?: boolean]>()('_DropoutNd.__init__', 'p=0.5, inplace=False');

class DropoutModule extends Module {
  /** The probability with which an element, or a channel, is left out. */
  p: number;
  /** Whether the input is overwritten. */
  inplace: boolean;

  constructor(...given: typeof parameters.call) {
    super();
    ({ p: this.p, inplace: this.inplace } = parameters.read(given));
    checkProbability(this.p);
  }

  override forward(input: Tensor): Tensor {
    return dropout(input, this.p, this.training, this.inplace);
  }

  override extra_repr(): string {
    return `p=${pythonRepr(this.p)}, inplace=${pythonRepr(this.inplace)}`;
  }
}

/**
 * Zeroes elements at random in training, with probability p, and scales the others by 1 / (1 − p). Source: torch.nn.Dropout.
 * @example
 * torch.manual_seed(0);
 * nn.Dropout(0.5)(torch.ones(5)); // → tensor([0., 0., 2., 0., 0.])
 * nn.Dropout(0.5).eval()(torch.ones(2)); // → tensor([1., 1.])
 */
export const Dropout = layer('Dropout', DropoutModule);
export type Dropout = DropoutModule;

class Dropout2dModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return feature_dropout(input, this.p, this.training, this.inplace);
  }
}

/**
 * As Dropout, but whole channels of (N, C, H, W). Source: torch.nn.Dropout2d.
 * @example
 * nn.Dropout2d(0.2); // → Dropout2d(p=0.2, inplace=False)
 */
export const Dropout2d = layer('Dropout2d', Dropout2dModule);
export type Dropout2d = Dropout2dModule;
