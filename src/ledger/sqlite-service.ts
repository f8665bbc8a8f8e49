import type { DatabaseSync } from 'node:sqlite';
import type { AlertState, Message } from '../vocabulary/alert.ts';
import { prepareQuery, type Row } from './query.ts';
import type { Compose, ServiceMemory, WaitingMessage } from './service-memory.ts';
import type { Transactions } from './transactions.ts';

interface Guarded {
  transactions: Transactions;
  /** Says whatever the database says as one of our errors. */
  answer<T>(work: () => Promise<T>): Promise<T>;
}

/** What the service remembers for itself, in the tables `schedules`, `told` and `outbox`. */
export function openService(database: DatabaseSync, { transactions, answer }: Guarded): ServiceMemory {
  const transact = <T>(work: () => T) => answer(() => transactions.transact(work));
  const schedule = prepareQuery(
    database,
    'SELECT looked_until, off_since FROM schedules WHERE connection = ?',
  );
  const waiting = prepareQuery(database, 'SELECT count(*), min(posted) FROM outbox');
  return {
    schedule: (connection) =>
      answer(async () => {
        const [lookedUntil, offSince] = schedule.first(connection) ?? [];
        return {
          ...(typeof lookedUntil === 'number' ? { lookedUntilMs: lookedUntil } : {}),
          ...(typeof offSince === 'string' ? { offSince } : {}),
        };
      }),
    noteLooked: (connection, atMs) => transact(() => keep(database, 'looked_until', connection, atMs)),
    switchOff: (connection, run) => transact(() => keep(database, 'off_since', connection, run)),
    // Both are asked every minute and have seldom anything to do, and a write waits for whoever else writes.
    async settle(connection, states, compose) {
      const found = { connection, states };
      if (await answer(async () => isChanged(database, found)))
        await transact(() => settle(database, found, compose));
    },
    post: (messages, nowMs) => transact(() => post(database, messages, nowMs)),
    async claimDue(nowMs, leaseMs) {
      const isDue = await answer(async () => findDue(database, nowMs).length > 0);
      return isDue ? transact(() => claimDue(database, nowMs, leaseMs)) : [];
    },
    arrived: (id) =>
      transact(() => {
        database.prepare('DELETE FROM outbox WHERE id = ?').run(id);
      }),
    putOff: (id, untilMs) =>
      transact(() => {
        database.prepare('UPDATE outbox SET next_try = ? WHERE id = ?').run(untilMs, id);
      }),
    waiting: () =>
      answer(async () => {
        const [count, oldest] = waiting.first() ?? [];
        return { count: Number(count), oldestMs: typeof oldest === 'number' ? oldest : undefined };
      }),
  };
}

type Column = 'looked_until' | 'off_since';

function keep(database: DatabaseSync, column: Column, connection: string, value: number | string | null) {
  database
    .prepare(
      `INSERT INTO schedules (connection, ${column}) VALUES (?, ?)
       ON CONFLICT (connection) DO UPDATE SET ${column} = excluded.${column}`,
    )
    .run(connection, value);
}

interface Found {
  connection: string;
  states: readonly AlertState[];
}

function toldOf(database: DatabaseSync, connection: string): readonly Row[] {
  return prepareQuery(database, 'SELECT kind, subject FROM told WHERE connection = ?').all(connection);
}

function begunOf(told: readonly Row[], states: readonly AlertState[]): AlertState[] {
  return states.filter(({ kind, subject }) => !told.some((one) => one[0] === kind && one[1] === subject));
}

function isChanged(database: DatabaseSync, { connection, states }: Found): boolean {
  const told = toldOf(database, connection);
  return begunOf(told, states).length > 0 || told.length !== states.length;
}

function settle(database: DatabaseSync, { connection, states }: Found, compose: Compose): void {
  const told = toldOf(database, connection);
  const begun = begunOf(told, states);
  const over = states.length === 0 ? told.map(([kind]) => String(kind)) : [];
  database.prepare('DELETE FROM told WHERE connection = ?').run(connection);
  const insert = database.prepare('INSERT OR IGNORE INTO told (connection, kind, subject) VALUES (?, ?, ?)');
  for (const { kind, subject } of states) insert.run(connection, kind, subject);
  if (begun.length === 0 && over.length === 0) return;
  const { messages, nowMs } = compose({ begun, over });
  post(database, messages, nowMs);
}

function post(database: DatabaseSync, messages: readonly Message[], nowMs: number): void {
  const insert = database.prepare(
    'INSERT INTO outbox (id, posted, next_try, tries, message) VALUES (?, ?, ?, 0, ?)',
  );
  for (const message of messages) insert.run(message.id, nowMs, nowMs, JSON.stringify(message));
}

function findDue(database: DatabaseSync, nowMs: number): readonly Row[] {
  // What was posted by a clock that was ahead would wait until then.
  return prepareQuery(
    database,
    'SELECT number, message, tries, posted FROM outbox WHERE next_try <= ? OR posted > ? ORDER BY number',
  ).all(nowMs, nowMs);
}

function claimDue(database: DatabaseSync, nowMs: number, leaseMs: number): WaitingMessage[] {
  const lease = database.prepare(
    'UPDATE outbox SET next_try = ?, posted = min(posted, ?), tries = tries + 1 WHERE number = ?',
  );
  return findDue(database, nowMs).map(([number = null, message, tries, posted]) => {
    lease.run(nowMs + leaseMs, nowMs, number);
    const written: Message = JSON.parse(String(message));
    return { ...written, tries: Number(tries), postedMs: Number(posted) };
  });
}
