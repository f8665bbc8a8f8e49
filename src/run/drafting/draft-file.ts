import type { LoadedFile } from '../../config/load-connection.ts';
import { type PackedRows, unpackRows } from '../../parse/packed-rows.ts';
import { openDraftWriter } from '../../render/threaded-draft.ts';
import type { LastTable } from '../../tally/last-table.ts';
import { isWorthAThread } from '../../threads/is-worth-a-thread.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import { draftBeside, isRowByRow } from './draft-beside.ts';
import type { DraftThread } from './draft-thread.ts';
import type { DroppedFile } from './drop-context.ts';
import { enterBlock } from './enter-block.ts';
import { enterPacked } from './enter-packed.ts';
import { compileEntry } from './enter-row.ts';
import { type FileDraft, openFileDraft } from './file-draft.ts';
import type { FileKnowledge } from './file-knowledge.ts';
import { compileByteJudge } from './judge-bytes.ts';
import type { Judgement } from './judge-row.ts';
import { type JudgeContext, type JudgedFile, openJudgedFile } from './open-judged-file.ts';

export interface DraftContext extends JudgeContext {
  thread: DraftThread;
  known: FileKnowledge;
  /** What was last delivered of the file; rows are looked up in it while they are entered. */
  last: LastTable | undefined;
  /** Told the rows read so far, some times a second. */
  progress: (rows: number) => void;
}

/** Parse, decide, map, render: each row one first verdict. Throws what is wrong with the whole file. */
export async function draftFile(
  dropped: DroppedFile,
  plan: LoadedFile,
  context: DraftContext,
): Promise<FileDraft> {
  const judged = await openJudgedFile(dropped, plan, context, context.known);
  const draft = openFileDraft(dropped.name, plan, judged, context);
  try {
    for await (const batch of walk(dropped, judged, { draft, context })) {
      context.signal.throwIfAborted();
      draft.rowsRead += batch;
      context.progress(draft.rowsRead);
    }
    draft.input.notices.push(...judged.notices());
    // It takes a tenth of a second to be ready, in which repeats are settled.
    if (isWorthAThread(draft.outbound.sizeBytes())) draft.writer = openDraftWriter();
    return draft;
  } catch (error) {
    draft.close();
    throw error;
  } finally {
    judged.close();
  }
}

/** Below this, asking about bytes costs more than it saves. */
const WORTH_BYTES = 1 << 20;

/**
 * The one place that picks the lanes: which thread judges, and whether rows become text. All enter the same rows in the same
 * order. Yields how many, a batch at a time.
 */
async function* walk(
  dropped: DroppedFile,
  judged: JudgedFile,
  { draft, context }: { draft: FileDraft; context: DraftContext },
): AsyncGenerator<number> {
  const { input } = judged;
  const { known, thread } = context;
  const { sizeBytes } = input.context.bytes;
  const enter = compileEntry(draft, dropped.file, judged);
  const enterRows = async (rows: readonly SourceRow[]) => {
    for (const [row, judgement] of await judgeBatch(rows, judged, context)) enter(row, judgement);
    return rows.length;
  };
  if (!isRowByRow(judged, context, known) || sizeBytes < WORTH_BYTES) {
    // Such a file needs no thread of that kind, however large it is.
    if (isWorthAThread(sizeBytes)) thread[Symbol.dispose]();
    for await (const rows of input.batches()) yield enterRows(rows);
    return;
  }
  const byBytes = compileByteJudge(judged, draft, { idsDecided: known.idsDecided, enterText: enter });
  const enterRow = (row: SourceRow) => enter(row, judged.judge(row));
  const enterAll = async (packed: PackedRows) => {
    if (!byBytes) return enterRows(unpackRows(packed));
    draft.rowsAsBytes += enterPacked(packed, byBytes, enterRow);
    return packed.ends.length;
  };
  if (!isWorthAThread(sizeBytes)) {
    for await (const packed of input.packed()) yield enterAll(packed);
    return;
  }
  for await (const drafted of draftBeside(dropped, draft.plan, { input, context, known, thread }))
    yield drafted.kind === 'rows' ? enterAll(drafted.packed) : enterBlock(draft, drafted.block, enterRows);
}

async function judgeBatch(
  batch: readonly SourceRow[],
  { judge }: JudgedFile,
  { temporaryIds }: DraftContext,
): Promise<[SourceRow, Judgement][]> {
  const judgeAll = () => batch.map((row): [SourceRow, Judgement] => [row, judge(row)]);
  const judged = judgeAll();
  return (await temporaryIds?.settle()) ? judgeAll() : judged;
}
