import { DOUBLE_CLAIM } from '../../compare/find-double-claims.ts';
import { readInOrder } from '../../files/read-in-order.ts';
import { openKeptCopy } from '../../render/copy-kept.ts';
import { renderExceptions } from '../../report/exceptions-csv.ts';
import { countBooks } from '../../tally/count-books.ts';
import type { KeptRows, SettledEntry } from '../../tally/roll-entry.ts';
import { openSchoolBooks, type SchoolBooks } from '../../tally/school-books.ts';
import { FINDING_CODES } from '../../vocabulary/finding.ts';
import type { ReviewKind } from '../../vocabulary/review.ts';
import type { FileBooks } from '../../vocabulary/totals.ts';
import { type DraftedFile, openOutboundFiles } from '../drafting/outbound-files.ts';
import { askAboutMatch, countMatch } from '../matching/book-match.ts';
import type { MatchCounts } from '../matching/file-matches.ts';
import type { AssembleTarget, Assembly } from './assembly.ts';
import { askAboutLeftOut, bookRecord, bookRemoved } from './book-record.ts';
import { compareRecords, type WalkedEntry } from './compare-records.ts';
import type { FileTask } from './file-task.ts';
import { followRemoved } from './follow-removed.ts';
import { isMadeInPlace } from './is-made-in-place.ts';
import { matchRecords, type RecordMatches } from './match-records.ts';
import { teachHow, teachSentAgain } from './teach-presence.ts';

export interface AssembledFile {
  name: string;
  books: FileBooks;
  /** What is delivered of it, mostly one file, which is finished beside what comes next. */
  outputs: Promise<readonly DraftedFile[]>;
  /** Last rows for students who were removed. */
  deactivationsSent: number;
  /** Of students alone. */
  schools: SchoolBooks;
  /** What waits for a person, by kind. */
  waiting: Partial<Record<ReviewKind, number>>;
  /** Records whose name or birth date is another than last time. */
  otherPersons: number;
  /** Sentences that are worth knowing, and of how many records each is true. */
  remarks: ReadonlyMap<string, number>;
  /** Of a file that is matched with the students of the other side. */
  matched: MatchCounts;
}

/**
 * A settled file to what people and the other side get: every carried record compared and booked under one change,
 * the outbound file, exceptions.csv with every row that is not carried, changes.csv with each field before and after,
 * and what the run teaches and asks.
 */
export async function assembleFile(task: FileTask, target: AssembleTarget): Promise<AssembledFile> {
  const { draft, last } = task;
  const books = countBooks(draft.roll, draft.rowsRead - draft.rowsApart);
  const matches = await matchRecords(draft, last);
  const isInPlace = isMadeInPlace(task, target, {
    carried: books.totals.carried,
    same: [...matches.sameBySchool.values()].reduce((sum, count) => sum + count, 0),
  });
  const outbound = await openOutboundFiles({ ...target, isInPlace }, draft);
  const assembly: Assembly = {
    ...task,
    ...target,
    outbound,
    books,
    schools: openSchoolBooks(),
    waiting: {},
    remarks: new Map(),
    matched: { identified: 0, decided: 0, created: 0, holdingRun: 0 },
    deactivationsSent: 0,
    otherPersons: 0,
  };
  try {
    const { targets } = draft.rules;
    target.drafts.teach({ kind: 'file', file: draft.name, targets, bytes: bytesOf(task) });
    teachHow(task, target);
    const broken = await walkRows(assembly, matches);
    for await (const records of followRemoved(task, broken))
      for (const record of records) bookRemoved(assembly, record);
    countLast(assembly, last.table);
    assembly.books.totals.delivered = outbound.rows();
    return answerOf(assembly);
  } catch (fault) {
    await outbound.close();
    throw fault;
  }
}

/** A run for some students alone says nothing about the size of a whole drop. */
function bytesOf({ only, last, sizeBytes }: FileTask): number {
  return only ? (last.view.bytes ?? 0) : sizeBytes;
}

