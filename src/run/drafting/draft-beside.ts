import { availableParallelism } from 'node:os';
import type { LoadedFile } from '../../config/load-connection.ts';
import { batchesFromWorker } from '../../parse/batches-from-worker.ts';
import type { BlockTask } from './draft-block.ts';
import type { DraftedBatch } from './draft-worker.ts';
import type { DroppedFile } from './drop-context.ts';
import type { FileKnowledge } from './file-knowledge.ts';
import type { JudgeContext, JudgedFile } from './open-judged-file.ts';

/** Below this, opening the mapping in a second thread costs more than it saves. */
const WORTH_SHARING_BYTES = 32 << 20;

/** As TypeScript in a checkout, as JavaScript in the published package. */
const WORKER = new URL(`./draft-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Whether rows of the file can be judged by themselves: not where they are matched, folded or joined with others. */
export function isShareable(
  { input, mapping, settlesRepeats }: JudgedFile,
  { people, reference }: JudgeContext,
  { isAboutAll }: FileKnowledge,
): boolean {
  const { sizeBytes, isPackable } = input.context.bytes;
  const isAlone = !settlesRepeats && mapping.joinedFiles.length === 0 && !people && !reference;
  const isLarge = sizeBytes >= WORTH_SHARING_BYTES && isPackable;
  return isAlone && isAboutAll && isLarge && availableParallelism() > 1;
}

/**
 * The rows of a file in their order, read by another thread; while this one is behind, they are judged there too, by the
 * same functions. Both threads are busy to the end, whatever a mapping costs.
 */
export function draftBeside(
  dropped: DroppedFile,
  plan: LoadedFile,
  opened: OpenedFile,
): AsyncGenerator<DraftedBatch> {
  const { notices } = opened.input;
  return batchesFromWorker<DraftedBatch>(WORKER, blockTaskOf(dropped, plan, opened), notices);
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
