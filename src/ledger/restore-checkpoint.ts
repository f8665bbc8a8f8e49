import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { openLayouts, readTexts } from './layouts.ts';
import type { Row } from './query.ts';
import {
  ACKNOWLEDGEMENT_COLUMNS,
  ANSWER_COLUMNS,
  DECISION_COLUMNS,
  FORMAT,
  RECORD_COLUMNS,
  RUN_COLUMNS,
} from './read-checkpoint.ts';

/**
 * Puts back what readCheckpoint() read, into a ledger that knows nothing of the connection; within the transaction of the
 * caller. Throws memory_unreadable where a line is none, or is of another connection.
 */
export async function restoreCheckpoint(
  database: DatabaseSync,
  connection: string,
  lines: AsyncIterable<string>,
): Promise<void> {
  const restore = openRestore(database, connection);
  let number = 0;
  for await (const line of lines) {
    number++;
    const [kind, ...row] = parseLine(line, number);
    if (number === 1) refuseOther(kind, row, connection);
    else restore(String(kind), row, number);
  }
  if (number === 0) throw unreadable(1);
}

function openRestore(database: DatabaseSync, connection: string) {
  const placed: Record<'run' | 'layout' | 'file', number[]> = { run: [], layout: [], file: [] };
  const prepare = (table: string, columns: string) => {
    const marks = columns.split(',').map(() => '?');
    const statement = database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${marks.join(', ')})`);
    return (...values: Row) => Number(statement.run(...values).lastInsertRowid);
  };
  const insert = {
    run: prepare('runs', `connection, ${RUN_COLUMNS}`),
    file: prepare('files', 'connection, name, layout, bytes'),
    record: prepare('records', `file, ${RECORD_COLUMNS}, created, layout, content`),
    touch: prepare('touches', 'file, seq, id, change, note, fields'),
    delivery: prepare('deliveries', 'file, seq, layout, how'),
    presence: prepare('presences', 'file, seq, id, presence'),
    acknowledgement: prepare('acknowledgements', `connection, seq, ${ACKNOWLEDGEMENT_COLUMNS}`),
    answer: prepare('answers', `connection, seq, ${ANSWER_COLUMNS}`),
    link: prepare('links', 'file, from_id, to_id'),
    decision: prepare('decisions', `connection, sealed, ${DECISION_COLUMNS}`),
    given: prepare('temporary_ids', 'connection, sealed, prefix, key, id, number'),
  };
  const layouts = openLayouts(database);
  const steps: Readonly<Record<string, (row: Row, at: Places) => void>> = {
    run: (row) => placed.run.push(insert.run(connection, ...row)),
    layout: ([targets]) => placed.layout.push(layouts.numberOf(readTexts(targets))),
    file: ([name = null, layout, bytes = null], { layoutAt }) =>
      placed.file.push(insert.file(connection, name, layoutAt(layout), bytes)),
    record: (row, { fileAt, runAt, layoutAt }) =>
      insert.record(
        fileAt(row[0]),
        ...row.slice(1, 7),
        row[7] === null ? null : runAt(row[7]),
        layoutAt(row[8]),
        row[9] ?? null,
      ),
    touch: ([file, run, ...row], { fileAt, runAt }) => insert.touch(fileAt(file), runAt(run), ...row),
    delivery: ([file, run, layout, ...row], { fileAt, runAt, layoutAt }) =>
      insert.delivery(fileAt(file), runAt(run), layoutAt(layout), ...row),
    presence: ([file, run, ...row], { fileAt, runAt }) => insert.presence(fileAt(file), runAt(run), ...row),
    acknowledgement: ([run, ...row], { runAt }) => insert.acknowledgement(connection, runAt(run), ...row),
    answer: ([run, ...row], { runAt }) => insert.answer(connection, runAt(run), ...row),
    link: ([file, ...row], { fileAt }) => insert.link(fileAt(file), ...row),
    decision: (row) => insert.decision(connection, 1, ...row),
    temporary_id: (row) => insert.given(connection, 1, ...row),
  };
  return (kind: string, row: Row, number: number) => {
    const at = (of: keyof typeof placed) => (place: unknown) => {
      const found = placed[of][Number(place)];
      if (found === undefined) throw unreadable(number);
      return found;
    };
    const step = Object.hasOwn(steps, kind) ? steps[kind] : undefined;
    if (!step) throw unreadable(number);
    step(row, { runAt: at('run'), fileAt: at('file'), layoutAt: at('layout') });
  };
}

type Place = (place: unknown) => number;
interface Places {
  runAt: Place;
  fileAt: Place;
  layoutAt: Place;
}

function parseLine(line: string, number: number): Row {
  try {
    const row: unknown = JSON.parse(line);
    if (Array.isArray(row)) return row;
  } catch {
    // Said below, without what stands in the line.
  }
  throw unreadable(number);
}

function refuseOther(kind: unknown, [format, whose]: Row, connection: string): void {
  if (kind === 'checkpoint' && format === FORMAT && whose === connection) return;
  throw new AppError('memory_unreadable', `The checkpoint is none of ${connection} that this version knows`);
}

function unreadable(number: number): AppError {
  return new AppError('memory_unreadable', `Line ${number} of the checkpoint is none`);
}
