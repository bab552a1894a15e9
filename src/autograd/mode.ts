import { RuntimeError } from '../core/errors.ts';
import { isPromise } from '../core/realms.ts';

let enabled = true;

export const gradMode = {
  get enabled(): boolean { return enabled; },
  set(value: boolean): boolean {
    const previous = enabled;
    enabled = value;
    return previous;
  },
};

/** Runs `body` with recording on or off. `body` must be synchronous: other code would run in its mode while it waits. */
export function withGradMode<T>(value: boolean, body: () => T): T {
  const previous = gradMode.set(value);
  try {
    const result = body();
    if (isPromise(result)) {
      throw new RuntimeError('no_grad and enable_grad take a synchronous function: wrap the parts between two awaits instead');
    }
    return result;
  } finally {
    gradMode.set(previous);
  }
}
