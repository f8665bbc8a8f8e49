/** Nights on which the whole file is wrong. */
import type { Cells, Extract } from './extract.ts';

export const ACCIDENTS = [
  'half_the_file',
  'another_district',
  'other_ids',
  'a_school_missing',
  'ids_shifted',
  'empty_summer_file',
  'torn_file',
] as const;
export type Accident = (typeof ACCIDENTS)[number];

const SCHOOL = 0;
const STUDENT_ID = 1;
/** Of a contact. */
const STUDENT = 0;

/** The school whose rows are missing: an elementary school, so that fewer than a tenth of the students are gone. */
export const MISSING_SCHOOL = '104';

/** What a spoiled extract is made of. */
export interface Spoilage {
  extract: Extract;
  /** The extract of the neighbour. */
  elsewhere: Extract;
  /** Ids of the students at MISSING_SCHOOL, whatever their cells say. */
  ofMissingSchool: ReadonlySet<string>;
}

/** What arrives instead of the extract. A torn file has the rows of the extract: its text is cut later. */
export function spoil(accident: Accident, { extract, elsewhere, ofMissingSchool }: Spoilage): Extract {
  const { students, contacts } = extract;
  switch (accident) {
    case 'half_the_file':
      return { students: students.slice(0, Math.floor(students.length / 2)), contacts };
    case 'another_district':
      return elsewhere;
    case 'other_ids':
      return {
        students: students.map((row) => withId(row, STUDENT_ID)),
        contacts: contacts.map((row) => withId(row, STUDENT)),
      };
    case 'a_school_missing':
      return {
        students: students.filter(
          (row) => row[SCHOOL] !== MISSING_SCHOOL && !row.some((cell) => ofMissingSchool.has(cell)),
        ),
        contacts: contacts.filter((row) => !ofMissingSchool.has(row[STUDENT] ?? '')),
      };
    case 'ids_shifted':
      return { students: shifted(students), contacts };
    case 'empty_summer_file':
      return { students: [], contacts: [] };
    case 'torn_file':
      return extract;
  }
}

/** The id by which the state knows the student. */
function withId(row: Cells, at: number): Cells {
  const id = row[at] ?? '';
  return id === '' ? row : row.with(at, `ST${Number(id) * 7 + 11}`);
}

/** The column of the ids was sorted without the others. */
function shifted(rows: readonly Cells[]): Cells[] {
  const ids = rows.map((row) => row[STUDENT_ID] ?? '');
  return rows.map((row, at) => row.with(STUDENT_ID, ids[(at + 1) % ids.length] ?? ''));
}
