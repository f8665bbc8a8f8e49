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
export interface TellingAhead {
  /** Where it is worth it. May be called again, and begins once. @param memoryBytes so much of the memory is there to be told */
  begin(memoryBytes: number): Promise<void>;
  /** What endMemory() added. To be called once, when nothing is added any more. */
  tellRest(): Promise<void>;
  /** To whom the sealed run is applied: what was told needs no telling where it is what was sealed. */
  ledger(): Promise<SealedLedger>;
  /** May be called at any time, and any number of times. Nobody reads the memory of the run any more. */
  giveUp(): Promise<void>;
}

type SealedLedger = Pick<Ledger, 'apply' | 'findRun' | 'generation'>;
type ToldAhead = Pick<TellingAhead, 'tellRest' | 'giveUp'> & { ledger: SealedLedger };

export function openTellingAhead(run: OpenRun, tools: RunTools): TellingAhead {
  let begun: Promise<ToldAhead | undefined> | undefined;
  return {
    async begin(memoryBytes) {
      begun ??= tellAhead(run, tools, memoryBytes);
      await begun;
    },
    async tellRest() {
      await (await begun)?.tellRest();
    },
    ledger: async () => (await begun)?.ledger ?? tools.ledger(),
    async giveUp() {
      await (await begun)?.giveUp();
    },
  };
}

/**
 * Begins to tell, which goes on while the files of the run are finished and delivered. Only to a folder: what is sent to a host
 * takes longer than anybody should keep the ledger. Whatever goes wrong is left to whoever applies the run once it is sealed.
 */
async function tellAhead(run: OpenRun, tools: RunTools, memoryBytes: number): Promise<ToldAhead | undefined> {
  const { connection, folder, record } = run;
  if (record.dryRun || connection.settings.destination.type !== 'local') return undefined;
  const { tellAheadBytes: least = Number.POSITIVE_INFINITY } = tools;
  if (memoryBytes < least || memoryBytes > MOST_BYTES) return undefined;
  const ledger = await tools.ledger();
  const { id, connection: name } = record.facts;
  const ahead = await ledger.ahead?.({ id, connection: name });
  if (!ahead) return undefined;
  const path = join(folder.path, MEMORY_FILE);
  const hash = createHash('sha256');
  const tell = (from: number, to?: number) =>
    ahead.tell(readWritten(path, () => hashed(readUntil(path, from, to), hash)));
  // Not what is added behind it while this goes on: that is told with the rest.
  const telling = tell(0, memoryBytes);
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

async function* readUntil(path: string, from: number, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  let left = to - from;
  for await (const block of readBlocks(path, from)) {
    yield block.length > left ? block.subarray(0, left) : block;
    left -= block.length;
    if (left <= 0) return;
  }
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

function sealedAs(ledger: Ledger, ahead: AheadRun, told: { run: OpenRun; sha256(): string }): SealedLedger {
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
