import { join } from 'node:path';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import type { FieldPreview } from '../mapping/compile-mapping.ts';
import { lookForDrop } from '../source/look-for-drop.ts';
import { runDayOf } from '../time/run-day.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import { type ClaimedFile, claimDrop, claimNamed } from './claim-drop.ts';
import type { BookedJudgement } from './judge-row.ts';
import { loadWaivers } from './load-waivers.ts';
import { type JudgedFile, openJudgedFile } from './open-judged-file.ts';
import { type OpenRun, openNewRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

export interface PreviewRequest {
  connection: LoadedConnection;
  /** Ids of students; the first of the file where there is none. */
  students: readonly string[];
  sample: number;
  businessDate?: string | undefined;
  named?: ReadonlyMap<string, string> | undefined;
}

/** One row of a sample student: what becomes of it, and each field from source to target. */
export interface PreviewedRow {
  /** As the connection calls the file. */
  file: string;
  row: number;
  line: number;
  id: string;
  judgement: BookedJudgement;
  fields: readonly FieldPreview[];
}

/** Sample students through eligibility and mapping. Nothing is delivered, remembered or left behind. */
export async function previewDrop(request: PreviewRequest, tools: RunTools): Promise<PreviewedRow[]> {
  const { connection } = request;
  const starts = connection.settings.eligibility.school_year_starts;
  const day = runDayOf(tools.clock.now(), tools.zone, starts, request.businessDate);
  const context = { connection, day, waivers: await loadWaivers(connection, day.date) };
  const asked = { connection, trigger: 'manual' as const, businessDate: day.date, dryRun: true };
  const run = await openNewRun(asked, tools, (inbound) => claim(request, tools, inbound));
  try {
    const rows: PreviewedRow[] = [];
    for (const claimed of run.record.claimed) {
      const plan = connection.files.get(claimed.name);
      if (!plan) continue;
      const judged = await openJudgedFile(
        { ...claimed, path: join(run.folder.inbound, claimed.file) },
        plan,
        context,
      );
      rows.push(...(await sampleOf(judged, claimed.name, idsWanted(request, rows, run), request.sample)));
    }
    return rows;
  } finally {
    await run.folder.discard();
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

/** The students that were asked for, or, in the files after the first, those that the first has shown. */
function idsWanted(
  request: PreviewRequest,
  shown: readonly PreviewedRow[],
  run: OpenRun,
): ReadonlySet<string> | undefined {
  if (request.students.length > 0) return new Set(request.students);
  const isFirst = shown.length === 0 || run.record.claimed.length === 1;
  return isFirst ? undefined : new Set(shown.map((row) => row.id));
}

async function sampleOf(
  judged: JudgedFile,
  file: string,
  wanted: ReadonlySet<string> | undefined,
  sample: number,
): Promise<PreviewedRow[]> {
  const rows: PreviewedRow[] = [];
  for await (const batch of judged.input.batches()) {
    for (const row of batch) {
      const judgement = judged.judge(row);
      if (judgement.kind === 'apart') continue;
      if (wanted ? wanted.has(judgement.id) : rows.length < sample)
        rows.push(previewOf(judged, file, row, judgement));
    }
    if (!wanted && rows.length >= sample) break;
  }
  return rows;
}

function previewOf(
  judged: JudgedFile,
  file: string,
  row: SourceRow,
  judgement: BookedJudgement,
): PreviewedRow {
  // A row with a wrong number of fields has its values in the wrong columns: they would only mislead.
  const fields = row.flaw ? [] : judged.mapping.explain(row.values);
  return { file, row: row.row, line: row.line, id: judgement.id, judgement, fields };
}
