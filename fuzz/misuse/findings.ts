/** What a call must not do. */

export type FindingKind =
  | 'words of the engine' | 'error of the engine' | 'trap' | 'no error' | 'layout' | 'canary' | 'argument changed' | 'memory' | 'slow'
  | 'process ended';

export interface MisuseFinding {
  readonly call: number;
  readonly target: string;
  readonly kind: FindingKind;
  readonly message: string;
  /** The call as text. */
  readonly text: string;
}

/** Classes that are documented, by their names in Python; `Thrown` is the caller's own. */
const documented = new Set([
  'ValueError', 'IndexError', 'KeyError', 'AttributeError', 'RuntimeError', 'NotImplementedError', 'ZeroDivisionError', 'OverflowError',
  'MemoryError', 'EOFError', 'AssertionError', 'TypeError', 'RangeError', 'UFuncTypeError', 'AxisError', 'LinAlgError', 'GradcheckError',
  'FileNotFoundError', 'IsADirectoryError', 'StopIteration', 'TooHardError', 'UnpicklingError',
]);

/** What V8 says of a library's mistakes. */
const engineWords = new RegExp([
  'Cannot (read|set) propert', 'is not a function', 'Invalid (array|typed array|string|array buffer|DataView) length',
  // Python says that "'int' object is not iterable".
  "(?<!' object )is not iterable", 'Cannot convert (a|an|object|undefined|null|Symbol|[\\w.]+ to)', 'Cannot mix BigInt',
  'Maximum call stack',
  'offset is out of bounds', 'undefined is not', "reading '", 'is not a constructor', 'object null is not', 'Class constructor',
  'Reduce of empty array', "'\\w+' on proxy", 'incompatible receiver', 'Array buffer allocation failed', 'Set maximum size',
  'Map maximum size', 'circular structure', 'Invalid count value', 'cannot be converted to a BigInt',
  'Cannot assign to read only', 'is not extensible', 'Cannot redefine', 'is not defined(?! on empty arrays)',
  'Generator is already running',
  'Function.prototype', 'must be an instance of (Buffer|string)', 'Assignment to constant', 'Cannot destructure', 'Spread syntax',
  'Private', 'memory access out of bounds', 'unreachable', 'Object prototype may only', "Cannot use 'in' operator",
  'Right-hand side', 'Iterator value', 'Cannot delete property', 'Do not know how to', 'The "\\w+" argument must', 'getter',
  'Invalid time value', 'toString\\(\\) radix', 'Division by zero', 'Maximum BigInt size', 'called on null',
  // Of transposes with too few axes NumPy says that they are undefined; what is refused may be the caller's own undefined.
  '(?<! is |element of |got )\\bundefined\\b', '\\[object ', 'which has only a getter', 'read only property', 'Method .* called',
  'called on non-object', 'non-writable',
  'Receiver', 'is not valid JSON', 'detached', 'start offset', 'should be a multiple', 'Invalid regular expression',
  'Invalid Date', 'Iterator result', 'is not an object', 'ERR_', 'private member',
  'Target is', 'has been revoked', 'CreateListFromArrayLike', 'is not a Promise', 'code point', 'Invalid code', 'out of memory',
  'is disturbed',
].join('|'));

/** What is wrong with the error of a call, which is given as text; or null. */
export function wrongError(error: unknown, call: string): { kind: FindingKind; message: string } | null {
  if (!(error instanceof Error)) return { kind: 'error of the engine', message: `${typeof error} was thrown` };
  const { name, message } = error;
  // What callers throw comes through, and what a file system says.
  if (error.constructor.name === 'Thrown' || /^E[A-Z]+$/.test(String((error as { code?: unknown }).code))) return null;
  // Of proxies that were revoked, and of a caller's memory that went elsewhere, JavaScript itself says so, wherever they are touched.
  if (message.endsWith('a proxy that has been revoked') && call.includes('a revoked proxy')) return null;
  if (message.endsWith('on a detached ArrayBuffer') && /a detached|a view that its buffer left/.test(call)) return null;
  // Arrays of no dimensions are not iterable, which the engine says.
  if (message === 'receiver is not iterable' && call.includes('reshape([])')) return null;
  const { RuntimeError, CompileError } = WebAssembly;
  if (error instanceof RuntimeError || error instanceof CompileError) return { kind: 'trap', message: `${name}: ${message}` };
  if (engineWords.test(message)) return { kind: 'words of the engine', message: `${name}: ${message}` };
  return documented.has(name) ? null : { kind: 'error of the engine', message: `${name}: ${message}` };
}

/** Messages that differ in numbers, quoted words or what follows a colon are of one kind. */
export const messageKind = (message: string): string => message.slice(0, 160)
  .replaceAll(/'[^']*'|"[^"]*"/g, "'…'").replaceAll(/-?\d+(\.\d+)?(e[+-]?\d+)?n?/g, '#').replaceAll(/\([^)]*\)/g, '(…)');
