/** What the contract makes of the contacts of one night. One contact is told from another by its own id. */
import { count, type ModelBooks, openModelBooks } from './model-books.ts';
import type { StudentsOutcome } from './model-students.ts';
import type { Judged } from './model-verdicts.ts';
import { CONTACT_TARGETS, type YearSettings } from './year-settings.ts';

/** By student: the records that were last delivered. */
export type KnownContacts = Map<string, string[][]>;

export interface ContactsOutcome {
  books: ModelBooks;
  next: KnownContacts;
}

export interface ContactsNight {
  judged: readonly Judged[];
  before: KnownContacts;
  students: StudentsOutcome;
  settings: YearSettings;
}

const OVERWRITE = new Set(['email']);
const CONTACT_ID = CONTACT_TARGETS.indexOf('contact_id');

export function reconcileContacts({ judged, before, students, settings }: ContactsNight): ContactsOutcome {
  const books = openModelBooks(judged.length);
  const next: KnownContacts = new Map(before);
  for (const row of judged) {
    books.totals[row.verdict]++;
    if (row.verdict === 'rejected') count(books.rejected, row.code);
    if (row.verdict === 'ineligible') count(books.ineligible, row.reason);
  }
  const tonight = Map.groupBy(judged, ({ id }) => id);
  for (const id of new Set([...before.keys(), ...tonight.keys()])) {
    const fate = students.fates.get(id) ?? 'absent';
    const last = before.get(id) ?? [];
    const rows = tonight.get(id) ?? [];
    const kept =
      fate === 'carried' ? carry(rows, last, settings, books) : missing(last, fate, settings, books);
    if (kept.length > 0) next.set(id, kept);
    else next.delete(id);
  }
  books.totals.delivered = books.rows.length;
  return { books, next };
}

/** The student is carried: each record of tonight, and what is left of last time. */
function carry(
  rows: readonly Judged[],
  last: readonly string[][],
  settings: YearSettings,
  books: ModelBooks,
): string[][] {
  const left = [...last];
  const kept: string[][] = [];
  for (const row of rows) {
    if (row.verdict !== 'carried') continue;
    const at = left.findIndex((one) => one[CONTACT_ID] === row.values[CONTACT_ID]);
    const [known] = at < 0 ? [] : left.splice(at, 1);
    const values = row.values.map((value, field) => {
      const blankStands = OVERWRITE.has(CONTACT_TARGETS[field] ?? '');
      return value.trim() === '' && !blankStands ? (known?.[field] ?? '') : value;
    });
    const isSame = known?.every((value, field) => value === values[field]);
    const change = known ? (isSame ? 'unchanged' : 'updated') : 'created';
    books.totals[change]++;
    kept.push(values);
    if (settings.deliver === 'full' || change !== 'unchanged') books.rows.push(values);
  }
  const isBroken = rows.some((row) => row.verdict === 'rejected');
  return [...kept, ...(isBroken ? leftOver(left, settings, books) : remove(left, 'absent', books))];
}

function missing(
  last: readonly string[][],
  fate: 'held' | 'rejected' | 'ineligible' | 'duplicate' | 'absent',
  settings: YearSettings,
  books: ModelBooks,
): string[][] {
  if (fate === 'absent' || fate === 'ineligible') return remove(last, fate, books);
  return fate === 'held' ? forward(last, settings, books) : leftOver(last, settings, books);
}

function remove(last: readonly string[][], why: 'absent' | 'ineligible', books: ModelBooks): string[][] {
  books.totals.removed += last.length;
  books.removed[why] += last.length;
  return [];
}

/** Broken rows never remove: what is known goes out again, or stays as it is at the other side. */
function leftOver(last: readonly string[][], settings: YearSettings, books: ModelBooks): string[][] {
  return settings.rejected === 'leave_out' ? [...last] : forward(last, settings, books);
}

function forward(last: readonly string[][], settings: YearSettings, books: ModelBooks): string[][] {
  books.totals.carried_forward += last.length;
  if (settings.deliver === 'full') books.rows.push(...last);
  return [...last];
}
