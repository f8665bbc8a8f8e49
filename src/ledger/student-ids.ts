import type { DatabaseSync } from 'node:sqlite';
import { DEPENDANT_MARK } from '../vocabulary/memory.ts';
import { prepareQuery } from './query.ts';

/** The ids under which a student and their dependants are known. */
export function openStudentIds(database: DatabaseSync) {
  const linked = prepareQuery(
    database,
    'SELECT to_id FROM links WHERE file = ?1 AND from_id = ?2 UNION SELECT from_id FROM links WHERE file = ?1 AND to_id = ?2',
  );
  // A range and not LIKE, so that both are read from an index.
  const range = 'file = ?1 AND id >= ?2 AND id < ?3';
  const dependants = prepareQuery(
    database,
    `SELECT id FROM records WHERE ${range} UNION SELECT id FROM touches WHERE ${range} ORDER BY 1`,
  );
  return {
    /** All ids of one student, from any of them. */
    linkedWith(file: number, id: string): Set<string> {
      const ids = new Set([id]);
      // A set is walked to its end, also as it grows.
      for (const one of ids) for (const [other] of linked.all(file, one)) ids.add(String(other));
      return ids;
    },
    dependantsOf: (file: number, student: string): string[] =>
      dependants
        .all(file, student + DEPENDANT_MARK, student + AFTER_DEPENDANTS)
        .map(([dependant]) => String(dependant)),
  };
}

/** The next character: every id of a dependant is less than the student's with this one behind it. */
const AFTER_DEPENDANTS = String.fromCharCode(DEPENDANT_MARK.charCodeAt(0) + 1);
