import { ValueError } from '../../core/errors.ts';

/** The axes that a function takes and gives, as `'(m,n),(n)->(m)'` says them. */

export interface GufuncSignature {
  readonly inputs: readonly (readonly string[])[];
  readonly outputs: readonly (readonly string[])[];
}

const argument = String.raw`\((?:\w+(?:,\w+)*)?\)`;
const list = `${argument}(?:,${argument})*`;
const whole = new RegExp(`^${list}->${list}$`);

export function parseSignature(text: string): GufuncSignature {
  const dense = text.replaceAll(/\s+/g, '');
  if (!whole.test(dense)) throw new ValueError(`not a valid gufunc signature: ${dense}`);
  const [inputs, outputs] = dense.split('->').map((part) =>
    (part.match(new RegExp(argument, 'g')) ?? []).map((each): string[] => each.match(/\w+/g) ?? []));
  return { inputs, outputs };
}

/** The extents of axes by name, found out one array after the other. */
export class DimensionSizes {
  private readonly sizes = new Map<string, number>();

  has(name: string): boolean {
    return this.sizes.has(name);
  }

  update(shape: readonly number[], names: readonly string[]): void {
    if (names.length === 0) return;
    if (shape.length < names.length) {
      const tuple = names.length === 1 ? `('${names[0]}',)` : `(${names.map((name) => `'${name}'`).join(', ')})`;
      throw new ValueError(`${shape.length}-dimensional argument does not have enough dimensions for all core dimensions ${tuple}`);
    }
    const core = shape.slice(shape.length - names.length);
    names.forEach((name, i) => {
      const known = this.sizes.get(name);
      if (known !== undefined && known !== core[i]) {
        throw new ValueError(`inconsistent size for core dimension '${name}': ${core[i]} vs ${known}`);
      }
      this.sizes.set(name, core[i]);
    });
  }

  shape(names: readonly string[]): number[] {
    return names.map((name) => this.sizes.get(name) ?? 0);
  }
}
