import { styleText } from 'node:util';
import { plainJson } from '../log/plain-json.ts';
import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './act.ts';
import type { Output } from './outside.ts';

export type Printer = Pick<CliContext, 'stdout' | 'stderr' | 'quiet'>;

/** A result: printed even with --quiet. */
export function printLine({ stdout }: Printer, line = ''): void {
  stdout.write(`${forScreen(line, stdout)}\n`);
}

/** What is nice to know while a command works; on stderr, left out with --quiet. */
export function printNote({ stderr, quiet }: Printer, line: string): void {
  if (!quiet) stderr.write(`${forScreen(line, stderr)}\n`);
}

/** `warning[CODE]: sentence`, on stderr. */
export function printWarning({ stderr, quiet }: Printer, code: string, sentence: string): void {
  if (!quiet) stderr.write(`${paint('yellow', `warning[${code}]`, stderr)}: ${visibleText(sentence)}\n`);
}

export function printJson({ stdout }: Printer, document: unknown): void {
  stdout.write(`${plainJson(JSON.stringify(document, undefined, 2))}\n`);
}

/** A file of ours for a pipe, byte for byte; on a terminal, what would drive it is written out. */
export function printFile({ stdout }: Printer, text: string): void {
  stdout.write(stdout.isTTY ? text.replace(/[^\r\n\t]+/g, visibleText) : text);
}

/** Codes of colour that `paint` writes; whatever else would drive a screen came in with a name or a value. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OWN_COLOUR = /(\x1b\[(?:1|2|22|31|32|33|39)m)/;

function forScreen(line: string, stream: Output): string {
  if (paint('bold', 'x', stream) === 'x') return visibleText(line);
  return line
    .split(OWN_COLOUR)
    .map((part, at) => (at % 2 === 1 ? part : visibleText(part)))
    .join('');
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
