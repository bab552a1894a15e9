import { checkOptions, dictOf, isOptions } from '../../core/options.ts';

/** How façade functions read their arguments. */

export { checkOptions, dictOf, isOptions };
