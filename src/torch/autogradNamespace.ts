/** Gradients: the names of torch.autograd. */
export { Function, FunctionContext, backward, enable_grad, grad, inference_mode, no_grad, set_grad_enabled } from './autograd.ts';
