/** Why a row takes more than four times NumPy's time at a million elements, where it does: patterns of rows, and what holds them back. */
const reasons: readonly (readonly [rows: RegExp, reason: string])[] = [
  [
    new RegExp(`^np\\.(${['exp2?|expm1|log|log2|log10|log1p|sin|cos|tan|sinh|cosh|tanh|power|cbrt|angle',
      'arcsin|arccos|arctan|arctan2|arcsinh|arccosh|arctanh'].join('|')})\\(`),
    'NumPy computes eight float64 at once with AVX-512, which fuses multiplications and additions and gathers from tables; WebAssembly has '
    + 'two lanes, or four of float32, and neither',
  ],
  [/^np\.left_shift\(/, 'WebAssembly shifts all lanes of a vector by one count, so that these go one by one'],
  [/^np\.(abs|exp)\(c\)/, 'parts of complex numbers lie side by side: these go one number at a time, where AVX-512 takes four'],
  [/^np\.logical_/, 'a byte each: WebAssembly takes 16 at once, AVX-512 64, and fresh results come from memory that is not in the cache'],
];

export const reasonFor = (row: string): string | undefined => reasons.find(([rows]) => rows.test(row))?.[1];
