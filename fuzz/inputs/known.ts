/** The differences from PyTorch that are meant, or none of substance, each with its reason. One that none of these tells is a fault. */

export interface Finding {
  readonly space: 'torch' | 'functional' | 'method';
  readonly name: string;
  /** What the error says, where the library throws one. */
  readonly error: string | null;
  /** Where and how the result differs. */
  readonly what: string;
}

interface Known {
  readonly reason: string;
  readonly holds: (finding: Finding) => boolean;
}

export const known: readonly Known[] = [
  { reason: "a tensor's shape never changes in place", holds: ({ error }) => /shape never changes/.test(error ?? '') },
  {
    reason: 'memory that nothing was written into holds anything',
    holds: ({ name, what }) => name.includes('empty') && what.endsWith('elements'),
  },
  {
    reason: 'which of equal elements is named is not said',
    holds: ({ name, what }) => /^(topk|kthvalue|median|nanmedian|sort|argsort|mode)$/.test(name)
      && /^(\[1\])? differs in its elements$/.test(what),
  },
  { reason: 'the nuclear norm needs singular values', holds: ({ name, error }) => name === 'norm' && /order nuc/.test(error ?? '') },
  {
    reason: 'of real numbers alone here',
    holds: ({ name, error }) => /^(lerp|lerp_|logaddexp|silu)$/.test(name) && /for 'Complex/.test(error ?? ''),
  },
  {
    reason: 'no complex dtype of half floats, and their neighbours are not known',
    holds: ({ name, error }) => /^(complex|polar|view_as_complex|nextafter_?)$/.test(name) && /Half/.test(error ?? ''),
  },
  { reason: 'embeddings are not renormed and have no sparse gradients', holds: ({ name }) => name === 'embedding' },
  {
    reason: 'what is no shape is refused as such, whatever Python compares it with first',
    holds: ({ name, error }) => name === 'broadcast_shapes' && /Input shapes should be/.test(error ?? ''),
  },
];
