import { appendFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { MEMORY_FILE, memoryLine } from '../ledger/read-memory.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Completes memory.ndjson right before the seal: what the drafts teach, which is nothing where they did not go out, and
 * what was decided since the last seal. May be repeated after a crash.
 */
export async function endMemory(run: OpenRun, tools: RunTools): Promise<void> {
  const path = join(run.folder.path, MEMORY_FILE);
  const ledger = await tools.ledger();
  const said: string[] = [];
  for await (const entry of ledger.unsealed(run.record.facts.connection)) said.push(memoryLine(entry));
  try {
    await cutTo(path, run.record.memoryBytes ?? 0);
    await appendFile(path, said.join(''), { mode: 0o600, flush: true });
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}

/** A run that failed early has no memory yet. A sealed folder is never written to: there is nothing left to end. */
async function cutTo(path: string, sizeBytes: number): Promise<void> {
  try {
    await truncate(path, sizeBytes);
  } catch (cause) {
    if (errnoOf(cause) !== 'ENOENT' || sizeBytes > 0) throw cause;
  }
}

/** Of a dry run, which teaches nothing. */
export async function forgetMemory({ folder }: OpenRun): Promise<void> {
  await rm(join(folder.path, MEMORY_FILE), { force: true });
}
