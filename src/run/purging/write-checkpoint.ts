import { ACKNOWLEDGEMENT_FILE, isPurge } from '../../archive/layout.ts';
import type { ChainedRun } from '../../archive/list-chain.ts';
import { listChain } from '../../archive/list-chain.ts';
import { destroyedBy, readDestructions } from '../../archive/read-destructions.ts';
import type { Destruction } from '../../archive/schema.ts';
import type { Unseal } from '../../archive/unseal-files.ts';
import { openAppendFile } from '../../files/append-file.ts';
import { makeCheckpoint } from '../../ledger/make-checkpoint.ts';
import { MEMORY_FILE } from '../../ledger/read-memory.ts';
import type { MemoryEntry } from '../../vocabulary/memory.ts';
import { readChain } from '../list-sealed-memory.ts';
import { appliedPurge } from '../sealed-purge.ts';

/** What a purge teaches: of which runs only the fact is remembered. */
export function entriesOf({ runs }: Destruction): MemoryEntry[] {
  const destroyed = destroyedRuns(runs);
  return destroyed.length === 0 ? [] : [{ kind: 'destroyed', runs: destroyed }];
}

function destroyedRuns(runs: Destruction['runs']): string[] {
  return runs.filter(({ files }) => files.some(({ rule }) => rule === 'retain.files')).map(({ run }) => run);
}

/** The last run without which the ledger could not be made anew; undefined where a purge takes nothing that it needs. */
export async function lastNeeded(archivePath: string, destruction: Destruction): Promise<string | undefined> {
  const { connection } = destruction;
  const before = (await readDestructions(archivePath, connection)).map((one) => one.destruction);
  const destroyed = destroyedBy([...before, destruction]);
  const isNeeded = (path: string) =>
    path.startsWith(MEMORY_FILE) || path === 'report.json' || path === ACKNOWLEDGEMENT_FILE;
  const chain = await listChain(archivePath, connection);
  const needed = chain.filter(
    ({ run }) => !isPurge(run) && [...(destroyed.get(run)?.keys() ?? [])].some(isNeeded),
  );
  return needed.at(-1)?.run;
}

export interface CheckpointTask {
  archivePath: string;
  destruction: Destruction;
  /** For the ledgers on the way. */
  workFolder: string;
  unseal: Unseal | undefined;
}

/** Writes down what the runs taught of which the memory is destroyed. */
export async function writeCheckpoint(
  path: string,
  { archivePath, destruction, workFolder, unseal }: CheckpointTask,
): Promise<void> {
  const { connection, checkpoint_after } = destruction;
  const chain: readonly ChainedRun[] = await listChain(archivePath, connection);
  const start = chain.findIndex(({ run }) => run === checkpoint_after) + 1;
  const lines = makeCheckpoint(workFolder, {
    connection,
    until: readChain(chain, start, unseal),
    later: rest(readChain(chain, chain.length, unseal), chain.slice(0, start)),
    purge: { run: appliedPurge(destruction, ''), entries: each(entriesOf(destruction)) },
    destroyed: destroyedRuns(destruction.runs),
  });
  const file = openAppendFile(path);
  try {
    for await (const line of lines) file.appendText(`${line}\n`);
    await file.sync();
  } finally {
    file.close();
  }
}

/** Without the checkpoint and the runs that were read before. */
async function* rest(steps: ReturnType<typeof readChain>, before: readonly ChainedRun[]) {
  const known = new Set(before.map(({ run }) => run));
  for await (const step of steps) if ('run' in step && !known.has(step.run.id)) yield step;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
