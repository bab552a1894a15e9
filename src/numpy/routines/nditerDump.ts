import { dtypeRepr } from '../dtypes/dtype.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import type { IterAxes } from './nditerAxes.ts';

/** What an iterator over arrays goes by, in NumPy's form, without addresses. */

interface Shown {
  readonly axes: readonly IterAxes[];
  readonly parts: readonly { readonly array: ndarray; readonly view: ndarray; readonly writes: boolean }[];
  /** The place along each axis. */
  readonly place: readonly number[];
  readonly itersize: number;
  readonly position: number;
  /** Names of what is on. */
  readonly flags: Readonly<Record<string, boolean>>;
}

const listed = (values: readonly unknown[]): string => values.map((each) => `${String(each)} `).join('');

export function dump({ axes, parts, place, itersize, position, flags }: Shown): string {
  const turned = axes.some((each) => each.flipped);
  const all = { IDENTPERM: !turned && axes.every(({ axis }, i) => axis === i), NEGPERM: turned, ...flags };
  const fastestFirst = axes.map((each, i) => ({ ...each, i })).reverse();
  const order = fastestFirst.map(({ axis, flipped }) => (flipped ? axis - axes.length : axes.length - 1 - axis));
  return [
    '', '------ BEGIN ITERATOR DUMP ------', `| ItFlags: ${listed(Object.entries(all).flatMap(([name, on]) => (on ? [name] : [])))}`,
    `| NDim: ${axes.length}`, `| NOp: ${parts.length}`, `| IterSize: ${itersize}`, '| IterStart: 0', `| IterEnd: ${itersize}`,
    `| IterIndex: ${position}`, '|', `| Perm: ${listed(order)}`,
    `| DTypes: ${listed(parts.map(({ view }) => dtypeRepr(view.dtypeCore)))}`,
    `| Operand DTypes: ${listed(parts.map(({ array }) => dtypeRepr(array.dtypeCore)))}`, '| OpItFlags:',
    ...parts.map(({ writes, array, view }, i) =>
      `|   Flags[${i}]: ${writes ? 'WRITE' : 'READ'} ${array.dtypeCore === view.dtypeCore ? '' : 'CAST '}`), '|',
    ...fastestFirst.flatMap(({ extent, i }, k) => [
      `| AxisData[${k}]:`, `|   Shape: ${extent}`, `|   Index: ${place[i]}`,
      `|   Strides: ${listed(parts.map(({ view }) => view.geometry.strides[i] * view.dtypeCore.itemsize))}`,
    ]),
    '------- END ITERATOR DUMP -------', '',
  ].join('\n');
}
