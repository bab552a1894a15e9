import { NotImplementedError, ValueError } from '../../core/errors.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What an iterator is asked for: of all operands together, and of each. */

export type IterFlag =
  | 'buffered' | 'c_index' | 'common_dtype' | 'copy_if_overlap' | 'delay_bufalloc' | 'external_loop' | 'f_index' | 'grow_inner'
  | 'multi_index' | 'ranged' | 'refs_ok' | 'reduce_ok' | 'zerosize_ok';
export type OperandFlag =
  | 'readonly' | 'readwrite' | 'writeonly' | 'aligned' | 'allocate' | 'contig' | 'copy' | 'nbo' | 'no_broadcast' | 'no_subtype'
  | 'overlap_assume_elementwise' | 'updateifcopy';

const iterFlags = new Set<string>([
  'buffered', 'c_index', 'common_dtype', 'copy_if_overlap', 'delay_bufalloc', 'external_loop', 'f_index', 'grow_inner', 'multi_index',
  'ranged', 'refs_ok', 'reduce_ok', 'zerosize_ok',
]);
const operandFlags = new Set<string>([
  'readonly', 'readwrite', 'writeonly', 'aligned', 'allocate', 'contig', 'copy', 'nbo', 'no_broadcast', 'no_subtype',
  'overlap_assume_elementwise', 'updateifcopy',
]);
const unsupported = new Set(['virtual', 'arraymask', 'writemasked']);

export const trackingIndices = (): ValueError =>
  new ValueError('Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked');

export function readFlags(value: unknown): ReadonlySet<string> {
  if (value === undefined || value === null) return new Set();
  if (!Array.isArray(value)) throw new ValueError('Iterator global flags must be a list or tuple of strings');
  for (const flag of value as string[]) if (!iterFlags.has(flag)) throw new ValueError(`Unexpected iterator global flag "${flag}"`);
  const flags = new Set(value as string[]);
  const index = flags.has('c_index') || flags.has('f_index');
  if (flags.has('c_index') && flags.has('f_index')) throw new ValueError('Iterator flags C_INDEX and F_INDEX cannot both be specified');
  if (flags.has('external_loop') && (index || flags.has('multi_index'))) {
    throw trackingIndices();
  }
  return flags;
}

export function readOperandFlags(value: unknown, operands: readonly (ndarray | null)[]): ReadonlySet<string>[] {
  if (value === undefined || value === null) {
    return operands.map((each) => new Set(each === null ? ['writeonly', 'allocate'] : ['readonly']));
  }
  const wrong = (): ValueError => new ValueError('op_flags must be a tuple or array of per-op flag-tuples');
  if (!Array.isArray(value)) throw wrong();
  const shared = value.length === 0 || typeof value[0] === 'string';
  const lists: readonly unknown[] = shared ? operands.map(() => value as unknown) : value;
  if (lists.length !== operands.length) throw wrong();
  return lists.map((list) => {
    if (!Array.isArray(list)) throw wrong();
    for (const flag of list as string[]) {
      if (unsupported.has(flag)) throw new NotImplementedError(`nditer: the operand flag '${flag}' is for programs in C`);
      if (!operandFlags.has(flag)) throw new ValueError(`Unexpected per-op iterator flag "${flag}"`);
    }
    const access = (list as string[]).filter((flag) => /^(read|write)(only|write)$/.test(flag));
    if (access.length > 1) {
      throw new ValueError('Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand');
    }
    if (access.length === 0) {
      throw new ValueError('None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand');
    }
    return new Set(list as string[]);
  });
}

export const isWriting = (flags: ReadonlySet<string>): boolean => flags.has('readwrite') || flags.has('writeonly');
