/** The other thread of `rows-from-worker.ts`. */
import { answerBatches } from './answer-batches.ts';
import { decodedChunks } from './decode.ts';
import { buffersOf, type PackedRows } from './packed-rows.ts';
import { readBatches } from './read-rows.ts';
import type { RowContext } from './row-context.ts';

export interface ParseTask {
  path: string;
  context: Omit<RowContext, 'notices'>;
}

await answerBatches<ParseTask, PackedRows>(async function* ({ path, context }, notices) {
  const chunks = decodedChunks(path, context.bytes, context.read.skip_lines);
  for await (const batch of readBatches(chunks, { ...context, notices })) {
    const packed = batch.packed();
    yield { batch: packed, moved: buffersOf(packed) };
  }
});
