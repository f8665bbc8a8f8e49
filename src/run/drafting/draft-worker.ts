/** The other thread of `draft-beside.ts`: reads a file, and judges what the corridor has no time for. */
import { answerBatches, type MovableBatch } from '../../parse/answer-batches.ts';
import { ASKED_AT_ONCE } from '../../parse/batches-from-worker.ts';
import { decodedChunks } from '../../parse/decode.ts';
import { buffersOf, type PackedRows } from '../../parse/packed-rows.ts';
import { readBatches } from '../../parse/read-rows.ts';
import { type BlockTask, type DraftedBlock, openBlocks } from './draft-block.ts';

export type DraftedBatch = { kind: 'rows'; packed: PackedRows } | { kind: 'block'; block: DraftedBlock };

await answerBatches<BlockTask, DraftedBatch>(async function* (task, notices, asked) {
  const { dropped, rows } = task;
  const chunks = decodedChunks(dropped.path, rows.bytes, rows.read.skip_lines);
  let toBlock: Awaited<ReturnType<typeof openBlocks>> | undefined;
  for await (const batch of readBatches(chunks, { ...rows, notices })) {
    // A corridor that waits gets rows at once; one that is behind gets them judged.
    if (asked() > ASKED_AT_ONCE) yield answerOfRows(batch.packed());
    else {
      toBlock ??= await openBlocks(task);
      yield answerOfBlock(toBlock(batch.packed()));
    }
  }
});

function answerOfRows(packed: PackedRows): MovableBatch<DraftedBatch> {
  return { batch: { kind: 'rows', packed }, moved: buffersOf(packed) };
}

function answerOfBlock(block: DraftedBlock): MovableBatch<DraftedBatch> {
  const { entries, outbound, exceptions, unique } = block;
  const moved = [entries, outbound, exceptions, ...unique].map(({ buffer }) => buffer);
  return { batch: { kind: 'block', block }, moved };
}
