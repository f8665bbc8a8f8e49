import { AppError, type Place } from '../errors/app-error.ts';
import { type ColumnFinder, type ColumnReader, type ColumnRef, NO_COLUMN } from '../vocabulary/row.ts';
import type { Notice } from '../vocabulary/run.ts';
import { alikeColumn } from './alike-column.ts';
import { nearColumn } from './near-column.ts';
import type { ReadSettings } from './schema.ts';

export interface HeaderMatch {
  /** As in the file, trimmed. */
  columns: readonly string[];
  find: ColumnFinder;
  /** What stopped nothing: a repeated column that nobody asked for, a name that is blank. */
  notices: Notice[];
  /** Every column that was asked for and is missing or ambiguous, each with what needs it. */
  mistakes(): AppError[];
  /** Columns that nothing asked for. */
  unused(): string[];
  /** What asked for a column that the file may lack, and lacks. */
  absent(): string[];
  /** Columns that are named a little otherwise than what was asked for: each as it was asked for, and as it is named. */
  alike(): { asked: string; column: string }[];
}

/**
 * Holds the header found against the columns asked for; asked later, when mapping and eligibility are compiled.
 * @param match alike: a column that is named a little otherwise is taken where none has the name itself
 */
export function matchHeader(
  columns: readonly string[],
  place: Place,
  match: ReadSettings['match'] = 'exact',
): HeaderMatch {
  const positions = positionsOf(columns);
  const asked = new Map<
    string,
    { names: readonly string[]; usedBy: Set<string>; position: number | undefined }
  >();

  const absent = new Set<string>();
  const alike = new Map<string, string>();

  const find: ColumnFinder = (ref, usedBy, { optional = false } = {}) => {
    const names = namesOf(ref);
    const same = names.find((name) => positions.has(name));
    const found = same ?? (match === 'alike' ? alikeColumn(names, columns) : undefined);
    if (found === undefined && optional) {
      absent.add(usedBy);
      return NO_COLUMN;
    }
    if (found !== undefined && same === undefined) alike.set(found, names[0] ?? '');
    const position = found === undefined ? undefined : positions.get(found)?.[0];
    const key = names.join('\u0000');
    const entry = asked.get(key) ?? {
      names: found === undefined ? names : [found],
      usedBy: new Set<string>(),
      position,
    };
    asked.set(key, entry);
    entry.usedBy.add(usedBy);
    return position === undefined ? NO_COLUMN : readerOf(position);
  };

  return {
    columns,
    find,
    notices: columns.some(looksLikeData) ? [] : repeatedNotices(positions, place.file),
    mistakes() {
      const entries = [...asked.values()];
      const isForeign = entries.every((entry) => entry.position === undefined);
      const isData = isForeign && (columns.some(looksLikeData) || isOneRow(columns));
      return entries.flatMap((entry) => mistakesOf(entry, { columns, positions, place, isData }));
    },
    unused: () => {
      const used = new Set([...asked.values()].map((entry) => entry.position));
      return columns.filter((name, position) => name !== '' && !used.has(position));
    },
    absent: () => [...absent],
    alike: () => [...alike].map(([column, asked]) => ({ asked, column })),
  };
}

function readerOf(position: number): ColumnReader {
  return Object.assign((values: readonly string[]) => values[position] ?? '', { at: position });
}

function namesOf(ref: ColumnRef): readonly string[] {
  return typeof ref === 'string' ? [ref] : ref;
}

function positionsOf(columns: readonly string[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, name] of columns.entries()) {
    const known = positions.get(name);
    if (known) known.push(position);
    else positions.set(name, [position]);
  }
  return positions;
}

function repeatedNotices(positions: Map<string, number[]>, file: string): Notice[] {
  const repeated = [...positions].filter(([name, at]) => at.length > 1 && name !== '').map(([name]) => name);
  if (repeated.length === 0) return [];
  return [
    { code: 'repeated_column', message: `The header has more than once: ${repeated.join(', ')}`, file },
  ];
}

/** Digits and signs alone, three digits in a row as in an id, a date or a phone number, or an address of e-mail. */
function looksLikeData(name: string): boolean {
  return /^(?=.*\d)[\d\s()./:+-]+$|\d{3}|@/.test(name);
}

/** Read as one column, by a delimiter that it has not, a row still has its ids and dates. */
function isOneRow([first = '', ...more]: readonly string[]): boolean {
  return more.length === 0 && /\d{4}/.test(first);
}

interface Asked {
  names: readonly string[];
  usedBy: Set<string>;
  position: number | undefined;
}

function mistakesOf(
  asked: Asked,
  found: { columns: readonly string[]; positions: Map<string, number[]>; place: Place; isData: boolean },
): AppError[] {
  const [name = ''] = asked.names;
  const usedBy = [...asked.usedBy].join(', ');
  if (asked.position === undefined) {
    const wanted = asked.names.map((one) => `"${one}"`).join(' or ');
    const near = nearColumn(asked.names, found.columns);
    return [missingColumn(`The header has no column ${wanted}, which ${usedBy} needs`, { ...found, near })];
  }
  const [first = 0, second] = found.positions.get(name) ?? [];
  if (second === undefined) return [];
  const sentence = `The column "${name}", which ${usedBy} needs, is in the header twice: as column ${first + 1} and as column ${second + 1}`;
  return [
    new AppError('duplicate_column', sentence, {
      place: { ...found.place, column: second + 1 },
      hint: 'Have it exported with one column of that name; or name all columns under read.header, and skip the header with read.skip_lines.',
    }),
  ];
}

/** A first row that is no header is a row of a student, and shown nowhere. */
function missingColumn(
  sentence: string,
  found: { columns: readonly string[]; place: Place; isData: boolean; near: string | undefined },
): AppError {
  const place = { column: 1, ...found.place };
  const [first = '', ...more] = found.columns;
  const isOneColumn = more.length === 0 && /[,;\t|]/.test(first);
  const hint = isOneColumn
    ? 'The header was read as one column: check read.delimiter in the mapping.'
    : nearHint(found.near);
  if (!found.isData)
    return new AppError('missing_column', `${sentence}. It has: ${listColumns(found.columns)}`, {
      place,
      ...(hint === undefined ? {} : { hint }),
    });
  return new AppError('missing_column', `${sentence}. Its first row looks like data and not like names`, {
    place,
    hint: 'Have the extract exported with its header, or list the names under read.header in the mapping.',
  });
}

const MOST_LISTED = 200;
const LONGEST_LISTED = 80;

/** Whole for any real header; of others, enough to see what they are. */
function listColumns(columns: readonly string[]): string {
  const listed = columns
    .slice(0, MOST_LISTED)
    .map((name) => (name.length > LONGEST_LISTED ? `${name.slice(0, LONGEST_LISTED)}...` : name));
  const more = columns.length - listed.length;
  return more > 0 ? `${listed.join(', ')} and ${more} more` : listed.join(', ');
}

function nearHint(near: string | undefined): string | undefined {
  return near === undefined
    ? undefined
    : `The header has "${near}": write that name, exactly as it stands, or a list of both.`;
}
