import { join } from 'node:path';
import { CHECKPOINT_FILE, isPurge } from '../archive/layout.ts';
import { type ChainedRun, listChain } from '../archive/list-chain.ts';
import { asStored } from '../archive/manifest.ts';
import { readDestruction } from '../archive/read-destructions.ts';
import { isThere } from '../archive/read-entries.ts';
import { listConnections } from '../archive/sealed-folders.ts';
import { refuseUnseal, type Unseal } from '../archive/unseal-files.ts';
import { AppError } from '../errors/app-error.ts';
import type { SealedStep } from '../ledger/apply-runs.ts';
import { readTextLines } from '../ledger/read-memory.ts';
import { readSealedMemory, refuseAltered } from './sealed-memory.ts';

/**
 * The sealed runs of a connection, or of each one after the other, in the order of the chain.
 * @param before a run at which it stops, without it.
 * Throws memory_unreadable where the chain is broken, or a memory is not as it was sealed.
 */
export async function* listSealedMemory(
  archivePath: string,
  connection?: string,
  before?: string,
  unseal = refuseUnseal,
): AsyncGenerator<SealedStep> {
  const connections = connection === undefined ? await listConnections(archivePath) : [connection];
  for (const name of connections) {
    const chain = await listChain(archivePath, name);
    const end = chain.findIndex(({ run }) => run === before);
    yield* readChain(chain, end < 0 ? chain.length : end, unseal);
    if (end >= 0) return;
  }
}

/**
 * What these runs taught, from the last checkpoint that stands for the oldest of them: theirs may be destroyed.
 * @param end the place of the first one that is not read
 * Throws destroyed where the checkpoint stands for some that were not asked for.
 */
export async function* readChain(
  chain: readonly ChainedRun[],
  end: number,
  unseal = refuseUnseal,
): AsyncGenerator<SealedStep> {
  const checkpoint = await findCheckpoint(chain, unseal);
  if (checkpoint && checkpoint.start > end)
    throw new AppError(
      'destroyed',
      `What was known before the run ${chain[end]?.run} was destroyed by retention`,
    );
  if (checkpoint) yield checkpoint;
  for (const { path, manifest } of chain.slice(checkpoint?.start ?? 0, end)) {
    const memory = await readSealedMemory(path, unseal);
    await refuseAltered(path, manifest);
    yield memory;
  }
}

/** The last checkpoint of a chain, and the place of the first run that goes on from it. */
async function findCheckpoint(chain: readonly ChainedRun[], unseal: Unseal) {
  for (const { connection, run, path, manifest } of chain.toReversed()) {
    const listed = isPurge(run) && manifest.files.find((file) => file.path === CHECKPOINT_FILE);
    if (!listed || !(await isThere(join(path, asStored(listed).path)))) continue;
    await refuseAltered(path, manifest, CHECKPOINT_FILE);
    const after = (await readDestruction(path))?.checkpoint_after;
    const start = chain.findIndex((one) => one.run === after) + 1;
    if (start === 0)
      throw new AppError('memory_unreadable', 'The checkpoint of a purge stands for no run of its chain', {
        place: { file: path },
      });
    const checkpoint = listed.stored
      ? readUnsealed(path, unseal)
      : readTextLines(join(path, CHECKPOINT_FILE));
    return { connection, start, checkpoint };
  }
  return undefined;
}

async function* readUnsealed(folder: string, unseal: Unseal): AsyncGenerator<string> {
  await using files = await unseal(folder, (path) => path === CHECKPOINT_FILE);
  yield* readTextLines(join(files.folder, CHECKPOINT_FILE));
}
