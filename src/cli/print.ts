import { styleText } from 'node:util';
import type { CliContext } from './act.ts';
import type { Output } from './outside.ts';

type Printer = Pick<CliContext, 'stdout' | 'stderr' | 'quiet'>;

/** A result: printed even with --quiet. */
export function printLine({ stdout }: Printer, line = ''): void {
  stdout.write(`${line}\n`);
}

/** What is nice to know while a command works; on stderr, left out with --quiet. */
export function printNote({ stderr, quiet }: Printer, line: string): void {
  if (!quiet) stderr.write(`${line}\n`);
}

/** `warning[CODE]: sentence`, on stderr. */
export function printWarning({ stderr, quiet }: Printer, code: string, sentence: string): void {
  if (!quiet) stderr.write(`${paint('yellow', `warning[${code}]`, stderr)}: ${sentence}\n`);
}

export function printJson({ stdout }: Printer, document: unknown): void {
  stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Columns as wide as their widest cell; numbers to the right. */
export function printTable(
  output: Printer,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => String(row[column] ?? '').length)));
  for (const [index, row] of table.entries()) {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? '';
      const isNumber = typeof (index === 0 ? rows[0]?.[column] : cell) === 'number';
      return isNumber ? String(cell).padStart(width) : String(cell).padEnd(width);
    });
    const line = cells.join('  ').trimEnd();
    printLine(output, index === 0 ? paint('bold', line, output.stdout) : line);
  }
}

export type Colour = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** Coloured on a terminal only, and not where NO_COLOR is set. */
export function paint(colour: Colour, text: string, stream: Output): string {
  return styleText(colour, text, { stream });
}
