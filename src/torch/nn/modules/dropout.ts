import { callable } from '../../../core/callable.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { checkOptions } from '../../arguments/options.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkProbability, dropout, feature_dropout } from '../functional/dropout.ts';
import { Module } from '../module.ts';

class DropoutModule extends Module {
  p: number;
  inplace: boolean;

  constructor(p: number | { readonly p?: number; readonly inplace?: boolean } = 0.5, inplace = false) {
    super();
    if (typeof p === 'object') checkOptions('Dropout', p, ['p', 'inplace']);
    this.p = typeof p === 'object' ? p.p ?? 0.5 : p;
    this.inplace = typeof p === 'object' ? p.inplace ?? false : inplace;
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
export const Dropout = callable('Dropout', DropoutModule);
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
export const Dropout2d = callable('Dropout2d', Dropout2dModule);
export type Dropout2d = Dropout2dModule;
