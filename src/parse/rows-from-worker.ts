import { workerModule } from '../threads/worker-module.ts';
import { batchesFromWorker, openReadingThread } from './batches-from-worker.ts';
import { type PackedRows, type RowBatch, unpackRows } from './packed-rows.ts';
import type { ParseTask } from './parse-worker.ts';
import type { RowContext } from './row-context.ts';

const WORKER = workerModule('parse/parse-worker');

/** The same batches as `readBatches` gives, parsed by another thread while this one judges and writes. */
export async function* batchesFromThread(path: string, context: RowContext): AsyncGenerator<RowBatch> {
  const { notices, ...rest } = context;
  const task: ParseTask = { path, context: rest };
  const thread = openReadingThread(WORKER);
  thread.begin(task);
  for await (const packed of batchesFromWorker<PackedRows>(thread, notices))
    yield { rows: () => unpackRows(packed), packed: () => packed };
}
