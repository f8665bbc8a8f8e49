import { AppError } from '../../src/errors/app-error.ts';
import type { AppliedAcknowledgement, StudentAnswer } from '../../src/ledger/answer-memory.ts';
import type { AppliedRun, FieldChange, HistoryEntry } from '../../src/ledger/ledger.ts';
import type { IndexEntry } from '../../src/ledger/snapshot/index-copy.ts';
import type { MemoryEntry, RecordDecision, SentHow } from '../../src/vocabulary/memory.ts';

export interface Known extends IndexEntry {
  fields: Map<string, string>;
}

export interface Touch extends Omit<HistoryEntry, 'file'> {
  /** The first touch of a new record: a ledger need not store what it can find by going back. */
  isBirth: boolean;
  /** Runs that were applied before. */
  turn: number;
}

export interface FileState {
  targets: readonly string[];
  bytes: number;
  records: Map<string, Known>;
  touches: Touch[];
  links: Map<string, string>;
  deliveries: SentFile[];
  /** Id, run, and what no touch tells. */
  presences: [id: string, run: string, presence: string][];
}

/** Who was in a file that went out, counted when it did. */
export interface SentFile {
  run: string;
  how: SentHow;
  targets: readonly string[];
  ids: readonly string[];
}

export interface Given {
  prefix: string;
  key: string;
  id: string;
  isSealed: boolean;
}

export interface ConnectionState {
  files: Map<string, FileState>;
  sealed: Map<string, RecordDecision>;
  said: Map<string, RecordDecision>;
  given: Given[];
  acknowledgements: AppliedAcknowledgement[];
  answers: StudentAnswer[];
}

/** A run of which every entry may be applied: the turn is how many were before it. */
export interface Turn {
  run: AppliedRun;
  turn: number;
}

export function applyTo(state: ConnectionState, at: Turn, entry: MemoryEntry): void {
  if (entry.kind === 'decision') {
    const key = keyOf(entry.decision);
    state.sealed.set(key, entry.decision);
    if (JSON.stringify(state.said.get(key)) === JSON.stringify(entry.decision)) state.said.delete(key);
  } else if (entry.kind === 'temporary_id') {
    const isSame = (one: Given) =>
      one.id === entry.id || (one.prefix === entry.prefix && one.key === entry.key);
    state.given = state.given.filter((one) => one.isSealed || !isSame(one));
    const { prefix, key, id } = entry;
    if (!state.given.some(isSame)) state.given.push({ prefix, key, id, isSealed: true });
  } else if (entry.kind === 'acknowledged') {
    const { kind: _, name: file, ...about } = entry;
    const { id, connection, finishedAt } = at.run;
    state.acknowledgements.push({ id, connection, at: finishedAt, file, ...about });
  } else if (entry.kind === 'answered') {
    const acknowledgement = state.acknowledgements.find(({ id }) => id === at.run.id);
    const { kind: _, ...said } = entry;
    if (acknowledgement) state.answers.push({ ...said, acknowledgement });
  } else if (entry.kind === 'file') {
    const { targets, bytes } = entry;
    const known = state.files.get(entry.file) ?? noFile();
    const delivery: SentFile = { run: at.run.id, how: 'full', targets, ids: [] };
    const others = known.deliveries.filter(({ run }) => run !== at.run.id);
    state.files.set(entry.file, { ...known, targets, bytes, deliveries: [...others, delivery] });
  } else if (entry.kind !== 'recipient' && entry.kind !== 'destroyed') {
    const file = state.files.get(entry.file);
    if (file) applyToFile(file, at, entry);
    if (entry.kind === 'record' && entry.change === 'reactivated') spend(state, entry.file, entry.record.id);
  }
}

function spend(state: ConnectionState, file: string, id: string): void {
  for (const layer of [state.sealed, state.said])
    for (const [key, one] of layer)
      if (one.file === file && one.id === id && one.field === '' && one.choice === 'approve')
        layer.delete(key);
}

