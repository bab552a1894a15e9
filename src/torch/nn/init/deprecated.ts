import type { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';
import * as init from './fills.ts';
import { dirac_, orthogonal_, sparse_ } from './shaped.ts';

/** Older names of first values, which warn that they are, and take what those with an underscore take. */

const deprecated = <A extends readonly unknown[]>(name: string, f: (...given: A) => Tensor) => (...given: A): Tensor => {
  warn(`\`nn.init.${name}\` is now deprecated in favor of \`nn.init.${name}_\`.`);
  return f(...given);
};

/**
 * The older name of uniform_, with a warning. Source: torch.nn.init.uniform.
 * @example
 * nn.init.uniform(torch.empty(2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([0.4963, 0.7682])
 */
export const uniform = deprecated('uniform', init.uniform_);
/**
 * The older name of normal_, with a warning. Source: torch.nn.init.normal.
 * @example
 * nn.init.normal(torch.empty(2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([ 1.5410, -0.2934])
 */
export const normal = deprecated('normal', init.normal_);
/**
 * The older name of constant_, with a warning. Source: torch.nn.init.constant.
 * @example
 * nn.init.constant(torch.empty(2), 0.3); // → tensor([0.3000, 0.3000])
 */
export const constant = deprecated('constant', init.constant_);
/**
 * The older name of eye_, with a warning. Source: torch.nn.init.eye.
 * @example
 * nn.init.eye(torch.empty(2, 2)); // → tensor([[1., 0.],
 *                                 //           [0., 1.]])
 */
export const eye = deprecated('eye', init.eye_);
/**
 * The older name of dirac_, with a warning. Source: torch.nn.init.dirac.
 * @example
 * nn.init.dirac(torch.empty(2, 2, 1)).squeeze(2); // → tensor([[1., 0.],
 *                                                 //           [0., 1.]])
 */
export const dirac = deprecated('dirac', dirac_);
/**
 * The older name of xavier_uniform_, with a warning. Source: torch.nn.init.xavier_uniform.
 * @example
 * nn.init.xavier_uniform(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([[-0.0106,  0.7586]])
 */
export const xavier_uniform = deprecated('xavier_uniform', init.xavier_uniform_);
/**
 * The older name of xavier_normal_, with a warning. Source: torch.nn.init.xavier_normal.
 * @example
 * nn.init.xavier_normal(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([[ 1.2582, -0.2396]])
 */
export const xavier_normal = deprecated('xavier_normal', init.xavier_normal_);
/**
 * The older name of kaiming_uniform_, with a warning. Source: torch.nn.init.kaiming_uniform.
 * @example
 * nn.init.kaiming_uniform(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([[-0.0130,  0.9291]])
 */
export const kaiming_uniform = deprecated('kaiming_uniform', init.kaiming_uniform_);
/**
 * The older name of kaiming_normal_, with a warning. Source: torch.nn.init.kaiming_normal.
 * @example
 * nn.init.kaiming_normal(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([[ 1.5410, -0.2934]])
 */
export const kaiming_normal = deprecated('kaiming_normal', init.kaiming_normal_);
/**
 * The older name of orthogonal_, with a warning. Source: torch.nn.init.orthogonal.
 * @example
 * nn.init.orthogonal(torch.empty(2, 2), { generator: new torch.Generator().manual_seed(0) }); // → tensor([[ 0.5774,  0.8164],
 *                                                                                             //           [-0.8164,  0.5774]])
 */
export const orthogonal = deprecated('orthogonal', orthogonal_);
/**
 * The older name of sparse_, with a warning. Source: torch.nn.init.sparse.
 * @example
 * nn.init.sparse(torch.ones(3, 2), 1).eq(0).sum(0); // → tensor([3, 3])
 */
export const sparse = deprecated('sparse', sparse_);
