import type { LoadedFile } from '../../config/load-connection.ts';
import { batchesFromWorker } from '../../parse/batches-from-worker.ts';
import type { Notice } from '../../vocabulary/run.ts';
import type { BlockTask } from './draft-block.ts';
import type { DraftThread } from './draft-thread.ts';
import type { DraftedBatch } from './draft-worker.ts';
import type { DroppedFile } from './drop-context.ts';
import type { FileKnowledge } from './file-knowledge.ts';
import type { JudgeContext, JudgedFile } from './open-judged-file.ts';

/** Whether rows of the file can be judged by themselves: not where they are matched, folded or joined with others. */
export function isRowByRow(
  { input, mapping, settlesRepeats }: JudgedFile,
  { people, reference }: JudgeContext,
  { isAboutAll }: FileKnowledge,
): boolean {
  const isAlone = !settlesRepeats && mapping.joinedFiles.length === 0 && !people && !reference;
  return isAlone && isAboutAll && input.context.bytes.isPackable;
}

/**
 * The rows of a file in their order, read by another thread that was given its task; while this one is behind, they are judged
 * there too, by the same functions. Both threads are busy to the end, whatever a mapping costs.
 */
export function draftBeside(thread: DraftThread, notices: Notice[]): AsyncGenerator<DraftedBatch> {
  return batchesFromWorker<DraftedBatch>(thread.take(), notices);
}

interface OpenedFile {
  input: JudgedFile['input'];
  context: JudgeContext;
  known: FileKnowledge;
}

/** What the other thread needs of all this, and no function among it. */
export function blockTaskOf(
  dropped: DroppedFile,
  plan: LoadedFile,
  { input, context, known }: OpenedFile,
): BlockTask {
  const { notices: _, ...rows } = input.context;
  const { mapping, mappingPath, codeTables, settings: file } = plan;
  const { name, settings, folder, stateRule } = context.connection;
  const { day, waivers, env } = context;
  return {
    dropped,
    rows,
    plan: { mapping, mappingPath, codeTables, settings: file },
    connection: { name, settings, folder, ...(stateRule && { stateRule }) },
    day,
    waivers,
    env: { ...env },
    idsDecided: known.idsDecided,
  };
}
