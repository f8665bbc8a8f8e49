import type { AppliedRun } from '../../src/ledger/ledger.ts';
import type { ConnectionState } from './memory-ledger-state.ts';

export function dumpRun(run: AppliedRun, number: number): unknown[] {
  const { connection, id, outcome, businessDate, startedAt, finishedAt, manifestSha256, totals } = run;
  const { outputs = null, recipient = null, destroyedBy = null } = run;
  return [
    'run',
    connection,
    number,
    id,
    outcome,
    businessDate,
    startedAt,
    finishedAt,
    manifestSha256,
    totals,
    outputs,
    recipient,
    destroyedBy,
  ];
}

export function* dumpConnection(connection: string, state: ConnectionState): Generator<unknown[]> {
  for (const [name, { targets, bytes, records, touches, links, deliveries, presences }] of state.files) {
    yield ['file', connection, name, bytes, targets];
    for (const one of records.values()) {
      const { id, mapped, active, deactivated, school, grade, fields } = one;
      const flags = [Number(active), Number(deactivated)];
      yield ['record', connection, name, id, mapped, ...flags, school, grade, [...fields]];
    }
    for (const { id, run, change, note, fields, isBirth } of touches)
      yield ['touch', connection, name, id, run.id, change, note, isBirth ? null : fields];
    for (const { run, how, targets: fields } of deliveries)
      yield ['delivery', connection, name, run, how, fields];
    for (const one of presences) yield ['presence', connection, name, ...one];
    for (const [from, to] of links) yield ['link', connection, name, from, to];
  }
  for (const { id, run, file, sha256, accepted, refused } of state.acknowledgements)
    yield ['acknowledgement', connection, id, run, file, sha256, accepted, refused];
  for (const { id, verdict, status, message, acknowledgement } of state.answers)
    yield ['answer', connection, id, acknowledgement.id, verdict, status, message];
  for (const [sealed, decisions] of [state.said, state.sealed].entries())
    for (const { file, id, field, choice, value, about, shown, by, at, reason } of decisions.values())
      yield ['decision', connection, file, id, field, sealed, choice, value, about, by, at, reason, shown];
  for (const { prefix, key, id, isSealed } of state.given)
    yield ['temporary_id', connection, prefix, key, id, Number(isSealed)];
}
