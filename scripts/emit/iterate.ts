import { namesOf, signatures } from './exports.ts';

/**
 * Writes the loops that run a kernel at every position of the outer axes (wasm/iterate.ts): one for each signature, since
 * kernels are entries of the function table. Pointers move from call to call, everything else stays.
 */

const walks: Readonly<Record<string, readonly string[]>> = {
  iterate2: signatures.row(2), iterate3: signatures.row(3), iterate4: signatures.row(4), iterate5: signatures.row(5),
  iterate6: signatures.row(6),
  reduceOver: [...signatures.plane, 'fresh: i32'],
  scanOver: signatures.lines,
};

function emitWalk(name: string, parameters: readonly string[]): string {
  const pointers = namesOf(parameters.filter((parameter) => parameter.endsWith(': usize')));
  // An axis is its extent and the stride of every operand, in int32s.
  const width = 4 * (1 + pointers.length);
  return [
    `export function ${name}(kernel: i32, ${parameters.join(', ')}, descriptor: usize): void {`,
    '  const axes = start(descriptor);',
    '  while (true) {',
    `    call_indirect<void>(kernel, ${namesOf(parameters).join(', ')});`,
    `    const axis = next(descriptor, axes, ${width});`,
    '    if (axis < 0) return;',
    ...pointers.map((pointer, slot) => `    ${pointer} += distance(descriptor, axes, axis, ${width}, ${slot});`),
    '  }',
    '}',
  ].join('\n');
}

export function emitWalks(): string {
  const lines = Object.entries(walks).map(([name, parameters]) => emitWalk(name, parameters));
  return ["import { distance, next, start } from '../../wasm/iterate';", ...lines, ''].join('\n');
}
