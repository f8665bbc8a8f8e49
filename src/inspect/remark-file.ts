import type { Notice } from '../vocabulary/run.ts';
import type { Dialect } from './profile.ts';

/** The signs by which a last line is known as a footer and not as a student. */
const FOOTER = /^\W*(?:end|eof|bof|rows?|records?|count|total|footer|trailer)\b/i;

interface Walked {
  rows: number;
  repeatedHeaders: readonly number[];
  endsWith: readonly { values: readonly string[]; line: number }[];
}

/** What a person should know about the file as a whole, beside its columns. */
export function remarkFile(dialect: Dialect, columns: readonly string[], walk: Walked): Notice[] {
  const remarks: Notice[] = [];
  const say = (code: string, message: string) => remarks.push({ code, message });
  if (!dialect.hasHeader)
    say('no_header', 'The first row has values and no names, so the columns are called by their numbers');
  if (dialect.skipLines > 0)
    say('lines_above', `${counted(dialect.skipLines, 'line stands', 'lines stand')} above the header`);
  if (columns.length === 1)
    say('one_column', 'No delimiter was found: the file has one column, or fixed widths');
  if (dialect.lineEnding === 'mixed') say('mixed_line_ends', 'Rows end in more than one way');
  if (dialect.delimiter === '^' || dialect.delimiter === '~')
    say('unusual_delimiter', `The delimiter ${dialect.delimiter} must be named in the mapping`);
  const [again] = walk.repeatedHeaders;
  if (again !== undefined)
    say(
      'repeated_header',
      `The header stands again at line ${again}${walk.repeatedHeaders.length > 1 ? ' and later' : ''}: extracts were put one behind the other`,
    );
  const footer = walk.endsWith.filter(({ values }) => FOOTER.test(values[0]?.trim() ?? ''));
  const [first] = footer;
  if (first)
    say('footer', `The file ends with a footer, from line ${first.line} on: it is no row of a student`);
  if (walk.rows === 0) say('no_rows', 'The file has a header and no rows');
  return remarks;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
