import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readManifest } from '../archive/manifest.ts';
import { readBlocks } from '../files/read-blocks.ts';
import type { AheadRun, AppliedRun, Ledger } from '../ledger/ledger.ts';
import { MEMORY_FILE, readWritten } from '../ledger/read-memory.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/** More takes longer than a delivery, and others want the ledger too. */
const MOST_BYTES = 16 << 20;

/** The ledger is told what a run taught before it is sealed, and remembers it with the seal; until then nothing of it counts. */
export interface ToldAhead {
  /** What endMemory() added. To be called once, when nothing is added any more. */
  tellRest(): Promise<void>;
  /** To whom the sealed run is applied: what was told needs no telling where it is what was sealed. */
  ledger: Pick<Ledger, 'apply' | 'findRun' | 'generation'>;
  /** May be called at any time, and any number of times. Nobody reads the memory of the run any more. */
  giveUp(): Promise<void>;
}

/**
 * Begins to tell, which goes on while the files of the run are delivered. Only to a folder: what is sent to a host takes
 * longer than anybody should keep the ledger. Whatever goes wrong is left to whoever applies the run once it is sealed.
 */
export async function tellAhead(run: OpenRun, tools: RunTools): Promise<ToldAhead | undefined> {
  const { connection, folder, record } = run;
  const { memoryBytes = 0, facts } = record;
  if (connection.settings.destination.type !== 'local') return undefined;
  const { tellAheadBytes: least = Number.POSITIVE_INFINITY } = tools;
  if (memoryBytes < least || memoryBytes > MOST_BYTES) return undefined;
  const ledger = await tools.ledger();
  const ahead = await ledger.ahead?.({ id: facts.id, connection: facts.connection });
  if (!ahead) return undefined;
  const path = join(folder.path, MEMORY_FILE);
  const hash = createHash('sha256');
  const tell = (from: number) => ahead.tell(readWritten(path, () => hashed(readBlocks(path, from), hash)));
  const telling = tell(0);
  return {
    async giveUp() {
      ahead.giveUp();
      await telling;
    },
    async tellRest() {
      await telling;
      await tell(memoryBytes);
    },
    ledger: sealedAs(ledger, ahead, { run, sha256: () => hash.digest('hex') }),
  };
}

async function* hashed(
  blocks: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const block of blocks) {
    hash.update(block);
    yield block;
  }
}

function sealedAs(
  ledger: Ledger,
  ahead: AheadRun,
  told: { run: OpenRun; sha256(): string },
): ToldAhead['ledger'] {
  return {
    findRun: (id) => ledger.findRun(id),
    generation: (connection) => ledger.generation(connection),
    async apply(run, entries) {
      const isSame = (await sealedMemoryOf(told.run, run)) === told.sha256();
      if (isSame && (await ahead.seal(run))) return;
      ahead.giveUp();
      await ledger.apply(run, entries);
    },
  };
}

/** The hash of the memory that was sealed, before it was encrypted. */
async function sealedMemoryOf(
  { folder }: OpenRun,
  { manifestSha256 }: AppliedRun,
): Promise<string | undefined> {
  try {
    const sealed = await readManifest(folder.path);
    if (sealed?.sha256 !== manifestSha256) return undefined;
    return sealed.manifest.files.find(({ path }) => path === MEMORY_FILE)?.sha256;
  } catch {
    // Whoever applies the run comes by the same, and says it.
    return undefined;
  }
}