function applyToFile(
  file: FileState,
  at: Turn,
  entry: Extract<
    MemoryEntry,
    { kind: 'record' | 'removed' | 'link' | 'same' | 'sent' | 'kept_back' | 'sent_again' }
  >,
): void {
  const { records, targets, touches, links } = file;
  const touch = (id: string, change: Touch['change'], about: { note?: string; fields: FieldChange[] }) =>
    touches.push({ ...at, id, change, note: '', isBirth: false, ...about });
  if (entry.kind === 'sent') {
    for (const one of file.deliveries) if (one.run === at.run.id) one.how = entry.how;
  } else if (entry.kind === 'kept_back' || entry.kind === 'sent_again') {
    note(file, [entry.id, at.run.id, entry.kind]);
  } else if (entry.kind === 'record') {
    const { id, values, ...rest } = entry.record;
    const known = records.get(id);
    const fields = zip(targets, values);
    if (values.length !== targets.length) throw unreadable();
    touches.push({
      ...at,
      id,
      change: entry.change,
      note: '',
      fields: differences(known?.fields, fields),
      isBirth: !known && entry.change === 'created',
    });
    records.set(id, { id, ...rest, deactivated: false, fields });
  } else if (entry.kind === 'removed') {
    const known = records.get(entry.id);
    if (!known) return;
    if (entry.deactivated) note(file, [entry.id, at.run.id, 'last_row']);
    const fields = entry.deactivated ? (entry.values ? zip(targets, entry.values) : known.fields) : undefined;
    touch(entry.id, 'removed', { note: entry.why, fields: differences(known.fields, fields) });
    if (fields) records.set(entry.id, { ...known, active: false, deactivated: true, fields });
    else records.delete(entry.id);
  } else if (entry.kind === 'same') {
    const known = records.get(entry.id);
    const { kind: _kind, file: _file, ...rest } = entry;
    if (known?.deactivated) note(file, [entry.id, at.run.id, 'returned']);
    if (known) records.set(entry.id, { ...known, ...rest, deactivated: false });
  } else {
    const { from, to } = entry;
    if (from === to) return;
    links.delete(to);
    links.set(from, to);
    const known = records.get(from);
    if (!known) return;
    const other = records.get(to);
    records.delete(from);
    touch(from, 'linked', { note: to, fields: differences(known.fields, undefined) });
    touch(to, 'linked', { note: from, fields: other ? [] : differences(undefined, known.fields) });
    if (!other) records.set(to, { ...known, id: to });
  }
}

function noFile(): Omit<FileState, 'targets' | 'bytes'> {
  return { records: new Map(), touches: [], links: new Map(), deliveries: [], presences: [] };
}

function note(file: FileState, presence: FileState['presences'][number]): void {
  file.presences = [...file.presences.filter((one) => one.join('\n') !== presence.join('\n')), presence];
}

function zip(targets: readonly string[], values: readonly string[]): Map<string, string> {
  return new Map(targets.map((target, at) => [target, values[at] ?? '']));
}

function differences(
  before: ReadonlyMap<string, string> | undefined,
  after: ReadonlyMap<string, string> | undefined,
): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const field of new Set([...(before ?? []), ...(after ?? [])].map(([name]) => name))) {
    const change = { field, before: before?.get(field) ?? null, after: after?.get(field) ?? null };
    if (change.before !== change.after) changes.push(change);
  }
  return changes;
}

export function keyOf({ file, id, field }: RecordDecision): string {
  return JSON.stringify([file, id, field]);
}

export function unreadable(): AppError {
  return new AppError('memory_unreadable', 'An entry does not fit its file');
}

export function nextId(given: readonly Given[], prefix: string): string {
  const numbers = given.filter((one) => one.prefix === prefix).map((one) => numberOf(one));
  let number = Math.max(0, ...numbers) + 1;
  while (given.some((one) => one.id === `${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

function numberOf({ prefix, id }: Given): number {
  const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : 0;
}
