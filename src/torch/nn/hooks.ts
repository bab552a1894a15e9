/** Functions that are called when something happens, until they are taken off. */

/** What registering a hook returns. Source: torch.utils.hooks.RemovableHandle. */
export interface HookHandle {
  /** Takes the hook off again. */
  remove(): void;
}

/** Adds a hook to those that are called. */
export function hooked<H>(hooks: Set<H>, hook: H): HookHandle {
  hooks.add(hook);
  return { remove: () => void hooks.delete(hook) };
}
