import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithNothing } from '../compare/compare-with-nothing.ts';
import { openKeptCopy } from '../render/copy-kept.ts';
import { type Draft, type FinishedDraft, openDraft } from '../render/draft.ts';
import { renderChanges } from '../report/changes-csv.ts';
import { renderExceptions } from '../report/exceptions-csv.ts';
import { countBooks } from '../tally/count-books.ts';
import type { RollEntry } from '../tally/roll-entry.ts';
import { FINDING_CODES } from '../vocabulary/finding.ts';
import type { FileBooks } from '../vocabulary/totals.ts';
import type { FileDraft } from './draft-file.ts';

export interface AssembledFile {
  name: string;
  books: FileBooks;
  /** The file to deliver, or undefined where nothing of it is carried. */
  output: { file: string; path: string; rows: number; digest: FinishedDraft } | undefined;
}

export interface AssembleTarget {
  outboundFolder: string;
  /** The name under which the file is delivered. */
  file: string;
  /** The name that it had in the drop: the first column of exceptions.csv. */
  droppedAs: string;
  exceptions: Draft;
  changes: Draft;
}

/**
 * Settled rows to the files that people and the other side get: the outbound file without the rows that were
 * taken back, exceptions.csv with every row that is not carried, changes.csv with what each record is.
 */
export function assembleFile(draft: FileDraft, target: AssembleTarget): AssembledFile {
  const books = countBooks(draft.roll, draft.rowsRead);
  const changes = compareWithNothing(books.totals.carried);
  Object.assign(books.totals, changes, { delivered: books.totals.carried });
  const path = join(target.outboundFolder, target.file);
  const outbound = openDraft(path);
  try {
    const rows = copyRows(draft, outbound, target);
    const digest = outbound.finish();
    // A file without a record would tell the other side that there is nobody: it is not sent at all.
    if (rows === 0) rmSync(path);
    const output = rows === 0 ? undefined : { file: target.file, path, rows, digest };
    return { name: draft.name, books, output };
  } finally {
    outbound.close();
  }
}

function copyRows(draft: FileDraft, outbound: Draft, target: AssembleTarget): number {
  const kept = openKeptCopy(draft.outbound, outbound);
  const excepted = openKeptCopy(draft.exceptions, target.exceptions);
  let rows = 0;
  kept.keep(draft.header);
  for (const entry of draft.roll.entries()) {
    if (entry.verdict.kind === 'carried') {
      kept.keep(entry.outbound);
      rows++;
      const change = { studentId: entry.id, change: 'created', field: '', before: '', after: '' };
      target.changes.appendText(renderChanges([change]));
    } else if (entry.revised) {
      excepted.end();
      target.exceptions.appendText(renderExceptions([revisedLine(entry, target.droppedAs)]));
    } else {
      excepted.keep(entry.exceptions);
    }
  }
  kept.end();
  excepted.end();
  return rows;
}

function revisedLine(entry: RollEntry, file: string) {
  const { verdict } = entry;
  const place = { file, row: entry.row, line: entry.line, studentId: entry.id, field: '', value: '' };
  if (verdict.kind === 'rejected')
    return { ...place, code: verdict.code, message: FINDING_CODES[verdict.code] };
  if (verdict.kind === 'ineligible')
    return { ...place, code: verdict.reason, message: 'The student of this row is not carried.' };
  return { ...place, code: 'duplicate', message: 'The same row stands in the file before; it counts once.' };
}
