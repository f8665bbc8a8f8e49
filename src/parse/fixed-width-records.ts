import { AppError } from '../errors/app-error.ts';
import { type Numbering, wrongLength } from './number-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';
import type { FixedColumn } from './schema.ts';

const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const LONGEST_LINE_BYTES = 1 << 20;
/** A character of two units: positions count characters. */
const WIDE = /[\ud800-\udbff]/;

/** Records that are lines, their values at fixed places. */
export function openFixedWidthRecords(
  context: RowContext,
  columns: readonly FixedColumn[],
  numbering: Numbering,
): RecordReader {
  const begin = Math.max(...columns.map(([, start]) => start));
  const end = Math.max(...columns.map(([, start, length]) => start + length - 1));
  let held = Buffer.alloc(0);
  let mayBeHeader = true;
  let lastLength = end;

  function takeLine(line: string): void {
    const values = valuesAt(line, columns);
    const isBlank = line.trim() === '';
    const isData = !isBlank && !(mayBeHeader && areNames(values, columns));
    mayBeHeader &&= isBlank;
    numbering.take({ values, lines: 1, isData, flaw: isData ? flawOf(line) : undefined });
  }

  function flawOf(line: string) {
    lastLength = lengthOf(line);
    if (lastLength < begin)
      return wrongLength(`The line has ${lastLength} characters, and its last column begins at ${begin}`);
    const tooMany = lastLength - end;
    if (tooMany <= 0 || line.slice(-tooMany).trim() === '') return undefined;
    return wrongLength(`The line has ${lastLength} characters, and its last column ends at ${end}`);
  }

  return {
    async write(chunk) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const cut = startOfUnfinished(bytes);
      const lines = bytes.toString('utf8', 0, cut).split(/\r\n|\n|\r/);
      lines.pop();
      for (const line of lines) takeLine(line);
      held = Buffer.from(bytes.subarray(cut));
      if (held.length > LONGEST_LINE_BYTES) throw tooLong(context, numbering.nextLine());
    },
    async end() {
      const last = held.toString().replace(/\r$/, '');
      if (last !== '') takeLine(last);
    },
    isCut: () => lastLength < begin,
    close: () => undefined,
  };
}

/** Trimmed at the end, where they were padded; what is in front may mean something. */
export function valuesAt(line: string, columns: readonly FixedColumn[]): string[] {
  if (!WIDE.test(line))
    return columns.map(([, start, length]) => line.slice(start - 1, start - 1 + length).trimEnd());
  const characters = Array.from(line);
  return columns.map(([, start, length]) =>
    characters
      .slice(start - 1, start - 1 + length)
      .join('')
      .trimEnd(),
  );
}

function lengthOf(line: string): number {
  return WIDE.test(line) ? Array.from(line).length : line.length;
}

/** A header needs no mention: no row has the name of every column for its value, as far as there is room for it. */
function areNames(values: readonly string[], columns: readonly FixedColumn[]): boolean {
  return columns.every(([name, , length], at) => {
    const value = (values[at] ?? '').trim().toLowerCase();
    return value !== '' && value === name.toLowerCase().slice(0, length).trim();
  });
}

/** A CR at the very end may be half of a line end. */
function startOfUnfinished(bytes: Buffer): number {
  return Math.max(bytes.lastIndexOf(NEW_LINE), bytes.lastIndexOf(RETURN, -2)) + 1;
}

function tooLong({ file }: RowContext, line: number): AppError {
  return new AppError('record_too_long', `This line is longer than ${LONGEST_LINE_BYTES} bytes`, {
    place: { file, line },
  });
}
