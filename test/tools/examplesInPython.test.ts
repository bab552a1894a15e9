import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Example } from '../../scripts/examples/extract.ts';
import { extractExamples } from '../../scripts/examples/extract.ts';
import { instrument } from '../../scripts/examples/instrument.ts';
import { stepsOf } from '../../scripts/examples/python.ts';

/** What the examples of the docstrings show is what Python shows: held against what NumPy and PyTorch printed for the same programs. */

const file = new URL('../fixtures/examples/python.json', import.meta.url);
const python = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, readonly (string | null)[]>>;

/** An arrow of an example: what it shows, and what Python does; null where the program has no Python, undefined where it was not run. */
interface Arrow {
  readonly place: string;
  readonly code: string;
  readonly shown: string;
  readonly python: string | null | undefined;
}

function arrowsOf(example: Example): Arrow[] {
  const code = example.code.slice(example.code.indexOf('\n') + 1);
  const texts = (python as Readonly<Record<string, readonly (string | null)[] | undefined>>)[code];
  return instrument(example).expectations.map(({ line, text }, i) =>
    ({ place: `${example.file}:${line}`, code, shown: text, python: texts?.[i] }));
}

/** Programs that show something else here, and why. */
const unlike: readonly (readonly [code: RegExp, reason: string])[] = [
  [/\b(np|torch)\.(save|load|fromfile)|tofile\(/, 'files are bytes where no path is given'],
  [/np\.errstate\(/, 'what is a context there is a call'],
  [/np\.seterr\(/, 'what is given by name there is one object'],
  [/np\.(r_|c_|mgrid|ogrid|s_|index_exp)\(/, 'what has brackets there is a call'],
  [/^\W*new np\.exceptions\.(Warning|RuntimeWarning|UserWarning|DeprecationWarning)\(/, 'Python has them as its own'],
  [/np\.fromregex/, 'records are not here'],
  [/np\.show_config\(/, 'another package'],
  [/const absent = |\.dumps?\(|safetensors\.(metadata|save_sharded)\(/, 'what is not here'],
  [/\.(resize|t_|transpose_|squeeze_|unsqueeze_|set_|swapaxes_|swapdims_)\(/, 'shapes do not change in place'],
  [/torch\.device\('cuda/, 'GPUs have another name'],
  [/\.set\(\[1\], 5\); \/\//, 'an assignment gives the tensor'],
  [/nn\.functional\.feature_dropout/, 'torch has it there'],
  [/resolve_dtypes/, 'dtypes come in a list, which Python refuses'],
  [/np\.exceptions\.DeprecationWarning/, 'Python has it among its own'],
  [/np\.ScalarType\.includes/, 'whether something is in a list has an operator there'],
  [/\.flat\b[\s\S]*\.next\(\)/, 'the next of an iterator is a function there'],
  [/nn\.(Adaptive)?\w+Pool2d\(\[/, 'a list is a tuple where Python has both'],
  [/nn\.Activation/, 'a class that PyTorch has not'],
];
const reasonFor = ({ code }: Arrow): string | undefined => unlike.find(([pattern]) => pattern.test(code))?.[1];

let arrows: readonly Arrow[];

beforeAll(async () => {
  arrows = (await extractExamples()).filter(({ file: path, gpu }) => path.startsWith('src/') && gpu !== true).flatMap(arrowsOf);
});

// Python's None is nothing here as well.
const differing = (each: readonly Arrow[]): Arrow[] => each.filter(({ shown, python: text }) =>
  typeof text === 'string' && text !== shown && !(text === 'null' && shown === 'undefined'));

describe('examples of the docstrings', () => {
  test('show what Python shows', () => {
    const wrong = differing(arrows).filter((arrow) => reasonFor(arrow) === undefined);
    expect(wrong.map(({ place, shown, python: text }) => `${place}\nhere: ${shown}\nPython: ${text}`)).toEqual([]);
  });

  test('differ only where there is a reason', () => {
    const reasons = new Set(differing(arrows).map(reasonFor));
    expect(unlike.map(([, reason]) => reason).filter((reason) => !reasons.has(reason))).toEqual([]);
  });

  test('are nearly all known in Python', () => {
    const known = arrows.filter(({ python: text }) => typeof text === 'string');
    expect(known.length).toBeGreaterThan(0.9 * arrows.length);
  });

  test('would be found if they showed something else', () => {
    const known = arrows.filter((arrow) => typeof arrow.python === 'string' && reasonFor(arrow) === undefined);
    expect(differing(known.map((arrow) => ({ ...arrow, shown: `${arrow.shown}0` }))).length).toBe(known.length);
  });
});

describe('examples in Python', () => {
  test('are the lines that one would write', () => {
    const lines = (code: string): (string | null)[] => stepsOf(code).map((step) => step.python);
    expect(lines("np.sum([[1, 2]], { axis: 0, keepdims: true })")).toEqual(['np.sum([[1, 2]], axis=0, keepdims=True)']);
    expect(lines("const x = torch.ones(2); x.at('1:, ::2', null)")).toEqual(['x = torch.ones(2)', 'x[1:, ::2, None]']);
    expect(lines("x.set(['1:'], -0); x.shape.length")).toEqual(['x[1:] = -0.0', 'len(field(x, "shape"))']);
    expect(lines('new np.Complex(1, 2n ** 3n); x.toBoolean()')).toEqual(['complex(1, (2 ** 3))', 'bool(x)']);
    expect(lines('layer.parameters().map((p) => p.numel())')).toEqual(['[method(p, "numel")() for p in list(layer.parameters())]']);
    expect(lines('torch.no_grad(() => x); for (const y of x) y;')).toEqual([null, null]);
  });

  test('say which of them an arrow is behind', () => {
    expect(stepsOf('const x = f(1);\nx; // → 1\n')).toEqual([
      { python: 'x = f(1)', name: 'x', shown: false }, { python: 'x', name: null, shown: true },
    ]);
  });
});
