import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery, type Row } from '../query.ts';
import type { IndexEntry, NumberedEntry } from './index-copy.ts';

/** Few enough to be gone before the collector takes them for something that stays. */
export const BATCH = 500;

/** Of a record, as readEntry() takes them. */
export const ENTRY_COLUMNS = 'id, mapped, active, school, grade, deactivated';

export async function* walkIndex(
  database: DatabaseSync,
  file: number,
): AsyncGenerator<readonly NumberedEntry[]> {
  const page = prepareQuery(
    database,
    `SELECT record, ${ENTRY_COLUMNS} FROM records WHERE file = ? AND record > ? ORDER BY record LIMIT ${BATCH}`,
  );
  let last = 0;
  for (;;) {
    const rows = page.all(file, last);
    if (rows.length === 0) return;
    last = Number(rows.at(-1)?.[0]);
    yield rows.map(([number, ...entry]) => ({ number: Number(number), entry: readEntry(entry) }));
  }
}

export function readEntry([id, mapped, active, school, grade, deactivated]: Row): IndexEntry {
  return {
    id: String(id),
    mapped: String(mapped),
    active: active === 1,
    school: String(school),
    grade: String(grade),
    deactivated: deactivated === 1,
  };
}
