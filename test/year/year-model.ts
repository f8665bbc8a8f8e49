/**
 * The contract as a model: plain maps and lists, nothing of the program. Given what was last delivered and the drop of a
 * night, it says what the books must be, which records go out, who is removed, whether the run must wait for a person,
 * and what is known afterwards.
 */
import type { ModelBooks } from './model-books.ts';
import { type KnownContacts, reconcileContacts } from './model-contacts.ts';
import { whyHeld } from './model-holds.ts';
import { fatesInFile, type KnownStudent, reconcileStudents, type StudentsOutcome } from './model-students.ts';
import { judgeContacts, judgeStudents } from './model-verdicts.ts';
import type { Night } from './scripted-year.ts';
import type { YearSettings } from './year-settings.ts';

export interface ModelMemory {
  students: ReadonlyMap<string, KnownStudent>;
  contacts: KnownContacts;
  /** Of the files of the last drop that was delivered. */
  bytes: Readonly<Record<'students' | 'contacts', number>> | undefined;
}

export interface Expected {
  outcome: 'delivered' | 'nothing_to_deliver' | 'held' | 'failed';
  /** See `whyHeld`. */
  reasons: string[];
  books: Record<'students' | 'contacts', ModelBooks>;
  students: StudentsOutcome;
  /** Who waits for a person. */
  waiting: string[];
  /** What is known afterwards; what was known before, where the run is held or failed. */
  memory: ModelMemory;
  /** What would be known if a person released the held run. */
  ifReleased: ModelMemory;
}

export const NOTHING_KNOWN: ModelMemory = { students: new Map(), contacts: new Map(), bytes: undefined };

export type DropOf = Pick<Night, 'date' | 'students' | 'contacts' | 'files'> & {
  accident?: Night['accident'];
};

export function expectNight(
  memory: ModelMemory,
  night: DropOf,
  settings: YearSettings,
  approved: ReadonlySet<string> = new Set(),
): Expected {
  const isKnown = (id: string) => memory.students.has(id);
  const students = reconcileStudents({
    judged: judgeStudents(night.students, night.date, isKnown),
    before: memory.students,
    settings,
    approved,
  });
  const contacts = reconcileContacts({
    judged: judgeContacts(night.contacts, fatesInFile(students), (id) => memory.contacts.has(id)),
    before: memory.contacts,
    students,
    settings,
  });
  const books = { students: students.books, contacts: contacts.books };
  const bytes = {
    students: Buffer.byteLength(night.files['students.csv']),
    contacts: Buffer.byteLength(night.files['contacts.csv']),
  };
  const last = memory.bytes && {
    students: [...memory.students.values()].filter((one) => !one.deactivated).length,
    contacts: [...memory.contacts.values()].reduce((sum, records) => sum + records.length, 0),
  };
  const reasons = whyHeld({
    date: night.date,
    books,
    last,
    bytes,
    lastBytes: memory.bytes,
    known: memory.students,
    students,
  });
  const outcome = outcomeOf(night, reasons, books);
  const ifReleased: ModelMemory = { students: students.next, contacts: contacts.next, bytes };
  return {
    outcome,
    reasons,
    books,
    students,
    waiting: [...students.fates].filter(([, fate]) => fate === 'held').map(([id]) => id),
    memory: outcome === 'delivered' || outcome === 'nothing_to_deliver' ? ifReleased : memory,
    ifReleased,
  };
}

function outcomeOf(night: DropOf, reasons: readonly string[], books: Expected['books']): Expected['outcome'] {
  if (night.accident === 'torn_file') return 'failed';
  if (reasons.length > 0) return 'held';
  return books.students.rows.length + books.contacts.rows.length > 0 ? 'delivered' : 'nothing_to_deliver';
}
