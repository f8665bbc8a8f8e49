import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError, asAppError } from '../../errors/app-error.ts';
import { CATALOGUE, type ErrorCode } from '../../errors/catalogue.ts';
import { type HeldLock, lockConnection } from '../../ledger/connection-lock.ts';
import { lookForDrop } from '../../source/look-for-drop.ts';
import { runDayOf } from '../../time/run-day.ts';
import { type ClaimedFile, claimDrop, claimNamed } from '../claim-drop.ts';
import { draftRun } from '../draft-run.ts';
import { enterConnection } from '../enter-connection.ts';
import { type OpenRun, openNewRun } from '../open-run.ts';
import { readReport } from '../read-report.ts';
import type { RunTools } from '../run-tools.ts';
import { type PreviewedRow, showRows } from './preview-rows.ts';

export interface PreviewRequest {
  connection: LoadedConnection;
  /** Ids of students; the first of the file where there is none. */
  students: readonly string[];
  sample: number;
  businessDate?: string | undefined;
  named?: ReadonlyMap<string, string> | undefined;
}

export interface Preview {
  rows: PreviewedRow[];
  /** What would become of the run as a whole, and why it would not go out. */
  run: { outcome: 'released' | 'held' | 'failed'; reasons: readonly string[] };
}

/**
 * What a run would do with sample students: the whole drop is drafted as a run drafts it, in a folder that is removed
 * afterwards. Nothing is delivered, remembered or left behind.
 * Throws already_running, input_missing, and what is wrong with a file of the drop as a whole.
 */
export async function previewDrop(request: PreviewRequest, tools: RunTools): Promise<Preview> {
  const { connection } = request;
  using _lock = await lockPatiently(connection, tools);
  await enterConnection(connection, tools);
  const starts = connection.settings.eligibility.school_year_starts;
  const day = runDayOf(tools.clock.now(), tools.zone, starts, request.businessDate);
  const asked = { connection, trigger: 'manual' as const, businessDate: day.date, dryRun: true };
  const run = await openNewRun(asked, tools, (inbound) => claim(request, tools, inbound));
  try {
    await draftRun(run, tools);
    const outcome = await outcomeOf(run);
    return { rows: await showRows(run, { ...request, day }, tools), run: outcome };
  } finally {
    await run.folder.discard();
  }
}

const BETWEEN_TRIES_MS = 200;
const MOST_TRIES = 50;

/** The daemon has the connection for a moment at each look: that is no reason to send a person away. */
async function lockPatiently({ name }: LoadedConnection, tools: RunTools): Promise<HeldLock> {
  for (let tries = 1; ; tries += 1) {
    try {
      return lockConnection(tools.archivePath, name);
    } catch (thrown) {
      if (tries === MOST_TRIES || asAppError(thrown).code !== 'already_running') throw thrown;
      await tools.clock.sleep(BETWEEN_TRIES_MS, tools.signal);
    }
  }
}

async function claim(request: PreviewRequest, tools: RunTools, inbound: string): Promise<ClaimedFile[]> {
  if (request.named) return claimNamed(request.named, inbound);
  const source = await tools.openSource(request.connection);
  try {
    const found = await lookForDrop(source, request.connection.settings, tools);
    if (found.state === 'whole') return await claimDrop(found.files, source, inbound);
    const hint = 'Drop the extract, or name it with --file NAME=PATH.';
    throw new AppError('input_missing', 'There is no whole drop at the source to preview', { hint });
  } finally {
    await source.close();
  }
}

/** A safeguard stops the run, and every row is judged all the same; any other fault is the answer. */
async function outcomeOf({ record, folder }: OpenRun): Promise<Preview['run']> {
  if (record.state === 'held') return { outcome: 'held', reasons: record.report?.held?.reasons ?? [] };
  if (record.state !== 'failed') return { outcome: 'released', reasons: [] };
  const { error } = await readReport(folder.path);
  if (!error) throw new AppError('defect', 'The drafting failed and does not say why');
  if (error.code === 'safeguard') return { outcome: 'failed', reasons: [error.message] };
  const { message, hint, place } = error;
  if (!isErrorCode(error.code)) throw new AppError('defect', message);
  const { file = '', line, column } = place ?? {};
  throw new AppError(error.code, message, {
    hint,
    ...(place && {
      place: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
    }),
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(CATALOGUE, code);
}
