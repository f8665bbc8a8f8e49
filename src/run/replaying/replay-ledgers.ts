import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refuseUnseal, type Unseal } from '../../archive/unseal-files.ts';
import { diskError } from '../../files/disk-error.ts';
import { makeFolder } from '../../files/write-whole.ts';
import { applyRuns, type SealedMemory, type SealedStep } from '../../ledger/apply-runs.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { MEMORY_FILE, readWritten } from '../../ledger/read-memory.ts';
import type { ToldEntries, ToldEntry } from '../../ledger/written-record.ts';
import type { Report } from '../../report/schema.ts';
import { listSealedMemory } from '../list-sealed-memory.ts';
import { appliedOf, readSealedMemory } from '../sealed-memory.ts';
import type { ArchivedRun } from './replay-archived.ts';

/** Ledgers for the time of a replay. The real one is neither asked nor told anything. */
export interface ReplayLedgers extends AsyncDisposable {
  /** Makes the ledger that knows what was known before the run. To be called once, and closed by the caller. */
  recallBefore(archivePath: string, signal: AbortSignal): Promise<Ledger>;
  /**
   * What was delivered as it would stand after the run, as it was drafted then and as it is drafted now. To be called once
   * the first ledger was closed.
   * @param memoryPath what the drafts of now teach
   */
  openBoth(now: { report: Report; memoryPath: string }): Promise<BothLedgers>;
}

export interface BothLedgers extends AsyncDisposable {
  was: Ledger;
  now: Ledger;
}

/** In a folder beside the real ledger: of that disk it is known that a ledger may lie there, and who may read it. */
export async function openReplayLedgers(
  ledgerPath: string,
  archived: ArchivedRun,
  unseal = refuseUnseal,
): Promise<ReplayLedgers> {
  const folder = await makeScratch(dirname(ledgerPath));
  const open = (name: string) => openLedger({ type: 'sqlite', path: pathOf(name) });
  const pathOf = (name: string) => join(folder, `${name}.sqlite`);
  return {
    async recallBefore(archivePath, signal) {
      const ledger = await open('now');
      try {
        const { id, connection } = archived.report.run;
        const before = archived.isSealed ? id : undefined;
        await applyRuns(ledger, stoppable(listSealedMemory(archivePath, connection, before, unseal), signal));
        const { run, entries } = await memoryOf(archived, unseal);
        await ledger.apply({ ...run, id: `${id}.before` }, knownBefore(entries));
        return ledger;
      } catch (error) {
        await ledger.close();
        throw error;
      }
    },
    async openBoth({ report, memoryPath }) {
      await copyFile(pathOf('now'), pathOf('then')).catch((cause: unknown) => {
        throw diskError(`Cannot copy ${pathOf('now')}`, cause);
      });
      await using stack = new AsyncDisposableStack();
      const was = stack.use(await open('then'));
      const now = stack.use(await open('now'));
      const learnt = await memoryOf(archived, unseal);
      await was.apply(learnt.run, learnt.entries);
      await now.apply(appliedOf(report, ''), readWritten(memoryPath));
      const both = stack.move();
      return { was, now, [Symbol.asyncDispose]: () => both.disposeAsync() };
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeScratch(beside: string): Promise<string> {
  await makeFolder(beside);
  try {
    return await mkdtemp(join(beside, '.replay-'));
  } catch (cause) {
    throw diskError(`Cannot make a folder in ${beside}`, cause);
  }
}

async function* stoppable(runs: AsyncIterable<SealedStep>, signal: AbortSignal) {
  for await (const run of runs) {
    signal.throwIfAborted();
    yield run;
  }
}

/** A held run has written down what it would teach, and nothing of it is sealed. */
async function memoryOf(
  { isSealed, archivedIn, folder, report }: ArchivedRun,
  unseal: Unseal,
): Promise<SealedMemory> {
  if (isSealed) return readSealedMemory(archivedIn, unseal);
  return { run: appliedOf(report, ''), entries: readWritten(join(folder, MEMORY_FILE)) };
}

/**
 * What people decided after the run before, and before this one was drafted, stands at the head of what it taught; what
 * they decided later, behind it. A temporary id is for ever, so that the run has used it wherever it stands.
 */
async function* knownBefore(entries: ToldEntries): AsyncGenerator<ToldEntry> {
  let isHead = true;
  for await (const batch of entries.batches?.() ?? oneByOne(entries)) {
    for (const entry of batch) {
      if (entry.kind === 'file') isHead = false;
      if (entry.kind === 'temporary_id' || (entry.kind === 'decision' && isHead)) yield entry;
    }
  }
}

async function* oneByOne(entries: ToldEntries): AsyncGenerator<readonly ToldEntry[]> {
  for await (const entry of entries) yield [entry];
}
