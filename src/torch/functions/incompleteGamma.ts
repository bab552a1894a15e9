import { isFloating } from '../../core/dtype.ts';
import { NotImplementedError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { gammaPart } from '../../ops/incompleteGamma.ts';
import { bothForms } from '../arguments/keyed.ts';
import { broadcastShape, commonType, inPlaceSource, writeInPlace } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Incomplete gamma functions. Each is also a method. */

function side(name: string, upper: boolean) {
  const compute = (input: Tensor, other: Tensor): Tensor => {
    const type = commonType([input, other]);
    if (!isFloating(type)) throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(type)}'`);
    const shape = broadcastShape([input, other].map(({ geometry }) => geometry.shape));
    const [a, x] = [input, other].map((each) => cast(each, type).expand(shape));
    return gammaPart(a, x, upper);
  };
  return bothForms(name, 'input, other', compute, (input: Tensor, other: Tensor): Tensor =>
    writeInPlace(input, compute(inPlaceSource(input), other)));
}

/**
 * The part of the gamma function of `input` whose integral lies below `other`. Source: torch.igamma.
 * @example
 * torch.igamma(torch.tensor([4.5]), torch.tensor([3.5])); // → tensor([0.3629])
 */
export const igamma = side('igamma', false);
/**
 * The part of the gamma function of `input` whose integral lies above `other`. Source: torch.igammac.
 * @example
 * torch.igammac(torch.tensor([4.5]), torch.tensor([3.5])); // → tensor([0.6371])
 */
export const igammac = side('igammac', true);
