import { dtypes, isComplex, isHalf } from '../../src/core/dtype.ts';
import type { Fold, KernelDType } from '../../src/backend/wasm/names.ts';
import { elements, sharesSigns, signedElement, truthElement } from '../../src/backend/wasm/names.ts';
import { emitExport, namesOf, signatures } from './exports.ts';

/** Writes the plane kernels of reductions and scans for every element type that needs its own. */

const operations = { sum: 'Sum', prod: 'Product', min: 'Minimum', max: 'Maximum' } as const satisfies Record<Fold, string>;

/** Every kernel of a group has one signature, since one loop calls any of them. */
const { plane, lines: line } = signatures;

const componentOf: Readonly<Record<string, string>> = { c64: 'f32', c128: 'f64' };

function emitOperation(operation: Fold, element: string): string[] {
  const complex = element in componentOf;
  const type = componentOf[element] ?? element;
  const op = `${complex ? 'Complex' : ''}${operations[operation]}<${type}>`;
  const pairwise = operation === 'sum' && (complex || element.startsWith('f'));
  const fold = complex ? 'complex' : 'fold';
  const reduction = [...plane, 'fresh: i32'];
  const lines = [
    emitExport(`${operation}_rows_${element}`, reduction,
      pairwise ? `${complex ? 'complexSum' : 'sum'}Rows<${type}>` : `${fold}Rows<${op}, ${type}>`),
    emitExport(`${operation}_columns_${element}`, reduction, `${fold}Columns<${op}, ${type}>`),
  ];
  if (!complex) {
    lines.push(
      emitExport(`${operation}_scanRows_${element}`, line, `scanRows<${op}, ${type}>`),
      emitExport(`${operation}_scanColumns_${element}`, line, `scanColumns<${op}, ${type}>`));
  } else if (operation !== 'sum') {
    // Sums of complex numbers run over their components.
    lines.push(emitExport(`${operation}_scanRows_${element}`, line, `complexScanRows<${op}, ${type}>`));
  }
  if (operation === 'min' || operation === 'max') {
    const search = [...plane, 'best: usize'];
    lines.push(emitExport(`arg${operation}_rows_${element}`, search,
      `${complex ? 'complexArg' : 'arg'}Rows<${op}, ${type}>`, namesOf(plane)));
    if (!complex) {
      lines.push(emitExport(`arg${operation}_columns_${element}`, search, `argColumns<${op}, ${type}>`));
    }
  }
  return lines;
}

function emitTruth(element: string): string[] {
  const types = element in componentOf ? `u16, ${componentOf[element]}` : `u8, ${element}`;
  const parameters = [...plane, 'fresh: i32'];
  const both = (name: string, sought: string): string[] => [
    emitExport(`${name}_rows_${element}`, parameters, `truthRows<${types}>`, [sought, ...namesOf(parameters)]),
    emitExport(`${name}_columns_${element}`, parameters, `truthColumns<${types}>`, [sought, ...namesOf(parameters)]),
  ];
  return [...both('any', 'true'), ...both('all', 'false')];
}

export function emitReductions(): string {
  const classes = Object.values(operations).flatMap((name) => [name, `Complex${name}`]);
  const parts = [
    `import { ${classes.join(', ')} } from '../../wasm/fold';`,
    "import { foldRows, foldColumns, sumRows, complexSumRows, complexRows, complexColumns } from '../../wasm/reduce';",
    "import { truthRows, truthColumns } from '../../wasm/truth';",
    "import { argRows, argColumns, complexArgRows } from '../../wasm/argReduce';",
    "import { scanRows, scanColumns, complexScanRows } from '../../wasm/scan';",
  ];
  const stored = dtypes.filter((dtype) => !isHalf(dtype));
  const distinct = (name: (dtype: KernelDType) => string): string[] => [...new Set(stored.map(name))];
  for (const operation of Object.keys(operations) as Fold[]) {
    const elementOf = (dtype: KernelDType): string =>
      (sharesSigns(operation) && !isComplex(dtype) ? signedElement(dtype) : elements[dtype.name]);
    for (const element of distinct(elementOf)) parts.push(...emitOperation(operation, element));
  }
  for (const element of distinct(truthElement)) parts.push(...emitTruth(element));
  return `${parts.join('\n')}\n`;
}
