export { warn } from '../../core/warnings.ts';
