/** What a sealed run taught: the entries of memory.ndjson, from which the ledger is kept and can be made anew. */
import type { Change } from './verdict.ts';

/** What was last delivered for one id. */
export interface DeliveredRecord {
  /** Of a dependant, such as a contact: the id of the student, DEPENDANT_MARK, and 16 hex digits. */
  id: string;
  /** Target values as they were delivered, in the order of the file's `targets`. */
  values: readonly string[];
  /**
   * Hash of the values as they were mapped, before any last value was carried forward: the same hash the next
   * night means that nothing changed, without looking at the values. 16 hex digits.
   */
  mapped: string;
  /** Whether it was delivered as active. */
  active: boolean;
  school: string;
  grade: string;
}

/** One line of memory.ndjson. */
export type MemoryEntry =
  /** Opens the entries of one file of the drop; `bytes` is the size of the file that was dropped. */
  | { kind: 'file'; file: string; targets: readonly string[]; bytes: number }
  /** Delivered, and different from what was delivered before. */
  | { kind: 'record'; file: string; change: Exclude<Change, 'unchanged'>; record: DeliveredRecord }
  /**
   * No longer delivered: the student is forgotten, or known as inactive where a last row was sent; `values` are
   * those of that row.
   */
  | {
      kind: 'removed';
      file: string;
      id: string;
      why: 'absent' | 'ineligible';
      deactivated: boolean;
      values?: readonly string[];
    }
  /** Two ids are one student: what was delivered as `from`, a temporary id, goes on as `to`. */
  | { kind: 'link'; file: string; from: string; to: string }
  /** A person decided about a record, for good. */
  | { kind: 'decision'; decision: RecordDecision }
  /**
   * Delivered again as it was last, and what is known of it beside its values is new: how it is mapped, as after a field
   * was added, its standing, or that it is there again after a last row.
   */
  | ({ kind: 'same'; file: string } & Omit<DeliveredRecord, 'values'>)
  /** `key` is what the mapping knows the applicant by, and `id` what it is called from now on and for ever. */
  | { kind: 'temporary_id'; prefix: string; key: string; id: string }
  /**
   * How a file goes out: with everybody who is known, with the changes alone, or for some students alone. Who was in it
   * follows from this and from the other entries; a file of which nothing is said went out `full`.
   */
  | { kind: 'sent'; file: string; how: SentHow }
  /** Known, and not in the file that goes out `full`: left as it was. */
  | { kind: 'kept_back'; file: string; id: string }
  /** In the file for some students alone, and as it was last; of what belongs to a student: the id of the student. */
  | { kind: 'sent_again'; file: string; id: string }
  /** To whom the files of the run went: the title of the connection, and the place of the destination. */
  | { kind: 'recipient'; title: string; destination: string }
  /** The importing system answered a run: which file it was, and how many students it accepted and refused. */
  | {
      kind: 'acknowledged';
      run: string;
      /** Of its result file. */
      name: string;
      sha256: string;
      accepted: number;
      refused: number;
    }
  /** What it said of one student, where that is news. Follows the entry that says which run it answered. */
  | { kind: 'answered'; id: string; verdict: 'accepted' | 'refused'; status: string; message: string }
  /** Of these runs of the connection only the fact is remembered from now on, and no value: their files are destroyed. */
  | { kind: 'destroyed'; runs: readonly string[] };

export const SENT_HOW = ['full', 'changes', 'some'] as const;
export type SentHow = (typeof SENT_HOW)[number];

/**
 * What a person decided about a record, or about one field of it: remembered, so that it is asked once. There is one
 * decision for each file, id and field; a later one replaces it. `approve` of a record is for once: it is forgotten as
 * soon as a run has sent that record as `reactivated`.
 */
export interface RecordDecision {
  file: string;
  /** The id of the record in the drop. */
  id: string;
  /** The target field it is about, or WHO_FIELD; blank where it is about the record as a whole. */
  field: string;
  choice: DecisionChoice;
  /** The value that a person wrote, where the choice is `value`; blank otherwise. */
  value: string;
  /** Of a field: the value that the mapping made at that time, because another value is a new question. Else blank. */
  about: string;
  /** Of `new`: the ids of the likely matches that were shown and refused. Empty otherwise. */
  shown: readonly string[];
  by: string;
  /** ISO 8601 with offset. */
  at: string;
  /** Blank where none was given. */
  reason: string;
}

/**
 * In place of a field, of `match:ID` and `new` about a record: who it is stays decided when the record is approved or
 * left out, and the later one of the two counts.
 */
export const WHO_FIELD = 'identity.id';

/** Whether a record is not sent, by what was decided about it: who it is may have been decided since. */
export function isLeftOut(decisions: readonly RecordDecision[]): boolean {
  const leftOut = decisions.find(({ field, choice }) => field === '' && choice === 'leave_out');
  if (!leftOut) return false;
  const who = decisions.find(({ field }) => field === WHO_FIELD);
  return who === undefined || Date.parse(who.at) <= Date.parse(leftOut.at);
}

/**
 * About a record: `match:ID` and `new` say who it is, `leave_out` that it is not sent, `approve` that it is sent as it
 * is, this once. About a field: `new` takes the value of the mapping, `keep_existing` that of the other side,
 * `value` the one that a person wrote.
 */
export type DecisionChoice = `match:${string}` | PlainChoice;

export const PLAIN_CHOICES = ['new', 'leave_out', 'approve', 'keep_existing', 'value'] as const;
type PlainChoice = (typeof PLAIN_CHOICES)[number];

/** Stands in the id of a dependant between the id of the student and 16 hex digits that tell one dependant from another. */
export const DEPENDANT_MARK = '\u001f';

/** Whose record it is: contacts, enrollments and course requests are kept under the id of their student. */
export function studentOf(id: string): string {
  const end = id.indexOf(DEPENDANT_MARK);
  return end < 0 ? id : id.slice(0, end);
}
