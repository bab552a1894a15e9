/** Whole matrices of derivatives: the names of torch.autograd.functional. */
export { hessian, jacobian } from './gradcheck.ts';
