import type { LoadedFile } from '../../config/load-connection.ts';
import { type PackedRows, unpackRows } from '../../parse/packed-rows.ts';
import { openDraftWriter } from '../../render/threaded-draft.ts';
import type { LastTable } from '../../tally/last-table.ts';
import { isWorthAThread } from '../../threads/is-worth-a-thread.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import { blockTaskOf, draftBeside, isRowByRow } from './draft-beside.ts';
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
  readLast: () => Promise<LastTable>;
  /** Told the rows read so far, some times a second. */
  progress: (rows: number) => void;
}

/** Parse, decide, map, render: each row one first verdict. Throws what is wrong with the whole file. */
export async function draftFile(
  dropped: DroppedFile,
  plan: LoadedFile,
  context: DraftContext,
): Promise<FileDraft> {
  const { thread, known, readLast } = context;
  const judged = await openJudgedFile(dropped, plan, context, known);
  try {
    const lane = chooseLane(judged, context);
    // It reads the first rows while the last delivery is read here.
    if (lane === 'beside') thread.begin(blockTaskOf(dropped, plan, { ...judged, context, known }));
    const draft = openFileDraft(dropped.name, plan, judged, { ...context, last: await readLast() });
    await draftRows(walk(dropped, judged, { lane, draft, context }), draft, context);
    draft.input.notices.push(...judged.notices());
    return draft;
  } finally {
    judged.close();
  }
}

async function draftRows(
  batches: AsyncIterable<number>,
  draft: FileDraft,
  { signal, progress }: DraftContext,
): Promise<void> {
  try {
    for await (const rows of batches) {
      signal.throwIfAborted();
      draft.rowsRead += rows;
      progress(draft.rowsRead);
    }
    // It takes a tenth of a second to be ready, in which repeats are settled.
    if (isWorthAThread(draft.outbound.sizeBytes())) draft.writer = openDraftWriter();
  } catch (error) {
    draft.close();
    throw error;
  }
}

/** As text, as bytes, or as bytes by two threads. */
type DraftLane = 'text' | 'bytes' | 'beside';

/** Below this, asking about bytes costs more than it saves. */
const WORTH_BYTES = 1 << 20;

/** The one place that picks the lanes: which thread judges, and whether rows become text. */
function chooseLane(judged: JudgedFile, context: DraftContext): DraftLane {
  const { sizeBytes } = judged.input.context.bytes;
  const isAlone = isRowByRow(judged, context, context.known) && sizeBytes >= WORTH_BYTES;
  if (!isAlone) return 'text';
  return isWorthAThread(sizeBytes) ? 'beside' : 'bytes';
}

/** The same rows in the same order on every lane. Yields how many, a batch at a time. */
async function* walk(
  dropped: DroppedFile,
  judged: JudgedFile,
  { lane, draft, context }: { lane: DraftLane; draft: FileDraft; context: DraftContext },
): AsyncGenerator<number> {
  const { input } = judged;
  const enter = compileEntry(draft, dropped.file, judged);
  const enterRows = async (rows: readonly SourceRow[]) => {
    for (const [row, judgement] of await judgeBatch(rows, judged, context)) enter(row, judgement);
    return rows.length;
  };
  if (lane === 'text') {
    // Such a file needs no thread of that kind, however large it is.
    if (isWorthAThread(input.context.bytes.sizeBytes)) context.thread[Symbol.dispose]();
    for await (const rows of input.batches()) yield enterRows(rows);
    return;
  }
  const { idsDecided } = context.known;
  const byBytes = compileByteJudge(judged, draft, { idsDecided, enterText: enter });
  const enterRow = (row: SourceRow) => enter(row, judged.judge(row));
  const enterAll = async (packed: PackedRows) => {
    if (!byBytes) return enterRows(unpackRows(packed));
    draft.rowsAsBytes += enterPacked(packed, byBytes, enterRow);
    return packed.ends.length;
  };
  if (lane === 'bytes') {
    for await (const packed of input.packed()) yield enterAll(packed);
    return;
  }
  for await (const drafted of draftBeside(context.thread, input.notices))
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
