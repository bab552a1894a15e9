import type { ComplexDType, DType, HalfDType } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';

/** How the names of kernels are made, for the driver that asks for them and the build that writes them. */

/** The dtypes that kernels compute in. */
export type KernelDType = Exclude<DType, HalfDType>;
export type RealKernelDType = Exclude<KernelDType, ComplexDType>;

/** The dtype of an operand that is computed with: half floats have been widened to float32 before. */
export const kernelDType = ({ dtypeCore }: StridedArray): KernelDType => dtypeCore as KernelDType;

/** Element types by dtype; bools are bytes. */
export const elements = {
  bool: 'u8', int8: 'i8', int16: 'i16', int32: 'i32', int64: 'i64', uint8: 'u8', uint16: 'u16', uint32: 'u32', uint64: 'u64',
  float32: 'f32', float64: 'f64', complex64: 'c64', complex128: 'c128',
} as const satisfies Readonly<Record<KernelDType['name'], string>>;

/** Bits by bytes. */
export const bits = { 1: 8, 2: 16, 4: 32, 8: 64 } as const;

type Bits = (typeof bits)[keyof typeof bits];
type Element<D extends KernelDType> = (typeof elements)[D['name']];
type SignedElement = `i${Bits}` | Element<RealKernelDType & { readonly kind: 'float' }>;
type TruthElement = `u${Bits}` | Element<KernelDType & { readonly kind: 'float' | 'complex' }>;

/** The operations that reductions and scans repeat. */
export type Fold = 'sum' | 'prod' | 'min' | 'max';

/** Sums and products of signed and unsigned integers are the same bits, so that they share a kernel. */
export const sharesSigns = (fold: Fold): fold is 'sum' | 'prod' => fold === 'sum' || fold === 'prod';

export function signedElement(dtype: RealKernelDType): SignedElement {
  return dtype.kind === 'uint' || dtype.kind === 'bool' ? `i${bits[dtype.itemsize]}` : elements[dtype.name];
}

type FoldName<Part extends string> =
  `${'sum' | 'prod'}_${Part}_${SignedElement}` | `${'min' | 'max'}_${Part}_${Element<RealKernelDType>}`;

/** The kernel of a fold over real numbers. */
export function foldName<Part extends string>(fold: Fold, part: Part, dtype: RealKernelDType): FoldName<Part> {
  return sharesSigns(fold) ? `${fold}_${part}_${signedElement(dtype)}` : `${fold}_${part}_${elements[dtype.name]}`;
}

/** The element type of the kernels that ask what is not zero. */
export function truthElement(dtype: KernelDType): TruthElement {
  return dtype.kind === 'int' ? `u${bits[dtype.itemsize]}` : elements[dtype.name];
}

/** The fold that does the same to truths, which are the bytes 0 and 1: a sum of truths is "or", a product "and". */
export function foldOf(fold: Fold, dtype: DType): Fold {
  if (dtype.kind !== 'bool') return fold;
  return fold === 'sum' ? 'max' : fold === 'prod' ? 'min' : fold;
}

/** The kernel of a pointwise op, whose own name is one of the registry's rows. */
export function pointwiseName(op: { readonly name: string }, dtype: KernelDType): `${string}_${KernelDType['name']}` {
  return `${op.name}_${dtype.name}`;
}
