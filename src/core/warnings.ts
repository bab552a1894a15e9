/** Who listens to warnings, the last one first; nobody, and they are printed. */
let listener: ((message: string) => void) | null = null;

/** What Python's `warnings.warn` prints on standard error. A class other than UserWarning stands before its message. */
export function warn(message: string): void {
  if (listener !== null) listener(message);
  // oxlint-disable-next-line no-console
  else console.warn(message);
}

/** What a function gives, and the warnings that came meanwhile, which are not printed. */
export function withWarnings<R>(run: () => R): { readonly result: R; readonly messages: readonly string[] } {
  const messages: string[] = [];
  const before = listener;
  listener = (message) => messages.push(message);
  try {
    return { result: run(), messages };
  } finally {
    listener = before;
  }
}
