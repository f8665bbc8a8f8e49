import type { RecordDecision } from '../../vocabulary/memory.ts';

/** What is known of the students of a file before its first row is read. */
export interface FileKnowledge {
  wasDelivered(studentId: string): boolean;
  /** Whether this run is about the student at all. */
  isMeant(studentId: string): boolean;
  /** What people decided about the record of this id, and about its fields. */
  decided(id: string): readonly RecordDecision[];
  /** Everybody about whom they did. */
  idsDecided: ReadonlySet<string>;
  /** The run is about all students of the drop. */
  isAboutAll: boolean;
}

export const NOTHING_KNOWN: FileKnowledge = {
  wasDelivered: () => false,
  isMeant: () => true,
  decided: () => [],
  idsDecided: new Set(),
  isAboutAll: true,
};
