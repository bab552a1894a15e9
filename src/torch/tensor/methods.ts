import { announceKind } from '../../core/arrayKinds.ts';
import { refuseWrites } from '../../core/errors.ts';
import { declareMethods } from '../../core/signature.ts';
import { asMethod, builtin, inPython } from '../arguments/keyed.ts';
import { broughtMethod, broughtMethods } from './brought.ts';
import { fixedMethods, methods } from './methodModules.ts';
import type { InPlaceMethods, Methods, OverloadedMethods } from './methodTypes.ts';
import { flagsOf } from './sending.ts';
import { Tensor } from './tensor.ts';

/** Gives Tensor its methods: functions with the tensor as their first argument. */

declare module './tensor.ts' {
  // Methods that are also functions of the namespace are not written again: x.f(...) is f(x, ...).
  interface Tensor extends Methods, InPlaceMethods, OverloadedMethods {}
}

type Method = (this: Tensor, ...args: unknown[]) => unknown;
type AnyFunction = ((...args: unknown[]) => unknown) & { readonly inPlace?: (...args: unknown[]) => unknown };

function install(name: string, method: Method): void {
  if (Object.hasOwn(Tensor.prototype, name)) throw new Error(`Tensor has two methods named ${name}`);
  Object.defineProperty(Tensor.prototype, name, { value: method, writable: true, configurable: true });
}

function fixed(f: AnyFunction): Method {
  return function (...args) {
    if (args.length === 1) return f.call(asMethod, this, args[0]);
    return args.length === 0 ? f.call(asMethod, this) : f.call(asMethod, this, ...args);
  };
}

function variadic(f: AnyFunction): Method {
  return function (...args) {
    return f.call(asMethod, this, ...args);
  };
}

function installAll(functions: object, wrap: (f: AnyFunction) => Method): void {
  for (const [name, value] of Object.entries(functions)) {
    const f = value as AnyFunction;
    install(name, wrap(f));
    if (f.inPlace) install(`${name}_`, wrap(f.inPlace));
  }
}

installAll(fixedMethods, fixed);
installAll(methods, variadic);
for (const name of broughtMethods) {
  install(name, function (...args) {
    return broughtMethod(name).call(asMethod, this, ...args);
  });
}

// What the class itself has.
const nothing = Object.fromEntries(
  ['dim', 'numel', 'nelement', 'element_size', 'storage_offset', 'is_floating_point', 'is_complex', 'data_ptr', 'retain_grad', 'detach']
    .map((name) => [name, '']));
declareMethods(Tensor, 'Tensor', { ...nothing, size: 'dim: int = None', stride: 'dim: int = None', requires_grad_: 'mode=True' }, builtin);
declareMethods(Tensor, 'Tensor', {
  backward: 'gradient: Tensor = None, retain_graph: bool = None, create_graph=False, inputs=None', register_hook: 'hook',
}, inPython);
refuseWrites(Tensor, 'torch._C.TensorBase');
announceKind('Tensor', {
  module: 'flambeau/torch', is: (array) => array instanceof Tensor, flags: flagsOf,
  make: ({ storage, dtypeCore, geometry }, { requiresGrad }) => {
    const tensor = new Tensor(storage, dtypeCore, geometry);
    return requiresGrad ? tensor.requires_grad_() : tensor;
  },
});
