export { ValueError } from '../errors.ts';
