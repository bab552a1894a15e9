import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import type { Draws } from '../draws.ts';
import { callbacks, wrong } from './wrongValues.ts';

/** Arguments, mostly wrong ones, each with the text that makes it. */

export interface Drawn {
  readonly text: string;
  readonly value: unknown;
  /** The array that a call must leave as it is, where the value is one. */
  readonly array?: np.ndarray | torch.Tensor;
}

export interface Surroundings {
  readonly draws: Draws;
  /** Whose arrays are the plausible ones. */
  readonly facade: 'numpy' | 'torch';
  readonly device: 'cpu' | 'webgpu';
  /** The names of the function's own parameters, as far as they are known. */
  readonly parameters: readonly string[];
  /** Whether only what some function takes is wanted. */
  readonly plausibleOnly?: boolean;
}

type Make = (surroundings: Surroundings) => Drawn;

const literal = (text: string, value: unknown): Make => () => ({ text, value });
const dtypesOf: Readonly<Record<Surroundings['facade'], Readonly<Record<string, unknown>>>> = { numpy: np, torch };

const callback: Make = ({ draws }) => {
  const [text, make] = draws.pick(callbacks);
  return { text, value: make() };
};

function wrongValue({ draws }: Surroundings): Drawn {
  const [text, make] = draws.pick(wrong);
  return { text, value: make() };
}

const shapes: readonly (readonly number[])[] = [[3], [2, 3], [], [0], [1], [3, 3], [2, 3, 4], [0, 3], [4], [2, 2, 2, 2]];
const dtypes = ['float32', 'float64', 'int64', 'int32', 'bool', 'uint8', 'complex64', 'complex128', 'float16'] as const;

function numpyArray({ draws }: Surroundings): Drawn {
  const [shape, dtype] = [draws.pick(shapes), draws.pick(dtypes)];
  const value = np.arange(shape.reduce((product, extent) => product * extent, 1)).reshape([...shape]).astype(dtype);
  return { text: `np.arange(...).reshape([${shape.join(', ')}]).astype('${dtype}')`, value, array: value };
}

function tensor({ draws, device }: Surroundings): Drawn {
  const shape = draws.pick(shapes);
  const dtype = draws.pick(dtypes.filter((name) => device === 'cpu' || !/64|complex/.test(name) || name === 'int64'));
  const size = shape.reduce((product, extent) => product * extent, 1);
  const made = torch.arange(size).reshape([...shape]).to(dtypesOf.torch[dtype] as torch.dtype);
  const there = device === 'webgpu' && draws.chance(0.7);
  const value = there ? made.to('webgpu') : made;
  const grad = draws.chance(0.15) && /float|complex/.test(dtype);
  if (grad) value.requires_grad_();
  const origin = `torch.arange(...).reshape([${shape.join(', ')}]).to(torch.${dtype})`;
  const text = `${origin}${there ? ".to('webgpu')" : ''}${grad ? '.requires_grad_()' : ''}`;
  return { text, value, array: there ? undefined : value };
}

function freed(surroundings: Surroundings): Drawn {
  const { draws, facade } = surroundings;
  if (facade === 'numpy') {
    const value = np.zeros([draws.between(1, 3), 2]);
    value[Symbol.dispose]();
    return { text: 'a freed array', value };
  }
  const value = torch.zeros(draws.between(1, 3), 2);
  value[Symbol.dispose]();
  return { text: 'a freed tensor', value };
}

/** Arrays that are odd in themselves. */
const oddArrays: readonly Make[] = [
  freed,
  () => {
    const value = np.zeros(new Array<number>(33).fill(1));
    return { text: 'np.zeros(33 axes)', value, array: value };
  },
  () => {
    const value = torch.zeros(new Array<number>(60).fill(1));
    return { text: 'torch.zeros(60 axes)', value, array: value };
  },
  () => ({ text: 'np.broadcast_to(1, [2, 3])', value: np.broadcast_to(1, [2, 3]) }),
  () => ({ text: 'np.broadcast_to(1, [16, 2 ** 12])', value: np.broadcast_to(1, [16, 2 ** 12]) }),
  () => ({ text: 'torch.zeros(1).expand(16, 2 ** 12)', value: torch.zeros(1).expand(16, 2 ** 12) }),
  () => ({ text: 'np.zeros([0, 2 ** 20])', value: np.zeros([0, 2 ** 20]) }),
  () => ({ text: 'np.array([NaN, Infinity, -Infinity])', value: np.array([NaN, Infinity, -Infinity]) }),
  () => ({ text: 'np.array([2n ** 63n - 1n, -(2n ** 63n)])', value: np.array([2n ** 63n - 1n, -(2n ** 63n)]) }),
  () => ({ text: 'torch.tensor([1e30, -7, 9])', value: torch.tensor([1e30, -7, 9]) }),
  () => ({ text: 'torch.tensor([100, -100])', value: torch.tensor([100, -100]) }),
  () => {
    const value = np.zeros(new Array<number>(64).fill(1));
    return { text: 'np.zeros(64 axes)', value, array: value };
  },
  () => ({ text: 'np.array(5n)', value: np.array(5n) }), () => ({ text: 'torch.tensor(true)', value: torch.tensor(true) }),
  () => ({ text: "np.ones([2, 3]).view('uint8')", value: np.ones([2, 3]).view('uint8') }),
  () => ({ text: 'torch.ones(3).mul(2) with a gradient', value: torch.ones(3).requires_grad_().mul(2) }),
  () => ({ text: 'torch.arange(6.).reshape(2, 3).t()', value: torch.arange(6).float().reshape(2, 3).t() }),
  () => ({ text: 'np.arange(2 ** 16)', value: np.arange(2 ** 16) }),
  () => ({ text: 'torch.zeros(0, 5)', value: torch.zeros(0, 5) }),
  () => ({ text: "np.arange(6).reshape(2, 3).at(':', '::-1')", value: np.arange(6).reshape(2, 3).at(':', '::-1') }),
];

