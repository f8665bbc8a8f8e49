import { findDoubleClaims } from '../../compare/find-double-claims.ts';
import { holdRows, settleDuplicates, settleStudents, settleUnique } from '../../tally/settle.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import type { FileDraft } from './file-draft.ts';

/**
 * What only the whole drop can tell: rows that repeat an id, rows of students who are not carried, values that
 * must be unique and are not. Students come first, because the rest asks whether they are carried.
 */
export function settleDrop(files: readonly FileDraft[]): void {
  for (const { roll } of files) settleDuplicates(roll);
  const students = files.filter((file) => file.plan.mapping.record === 'students');
  settleClaims(students);
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

/** Rows that would all update one student of the other side wait together; a row that stands twice is one claim. */
function settleClaims(students: readonly FileDraft[]): void {
  const claims = students.flatMap(({ roll, matches, name }) => {
    const revisions = roll.revisions();
    return [...(matches?.claims() ?? [])]
      .filter(({ row }) => revisions[row] === 0)
      .map(({ row, studentId }) => ({ recordId: `${name} ${row}`, studentId, name, row }));
  });
  const doubles = findDoubleClaims(claims);
  for (const { roll, name } of students) {
    const own = claims.filter((claim) => claim.name === name && doubles.has(claim.recordId));
    holdRows(
      roll,
      own.map(({ row }) => row),
    );
  }
}

function settleValues(file: FileDraft): void {
  for (const { field, values } of file.unique) {
    settleUnique(file.roll, values, (row) => {
      if (!file.notUnique.has(row)) file.notUnique.set(row, field);
    });
  }
}
