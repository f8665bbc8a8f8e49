import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { OUTCOMES } from '../vocabulary/run.ts';
import type { RunsAsked } from './disclosure.ts';
import { type AppliedOutcome, type AppliedRun, type Generation, NO_RUNS } from './ledger.ts';
import { prepareQuery } from './query.ts';

const COLUMNS =
  'id, connection, outcome, business_date, started_at, finished_at, manifest_sha256, totals, outputs, recipient, destroyed_by' as const;

/** @param days business dates, both included */
export function* readRuns(
  database: DatabaseSync,
  connection: string | undefined,
  { from, to }: Pick<RunsAsked, 'from' | 'to'> = {},
): Generator<AppliedRun> {
  const asked: [condition: string, value: string | undefined][] = [
    ['connection = ?', connection],
    ['business_date >= ?', from],
    ['business_date <= ?', to],
  ];
  const meant = asked.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]));
  const where = meant.length === 0 ? '' : `WHERE ${meant.map(({ condition }) => condition).join(' AND ')}`;
  // Names begin with the instant. Within a connection the chain decides, also where a clock was set back.
  const order = connection === undefined ? 'id DESC' : 'seq DESC';
  const rows = database
    .prepare(`SELECT ${COLUMNS} FROM runs ${where} ORDER BY ${order}`)
    .iterate(...meant.map(({ value }) => value));
  for (const row of rows) yield asRun(row);
}

export function findRun(database: DatabaseSync, id: string): AppliedRun | undefined {
  const row = database.prepare(`SELECT ${COLUMNS} FROM runs WHERE id = ?`).get(id);
  return row && asRun(row);
}

/** Runs by id, each read once. */
export function rememberRuns(database: DatabaseSync): (id: string) => AppliedRun {
  const known = new Map<string, AppliedRun>();
  return (id) => {
    const run = known.get(id) ?? findRun(database, id);
    if (!run) throw new RangeError('A touch names a run that is not there');
    known.set(id, run);
    return run;
  };
}

export function readGeneration(database: DatabaseSync, connection: string): Generation {
  const count = prepareQuery(database, 'SELECT count(*) FROM runs WHERE connection = ?').first(connection);
  const [last] = readRuns(database, connection);
  return { runs: Number(count?.[0]), last };
}

function asRun(row: Record<string, SQLOutputValue>): AppliedRun {
  return {
    id: String(row.id),
    connection: String(row.connection),
    outcome: asOutcome(row.outcome),
    businessDate: String(row.business_date),
    startedAt: String(row.started_at),
    finishedAt: String(row.finished_at),
    manifestSha256: String(row.manifest_sha256),
    totals: JSON.parse(String(row.totals)),
    ...(row.outputs !== null && { outputs: JSON.parse(String(row.outputs)) }),
    ...(row.recipient !== null && { recipient: JSON.parse(String(row.recipient)) }),
    ...(row.destroyed_by !== null && { destroyedBy: String(row.destroyed_by) }),
  };
}

const KNOWN: readonly AppliedOutcome[] = [...OUTCOMES, ...NO_RUNS];

function asOutcome(value: SQLOutputValue | undefined): AppliedOutcome {
  const outcome = KNOWN.find((one) => one === value);
  if (outcome) return outcome;
  throw new AppError('ledger_damaged', 'The ledger has a run with an outcome that is none');
}
