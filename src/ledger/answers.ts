import type { DatabaseSync } from 'node:sqlite';
import type { MemoryEntry } from '../vocabulary/memory.ts';
import type {
  AnsweredStudent,
  AnswerMemory,
  AppliedAcknowledgement,
  RefusedStudent,
  SaidOfStudent,
  StudentAnswer,
} from './answer-memory.ts';
import { prepareQuery, type Row } from './query.ts';
import { openStudentIds } from './student-ids.ts';

type Entry<Kind extends MemoryEntry['kind']> = Extract<MemoryEntry, { kind: Kind }>;

/** What the entries of a sealed acknowledgement change in the database. */
export interface Answers {
  acknowledge(connection: string, seq: number, entry: Entry<'acknowledged'>): void;
  answer(connection: string, seq: number, entry: Entry<'answered'>): void;
}

export function openAnswers(database: DatabaseSync): Answers {
  const acknowledge = database.prepare(
    'INSERT INTO acknowledgements (seq, connection, answered, file, sha256, accepted, refused) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const answer = database.prepare(
    'INSERT OR REPLACE INTO answers (connection, id, seq, verdict, status, message) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    acknowledge: (connection, seq, { run, name, sha256, accepted, refused }) =>
      void acknowledge.run(seq, connection, run, name, sha256, accepted, refused),
    answer: (connection, seq, { id, verdict, status, message }) =>
      void answer.run(connection, id, seq, verdict, status, message),
  };
}

const ACKNOWLEDGEMENT =
  'runs.id, k.connection, k.answered, runs.finished_at, k.file, k.sha256, k.accepted, k.refused';
const ANSWER = `a.id, a.verdict, a.status, a.message, ${ACKNOWLEDGEMENT}`;
const FROM = 'FROM answers AS a JOIN acknowledgements AS k USING (seq) JOIN runs USING (seq)';

/** @param guard says whatever the database says as one of our errors */
export function openAnswerMemory(
  database: DatabaseSync,
  guard: <T>(work: () => Promise<T>) => Promise<T>,
): AnswerMemory {
  return {
    about: (id, connection) => guard(async () => readAbout(database, id, connection)),
    refused: (connection) => guard(async () => readRefused(database, connection)),
    acknowledgements: (connection) =>
      guard(async () =>
        prepareQuery(
          database,
          `SELECT ${ACKNOWLEDGEMENT} FROM acknowledgements AS k JOIN runs USING (seq) WHERE k.connection = ? ORDER BY seq DESC`,
        )
          .all(connection)
          .map(asAcknowledgement),
      ),
    known: (connection, run, ids) => guard(async () => readKnown(database, { connection, run }, ids)),
  };
}

function readAbout(database: DatabaseSync, id: string, connection: string | undefined): StudentAnswer[] {
  const names = prepareQuery(
    database,
    'SELECT DISTINCT connection FROM acknowledgements WHERE ?1 IS NULL OR connection = ?1 ORDER BY 1',
  ).all(connection ?? null);
  const files = prepareQuery(database, 'SELECT file FROM files WHERE connection = ? ORDER BY name');
  const answers = prepareQuery(
    database,
    `SELECT ${ANSWER} ${FROM} WHERE a.connection = ?1 AND a.id IN (SELECT value FROM json_each(?2)) ORDER BY seq, a.id`,
  );
  const { linkedWith } = openStudentIds(database);
  return names.flatMap(([name = null]) => {
    const ids = new Set([id, ...files.all(name).flatMap(([file]) => [...linkedWith(Number(file), id)])]);
    return answers.all(name, JSON.stringify([...ids])).map(asAnswer);
  });
}

function readRefused(database: DatabaseSync, connection: string): RefusedStudent[] {
  const streak = `a.connection = first.connection AND first.id = a.id AND first.seq > coalesce((SELECT max(seq) FROM answers AS yes
    WHERE yes.connection = a.connection AND yes.id = a.id AND yes.verdict = 'accepted'), 0)`;
  const rows = prepareQuery(
    database,
    `SELECT ${ANSWER}, (SELECT min(first.seq) FROM answers AS first WHERE ${streak}) ${FROM}
     WHERE a.connection = ?1 AND a.verdict = 'refused'
     AND NOT EXISTS (SELECT 1 FROM answers AS later WHERE later.connection = ?1 AND later.id = a.id AND later.seq > a.seq)
     AND EXISTS (SELECT 1 FROM files JOIN records USING (file) WHERE files.connection = ?1 AND records.id = a.id AND deactivated = 0)
     ORDER BY a.id`,
  ).all(connection);
  const first = prepareQuery(
    database,
    'SELECT answered, finished_at FROM acknowledgements JOIN runs USING (seq) WHERE seq = ?',
  );
  return rows.map((row) => {
    const [sinceRun = '', since = ''] = first.first(row[12] ?? null) ?? [];
    return { ...asAnswer(row), sinceRun: String(sinceRun), since: String(since) };
  });
}

function readKnown(
  database: DatabaseSync,
  { connection, run }: { connection: string; run: string },
  ids: Iterable<string>,
): Map<string, AnsweredStudent> {
  const [seq = null] = prepareQuery(database, 'SELECT seq FROM runs WHERE id = ?').first(run) ?? [];
  const birth = prepareQuery(
    database,
    `SELECT count(*), max(created IS ?3) FROM files CROSS JOIN records USING (file)
     WHERE files.connection = ?1 AND records.id = ?2`,
  );
  const touched = prepareQuery(
    database,
    `SELECT count(*), max(seq = ?3) FROM files CROSS JOIN touches USING (file)
     WHERE files.connection = ?1 AND touches.id = ?2`,
  );
  const last = prepareQuery(
    database,
    'SELECT verdict, status, message FROM answers WHERE connection = ? AND id = ? ORDER BY seq DESC LIMIT 1',
  );
  const known = new Map<string, AnsweredStudent>();
  for (const id of ids) {
    const [records, isBorn] = birth.first(connection, id, seq) ?? [];
    const [touches, isTouched] = touched.first(connection, id, seq) ?? [];
    if (!records && !touches) continue;
    const said = last.first(connection, id);
    known.set(id, { isTouched: isBorn === 1 || isTouched === 1, last: said && asSaid(said) });
  }
  return known;
}

function asSaid([verdict, status, message]: Row): SaidOfStudent {
  return {
    verdict: verdict === 'refused' ? 'refused' : 'accepted',
    status: String(status),
    message: String(message),
  };
}

function asAnswer([id, ...rest]: Row): StudentAnswer {
  return { id: String(id), ...asSaid(rest), acknowledgement: asAcknowledgement(rest.slice(3)) };
}

function asAcknowledgement(row: Row): AppliedAcknowledgement {
  const [id = '', connection = '', run = '', at = '', file = '', sha256 = ''] = row.map(String);
  return { id, connection, run, at, file, sha256, accepted: Number(row[6]), refused: Number(row[7]) };
}
