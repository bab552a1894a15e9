import type { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';
import * as init from './fills.ts';
import { dirac_, orthogonal_, sparse_ } from './shaped.ts';

/** The older names of first values, which warn. */

const deprecated = <A extends readonly unknown[]>(name: string, f: (...given: A) => Tensor) => (...given: A): Tensor => {
  warn(`\`nn.init.${name}\` is now deprecated in favor of \`nn.init.${name}_\`.`);
  return f(...given);
};

/** As uniform_. Source: torch.nn.init.uniform. */
export const uniform = deprecated('uniform', init.uniform_);
/** As normal_. Source: torch.nn.init.normal. */
export const normal = deprecated('normal', init.normal_);
/** As constant_. Source: torch.nn.init.constant. */
export const constant = deprecated('constant', init.constant_);
/** As eye_. Source: torch.nn.init.eye. */
export const eye = deprecated('eye', init.eye_);
/** As dirac_. Source: torch.nn.init.dirac. */
export const dirac = deprecated('dirac', dirac_);
/** As xavier_uniform_. Source: torch.nn.init.xavier_uniform. */
export const xavier_uniform = deprecated('xavier_uniform', init.xavier_uniform_);
/** As xavier_normal_. Source: torch.nn.init.xavier_normal. */
export const xavier_normal = deprecated('xavier_normal', init.xavier_normal_);
/** As kaiming_uniform_. Source: torch.nn.init.kaiming_uniform. */
export const kaiming_uniform = deprecated('kaiming_uniform', init.kaiming_uniform_);
/** As kaiming_normal_. Source: torch.nn.init.kaiming_normal. */
export const kaiming_normal = deprecated('kaiming_normal', init.kaiming_normal_);
/** As orthogonal_. Source: torch.nn.init.orthogonal. */
export const orthogonal = deprecated('orthogonal', orthogonal_);
/** As sparse_. Source: torch.nn.init.sparse. */
export const sparse = deprecated('sparse', sparse_);
