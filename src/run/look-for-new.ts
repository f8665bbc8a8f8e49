import type { LoadedConnection } from '../config/load-connection.ts';
import { isSameFile, readLastDrop, uncleared } from '../ledger/last-drop.ts';
import type { DropFound } from '../source/choose-drop.ts';
import { lookForDrop } from '../source/look-for-drop.ts';
import type { Source } from '../source/source.ts';
import type { RunTools } from './run-tools.ts';

/**
 * The drop to take now. What was carried and could not be cleared is none: it would be sent a second time, and keep back
 * those behind it.
 */
export async function lookForNew(
  source: Source,
  connection: LoadedConnection,
  tools: RunTools,
): Promise<DropFound | { state: 'carried_before' }> {
  const carried = uncleared(await readLastDrop(tools.archivePath, connection.name));
  let isAnyCarried = false;
  const list = async () => {
    const listed = await source.list();
    const others = listed.filter((file) => !carried.some((one) => isSameFile(one, file)));
    isAnyCarried = others.length < listed.length;
    return others;
  };
  const found = await lookForDrop({ ...source, list }, connection.settings, tools);
  return found.state === 'none' && isAnyCarried ? { state: 'carried_before' } : found;
}
