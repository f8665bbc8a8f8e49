import { settleDuplicates, settleStudents, settleUnique } from '../tally/settle.ts';
import { belongsToStudent } from '../vocabulary/record-kind.ts';
import type { FileDraft } from './draft-file.ts';

/**
 * What only the whole drop can tell: rows that repeat an id, rows of students who are not carried, values that
 * must be unique and are not. Students come first, because the rest asks whether they are carried.
 */
export function settleDrop(files: readonly FileDraft[]): void {
  for (const file of files) settleDuplicates(file.roll);
  const students = files.filter((file) => file.plan.mapping.record === 'students');
  for (const file of students) settleValues(file);
  const others = files.filter((file) => file.plan.mapping.record !== 'students');
  for (const file of others) {
    // A drop without students says nothing about who is carried, so its rows stand for themselves.
    if (students.length > 0 && belongsToStudent(file.plan.mapping.record)) {
      settleStudents(
        file.roll,
        students.map((one) => one.roll),
      );
    }
    settleValues(file);
  }
}

function settleValues(file: FileDraft): void {
  for (const { values } of file.unique) settleUnique(file.roll, values);
}
