import { shaders } from '../../generated/shaders.ts';
import { requiredHelpers } from './wgsl.ts';

/** Puts the text of a kernel together: its bindings, a skeleton of gpu/, what the op adds, and the functions that these call. */

/** How a kernel uses a storage buffer: reads it, or writes and reads it. */
export type Access = 'read' | 'write';

export interface BufferDeclaration {
  readonly name: string;
  readonly access: Access;
  /** Of its words: f32, i32, u32 or an atomic one. */
  readonly type: string;
}

export interface KernelSource {
  readonly buffers: readonly BufferDeclaration[];
  /** The names of the skeletons, files of gpu/. */
  readonly skeletons: readonly (keyof typeof shaders)[];
  /** What the skeletons leave open: aliases, constants and functions. */
  readonly code: string;
}

export interface Assembled {
  readonly code: string;
  readonly accesses: readonly Access[];
  readonly reports: boolean;
}

const {
  mathBits, mathInteger, mathDivision, mathExponential, mathTrigonometric, mathError, mathPower, mathComplex, convert, faults,
} = shaders;
const library = [
  mathBits, mathInteger, mathDivision, mathExponential, mathTrigonometric, mathError, mathPower, mathComplex, convert, faults,
].join('\n');

export function assemble({ buffers, skeletons, code }: KernelSource): Assembled {
  const body = [...skeletons.map((name) => shaders[name]), code].join('\n');
  const helpers = requiredHelpers(body, library);
  const reports = helpers.includes('fn flambeau_fault(');
  const all = reports ? [...buffers, { name: 'faults', access: 'write', type: 'atomic<u32>' } as const] : buffers;
  const declarations = all.map(({ name, access, type }, i) =>
    `@group(0) @binding(${i + 1}) var<storage, ${access === 'read' ? 'read' : 'read_write'}> ${name}: array<${type}>;`);
  return {
    code: [
      '@group(0) @binding(0) var<uniform> parameters: array<vec4<i32>, 32>;',
      'fn param(i: u32) -> i32 { return parameters[i >> 2u][i & 3u]; }',
      ...declarations, body, helpers,
    ].join('\n'),
    accesses: all.map(({ access }) => access),
    reports,
  };
}
