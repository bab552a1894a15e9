import { cpu } from '../core/device.ts';
import { AttributeError, RuntimeError, ValueError, pythonTypeName } from '../core/errors.ts';
import { StridedArray, viewOf } from '../core/strided.ts';
import { castCopy } from '../ops/cast.ts';
import { routine } from './arguments/routine.ts';
import type { dtype } from './dtypes/dtype.ts';
import * as by from './dtypes/dtype.ts';
import { ndarray } from './ndarray/ndarray.ts';

/** What the Python array API standard asks of a namespace. */

/** Kinds of dtypes, each of which may be a list of others. */
export type DTypeKind = 'bool' | 'signed integer' | 'unsigned integer' | 'integral' | 'real floating' | 'complex floating' | 'numeric';
type Device = 'cpu' | null;
type DTypes = Readonly<Record<string, dtype>>;

const signed = { int8: by.int8_, int16: by.int16_, int32: by.int32_, int64: by.int64_ };
const unsigned = { uint8: by.uint8_, uint16: by.uint16_, uint32: by.uint32_, uint64: by.uint64_ };
const floating = { float32: by.float32_, float64: by.float64_ };
const complex = { complex64: by.complex64_, complex128: by.complex128_ };
const kinds: Readonly<Record<DTypeKind, DTypes>> = {
  bool: { bool: by.bool_ }, 'signed integer': signed, 'unsigned integer': unsigned, integral: { ...signed, ...unsigned },
  'real floating': floating, 'complex floating': complex, numeric: { ...signed, ...unsigned, ...floating, ...complex },
};

function dtypesOf(kind: DTypeKind | readonly DTypeKind[] | null): DTypes {
  if (kind === null) return { ...kinds.bool, ...kinds.numeric };
  if (typeof kind === 'string') {
    if (!Object.hasOwn(kinds, kind)) throw new ValueError(`unsupported kind: '${kind}'`);
    return { ...kinds[kind] };
  }
  return Object.assign({}, ...kind.map(dtypesOf)) as DTypes;
}

/** What a namespace of arrays can do. */
export interface ArrayNamespaceInfo {
  capabilities(): { readonly 'boolean indexing': boolean; readonly 'data-dependent shapes': boolean; readonly 'max dimensions': number };
  default_device(): 'cpu';
  default_dtypes(options?: { readonly device?: Device }): {
    readonly 'real floating': dtype; readonly 'complex floating': dtype; readonly integral: dtype; readonly indexing: dtype;
  };
  devices(): readonly 'cpu'[];
  dtypes(options?: { readonly device?: Device; readonly kind?: DTypeKind | readonly DTypeKind[] | null }): DTypes;
}

/**
 * What the array API standard has a namespace tell of itself: capabilities, devices and dtypes.
 * Source: numpy.__array_namespace_info__.
 * @example
 * np.__array_namespace_info__().default_dtypes().integral // → int64
 */
export const __array_namespace_info__ = routine('__array_namespace_info__', '', (): ArrayNamespaceInfo => ({
  capabilities: () => ({ 'boolean indexing': true, 'data-dependent shapes': true, 'max dimensions': 64 }),
  default_device: () => 'cpu',
  default_dtypes: routine('default_dtypes', '*, device=None', (_device?: Device) => ({
    'real floating': by.float64_, 'complex floating': by.complex128_, integral: by.int64_, indexing: by.int64_,
  })) as ArrayNamespaceInfo['default_dtypes'],
  devices: () => ['cpu'],
  dtypes: routine('dtypes', '*, device=None, kind: Any=None', (_device?: Device, kind?: DTypeKind | readonly DTypeKind[] | null) =>
    dtypesOf(kind ?? null)) as ArrayNamespaceInfo['dtypes'],
}));

/**
 * The same memory as an array: of an array, and of a tensor on the processor that needs no gradient. Source: numpy.from_dlpack.
 * @example
 * const x = np.arange(3);
 * np.from_dlpack(x).fill(7);
 * x // → [7 7 7]
 */
export const from_dlpack = routine('from_dlpack', 'x, /, *, device=None, copy: bool=None', (
  x: StridedArray, _device?: Device, copy?: boolean | null,
): ndarray => {
  if (!(x instanceof StridedArray)) throw new AttributeError(`'${pythonTypeName(x)}' object has no attribute '__dlpack__'`);
  if (x.storage.device !== cpu) throw new RuntimeError('from_dlpack: arrays lie on the processor: await tensor.cpu() first');
  if (x.state?.requiresGrad === true) throw new RuntimeError('Can\'t export tensors that require gradient, use tensor.detach()');
  // Has the dtype refused where arrays have none of the kind.
  by.dtypeOf(x.dtypeCore);
  const made = new ndarray(x.storage, x.dtypeCore, x.geometry);
  made.access = viewOf(x, x.geometry).access;
  return copy === true ? castCopy<ndarray>(made, made.dtypeCore) : made;
});
