/** The one place where others can listen to what is computed: a profiler, a tracer, an exporter. */

/** One call of an op. Ops that it is composed of are called in between its begin and end. */
export interface OpCall {
  readonly name: string;
  readonly operands: readonly unknown[];
  readonly params: unknown;
}

export interface OpListener {
  begin(call: OpCall): void;
  end(call: OpCall, results: readonly unknown[]): void;
}

export let listener: OpListener | null = null;

/** Reports every op from now on, until the returned function is called; whoever listened before does again then. */
export function listen(to: OpListener): () => void {
  const previous = listener;
  listener = to;
  return () => {
    listener = previous;
  };
}

/** Runs one op under the eyes of the listener, where there is one. */
export function reported<R extends readonly unknown[]>(name: string, operands: readonly unknown[], params: unknown, body: () => R): R {
  if (listener === null) return body();
  const to = listener;
  const call: OpCall = { name, operands, params };
  to.begin(call);
  let results: R | [] = [];
  try {
    results = body();
    return results;
  } finally {
    to.end(call, results);
  }
}
