/** Printing, equal to NumPy's, PyTorch's and Python's character by character. */

export { formatExponential, formatFixed } from './digits.ts';
export type { FloatFormat } from './digits.ts';
export { array2string, arrayRepr, arrayStr } from './numpy.ts';
export type { Array2StringLayout } from './numpy.ts';
export { defaultPrintOptions, mergePrintOptions } from './numpyOptions.ts';
export type { FloatMode, Formatter, PrintOptionChanges, PrintOptions, SignMode } from './numpyOptions.ts';
export { scalarRepr, scalarStr } from './numpyScalar.ts';
export { PythonTuple, pythonComplex, pythonGeneral, pythonRepr } from './python.ts';
export type { PythonComplex, PythonReprOptions, PythonValue } from './python.ts';
export { formatFloatPositional, formatFloatScientific } from './shortest.ts';
export type { PositionalOptions, ScientificOptions, TrimMode } from './shortest.ts';
export type { PrintSource, PrintableKind, PrintableValue } from './source.ts';
export { tensorRepr } from './torch.ts';
export type { TensorReprOptions } from './torch.ts';
export { defaultTorchPrintOptions, mergeTorchPrintOptions } from './torchOptions.ts';
export type { TorchPrintOptionChanges, TorchPrintOptions, TorchProfile } from './torchOptions.ts';
