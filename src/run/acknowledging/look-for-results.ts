import type { LoadedConnection } from '../../config/load-connection.ts';
import { isSameFile } from '../../ledger/last-drop.ts';
import { waitUntil } from '../../source/look-for-drop.ts';
import { compileMatch } from '../../source/match-name.ts';
import { openSettledWatch } from '../../source/settled-watch.ts';
import type { ListedFile, Source } from '../../source/source.ts';
import { durationMs } from '../../time/duration.ts';
import type { RunTools } from '../run-tools.ts';
import { towardsResults } from './importer-end.ts';
import { readSeen, writeSeen } from './seen-results.ts';
import { type TakenResult, takeResult } from './take-result.ts';

type Acknowledge = NonNullable<LoadedConnection['settings']['acknowledge']>;

/**
 * Reads the result files that lie in the folder of the importing system and have come to rest, the oldest first, each once.
 * To be called while the lock of the connection is held. Throws what reaching the folder throws.
 * @param onlyNew leaves alone what could not be used before; whoever types the command has it tried again
 */
export async function lookForResults(
  connection: LoadedConnection,
  { onlyNew }: { onlyNew: boolean },
  tools: RunTools,
): Promise<TakenResult[]> {
  const { acknowledge } = connection.settings;
  if (!acknowledge) return [];
  const source = await tools.openSource(towardsResults(connection, acknowledge));
  try {
    const seen = [...(await readSeen(tools.archivePath, connection.name))];
    const done = seen.filter(({ isUnusable }) => onlyNew || !isUnusable);
    const found = await listRested(source, { acknowledge, done }, tools);
    const taken: TakenResult[] = [];
    for (const file of found.rested) {
      const result = await takeResult(connection, { ...file, fetch: (to) => source.fetch(file, to) }, tools);
      taken.push(result);
      tell(connection, result, tools);
      const isUnusable = result.kind === 'not_used';
      if (!isUnusable) await source.clear(file);
      seen.push({ ...file, ...(isUnusable && { isUnusable }) });
      await writeSeen(tools.archivePath, connection.name, { seen, there: found.listing });
    }
    return taken;
  } finally {
    await source.close();
  }
}

/** Whoever finds nothing new waits for nothing. */
async function listRested(
  source: Source,
  { acknowledge, done }: { acknowledge: Acknowledge; done: readonly ListedFile[] },
  { clock, signal }: Pick<RunTools, 'clock' | 'signal'>,
): Promise<{ listing: readonly ListedFile[]; rested: readonly ListedFile[] }> {
  const { ready, file } = acknowledge;
  const watch = openSettledWatch(ready);
  const match = compileMatch(file);
  const look = async () => {
    const begunMs = clock.monotonicMs();
    const listing = await source.list();
    const endedMs = clock.monotonicMs();
    const readiness = watch.look(listing, { begunMs, endedMs });
    const fresh = listing.filter(
      (one) => match(one.name) !== undefined && !done.some((known) => isSameFile(known, one)),
    );
    return { listing, endedMs, fresh, rested: fresh.filter((one) => readiness(one) === 'settled') };
  };
  let last = await look();
  if ('quiet' in ready && last.fresh.length > 0) {
    await waitUntil(clock, last.endedMs + durationMs(ready.quiet), signal);
    last = await look();
  }
  return { ...last, rested: last.rested.toSorted((one, other) => one.modifiedMs - other.modifiedMs) };
}

function tell(
  { name: connection }: LoadedConnection,
  result: TakenResult,
  { logger }: Pick<RunTools, 'logger'>,
) {
  if (result.kind === 'read') {
    const { run, acknowledgement, students, rows, still_refused } = result.acknowledgement;
    const counts = { ...students, unclear: rows.unclear, still_refused };
    logger.info({ connection, run, acknowledgement, ...counts }, 'the importing system answered');
  } else if (result.kind === 'not_used') {
    const { code, message, hint } = result.error;
    logger.warn({ connection, code, message, hint }, 'a result file of the importing system cannot be used');
  }
}
