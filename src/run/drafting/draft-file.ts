import type { LoadedFile } from '../../config/load-connection.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import type { DroppedFile } from './drop-context.ts';
import { compileEntry } from './enter-row.ts';
import { type FileDraft, openFileDraft } from './file-draft.ts';
import type { Judgement } from './judge-row.ts';
import {
  type FileKnowledge,
  type JudgeContext,
  type JudgedFile,
  openJudgedFile,
} from './open-judged-file.ts';

export interface DraftContext extends JudgeContext {
  known: FileKnowledge;
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
    const enter = compileEntry(draft, dropped.file, judged);
    for await (const batch of judged.input.batches()) {
      context.signal.throwIfAborted();
      for (const [row, judgement] of await judgeBatch(batch, judged, context)) enter(row, judgement);
      draft.rowsRead += batch.length;
      context.progress(draft.rowsRead);
    }
    draft.input.notices.push(...judged.notices());
    return draft;
  } catch (error) {
    draft.close();
    throw error;
  } finally {
    judged.close();
  }
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
