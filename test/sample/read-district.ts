/** Reads a written district back and judges it by the written rules alone, without a look at how it was made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { STUDENT_COLUMNS } from '../../src/sample/student-row.ts';
import { completedYears, isCalendarDate } from '../../src/time/calendar-date.ts';

export type Cells = readonly string[];

export function readRows(folder: string, file: string): Cells[] {
  return parse(readFileSync(join(folder, file)), { relax_column_count: true, bom: true });
}

export function cell(row: Cells, column: (typeof STUDENT_COLUMNS)[number]): string {
  return row[STUDENT_COLUMNS.indexOf(column)] ?? '';
}

/** yyyy-MM-dd, or undefined where the text is no day written M/d/yyyy. */
export function readDay(text: string): string | undefined {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(iso) ? iso : undefined;
}

export interface Judgement {
  read: number;
  carried: Map<string, Cells>;
  ineligible: Set<string>;
  /** Ids of rejected rows, a blank one included. */
  rejectedIds: Set<string>;
  rejected: Record<string, number>;
  duplicates: number;
  known: Set<string>;
}

/** The rules of the sample configuration, applied to the students file of night `night`. */
export function judgeStudents(folder: string, cutOff: string): Judgement {
  const [, ...rows] = readRows(folder, 'students.csv');
  const judged: Judgement = {
    read: rows.length,
    carried: new Map(),
    ineligible: new Set(),
    rejectedIds: new Set(),
    rejected: {},
    duplicates: 0,
    known: new Set(rows.filter((row) => row.length === STUDENT_COLUMNS.length).map((row) => row[0] ?? '')),
  };
  for (const same of groupById(rows).values()) {
    const [first = []] = same;
    const contents = new Set(same.map((row) => JSON.stringify(row)));
    const twice = first[0] !== '' && same.length > 1;
    const verdict = twice && contents.size > 1 ? 'conflicting_duplicate' : judgeRow(first, cutOff);
    if (twice && contents.size === 1) judged.duplicates += same.length - 1;
    if (verdict === 'carried') judged.carried.set(first[0] ?? '', first);
    else if (verdict === 'age') judged.ineligible.add(first[0] ?? '');
    else {
      judged.rejected[verdict] = (judged.rejected[verdict] ?? 0) + (contents.size > 1 ? same.length : 1);
      judged.rejectedIds.add(first[0] ?? '');
    }
  }
  return judged;
}

/** Rows without an id stand each for themselves. */
function groupById(rows: readonly Cells[]): Map<string, Cells[]> {
  const groups = new Map<string, Cells[]>();
  for (const [at, row] of rows.entries()) {
    const key = row[0] === '' ? `blank ${at}` : (row[0] ?? '');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function judgeRow(row: Cells, cutOff: string): string {
  if (row.length !== STUDENT_COLUMNS.length) return 'field_count';
  if (cell(row, 'Student_Number') === '') return 'blank_id';
  const status = cell(row, 'Enroll_Status');
  if (status === '') return 'blank_status';
  if (!['-1', '0', '1', '2', '3', '4'].includes(status)) return 'unknown_status';
  const birth = readDay(cell(row, 'DOB'));
  if (status === '0') {
    if (birth === undefined) return cell(row, 'DOB') === '' ? 'required' : 'bad_date';
    return ['M', 'F', 'X'].includes(cell(row, 'Gender')) ? 'carried' : 'unknown_code';
  }
  if (birth === undefined) return 'bad_birth_date';
  const age = completedYears(birth, cutOff);
  return age >= 5 && age <= 21 ? 'carried' : 'age';
}
