/** Gradients: the names of torch.autograd. */
export { backward, enable_grad, grad, inference_mode, no_grad, set_grad_enabled } from './gradients.ts';
export { Function, FunctionContext } from './function.ts';
export type { FunctionClass, SetupFunctionClass } from './function.ts';
export * as functional from './functional.ts';
export { GradcheckError, gradcheck, gradgradcheck } from './gradcheck.ts';
