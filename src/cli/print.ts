import { styleText } from 'node:util';
import type { CliContext } from './act.ts';
import type { Output } from './outside.ts';

export type Printer = Pick<CliContext, 'stdout' | 'stderr' | 'quiet'>;

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

export type Colour = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** What a word that says how something stands is coloured with; undefined of one that says nothing of the kind. */
const STANDINGS: Record<string, Colour> = {
  ok: 'green',
  delivered: 'green',
  held: 'yellow',
  late: 'yellow',
  open: 'yellow',
  paused: 'dim',
  off: 'dim',
  failed: 'red',
};

export function colourOfStanding(word: string): Colour | undefined {
  return Object.hasOwn(STANDINGS, word) ? STANDINGS[word] : undefined;
}

/** Columns of the terminal; a file has as many as is good to read. A terminal that does not know its width says 0. */
export function widthOf({ columns }: Output): number {
  return columns || 100;
}

/** Coloured on a terminal only, and not where NO_COLOR is set; FORCE_COLOR overrules both. */
export function paint(colour: Colour, text: string, stream: Output): string {
  return styleText(colour, text, { stream });
}
