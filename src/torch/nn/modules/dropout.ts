import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkProbability, dropout, feature_dropout } from '../functional/dropout.ts';
import { Module } from '../module.ts';
import { layer } from './layer.ts';

// PyTorch's own name in errors, since both classes share a constructor.
const parameters = signature<[p?: number, inplace?: boolean]>()('_DropoutNd.__init__', 'p=0.5, inplace=False');

class DropoutModule extends Module {
  p: number;
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
 * Zeroes elements at random in training, with probability p, and scales the others. Source: torch.nn.Dropout.
 * @example
 * nn.Dropout(0.5).eval()(torch.tensor([-1.5, 2])); // → tensor([-1.5000,  2.0000])
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
