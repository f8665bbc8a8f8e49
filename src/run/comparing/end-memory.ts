import { appendFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { FILE_MODE } from '../../files/write-whole.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { MEMORY_FILE, memoryLine, readMemory } from '../../ledger/read-memory.ts';
import type { MemoryEntry } from '../../vocabulary/memory.ts';
import type { OpenRun } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * Completes memory.ndjson right before the seal: what the drafts teach, which is nothing where they did not go out, and
 * what was decided since the last seal. May be repeated after a crash.
 */
export async function endMemory(run: OpenRun, tools: RunTools): Promise<void> {
  const path = join(run.folder.path, MEMORY_FILE);
  const ledger = await tools.ledger();
  const sizeBytes = run.record.memoryBytes ?? 0;
  try {
    await cutTo(path, sizeBytes);
    const written = sizeBytes === 0 ? new Set() : await readOpening(path);
    const said = sizeBytes > 0 && run.record.outputs.length > 0 ? [memoryLine(recipientOf(run))] : [];
    for await (const entry of ledger.unsealed(run.record.facts.connection)) {
      const line = memoryLine(entry);
      if (!written.has(line)) said.push(line);
    }
    await appendFile(path, said.join(''), { mode: FILE_MODE, flush: true });
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}

/**
 * What was decided before the drop was drafted goes first, because drafting uses it: an approval that let a student out
 * is spent by what follows.
 */
export async function openMemory(
  ledger: Ledger,
  connection: string,
  teach: (entry: MemoryEntry) => void,
): Promise<void> {
  for await (const entry of ledger.unsealed(connection)) teach(entry);
}

/** The lines before those of the first file. */
async function readOpening(path: string): Promise<Set<string>> {
  const lines = new Set<string>();
  for await (const entry of readMemory(path)) {
    if (entry.kind !== 'decision' && entry.kind !== 'temporary_id') break;
    lines.add(memoryLine(entry));
  }
  return lines;
}

function recipientOf({ connection: { name, settings } }: OpenRun): MemoryEntry {
  const { title = name, destination: at } = settings;
  const port = at.type === 'sftp' && at.port !== 22 ? `:${at.port}` : '';
  const destination = at.type === 'sftp' ? `sftp://${at.host}${port}${at.path}` : at.path;
  return { kind: 'recipient', title, destination };
}

/** A run that failed early has no memory yet. */
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
