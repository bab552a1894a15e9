import { RuntimeError, ValueError, remappedError } from '../core/errors.ts';
import type { Dialect } from '../core/indexing/index.ts';
import { sizeOf } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { matrixProduct } from './matmul.ts';
import { broadcastTo, permute, reshapeTo, swapAxes, tryView, unsqueeze } from './movement.ts';
import { mul } from './pointwise/arithmetic.ts';
import { sum } from './reduce.ts';
import { diagonalView } from './views.ts';

/**
 * Einstein summation, by pairs: each step multiplies two arrays as a batch of matrix products and sums what no later step
 * needs. Axes are known by labels: letters, and `.0`, `.1`, ... for those of an ellipsis, counted from its last.
 */

interface Term<A extends StridedArray> {
  readonly array: A;
  readonly labels: readonly string[];
}

/** The refusals, each as NumPy or PyTorch words it. */
interface Messages {
  invalid(character: string, position: number): Error;
  dot(operand: number | null): Error;
  ellipses(operand: number | null): Error;
  tooManySubscripts(operand: number, subscripts: number, ndim: number): Error;
  tooFewSubscripts(operand: number, subscripts: number, ndim: number): Error;
  fewerOperands(): Error;
  moreOperands(): Error;
  unknownOutput(label: string): Error;
  repeatedOutput(label: string): Error;
  diagonal(label: string, operand: number, first: number, second: number): Error;
  broadcast(label: string, operand: number, extent: number, seen: number, shapes: readonly (readonly number[])[]): Error;
  outputEllipsis(): Error;
}

const subscriptsString = 'einstein sum subscripts string';

const messages: Readonly<Record<Dialect, Messages>> = {
  torch: {
    invalid: (_, position) => new RuntimeError(
      `einsum(): invalid subscript given at index ${position} in the equation string, subscripts must be in [a-zA-Z]`),
    dot: (operand) => new RuntimeError(
      `einsum(): found '.' for ${operand === null ? 'output' : `operand ${operand}`} that is not part of any ellipsis (...)`),
    ellipses: (operand) => new RuntimeError(operand === null
      ? "einsum(): found '.' for output but an ellipsis (...) was already found"
      : `einsum(): found '.' for operand ${operand} for which an ellipsis was already found`),
    tooManySubscripts: (operand, subscripts, ndim) => new RuntimeError(
      `einsum(): the number of subscripts in the equation (${subscripts}) does not match the number of dimensions (${ndim}) for `
      + `operand ${operand} and no ellipsis was given`),
    tooFewSubscripts: (operand, subscripts, ndim) => messages.torch.tooManySubscripts(operand, subscripts, ndim),
    fewerOperands: () => new RuntimeError('einsum(): fewer operands were provided than specified in the equation'),
    moreOperands: () => new RuntimeError('einsum(): more operands were provided than specified in the equation'),
    unknownOutput: (label) => new RuntimeError(
      `einsum(): output subscript ${label} does not appear in the equation for any input operand`),
    repeatedOutput: (label) => new RuntimeError(`einsum(): output subscript ${label} appears more than once in the output`),
    diagonal: (label, operand, first, second) => new RuntimeError(
      `einsum(): subscript ${label} is repeated for operand ${operand} but the sizes don't match, ${second} != ${first}`),
    broadcast: (label, operand, extent, seen) => new RuntimeError(
      `einsum(): subscript ${label} has size ${extent} for operand ${operand} which does not broadcast with previously seen size ${seen}`),
    outputEllipsis: () => new RuntimeError('einsum(): the output must contain an ellipsis'),
  },
  numpy: {
    invalid: (character) => new ValueError(
      `invalid subscript '${character}' in ${subscriptsString}, subscripts must be letters`),
    dot: (operand) => new ValueError(operand === null
      ? `${subscriptsString} contains a '.' that is not part of an ellipsis ('...') in the output`
      : `${subscriptsString} contains a '.' that is not part of an ellipsis ('...') in operand ${operand}`),
    ellipses: (operand) => messages.numpy.dot(operand),
    tooManySubscripts: (operand) => new ValueError(`${subscriptsString} contains too many subscripts for operand ${operand}`),
    tooFewSubscripts: () => new ValueError(
      "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to "
      + "broadcast the extra dimensions."),
    // NumPy says it from the string's point of view.
    fewerOperands: () => new ValueError(
      `more operands provided to einstein sum function than specified in the subscripts string`),
    moreOperands: () => new ValueError(
      `fewer operands provided to einstein sum function than specified in the subscripts string`),
    unknownOutput: (label) => new ValueError(
      `${subscriptsString} included output subscript '${label}' which never appeared in an input`),
    repeatedOutput: (label) => new ValueError(`${subscriptsString} includes output subscript '${label}' multiple times`),
    diagonal: (label, operand, first, second) => new ValueError(
      `dimensions in operand ${operand} for collapsing index '${label}' don't match (${first} != ${second})`),
    broadcast: (_label, _operand, _extent, _seen, shapes) => remappedError(
      shapes.map((shape) => `(${shape.join(',')})`).join(' ')),
    outputEllipsis: () => new ValueError('output has ellipsis dimensions that the subscripts of the output do not include'),
  },
};

