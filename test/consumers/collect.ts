import { program } from './program.js';

/** The lines that the program prints, and the error that ends it, if one does. */
export async function collect(): Promise<string[]> {
  const lines: string[] = [];
  await program(line => lines.push(line)).catch((error: unknown) => lines.push(`ended by ${String(error)}`));
  return lines;
}
