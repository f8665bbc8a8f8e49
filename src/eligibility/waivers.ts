import { compileDateReader } from '../time/read-date.ts';
import type { WaiverFile } from './schema.ts';

export interface Waivers {
  /** Of the students whose waiver holds today. */
  ids: Set<string>;
  /** A sentence each, without any value of a student; a list with problems must not be used. */
  problems: string[];
}

/** The second is what a spreadsheet makes of the first. */
const readDay = compileDateReader(['yyyy-MM-dd', 'M/d/yyyy']);

/**
 * The students of a list, those left out whose waiver has ended: it holds through its last day, and for ever where the column
 * of that day is blank or not named.
 * @param rows by column name, as the list has them
 * @param today yyyy-MM-dd
 */
export function activeWaivers(
  rows: readonly Readonly<Record<string, string>>[],
  settings: WaiverFile,
  today: string,
): Waivers {
  const problems = findMissingColumns(rows, settings);
  const ids = new Set<string>();
  if (problems.length > 0) return { ids, problems };
  for (const [index, row] of rows.entries()) {
    const id = (row[settings.id] ?? '').trim();
    const ends = settings.until === undefined ? '' : (row[settings.until] ?? '').trim();
    const lastDay = readDay(ends);
    if (id === '') problems.push(`Row ${index + 1} has no ${settings.id}.`);
    if (ends !== '' && lastDay === undefined)
      problems.push(`Row ${index + 1}: ${settings.until} is no day such as 2027-06-30.`);
    if (id !== '' && (ends === '' || (lastDay !== undefined && lastDay >= today))) ids.add(id);
  }
  return { ids, problems };
}

function findMissingColumns(
  rows: readonly Readonly<Record<string, string>>[],
  settings: WaiverFile,
): string[] {
  const [first] = rows;
  if (!first) return [];
  return [settings.id, settings.reason, settings.until]
    .filter((column) => column !== undefined && !Object.hasOwn(first, column))
    .map((column) => `The list has no column ${column}; it has ${Object.keys(first).join(', ')}.`);
}