/** The characters of one operand or of the output: letters, and `...` as one. */
function readSubscripts(text: string, start: number, operand: number | null, words: Messages): string[] {
  const found: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === ' ') continue;
    if (character === '.') {
      if (found.includes('...')) throw words.ellipses(operand);
      if (text.slice(i, i + 3) !== '...') throw words.dot(operand);
      found.push('...');
      i += 2;
    } else if (/[a-zA-Z]/.test(character)) {
      found.push(character);
    } else {
      throw words.invalid(character, start + i);
    }
  }
  return found;
}

const ellipsisLabels = (count: number): string[] => Array.from({ length: count }, (_, i) => `.${count - 1 - i}`);

const replaced = (subscripts: readonly string[], count: number): string[] =>
  subscripts.flatMap((each) => (each === '...' ? ellipsisLabels(count) : [each]));

/** An operand's axes by label; an axis named twice becomes a diagonal. */
function labelled<A extends StridedArray>(array: A, subscripts: readonly string[], operand: number, words: Messages): Term<A> {
  const { shape } = array.geometry;
  const letters = subscripts.filter((each) => each !== '...').length;
  const rest = shape.length - letters;
  if (rest < 0) throw words.tooManySubscripts(operand, letters, shape.length);
  if (rest > 0 && !subscripts.includes('...')) throw words.tooFewSubscripts(operand, letters, shape.length);
  const labels = replaced(subscripts, rest);
  let view = array;
  for (let axis = 0; axis < labels.length; axis++) {
    const again = labels.indexOf(labels[axis], axis + 1);
    if (again < 0) continue;
    const [first, second] = [view.geometry.shape[axis], view.geometry.shape[again]];
    if (first !== second) throw words.diagonal(labels[axis], operand, first, second);
    view = diagonalView(view, 0, axis, again);
    const [label] = labels.splice(again, 1);
    labels.splice(axis, 1);
    labels.push(label);
    axis--;
  }
  return { array: view, labels };
}

/** The labels of the result: those after the arrow, or by default the ellipsis and every letter that occurs once, sorted. */
function outputLabels(
  text: string | null, start: number, inputs: readonly (readonly string[])[], ellipsis: number, dialect: Dialect,
): string[] {
  const words = messages[dialect];
  if (text === null) {
    const all = inputs.flat().filter((each) => each !== '...');
    const single = [...new Set(all)].filter((each) => all.indexOf(each) === all.lastIndexOf(each));
    return [...ellipsisLabels(ellipsis), ...single.sort()];
  }
  const subscripts = readSubscripts(text, start, null, words);
  const letters = subscripts.filter((each) => each !== '...');
  letters.forEach((label, i) => {
    if (letters.indexOf(label) !== i) throw words.repeatedOutput(label);
    if (!inputs.some((input) => input.includes(label))) throw words.unknownOutput(label);
  });
  if (dialect === 'numpy' && ellipsis > 0 && !subscripts.includes('...')) throw words.outputEllipsis();
  return replaced(subscripts, ellipsis);
}

/** Extents by label; 1 gives way to any other. */
function extentsOf(terms: readonly Term<StridedArray>[], words: Messages): Map<string, number> {
  const extents = new Map<string, number>();
  terms.forEach(({ array, labels }, operand) => labels.forEach((label, axis) => {
    const extent = array.geometry.shape[axis];
    const seen = extents.get(label) ?? 1;
    if (extent !== seen && extent !== 1 && seen !== 1) {
      throw words.broadcast(label[0] === '.' ? '...' : label, operand, extent, seen, terms.map((term) => term.array.geometry.shape));
    }
    extents.set(label, seen === 1 ? extent : seen);
  }));
  return extents;
}

