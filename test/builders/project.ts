/** A project in a temp folder, and runs of it with a clock that stands still. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSealing } from '../../src/cli/open-sealing.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LoadedConnection } from '../../src/config/load-connection.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { openLogger } from '../../src/log/logger.ts';
import type { Report } from '../../src/report/schema.ts';
import { decideRun, type RunDecision } from '../../src/run/deciding/decide-run.ts';
import { type RunAnswer, type RunRequest, runConnection } from '../../src/run/run-connection.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { openSource } from '../../src/source/open-source.ts';

/** 2026-11-22 03:30 in Chicago. */
export const NOW_MS = Date.UTC(2026, 10, 22, 9, 30);

export interface ProjectOptions {
  /** YAML of the connection `north`, without the name, indented by nothing. */
  connection?: string;
  /** YAML of the service, such as archive. */
  service?: string;
  /** YAML of mappings by file name. */
  mappings?: Record<string, string>;
}

export interface Project {
  folder: string;
  inbound: string;
  outbound: string;
  drop(files: Record<string, string | Uint8Array>): Promise<void>;
  run(request?: Partial<RunRequest>, tools?: Partial<RunTools>): Promise<RunAnswer>;
  /** A run that must find a drop. */
  carry(
    request?: Partial<RunRequest>,
    tools?: Partial<RunTools>,
  ): Promise<{ report: Report; folder: string }>;
  decide(run: string, decision: RunDecision): Promise<{ report: Report; folder: string }>;
  /** Anything else that is done to the connection. */
  withTools<T>(work: (connection: LoadedConnection, tools: RunTools) => Promise<T>): Promise<T>;
  /** Names of what lies in a folder, hidden ones too, sorted. */
  names(folder: string): Promise<string[]>;
  read(path: string): Promise<string>;
  remove(): Promise<void>;
}

export const STUDENTS_MAPPING = `
version: 1
record: students
write: { file: "students_{date}.csv" }
identity: { id: ID, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, school: School, grade: Grade }
fields:
  student_id: { type: direct, column: ID, required: true }
  last_name: { type: transformation, column: Last, apply: [trim], required: true }
  first_name: First
  birth_date: { type: transformation, column: DOB, apply: [ { date: { from: M/d/yyyy, to: yyyy-MM-dd } } ], required: true }
  gender: { type: match_codes, column: Gender, codes: { M: Male, F: Female } }
`;

export const CONTACTS_MAPPING = `
version: 1
record: contacts
write: { file: "contacts.csv" }
identity: { id: ID }
fields:
  student_id: ID
  name: { type: direct, column: Name, required: true }
`;

export const CONNECTION = `
source: { type: local, path: inbound, ready: { quiet: 1ms } }
files:
  students: { match: "students*.csv", mapping: students.yaml }
  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }
eligibility:
  statuses: { active: [A], inactive: [I, G] }
  age: { min: 5, max: 21, as_of: "09-01" }
safeguards: { max_rejected: 100% }
destination: { type: local, path: outbound }
`;

export async function makeProject(options: ProjectOptions = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-project-'));
  const connection = (options.connection ?? CONNECTION).trim().replaceAll('\n', '\n    ');
  const files: Record<string, string> = {
    'rosterferry.yaml': `version: 1\ntimezone: America/Chicago\n${options.service ?? ''}connections:\n  north:\n    ${connection}\n`,
    'students.yaml': STUDENTS_MAPPING,
    'contacts.yaml': CONTACTS_MAPPING,
    ...options.mappings,
  };
  for (const name of ['inbound', 'outbound']) await mkdir(join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return projectIn(folder);
}

/** For a folder that has its files already. */
export function projectIn(folder: string): Project {
  let ledger: Promise<Ledger> | undefined;
  const closeLedger = async () => {
    await (await ledger)?.close();
    ledger = undefined;
  };
  const open = async () => {
    const config = await loadConfig(join(folder, 'rosterferry.yaml'));
    const [connection] = [...config.connections.values()];
    if (!connection) throw new Error('the project has no connection');
    const openOnce = () => {
      ledger ??= openLedger(config.settings.ledger);
      return ledger;
    };
    const sealing = openSealing({ env: {} }, config);
    return { connection, tools: { ...toolsOf(config.settings), sealing, ledger: openOnce } };
  };
  const run: Project['run'] = async (request = {}, some = {}) => {
    const { connection, tools } = await open();
    return runConnection({ connection, trigger: 'manual', dryRun: false, ...request }, { ...tools, ...some });
  };
  return {
    folder,
    run,
    inbound: join(folder, 'inbound'),
    outbound: join(folder, 'outbound'),
    async drop(files) {
      for (const [name, content] of Object.entries(files))
        await writeFile(join(folder, 'inbound', name), content);
    },
    async carry(request, tools) {
      const answer = await run(request, tools);
      if (answer.kind !== 'ran') throw new Error(`nothing ran: ${answer.kind}`);
      return { report: answer.report, folder: answer.folder };
    },
    async decide(id, decision) {
      const { connection, tools } = await open();
      return decideRun(connection, id, decision, tools);
    },
    async withTools(work) {
      const { connection, tools } = await open();
      return work(connection, tools);
    },
    names: async (path) => (await readdir(path).catch(() => [])).toSorted(),
    read: (path) => readFile(path, 'utf8'),
    async remove() {
      await closeLedger();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let runs = 0;

function toolsOf(settings: { archive: { path: string }; timezone: string }): Omit<RunTools, 'ledger'> {
  return {
    archivePath: settings.archive.path,
    zone: settings.timezone,
    clock: {
      now: () => NOW_MS + runs * 1000,
      monotonicMs: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
    },
    logger: openLogger('silent'),
    openSource: async ({ settings: { source } }) => openSource(source, undefined),
    openDestination: async ({ settings: { destination } }) => openDestination(destination, undefined),
    newSuffix: () => String(runs++).padStart(6, '0'),
    progress: () => undefined,
    env: {},
    signal: new AbortController().signal,
    program: { version: 'test', node: 'test' },
  };
}
