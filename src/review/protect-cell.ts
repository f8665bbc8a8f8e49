/** What a spreadsheet would run: the same as in the spreadsheets of a report, which put an apostrophe before it. */
const RUNS = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\0])/u;

/**
 * The value as it stands in a cell: with an apostrophe before it where a spreadsheet would otherwise run it. A value
 * that has such an apostrophe itself gets another, so that `readCell` gives back what was written.
 */
export function writeCell(value: string): string {
  return isProtected(value) || RUNS.test(value) ? `'${value}` : value;
}

/** The value that a cell stands for. One without the apostrophe, which some spreadsheets hide, stands for itself. */
export function readCell(cell: string): string {
  return isProtected(cell) ? cell.slice(1) : cell;
}

function isProtected(cell: string): boolean {
  return cell.startsWith("'") && RUNS.test(cell.replace(/^'+/, ''));
}
