import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AppendFile, openAppendFile } from '../files/append-file.ts';
import { MEMORY_FILE, memoryLine } from '../ledger/read-memory.ts';
import { changesHeader } from '../report/changes-csv.ts';
import { exceptionsHeader } from '../report/exceptions-csv.ts';
import type { MemoryEntry } from '../vocabulary/memory.ts';
import { REVIEW_FILE, type ReviewEntry, type ReviewItem } from '../vocabulary/review.ts';
import type { OpenRun } from './open-run.ts';

/** In the work folder: whom the run would remove, as questions. */
export const REMOVED_FILE = 'removed.ndjson';

/** The files of a run that grow while its drop is assembled, beside those that go out. */
export type RunDrafts = ReturnType<typeof openRunDrafts>;

export function openRunDrafts({ folder }: OpenRun) {
  const exceptions = openAppendFile(join(folder.path, 'exceptions.csv'));
  const changes = openAppendFile(join(folder.path, 'changes.csv'));
  const memory = openAppendFile(join(folder.path, MEMORY_FILE));
  const review = openAppendFile(join(folder.path, REVIEW_FILE));
  const removed = openAppendFile(join(folder.work, REMOVED_FILE));
  const files = [exceptions, changes, memory, review, removed];
  const syncs: Promise<void>[] = [];
  exceptions.appendText(exceptionsHeader);
  changes.appendText(changesHeader);
  return {
    exceptions,
    changes,
    teach: (entry: MemoryEntry) => void memory.appendText(memoryLine(entry)),
    ask: openQuestions(review),
    /** Whom the run would remove: asked about only where the run is held. */
    noteRemoved: openQuestions(removed),
    /** All can be read, and is brought to the disk. @returns the size of what the run teaches: anything behind it is from a later step */
    finish() {
      for (const one of files) {
        const syncing = one.sync();
        // Who waits for it hears of it.
        syncing.catch(() => undefined);
        syncs.push(syncing);
      }
      if (review.sizeBytes() === 0) rmSync(join(folder.path, REVIEW_FILE));
      return { memoryBytes: memory.sizeBytes() };
    },
    /** Once all of it is there. */
    async synced() {
      await Promise.all(syncs);
    },
    async close() {
      await Promise.allSettled(syncs);
      for (const one of files) one.close();
    },
  };
}

/** The fields of a file go before its first question. */
function openQuestions(file: AppendFile): (item: ReviewItem, targets: readonly string[]) => void {
  const named = new Set<string>();
  const write = (entry: ReviewEntry) => void file.appendText(`${JSON.stringify(entry)}\n`);
  return (item, targets) => {
    if (!named.has(item.file)) write({ kind: 'file', file: item.file, targets });
    named.add(item.file);
    write({ kind: 'item', item });
  };
}