/** Without the axes that are not kept. */
function summed<A extends StridedArray>({ array, labels }: Term<A>, keep: (label: string) => boolean): Term<A> {
  const axes = labels.map((_, axis) => axis).filter((axis) => !keep(labels[axis]));
  return axes.length === 0 ? { array, labels } : { array: sum(array, axes, false, 'SumBackward1'), labels: labels.filter(keep) };
}

/** The axes in the order of `labels`; missing ones get extent 1. */
function arranged<A extends StridedArray>({ array, labels }: Term<A>, wanted: readonly string[]): A {
  const present = wanted.filter((label) => labels.includes(label));
  const order = present.map((label) => labels.indexOf(label));
  let view = order.every((axis, i) => axis === i) ? array : permute(array, order);
  wanted.forEach((label, axis) => {
    if (!labels.includes(label)) view = unsqueeze(view, axis);
  });
  return view;
}

/** The product of two terms, without the labels that are not kept. */
function multiplied<A extends StridedArray>(left: Term<A>, right: Term<A>, keep: (label: string) => boolean): Term<A> {
  const a = summed(left, (label) => keep(label) || right.labels.includes(label));
  const b = summed(right, (label) => keep(label) || left.labels.includes(label));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter(keep);
  const inner = shared.filter((label) => !keep(label));
  const freeA = a.labels.filter((label) => !shared.includes(label));
  const freeB = b.labels.filter((label) => !shared.includes(label));
  const labels = [...batch, ...freeA, ...freeB];
  if (inner.length === 0) return { array: mul(arranged(a, labels), arranged(b, labels)), labels };
  const common = (label: string): number => {
    const found = [a, b].filter((term) => term.labels.includes(label)).map((term) => term.array.geometry.shape[term.labels.indexOf(label)]);
    return found.find((extent) => extent !== 1) ?? 1;
  };
  const [batchShape, innerShape, shapeA, shapeB] = [batch, inner, freeA, freeB].map((group) => group.map(common));
  const matrices = (term: Term<A>, free: readonly string[], freeShape: readonly number[]): A => {
    const whole = broadcastTo(arranged(term, [...batch, ...free, ...inner]), [...batchShape, ...freeShape, ...innerShape]);
    return reshapeTo(whole, [sizeOf(batchShape), sizeOf(freeShape), sizeOf(innerShape)]);
  };
  const product = matrixProduct(
    matrices(a, freeA, shapeA), swapAxes(matrices(b, freeB, shapeB), 1, 2), 'BmmBackward0');
  return { array: tryView(product, [...batchShape, ...shapeA, ...shapeB])!, labels };
}

/**
 * The sum of products that an equation names, as `ij,jk->ik`. Operands have one dtype. Where the output is left out it is the
 * ellipsis and the labels that occur once.
 */
export function einsum<A extends StridedArray>(equation: string, operands: readonly A[], dialect: Dialect): A {
  const words = messages[dialect];
  const arrow = equation.indexOf('->');
  const inputText = arrow < 0 ? equation : equation.slice(0, arrow);
  let start = 0;
  const inputs = inputText.split(',').map((text, operand) => {
    const subscripts = readSubscripts(text, start, operand, words);
    start += text.length + 1;
    return subscripts;
  });
  if (inputs.length > operands.length) throw words.fewerOperands();
  if (inputs.length < operands.length) throw words.moreOperands();
  const terms = operands.map((array, operand) => labelled(array, inputs[operand], operand, words));
  const ellipsis = Math.max(0, ...operands.map((array, i) =>
    (inputs[i].includes('...') ? array.geometry.shape.length - inputs[i].length + 1 : 0)));
  const output = outputLabels(arrow < 0 ? null : equation.slice(arrow + 2), arrow + 2, inputs, ellipsis, dialect);
  const extents = extentsOf(terms, words);
  let current = terms[0];
  for (let i = 1; i < terms.length; i++) {
    const later = new Set([...output, ...terms.slice(i + 1).flatMap((term) => term.labels)]);
    current = multiplied(current, terms[i], (label) => later.has(label));
  }
  current = summed(current, (label) => output.includes(label));
  // The result is never an operand itself, but at least a view of it.
  if (terms.length === 1 && current.array.geometry.shape.length === output.length
    && current.labels.every((label, axis) => label === output[axis])) {
    if (terms[0].labels.length === output.length) return permute(current.array, output.map((_, axis) => axis));
  }
  return broadcastTo(arranged(current, output), output.map((label) => extents.get(label) ?? 1));
}
