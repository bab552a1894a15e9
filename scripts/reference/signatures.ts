import { signatures } from '../../src/core/signature.ts';

/** Declared signatures, as a reference shows them. */

/** Which signatures were shown. */
export const shown = new Set<string>();

/** Callables that read what they are given by themselves, and how they are called. */
export const undeclared: Readonly<Record<string, readonly string[]>> = {
  'numpy.slice': ['stop, /', 'start, stop, step=None, /'],
  'torch.slice': ['stop, /', 'start, stop, step=None, /'],
  'numpy.printoptions': ['*args, **kwargs'], 'numpy.ndarray': [], 'numpy.dtype': ['dtype'],
  // What only functions make.
  'torch.dtype': [], 'torch.MemoryFormat': [], 'torch.ValuesIndices': [], 'torch.MinMax': [], 'torch.Size': [],
  'numpy.NpzFile': [], 'numpy.flatiter': [], 'torch.autograd.FunctionContext': [], 'torch.profiler.EventList': [],
  'torch.profiler.FunctionEventAvg': [],
  ...Object.fromEntries(['torch', 'torch.autograd'].flatMap((page) =>
    ['no_grad', 'enable_grad', 'inference_mode'].map((mode) => [`${page}.${mode}`, ['body=None']]))),
  ...Object.fromEntries(['LSTM', 'GRU', 'RNN'].map((name) => [`torch.nn.${name}`, [
    `input_size, hidden_size, num_layers=1, ${name === 'RNN' ? "nonlinearity='tanh', " : ''}bias=True, batch_first=False, dropout=0.0, `
    + `bidirectional=False, ${name === 'LSTM' ? 'proj_size=0, ' : ''}device=None, dtype=None`,
  ]])),
  'torch.utils.data.StackDataset': ['*args', '**kwargs'],
  // What they are given goes to the functions with an underscore.
  ...Object.fromEntries(['uniform', 'normal', 'constant', 'eye', 'dirac', 'xavier_uniform', 'xavier_normal', 'kaiming_uniform',
    'kaiming_normal', 'orthogonal', 'sparse'].map((name) => [`torch.nn.init.${name}`, ['*args, **kwargs']])),
  ...Object.fromEntries(['', 'Float', 'Double', 'Half', 'BFloat16', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool']
    .map((type) => [`torch.${type}Tensor`, ['data', '*sizes']])),
};

/** A parameter without what only the reader of arguments has to know. */
function displayed(piece: string, typed: boolean): string {
  if (piece === '*' || piece === '/') return piece;
  const [declared, value] = piece.split(/ ?= ?/);
  const [name, kind] = declared.split(': ');
  if (!typed || kind === undefined || kind === 'Any' || kind === 'object') return value === undefined ? name : `${name}=${value}`;
  return value === undefined ? declared : `${declared} = ${value}`;
}

/** The parameters of a signature's text, perhaps without the first, which is the object that a method belongs to. */
function parametersIn(text: string, typed: boolean, method: boolean): string {
  const pieces = text === '' ? [] : text.split(', ');
  const rest = method ? pieces.slice(pieces[1] === '/' ? 2 : 1) : pieces;
  return rest.map((piece) => displayed(piece, typed)).join(', ').replaceAll(/(?<=[(,][\w.]+),(?=\w)/g, ', ');
}

/** The parameters of a callable under a name, those of each of its overloads; none where the name declares none. */
export function declaredAs(key: string, method = false): readonly string[] {
  const found: string[] = [];
  for (const [each, { text }] of signatures) {
    if (each !== key && !each.startsWith(`${key}#`)) continue;
    shown.add(each);
    found.push(parametersIn(text, !key.startsWith('numpy.'), method));
  }
  return found;
}

export const isDeclared = (key: string): boolean => signatures.has(key);