function answerOf(assembly: Assembly): AssembledFile {
  const { draft, outbound, books, deactivationsSent, schools, waiting, otherPersons } = assembly;
  const outputs = outbound.finish().finally(outbound.close);
  // Who waits for it hears of it.
  outputs.catch(() => undefined);
  return {
    name: draft.name,
    books,
    outputs,
    deactivationsSent,
    schools,
    waiting,
    otherPersons,
    remarks: assembly.remarks,
    matched: assembly.matched,
  };
}

/** @returns students of whom the file has a rejected row */
async function walkRows(assembly: Assembly, matches: RecordMatches): Promise<ReadonlySet<string>> {
  const { draft, drafts, droppedAs } = assembly;
  const linesOf = readInOrder(draft.exceptions);
  const excepted = openKeptCopy((span) => drafts.exceptions.append(linesOf(span)));
  const broken = new Set<string>();
  countAll(assembly, 'carried', matches.sameBySchool);
  const { isBySchool } = assembly.outbound;
  for await (const batch of compareRecords({ task: assembly, matches, isBySchool })) {
    for (const walked of batch) {
      if ('rows' in walked) {
        bookKept(assembly, walked);
        const pause = assembly.outbound.pause();
        if (pause) await pause;
        continue;
      }
      if ('left' in walked) {
        excepted.keep(walked.exceptions);
        continue;
      }
      const { entry } = walked;
      const { verdict } = entry;
      if (verdict.kind === 'rejected') broken.add(entry.id);
      if (verdict.kind === 'held') askAboutMatch(assembly, entry);
      if (verdict.kind === 'ineligible' && verdict.reason === 'never_include')
        askAboutLeftOut(assembly, entry);
      if (verdict.kind === 'carried') {
        const held = bookCarried(assembly, walked, matches.schoolOf);
        if (held === undefined) {
          countMatch(assembly, entry);
          continue;
        }
        excepted.end();
        drafts.exceptions.appendText(renderExceptions([{ ...placeOf(entry, droppedAs), ...held }]));
      } else if (entry.revised) {
        excepted.end();
        drafts.exceptions.appendText(renderExceptions([revisedLine(entry, droppedAs, draft.notUnique)]));
      } else {
        excepted.keep(entry.exceptions);
      }
    }
  }
  excepted.end();
  return broken;
}

/** @returns why the row is not carried after all, where it waits for a person */
function bookCarried(
  assembly: Assembly,
  { entry, compared }: WalkedEntry,
  schoolOf: (row: number) => string,
) {
  if (compared) return bookRecord(assembly, entry, compared);
  bookKept(assembly, { rows: 1, outbound: entry.outbound, school: schoolOf(entry.row) });
  if (assembly.settings.deliver === 'full') teachSentAgain(assembly, entry.id);
  return undefined;
}

/** Their schools are counted already. */
function bookKept({ books, outbound, settings }: Assembly, kept: KeptRows): void {
  books.totals.unchanged += kept.rows;
  if (settings.deliver === 'full') outbound.keep(kept.outbound, kept.school, kept.rows);
}

function countLast(assembly: Assembly, table: FileTask['last']['table']): void {
  const last = table.openSchoolCount();
  for (let number = 0; number < table.size(); number++) if (!table.isGone(number)) last.add(number);
  countAll(assembly, 'last', last.read());
}

function countAll(
  { schools }: Assembly,
  what: 'carried' | 'last',
  counts: ReadonlyMap<string, number>,
): void {
  for (const [school, count] of counts) schools.add(school, what, count);
}

function placeOf({ row, line, id }: SettledEntry, file: string) {
  return { file, row, line, studentId: id, field: '', value: '' };
}

function revisedLine(entry: SettledEntry, file: string, notUnique: ReadonlyMap<number, string>) {
  const { verdict } = entry;
  const place = placeOf(entry, file);
  if (verdict.kind === 'rejected') {
    const field = verdict.code === 'not_unique' ? (notUnique.get(entry.row) ?? '') : '';
    return { ...place, field, code: verdict.code, message: FINDING_CODES[verdict.code] };
  }
  if (verdict.kind === 'ineligible')
    return { ...place, code: verdict.reason, message: 'The student of this row is not carried.' };
  if (verdict.kind === 'held') return { ...place, code: 'held', message: DOUBLE_CLAIM };
  return { ...place, code: 'duplicate', message: 'The same row stands in the file before; it counts once.' };
}
