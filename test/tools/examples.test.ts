import { describe, expect, test } from 'vitest';
import { docstringsOf } from '../../scripts/examples/extract.ts';
import { instrument } from '../../scripts/examples/instrument.ts';

const example = (code: string) => instrument({ file: 'page.md', line: 10, code });

describe('arrows in the documentation', () => {
  test('an expression, a declaration and an arrow below', () => {
    const { code, expectations } = example("const x = f(1), y = f(2); // → two\nx + y; // → sum\nconsole.log('a')\n// → a");
    expect(expectations).toEqual([{ line: 10, text: 'two' }, { line: 11, text: 'sum' }, { line: 13, text: 'a' }]);
    expect(code).toContain('const x = f(1), y = f(2); $name(0, y);');
    expect(code).toContain('await $value(1, async () => (x + y));');
    expect(code).toContain("await $value(2, async () => (console.log('a')));");
  });

  test('a loop shows what it prints', () => {
    const { code, expectations } = example('for (const x of y) {\n  console.log(x);\n} // → 1\n//   2');
    expect(expectations).toEqual([{ line: 12, text: '1\n2' }]);
    expect(code).toContain('$start(); for (const x of y) {\n  console.log(x);\n} $printed(0);');
  });

  test('more lines stand below at the text of the arrow, blank ones among them', () => {
    const text = 'x // → [[0 1]\n  //    [2 3]]\n  //\n  //   end\n// a remark\n';
    expect(example(text).expectations).toEqual([{ line: 10, text: '[[0 1]\n [2 3]]\n\nend' }]);
    expect(example('x // → \ny').expectations).toEqual([{ line: 10, text: '' }]);
  });

  test('an arrow that shows nothing is an error', () => {
    expect(() => example('// → 1')).toThrow('page.md:10: an arrow must follow a whole statement');
    expect(() => example('for (;;) {\n  f(); // → 1\n}')).toThrow('page.md:11: an arrow must follow a whole statement');
    expect(() => example('function f() {}\n// → 1')).toThrow('not a FunctionDeclaration');
    expect(() => example('const { a } = b; // → 1')).toThrow('shows one name');
    expect(() => example('x // → 1\n// → 2')).toThrow('two arrows for one statement');
    expect(() => example('const = 1')).toThrow('page.md:10: ');
  });
});

describe('docstrings', () => {
  const text = `/** A remark. */

/**
 * What it is, in two
 * lines. Source: torch.f.
 * @example
 * f(1); // → 2
 *        //   3
 * @example gpu
 * torch.f();
 */
export const f = 0;
/** What nobody needs. @internal */
const g = 1;
`;

  test('say what they document, and have examples', () => {
    const [remark, whole, internal] = docstringsOf('f.ts', text);
    expect([remark.summary, remark.examples, remark.internal]).toEqual(['A remark.', [], false]);
    expect(whole.summary).toBe('What it is, in two lines. Source: torch.f.');
    expect(whole.examples).toEqual([
      { file: 'f.ts', line: 6, code: '\nf(1); // → 2\n       //   3' },
      { file: 'f.ts', line: 9, code: "import * as torch from 'flambeau/torch';\ntorch.f();", gpu: true },
    ]);
    expect([internal.summary, internal.internal]).toEqual(['What nobody needs.', true]);
  });

  test('an example that would not run is an error', () => {
    expect(() => docstringsOf('f.ts', '\n/** One. @example f() // → 1 */\nexport const f = 0;'))
      .toThrow('f.ts:2: @example must begin its line, or it does not run');
  });
});
