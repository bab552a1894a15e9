/** Gradients: the names of torch.autograd. */
export { backward, enable_grad, grad, inference_mode, no_grad, set_grad_enabled } from './autograd.ts';
export { Function, FunctionContext } from './customFunction.ts';
export type { FunctionClass, SetupFunctionClass } from './customFunction.ts';
export * as functional from './autogradFunctional.ts';
export { GradcheckError, gradcheck, gradgradcheck } from './gradcheck.ts';
