import { expect, test } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { fixture } from './support.ts';

/** The result's dtype, or the error's class and message. */
type Cell = string | [string, string];
type Row = readonly [a: string, b: string, ...cells: (readonly [Cell, Cell] | null)[]];

const dtypeNamed = (name: string): torch.dtype => (torch as unknown as Record<string, torch.dtype>)[name];
const numbers: Readonly<Record<string, number | boolean | torch.Complex>> = {
  bool: true, int64: 2, float32: 1.5, complex64: new torch.Complex(0, 2),
};

/** The dtypes of both a function and of what `result_type` says. */
function outcome(first: torch.Tensor, second: torch.Tensor | number | boolean | torch.Complex): Cell {
  try {
    const { name } = torch.add(first, second).dtype;
    expect(torch.result_type(first, second).name).toBe(name);
    return name;
  } catch (error) {
    return [(error as Error).name, (error as Error).message];
  }
}

/** There is no complex dtype of half floats here: the next wider one takes its place. */
const known = (cell: Cell): Cell => (cell === 'complex32' || cell === 'bcomplex32' ? 'complex64' : cell);

const rows = fixture<Row[]>('promotion');

test('the table holds every pair', () => {
  expect(rows.length).toBe(15 * 15);
});

test.each(rows.map((row) => [row[0], row[1], row] as const))('%s with %s', (a, b, row) => {
  const seconds = [torch.ones(2, { dtype: dtypeNamed(b) }), torch.ones([], { dtype: dtypeNamed(b) }), numbers[b]];
  seconds.forEach((second, i) => {
    const wanted = row[2 + i] as readonly [Cell, Cell] | null;
    if (wanted === null) return;
    const first = torch.ones(2, { dtype: dtypeNamed(a) });
    expect(outcome(first, second), `a tensor, ${['tensor', '0-d', 'number'][i]}`).toEqual(known(wanted[0]));
    expect(outcome(torch.ones([], { dtype: dtypeNamed(a) }), second), `0-d, ${['tensor', '0-d', 'number'][i]}`).toEqual(known(wanted[1]));
  });
});
