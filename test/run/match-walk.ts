/** A project that sends students into a SIS: nights of a drop with the students of the SIS beside it, and its reviews. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../src/report/schema.ts';
import { exportReview } from '../../src/run/deciding/export-review.ts';
import {
  type ImportAnswer,
  importReview,
  openQuestions,
  waitingOf,
} from '../../src/run/deciding/review-run.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { openTable, type SavedAs, saveTable } from '../doubles/spreadsheet.ts';

const SAVED: SavedAs = { delimiter: ',', lineEnd: '\r\n', encoding: 'utf-8', mark: true, quotes: 'needed' };

/** The system that students are enrolled with. */
export const STUDENTS = `
version: 1
record: students
write: { file: "students_{date}.csv" }
identity: { id: ID, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, previous_id: Old_ID }
fields:
  student_id: ID
  sis_id: { from: sis, column: SIS_ID }
  last_name: Last
  first_name: First
  birth_date: { type: transformation, column: DOB, apply: [ { date: { from: M/d/yyyy, to: yyyy-MM-dd } } ] }
  phone: { type: direct, column: Phone, on_difference: PHONE }
`;
/** The SIS has headers and dates of its own. */
const SIS = `
version: 1
record: students
write: { file: "never.csv" }
identity: { id: SIS_ID, birth_date: { column: Birth, format: yyyyMMdd } }
fields:
  last_name: Surname
  phone: Home_Phone
`;

export interface WalkOptions {
  match?: string;
  /** More keys, each with a comma behind it. */
  reconcile?: string;
  phone?: 'new' | 'keep_existing' | 'review';
  students?: string;
  sis?: string;
}

/** Rows of the two files: `ID,State_ID,Last,First,DOB,Phone`, and `SIS_ID,State_ID,Surname,GivenName,Birth,Home_Phone`. */
export interface NightFiles {
  students: readonly string[];
  sis: readonly string[];
  contacts?: readonly string[];
  /** By row of the students. */
  previousIds?: readonly string[];
  status?: string;
}

export interface Walk {
  project: Project;
  drop(files: NightFiles): Promise<void>;
  night(files: NightFiles): Promise<Report>;
  /** The run of the last night, as it is now. */
  report(): Report;
  folder(): string;
  /** What went out: the rows of the students' file. */
  sent(): Promise<string[]>;
  exceptions(): Promise<string[]>;
  /** The cells of the review sheet that are named, a row a question. */
  sheet(...columns: string[]): Promise<string[][]>;
  /** @param edits by student or `student field`: column to cell */
  decide(edits: Record<string, Record<string, string>>): Promise<ImportAnswer>;
  approve(): Promise<Report>;
}

export async function startWalk(options: WalkOptions = {}): Promise<Walk> {
  const { match = 'suggest: [last_name, first_name, birth_date]', phone = 'new', reconcile = '' } = options;
  const connection = `${CONNECTION.replace(
    '  contacts:',
    '  sis: { match: "sis*.csv", mapping: sis.yaml }\n  contacts:',
  )
    .replace(
      'max_rejected: 100%',
      'max_rejected: 100%, max_created: 100%, max_removed: 100%, max_updated: 100%',
    )
    .trim()}\nreconcile: { ${reconcile}match: { against: sis, identify: [State_ID], ${match} } }`;
  const project = await makeProject({
    connection,
    mappings: {
      'students.yaml': (options.students ?? STUDENTS).replace('PHONE', phone),
      'sis.yaml': options.sis ?? SIS,
    },
  });
  let run: { report: Report; folder: string } | undefined;
  const current = () => {
    if (!run) throw new Error('there was no night yet');
    return run;
  };
  let imports = 0;
  const sheetPath = join(project.folder, 'review.csv');

  async function readSheet(): Promise<string[][]> {
    const { report, folder } = current();
    await rm(sheetPath, { force: true });
    await project.withTools(async (_, tools) => {
      const questions = await openQuestions(report, folder, tools);
      await exportReview(waitingOf(questions, report.run.outcome), sheetPath);
    });
    return openTable(await readFile(sheetPath));
  }

  async function drop({
    students,
    sis,
    contacts,
    previousIds = [],
    status = 'A',
  }: NightFiles): Promise<void> {
    const rows = students.map((row, at) => `${row},${status},10,5,${previousIds[at] ?? ''}`);
    await project.drop({
      'students.csv': csv('ID,State_ID,Last,First,DOB,Phone,Status,School,Grade,Old_ID', rows),
      'sis.csv': csv('SIS_ID,State_ID,Surname,GivenName,Birth,Home_Phone', sis),
      ...(contacts && { 'contacts.csv': csv('ID,Name', contacts) }),
    });
  }

  return {
    project,
    report: () => current().report,
    folder: () => current().folder,
    drop,
    async night(files) {
      await drop(files);
      run = await project.carry();
      return run.report;
    },
    async sent() {
      const [output] = current().report.outputs;
      if (!output) return [];
      const text = await project.read(join(current().folder, 'outbound', output.file));
      return text.trimEnd().split('\r\n').slice(1);
    },
    async exceptions() {
      const text = await project.read(join(current().folder, 'exceptions.csv'));
      return text.trimEnd().split('\r\n').slice(1);
    },
    async sheet(...columns) {
      const [header = [], ...rows] = await readSheet();
      return rows.map((row) => columns.map((column) => row[header.indexOf(column)] ?? '?'));
    },
    async decide(edits) {
      const [header = [], ...rows] = await readSheet();
      const at = (column: string) => header.indexOf(column);
      const edited = rows.map((row) => {
        const id = row[at('student_id')] ?? '';
        const change = edits[`${id} ${row[at('field')] ?? ''}`] ?? edits[id] ?? {};
        return Object.entries(change).reduce((cells, [column, text]) => cells.with(at(column), text), row);
      });
      await writeFile(sheetPath, saveTable([header, ...edited], SAVED));
      const request = { run: current().report.run.id, path: sheetPath, by: 'rita', reason: '' };
      const answer = await project.withTools((one, tools) => {
        const nowMs = tools.clock.now() + ++imports;
        return importReview(one, request, { ...tools, clock: { ...tools.clock, now: () => nowMs } });
      });
      run = { ...current(), report: answer.report };
      return answer;
    },
    async approve() {
      run = await project.decide(current().report.run.id, { decision: 'approve', by: 'rita' });
      return run.report;
    },
  };
}

function csv(header: string, rows: readonly string[]): string {
  return [header, ...rows].map((line) => `${line}\n`).join('');
}
