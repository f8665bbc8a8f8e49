/** What a row of a file is about. */
export const RECORD_KINDS = [
  'students',
  'contacts',
  'schools',
  'staff',
  'courses',
  'course_requests',
  'enrollments',
  'other',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Kinds whose rows belong to a student: `identity.id` is that student's id, and one student may have many rows. */
const OF_A_STUDENT: ReadonlySet<RecordKind> = new Set(['contacts', 'course_requests', 'enrollments']);

export function belongsToStudent(kind: RecordKind): boolean {
  return OF_A_STUDENT.has(kind);
}
