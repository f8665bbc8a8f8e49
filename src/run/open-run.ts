import { join } from 'node:path';
import { createRunFolder, type RunFolder, readRunState, writeRunState } from '../archive/run-folder.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { Before } from '../deliver/ask-destination.ts';
import { AppError } from '../errors/app-error.ts';
import type { FinishedDraft } from '../render/draft.ts';
import type { ShippedFacts } from '../report/build-shipment.ts';
import type { Decision, Report } from '../report/schema.ts';
import { isoInZone } from '../time/run-day.ts';
import type { RecordKind } from '../vocabulary/record-kind.ts';
import type { RunFacts, Trigger } from '../vocabulary/run.ts';
import type { ByteScans, ClaimedFile } from './claim-drop.ts';
import { assertMove, type RunState } from './run-states.ts';
import type { RunTools } from './run-tools.ts';

/** A drafted file, ready to go out. */
export interface OutputRecord {
  name: string;
  file: string;
  rows: number;
  digest: FinishedDraft;
}

/** A file as it leaves the house. */
export interface ShippedFile extends ShippedFacts {
  /** What it was before it was encrypted. */
  plain?: string;
}

/** A file of the inbound folder, as it was received. */
export type ReceivedDigest = Pick<ClaimedFile, 'file' | 'sizeBytes' | 'sha256'>;

/** What state.json of an open run keeps: all that a restart needs. */
export interface RunRecord {
  facts: RunFacts;
  state: RunState;
  dryRun: boolean;
  claimed: readonly ClaimedFile[];
  /** The drop as it came: a zip is not among the claimed any more once its members are. Of a run of an earlier version left out. */
  received?: readonly ReceivedDigest[];
  outputs: readonly OutputRecord[];
  /** What is delivered of the outputs, once they were drafted. */
  shipment: readonly ShippedFile[];
  /** What is known to report, once the run was judged. */
  report?: Report;
  /** Left out where the whole drop is meant. */
  lane?: Lane;
  /** So much of memory.ndjson is what the drafts teach; anything behind it was added at the seal. */
  memoryBytes?: number;
  /** What the destination had under the names of the outputs when they were staged; there once anything may be visible. */
  before?: Before;
  /** A share or another disk was mounted at the destination then. */
  isOnMount?: boolean;
  /** Of a destination that is written in place: the file that was begun last. */
  begun?: string;
  /** Of a run that was held because nobody can know whether these arrived. */
  unknown?: readonly string[];
  /** What people decided about records while the run was held, for its report. */
  decisions?: readonly Decision[];
}

/** A run for some students of the drop alone; all others stay as they are. */
export interface Lane {
  kind: 'only' | 'send_one';
  students: readonly string[];
  /** Whatever the rules of eligibility say of them. */
  regardless: boolean;
}

/** A run at work, with its folder. */
export interface OpenRun {
  connection: LoadedConnection;
  folder: RunFolder;
  record: RunRecord;
  /** Of the files that this process took; after a restart they are looked at again. */
  scans?: ByteScans;
}

/** The claimed files whose rows are carried: not the one with the students of the other side. */
export function carriedOf({ connection, record }: Pick<OpenRun, 'connection' | 'record'>): ClaimedFile[] {
  const against = connection.settings.reconcile.match?.against;
  return record.claimed.filter(({ name }) => name !== against);
}

/** What a row of a claimed file is about. */
export function kindOf({ connection }: Pick<OpenRun, 'connection'>, name: string): RecordKind | undefined {
  return connection.files.get(name)?.mapping.record;
}

/** Whether a contact is carried depends on the student, so students come first, whatever the order of the files. */
export function studentsFirst(run: OpenRun): ClaimedFile[] {
  const isStudents = ({ name }: ClaimedFile) => kindOf(run, name) === 'students';
  return carriedOf(run).toSorted((a, b) => Number(isStudents(b)) - Number(isStudents(a)));
}

export interface NewRun {
  connection: LoadedConnection;
  trigger: Trigger;
  businessDate: string;
  dryRun: boolean;
  lane?: Lane | undefined;
}

/** Makes the folder and the name of a run; `claim` fills its inbound folder before its first state is written. */
export async function openNewRun(
  asked: NewRun,
  tools: RunTools,
  claim: (inboundFolder: string) => Promise<ClaimedFile[]>,
): Promise<OpenRun> {
  const { connection } = asked;
  const startedMs = tools.clock.now();
  const id = `${stamp(startedMs)}-${connection.name}-${tools.newSuffix()}`;
  const facts: RunFacts = {
    id,
    connection: connection.name,
    environment: connection.settings.environment,
    trigger: asked.trigger,
    businessDate: asked.businessDate,
    startedAt: isoInZone(startedMs, tools.zone),
  };
  const folder = await createRunFolder(tools.archivePath, facts, { dry: asked.dryRun });
  try {
    const claimed = await claim(folder.inbound);
    const { dryRun, lane } = asked;
    const record: RunRecord = {
      facts,
      state: 'claimed',
      dryRun,
      claimed,
      received: claimed.map(({ file, sizeBytes, sha256 }) => ({ file, sizeBytes, sha256 })),
      outputs: [],
      shipment: [],
      ...(lane && { lane }),
    };
    await writeRunState(folder, record);
    return { connection, folder, record };
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

/** What is known to report of a run that was judged. */
export function reportOf(run: OpenRun): Report {
  const { report, facts } = run.record;
  if (!report) throw new AppError('defect', `The run ${facts.id} was judged and has no report`);
  return report;
}

/** The same run after a restart. */
export async function reopenRun(folder: RunFolder, connection: LoadedConnection): Promise<OpenRun> {
  return { connection, folder, record: await readRunState<RunRecord>(folder) };
}

/** Writes the next state down; the step that follows may be repeated from it. */
export async function advance(run: OpenRun, state: RunState, change: Partial<RunRecord> = {}): Promise<void> {
  assertMove(run.record.state, state);
  run.record = { ...run.record, ...change, state };
  await writeRunState(run.folder, run.record);
}

/** Writes down how far the run has come within its state. */
export async function note(run: OpenRun, change: Partial<Omit<RunRecord, 'state'>>): Promise<void> {
  run.record = { ...run.record, ...change };
  await writeRunState(run.folder, run.record);
}

/** Where the plain bytes of a claimed file lie. */
export function claimedPath({ folder }: Pick<OpenRun, 'folder'>, { file, received }: ClaimedFile): string {
  return join(received ? folder.plain : folder.inbound, file);
}

export function outboundPath(run: OpenRun, output: { file: string }): string {
  return join(run.folder.outbound, output.file);
}

/** How the name of a run begins, so that names sort by time: the instant in UTC, as in 20261122T093000Z. */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
}
