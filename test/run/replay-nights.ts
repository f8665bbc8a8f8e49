/** Five nights of a project, carried and replayed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../src/report/schema.ts';
import type { ReplayAnswer } from '../../src/run/replaying/replay-answer.ts';
import { findArchivedRun } from '../../src/run/replaying/replay-archived.ts';
import { replaceMappings } from '../../src/run/replaying/replay-mapping.ts';
import { replayRun } from '../../src/run/replaying/replay-run.ts';
import type { RunRequest } from '../../src/run/run-connection.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const SAFEGUARDS =
  'safeguards: { max_rejected: 100%, max_removed: 100%, max_created: 100%, max_updated: 100%, max_size_change: 1000% }';

export const STUDENTS = STUDENTS_MAPPING.replace('  gender:', '  status: Status\n  gender:');

const OPTIONS = {
  connection: `${CONNECTION.replace(/safeguards: .*/, SAFEGUARDS)}reconcile: { removed: { deactivate: { status: X } } }\n`,
  mappings: { 'students.yaml': STUDENTS },
};

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade';

export interface Night {
  students: readonly string[];
  contacts?: readonly string[];
}

/** Created, changed, broken and so carried forward, gone with a last row, back; contacts with two for one student. */
export const NIGHTS: readonly Night[] = [
  {
    students: [
      '0001,Lee,Ann,5/1/2015,F,A,10,5',
      '0002,Poe,Bob,5/2/2015,M,A,10,5',
      '0003,Ray,Cy,5/3/2015,M,A,20,6',
    ],
    contacts: ['0001,Jo Lee', '0001,Kim Lee', '0002,Max Poe'],
  },
  {
    students: [
      '0001,Leigh,Ann,5/1/2015,F,A,10,5',
      '0002,Poe,Bob,13/45/2015,M,A,10,5',
      '0003,Ray,Cy,5/3/2015,M,A,20,6',
    ],
    contacts: ['0001,Jo Leigh', '0001,Kim Lee', '0002,Max Poe', '0003,"Ray, Sr."', '0009,Nobody'],
  },
  {
    students: [
      '0001,Leigh,Ann,5/1/2015,F,A,20,5',
      '0002,Poe,Bob,5/2/2015,M,A,10,6',
      '0004,Zed,Di,5/4/2015,F,A,10,1',
    ],
    contacts: ['0001,Kim Lee', '0002,Max Poe', '0002,Mia Poe', '0002,Mia Poe'],
  },
  {
    students: [
      '0002,Poe,Bob,5/2/2015,M,A,10,6',
      '0004,Zed,Di,5/4/2015,Q,A,10,1',
      '0005,New,Ed,5/5/2015,M,A,10,1',
    ],
  },
  {
    students: [
      '0002,Poe,Bob,5/2/2015,M,A,10,6',
      '0004,Zed,Di,5/4/2015,F,A,10,1',
      '0005,New,Ed,5/5/1990,M,I,10,1',
    ],
    contacts: ['0004,Zoe Zed', '0002,Mia Poe'],
  },
];

export interface ReplayProject extends Project {
  /** Of every run so far. */
  reports: Report[];
  /** Of a run by its place, the last being -1. */
  idOf(at: number): string;
  carryOne(night: Night, request?: Partial<RunRequest>): Promise<Report>;
  carryNights(nights?: readonly Night[]): Promise<void>;
  replay(run: string, mappings?: readonly string[], some?: Partial<RunTools>): Promise<ReplayAnswer>;
  /** Every line of the real ledger. */
  dumped(): Promise<string[]>;
  write(name: string, text: string): Promise<void>;
  edit(name: string, from: string | RegExp, to: string): Promise<void>;
}

export async function makeReplayProject(): Promise<ReplayProject> {
  const project = await makeProject(OPTIONS);
  const { folder } = project;
  const reports: Report[] = [];
  const carryOne: ReplayProject['carryOne'] = async ({ students, contacts }, request) => {
    await project.drop({
      'students.csv': fileOf(HEADER, students),
      ...(contacts && { 'contacts.csv': fileOf('ID,Name', contacts) }),
    });
    const { report } = await project.carry(request);
    reports.push(report);
    return report;
  };
  return {
    ...project,
    reports,
    idOf: (at) => reports.at(at)?.run.id ?? '',
    carryOne,
    async carryNights(nights = NIGHTS) {
      for (const [at, night] of nights.entries())
        await carryOne(night, { businessDate: `2026-11-${11 + at}` });
    },
    replay: (run, mappings = [], some = {}) =>
      project.withTools(async (connection, tools) => {
        const archived = await findArchivedRun(tools.archivePath, run);
        const dropped = [...archived.inbound.keys()];
        const changed = await replaceMappings(connection, { written: mappings, folder, dropped });
        const ledger = { type: 'sqlite' as const, path: join(tools.archivePath, 'ledger.sqlite') };
        return replayRun({ archived, connection: changed, ledger }, { ...tools, ...some });
      }),
    dumped: () => project.withTools(async (_, tools) => Array.fromAsync((await tools.ledger()).dump())),
    write: (name, text) => writeFile(join(folder, name), text),
    async edit(name, from, to) {
      const text = await readFile(join(folder, name), 'utf8');
      if (text.replace(from, to) === text) throw new Error(`nothing to edit in ${name}`);
      await writeFile(join(folder, name), text.replace(from, to));
    },
  };
}

function fileOf(header: string, rows: readonly string[] = []): string {
  return `${[header, ...rows].join('\n')}\n`;
}
