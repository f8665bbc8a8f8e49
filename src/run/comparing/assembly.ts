import type { SchoolBooks } from '../../tally/school-books.ts';
import type { ReviewKind } from '../../vocabulary/review.ts';
import type { FileBooks } from '../../vocabulary/totals.ts';
import type { OutboundFiles, OutboundPlace } from '../drafting/outbound-files.ts';
import type { MatchCounts } from '../matching/file-matches.ts';
import type { RunDrafts } from '../run-drafts.ts';
import type { FileTask } from './file-task.ts';

export interface AssembleTarget extends Omit<OutboundPlace, 'isInPlace'> {
  /** The name that it had in the drop: the first column of exceptions.csv. */
  droppedAs: string;
  drafts: RunDrafts;
}

/** A file that is being assembled: its task, where its parts go, and its books so far. */
export interface Assembly extends AssembleTarget, FileTask {
  outbound: OutboundFiles;
  books: FileBooks;
  schools: SchoolBooks;
  waiting: Partial<Record<ReviewKind, number>>;
  remarks: Map<string, number>;
  matched: MatchCounts;
  deactivationsSent: number;
  otherPersons: number;
}
