import { padSeen, padSeenStart, seenWidth } from './seen-width.ts';

/** Words in lines of at most `width` columns; lines after the first begin with `indent`. A longer word keeps a line to itself. */
export function wrapText(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && seenWidth(line) + 1 + seenWidth(word) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Rows as lines: the first column to the left, the others to the right, two spaces between. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, seenWidth(cell));
    });
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? padSeen(cell, widths[at] ?? 0) : padSeenStart(cell, widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
