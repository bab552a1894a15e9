/** What Python's `warnings.warn` prints on standard error. */
export function warn(message: string): void {
  // oxlint-disable-next-line no-console
  console.warn(message);
}
