import { ValueError } from '../../../core/errors.ts';
import { signature } from '../../../core/signature.ts';
import { squeeze, unsqueeze } from '../../../ops/movement.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { instance_norm } from '../functional/normalization.ts';
import type { NormParameters, NormSignatures } from './normalization.ts';
import { NormModule } from './normalization.ts';
import { spatialLayer, spatialOf } from './spatial.ts';

const instanceNorm = (name: string) => signature<NormParameters, { readonly bias?: boolean }>()(`${name}.__init__`, [
  'num_features: int, eps=1e-05, momentum: float | None = 0.1, affine=False, track_running_stats=False',
  'device=None, dtype=None, *, bias=True',
]);
const signatures: NormSignatures = [instanceNorm('InstanceNorm1d'), instanceNorm('InstanceNorm2d'), instanceNorm('InstanceNorm3d')];

class InstanceNormModule extends NormModule {
  protected override declared(): NormSignatures {
    return signatures;
  }

  override forward(input: Tensor): Tensor {
    this.checkRank(input);
    const { shape } = input.geometry;
    const single = shape.length === spatialOf(this) + 1;
    const dim = single ? 0 : 1;
    if (shape[dim] !== this.num_features) {
      if (this.affine) {
        throw new ValueError(`expected input's size at dim=${dim} to match num_features (${this.num_features}), but got: ${shape[dim]}.`);
      }
      warn(`input's size at dim=${dim} does not match num_features. You can silence this warning by not passing in num_features, which is `
        + 'not used because affine=False');
    }
    const normalized = instance_norm(single ? unsqueeze(input, 0) : input, this.running_mean, this.running_var, {
      weight: this.weight, bias: this.bias, use_input_stats: this.training || !this.track_running_stats, momentum: this.momentum ?? 0,
      eps: this.eps,
    });
    return single ? squeeze(normalized, [0]) : normalized;
  }
}

/**
 * Each channel of each element of a batch (N, C, L), or of one (C, L), to mean 0 and variance 1. Source: torch.nn.InstanceNorm1d.
 * @example
 * nn.InstanceNorm1d(2)(torch.tensor([[[1.5, 2.5], [3, 7]]])); // → tensor([[[-1.0000,  1.0000],
 *                                                             //            [-1.0000,  1.0000]]])
 */
export const InstanceNorm1d = spatialLayer('InstanceNorm1d', 1, InstanceNormModule);
/**
 * As InstanceNorm1d, for images (N, C, H, W) or (C, H, W). Source: torch.nn.InstanceNorm2d.
 * @example
 * nn.InstanceNorm2d(3, { affine: true })(torch.zeros(2, 3, 4, 4)).shape; // → torch.Size([2, 3, 4, 4])
 */
export const InstanceNorm2d = spatialLayer('InstanceNorm2d', 2, InstanceNormModule);
/**
 * As InstanceNorm1d, for volumes (N, C, D, H, W) or (C, D, H, W). Source: torch.nn.InstanceNorm3d.
 * @example
 * nn.InstanceNorm3d(3);
 * // → InstanceNorm3d(3, eps=1e-05, momentum=0.1, affine=False, bias=False, track_running_stats=False)
 */
export const InstanceNorm3d = spatialLayer('InstanceNorm3d', 3, InstanceNormModule);

export type InstanceNorm1d = InstanceNormModule;
export type InstanceNorm2d = InstanceNormModule;
export type InstanceNorm3d = InstanceNormModule;
