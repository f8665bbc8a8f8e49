import type { DatabaseSync } from 'node:sqlite';
import { WHO_FIELD } from '../vocabulary/memory.ts';

/**
 * Takes out of the ledger what runs taught whose files are destroyed: the values, and not the fact. That a student was
 * sent, when, to whom and with which fields has to be told for as long as education records are kept; so ids, names of
 * fields and kinds of changes stay. What is delivered at present stays too, because the next drop is compared with it.
 * May be repeated.
 */
export interface Strike {
  all(connection: string, runs: readonly string[], by: string): void;
  /** What is told of the runs alone, and nothing of the students who are gone. */
  blankTouches(connection: string, runs: readonly string[], by: string): void;
}

export function openStrike(database: DatabaseSync): Strike {
  const mark = database.prepare(
    `UPDATE runs SET destroyed_by = ?3 WHERE connection = ?1 AND destroyed_by IS NULL
     AND id IN (SELECT value FROM json_each(?2))`,
  );
  const blankTouches = database.prepare(
    `UPDATE touches SET fields = (SELECT json_group_array(json_array(
         value ->> 0, iif(value ->> 1 IS NULL, NULL, ''), iif(value ->> 2 IS NULL, NULL, '')))
       FROM json_each(touches.fields))
     WHERE fields IS NOT NULL AND seq IN (SELECT seq FROM runs WHERE connection = ?1 AND destroyed_by = ?2)`,
  );
  const blankGone = database.prepare(
    `UPDATE records SET mapped = '', school = '', grade = '',
       content = (SELECT json_group_array('') FROM json_each(records.content))
     WHERE deactivated = 1 AND file IN (SELECT file FROM files WHERE connection = ?) AND NOT EXISTS (
       SELECT 1 FROM all_touches AS t JOIN runs USING (seq)
       WHERE t.file = records.file AND t.id = records.id AND destroyed_by IS NULL)`,
  );
  const forgetSaid = database.prepare(
    `DELETE FROM decisions WHERE connection = ?1 AND sealed = 1 AND field NOT IN ('', '${WHO_FIELD}')
     AND EXISTS (SELECT 1 ${TOUCHES_OF_DECISION} AND destroyed_by IS NOT NULL)
     AND NOT EXISTS (SELECT 1 ${TOUCHES_OF_DECISION} AND destroyed_by IS NULL)
     AND NOT EXISTS (SELECT 1 FROM records JOIN files USING (file) WHERE files.connection = ?1
       AND files.name = decisions.file AND records.id = decisions.id AND deactivated = 0)`,
  );
  const blankAnswers = database.prepare(
    `UPDATE answers SET status = '', message = ''
     WHERE connection = ?1 AND seq IN (SELECT seq FROM runs WHERE connection = ?1 AND destroyed_by = ?2)`,
  );
  const strikeTouches: Strike['blankTouches'] = (connection, runs, by) => {
    mark.run(connection, JSON.stringify(runs), by);
    blankTouches.run(connection, by);
    blankAnswers.run(connection, by);
  };
  return {
    blankTouches: strikeTouches,
    all(connection, runs, by) {
      strikeTouches(connection, runs, by);
      blankGone.run(connection);
      forgetSaid.run(connection);
    },
  };
}

const TOUCHES_OF_DECISION = `FROM all_touches AS t JOIN files USING (file) JOIN runs USING (seq)
  WHERE files.connection = ?1 AND files.name = decisions.file AND t.id = decisions.id`;
