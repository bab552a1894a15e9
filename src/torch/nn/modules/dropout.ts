import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/dropout.ts';
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
    F.checkProbability(this.p);
  }

  override forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training, this.inplace);
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
    return F.dropout2d(input, this.p, this.training, this.inplace);
  }
}

/**
 * As Dropout, but whole channels of (N, C, H, W). Source: torch.nn.Dropout2d.
 * @example
 * nn.Dropout2d(0.2); // → Dropout2d(p=0.2, inplace=False)
 */
export const Dropout2d = layer('Dropout2d', Dropout2dModule);
export type Dropout2d = Dropout2dModule;

class Dropout1dModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return F.dropout1d(input, this.p, this.training, this.inplace);
  }
}

/**
 * As Dropout, but whole channels of (N, C, L) or (C, L). Source: torch.nn.Dropout1d.
 * @example
 * nn.Dropout1d(0.2); // → Dropout1d(p=0.2, inplace=False)
 */
export const Dropout1d = layer('Dropout1d', Dropout1dModule);
export type Dropout1d = Dropout1dModule;

class Dropout3dModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return F.dropout3d(input, this.p, this.training, this.inplace);
  }
}

/**
 * As Dropout, but whole channels of (N, C, D, H, W) or (C, D, H, W). Source: torch.nn.Dropout3d.
 * @example
 * nn.Dropout3d(0.2); // → Dropout3d(p=0.2, inplace=False)
 */
export const Dropout3d = layer('Dropout3d', Dropout3dModule);
export type Dropout3d = Dropout3dModule;

class AlphaDropoutModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return F.alpha_dropout(input, this.p, this.training);
  }
}

/**
 * Sets elements to SELU's least value in training, with probability p, and keeps mean and variance. Source: torch.nn.AlphaDropout.
 * @example
 * nn.AlphaDropout(0.2); // → AlphaDropout(p=0.2, inplace=False)
 */
export const AlphaDropout = layer('AlphaDropout', AlphaDropoutModule);
export type AlphaDropout = AlphaDropoutModule;

class FeatureAlphaDropoutModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return F.feature_alpha_dropout(input, this.p, this.training);
  }
}

/**
 * As AlphaDropout, but whole channels. Source: torch.nn.FeatureAlphaDropout.
 * @example
 * nn.FeatureAlphaDropout(0.2); // → FeatureAlphaDropout(p=0.2, inplace=False)
 */
export const FeatureAlphaDropout = layer('FeatureAlphaDropout', FeatureAlphaDropoutModule);
export type FeatureAlphaDropout = FeatureAlphaDropoutModule;
