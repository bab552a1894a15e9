/** Text in columns: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const cell = (text: string, i: number): string => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  const text = (row: readonly string[]): string => row.map(cell).join('  ');
  return [text(head), '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...rows.map(text)].join('\n');
}

/** Three significant digits. */
export function digits(value: number): string {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value === 0 ? '0' : value.toFixed(Math.min(places, 20));
}