const plausible: readonly (readonly [number, Make])[] = [
  [4, ({ draws }) => {
    const value = draws.between(0, 3);
    return { text: String(value), value };
  }],
  [1, literal('-1', -1)], [1, literal('true', true)], [0.7, literal('1.5', 1.5)],
  [1.5, ({ draws }) => {
    const value = Array.from({ length: draws.between(1, 3) }, () => draws.between(0, 3));
    return { text: `[${value.join(', ')}]`, value };
  }],
  [1, ({ facade, draws }) => {
    const name = draws.pick(dtypes);
    return { text: `${facade === 'numpy' ? 'np' : 'torch'}.${name}`, value: dtypesOf[facade][name] };
  }],
  [0.5, (surroundings) => {
    const [a, b] = [plausibleArray(surroundings), plausibleArray(surroundings)];
    return { text: `[${a.text}, ${b.text}]`, value: [a.value, b.value] };
  }],
  [0.5, callback], [0.5, literal('null', null)],
];

/** Names that functions take, some of them; and one that none does. */
const names = [
  'axis', 'dim', 'keepdims', 'keepdim', 'dtype', 'out', 'where', 'initial', 'n', 'k', 'shape', 'size', 'order', 'mode', 'kind',
  'indexing', 'ddof', 'correction', 'inplace', 'p', 'eps', 'weight', 'bias', 'reduction', 'alpha', 'beta', 'lr', 'momentum',
  'betas', 'step_size', 'gamma', 'device', 'requires_grad', 'copy', 'decimals', 'side', 'sorted', 'descending', 'stable',
  'largest', 'dims', 'shifts', 'generator', 'replacement', 'input', 'other', 'a', 'x', 'index', 'src', 'num_classes',
  'normalized_shape', 'in_features', 'batch_size', 'bogus', '__proto__', 'constructor', 'then', '0', '-1', 'toString', 'length', '',
];

function options(surroundings: Surroundings): Drawn {
  const { draws } = surroundings;
  const { parameters } = surroundings;
  const name = (): string => draws.pick(parameters.length > 0 && draws.chance(0.8) ? parameters : names);
  const entries = Array.from({ length: draws.between(1, 2) }, () => [name(), argument(surroundings, false)] as const);
  return {
    text: `{ ${entries.map(([name, { text }]) => `${name}: ${text}`).join(', ')} }`,
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
  };
}

const plausibleArray: Make = (surroundings) => (surroundings.facade === 'numpy' ? numpyArray : tensor)(surroundings);

export function argument(surroundings: Surroundings, withOptions = true): Drawn {
  const { draws, facade, plausibleOnly } = surroundings;
  const make = draws.weighted<Make>(plausibleOnly ? [
    [4, plausibleArray], [3, (each) => draws.weighted(plausible)(each)], [withOptions ? 1 : 0, options],
  ] : [
    [4, plausibleArray], [2.5, (each) => draws.weighted(plausible)(each)], [3, wrongValue], [0.4, callback],
    [0.8, (each) => draws.pick(oddArrays)(each)], [0.5, facade === 'numpy' ? tensor : numpyArray],
    [withOptions ? 1.5 : 0, options],
  ]);
  return make(surroundings);
}

/** None, too many, or about as many as functions take. */
export function argumentsOf(surroundings: Surroundings, most = 12): Drawn[] {
  const { draws } = surroundings;
  const count = Math.min(draws.weighted([[1, 0], [4, 1], [5, 2], [3, 3], [1.5, 4], [0.7, 6], [0.3, 12]] as const), most);
  return Array.from({ length: count }, () => argument(surroundings));
}

const listText = (members: readonly Drawn[]): string => `[${members.map(({ text }) => text).join(', ')}]`;

/** The wrong values one after the other, each in the same place of right arguments. */
export function swept(args: readonly Drawn[], turn: number): Drawn[] {
  const [text, make] = wrong[turn % wrong.length];
  const result = [...args];
  result[Math.min(Math.floor(turn / wrong.length), args.length)] = { text, value: make() };
  return result;
}

/** Right arguments with one of them wrong, left out, named or followed by another; or with something wrong inside of one. */
export function spoilt(args: readonly Drawn[], surroundings: Surroundings): Drawn[] {
  const { draws } = surroundings;
  const result = [...args];
  const place = draws.below(Math.max(args.length, 1));
  const odd: Make = (each) => draws.pick(oddArrays)(each);
  const wrongOne = (): Drawn => draws.weighted<Make>([[4, wrongValue], [1, odd], [1, argument]])(surroundings);
  switch (draws.below(6)) {
    case 0: return [...result, wrongOne()];
    case 1: return [...result, options(surroundings)];
    case 2: return result.filter((_, i) => i !== place);
    case 3: {
      const old = result[place] as Drawn | undefined;
      const members = [wrongOne(), ...(old === undefined ? [] : [old])];
      result[place] = { text: listText(members), value: members.map(({ value }) => value) };
      return result;
    }
    default:
      result[place] = wrongOne();
      return result;
  }
}
