import { checkCallable } from '../../core/errors.ts';

/** Functions that are called when something happens, until they are taken off. */

/** What registering a hook returns. Source: torch.utils.hooks.RemovableHandle. */
export interface HookHandle {
  /** Takes the hook off again. */
  remove(): void;
}

/** Adds a hook to those that are called. One that is registered twice is called twice. */
export function hooked<H>(hooks: Map<object, H>, hook: H): HookHandle {
  checkCallable(hook);
  const handle = { remove: () => void hooks.delete(handle) };
  hooks.set(handle, hook);
  return handle;
}
