import type { ReconcileSettings } from '../../compare/schema.ts';
import type { FileDraft } from '../drafting/file-draft.ts';
import type { LastDelivered } from '../run-memory.ts';

/** A settled file that is about to be compared and assembled, and what of the run counts for it. */
export interface FileTask {
  runId: string;
  draft: FileDraft;
  /** Of the file as it was dropped. */
  sizeBytes: number;
  last: LastDelivered;
  settings: ReconcileSettings;
  /** The pause of this day lets only new students out. */
  additionsOnly: boolean;
  /** The students whom this run is about; undefined is all. */
  only: ReadonlySet<string> | undefined;
  /** A person decided that a record is not sent. */
  isLeftOut(id: string): boolean;
  /** A person let a record out that would wait. */
  isApproved(id: string): boolean;
  /** Students of the drop who wait for a person; files of students add to it. */
  heldStudents: Set<string>;
  /** Of a student of the drop, in FATES: what became of their last record. Undefined where there is none. */
  fateOfStudent(id: string): number | undefined;
}
