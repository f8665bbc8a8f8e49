import { type AppendFile, openAppendFile, type Span } from '../../files/append-file.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';
import type { Judgement } from '../drafting/judge-row.ts';
import type { RecordMatch } from './map-matched.ts';

/** Of a file that is matched with the students of the other side: who each row is, and what is asked about it. */
export interface FileMatches {
  note(row: number, judgement: Judgement): void;
  /** Undefined of a new student whom nobody decided about, and of a row that is no matched record. */
  matchOf(row: number): RecordMatch | undefined;
  /** Of a row that waits for a person at first sight; empty of any other. */
  questionsOf(row: number): readonly ReviewItem[];
  /** Rows that would update a student of the other side, whether they wait or not. */
  claims(): Generator<{ row: number; studentId: string }>;
  close(): void;
}

/** Of the carried records of a file that is matched; all zero of any other. */
export interface MatchCounts {
  /** Students of the other side by their id, and by what a person decided. */
  identified: number;
  decided: number;
  /** Whom the other side does not have. */
  created: number;
  /** Records that wait, and for which the run waits too. */
  holdingRun: number;
}

/** The questions have values of students: they lie in the work folder until it is known which of them are asked. */
export function openFileMatches(path: string): FileMatches {
  const spool: AppendFile = openAppendFile(path);
  const matches = new Map<number, RecordMatch>();
  const spans = new Map<number, Span>();
  return {
    note(row, judgement) {
      if (judgement.kind !== 'carried' && judgement.kind !== 'held') return;
      const { match } = judgement;
      if (match && match.by !== 'no_likeness') matches.set(row, match);
      if (judgement.kind === 'held') spans.set(row, spool.appendText(JSON.stringify(judgement.questions)));
    },
    matchOf: (row) => matches.get(row),
    questionsOf(row) {
      const span = spans.get(row);
      return span ? JSON.parse(spool.read(span).toString()) : [];
    },
    *claims() {
      for (const [row, { studentId }] of matches) if (studentId !== undefined) yield { row, studentId };
    },
    close: spool.close,
  };
}
