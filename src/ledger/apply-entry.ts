import { AppError } from '../errors/app-error.ts';
import { changedFields } from './layouts.ts';
import type { TouchChange } from './ledger.ts';
import type { Appliers, Applying, Entry } from './open-appliers.ts';
import { changesSince, type KnownRecord, type OpenFile, type Records } from './records.ts';
import { asRecordEntry, type ToldEntry } from './written-record.ts';

export function applyEntry(appliers: Appliers, applying: Applying, entry: ToldEntry): void {
  const { connection } = applying.run;
  switch (entry.kind) {
    case 'file':
      applying.files.set(entry.file, appliers.openFile(applying, entry));
      return;
    case 'record':
      applyRecord(appliers, applying, entry);
      return;
    case 'written':
      applyWritten(appliers, applying, entry);
      return;
    case 'removed':
      applyRemoval(appliers, applying, entry);
      return;
    case 'link':
      applyLink(appliers, applying, entry);
      return;
    case 'decision':
      appliers.decisions.seal(connection, entry.decision);
      return;
    case 'same':
      renew(appliers, applying, entry);
      return;
    case 'sent':
      appliers.deliveries.sendAs(openedFile(applying, entry), applying.seq, entry.how);
      return;
    case 'kept_back':
    case 'sent_again':
      appliers.deliveries.note(openedFile(applying, entry), applying.seq, entry.id, entry.kind);
      return;
    case 'recipient':
      appliers.deliveries.address(applying.seq, entry);
      return;
    case 'acknowledged':
      appliers.answers.acknowledge(connection, applying.seq, entry);
      return;
    case 'answered':
      appliers.answers.answer(connection, applying.seq, entry);
      return;
    case 'destroyed':
      appliers.changes.destroy(connection);
      appliers.strike.all(connection, entry.runs, applying.run.id);
      return;
    case 'temporary_id':
      appliers.temporaryIds.seal(connection, entry);
  }
}

/** Who is there again after a last row, as it was then, is in the file: no touch tells that. */
function renew({ records, deliveries }: Appliers, applying: Applying, entry: Entry<'same'>): void {
  const at = openedFile(applying, entry);
  const known = records.find(at.file, entry.id);
  if (!known) return;
  if (known.deactivated) deliveries.note(at, applying.seq, entry.id, 'returned');
  records.renew(known, entry);
}

function applyRecord({ records, decisions }: Appliers, applying: Applying, entry: Entry<'record'>): void {
  const { record, change } = entry;
  const { seq } = applying;
  const at = openedFile(applying, entry);
  if (record.values.length !== at.targets.length) throw otherFields(applying, entry);
  const content = JSON.stringify(record.values);
  if (change === 'created' && records.insert(at, record, content, seq)) return;
  const known = records.find(at.file, record.id);
  if (known) records.update(at, known, record, content);
  else records.insert(at, record, content, null);
  const fields = changesSince(known, { at, values: record.values });
  records.touch(at.file, { seq, id: record.id, change, note: '', fields });
  if (change === 'reactivated') decisions.spend(applying.run.connection, entry.file, record.id);
}

/** The way of a first run: one statement for each of a million records, and no touch to write. */
function applyWritten(appliers: Appliers, applying: Applying, entry: Entry<'written'>): void {
  const at = openedFile(applying, entry);
  if (entry.count !== at.targets.length) throw otherFields(applying, entry);
  const isNew = appliers.records.insert(at, entry.record, entry.json, applying.seq);
  if (!isNew) applyRecord(appliers, applying, asRecordEntry(entry));
}

function applyRemoval({ records, deliveries }: Appliers, applying: Applying, entry: Entry<'removed'>): void {
  const at = openedFile(applying, entry);
  const known = records.find(at.file, entry.id);
  if (!known) return;
  const { id, why, values } = entry;
  if (!entry.deactivated) {
    forget(records, { seq: applying.seq, at, known, change: 'removed', note: why });
    return;
  }
  if (values && values.length !== at.targets.length) throw otherFields(applying, entry);
  deliveries.note(at, applying.seq, id, 'last_row');
  records.deactivate(known, values ? { layout: at.layout, content: JSON.stringify(values) } : known);
  const fields = values ? changesSince(known, { at, values }) : [];
  records.touch(at.file, { seq: applying.seq, id, change: 'removed', note: why, fields });
}

function applyLink({ records, link }: Appliers, applying: Applying, entry: Entry<'link'>): void {
  const at = openedFile(applying, entry);
  const { from, to } = entry;
  if (from === to) return;
  link(at.file, from, to);
  const known = records.find(at.file, from);
  if (!known) return;
  const { seq } = applying;
  const isTaken = records.find(at.file, to) !== undefined;
  leave(records, { seq, at, known, change: 'linked', note: to });
  if (isTaken) records.remove(known);
  else records.rename(known, to);
  const fields = isTaken ? [] : changedFields(undefined, known.fields);
  records.touch(at.file, { seq, id: to, change: 'linked', note: from, fields });
}

interface Leaving {
  seq: number;
  at: OpenFile;
  known: KnownRecord;
  change: TouchChange;
  note: string;
}

function forget(records: Records, leaving: Leaving): void {
  leave(records, leaving);
  records.remove(leaving.known);
}

/** The end of an id: its whole life, from the run that created it, is written down before its record goes. */
function leave(records: Records, { seq, at, known, change, note }: Leaving): void {
  const { id, created } = known;
  if (created !== null)
    records.touch(at.file, { seq: created, id, change: 'created', note: '', fields: null });
  records.touch(at.file, { seq, id, change, note, fields: changedFields(known.fields, undefined) });
}

function openedFile(applying: Applying, entry: { kind: string; file: string }): OpenFile {
  const at = applying.files.get(entry.file);
  if (at) return at;
  throw unreadable(applying, entry, 'before the file itself');
}

function otherFields(applying: Applying, entry: { kind: string; file: string }): AppError {
  return unreadable(applying, entry, 'with more or fewer values than the file has fields');
}

function unreadable(applying: Applying, entry: { kind: string; file: string }, why: string): AppError {
  const what = `a "${entry.kind}" of the file ${entry.file} ${why}`;
  return new AppError('memory_unreadable', `The memory of the run ${applying.run.id} has ${what}`);
}
