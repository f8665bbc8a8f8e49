import { isSameFile } from '../../ledger/last-drop.ts';
import { readStateFile, writeStateFile } from '../../ledger/state-file.ts';
import type { ListedFile } from '../../source/source.ts';

export interface SeenResult extends ListedFile {
  /** It could not be used; a person may have mended since what it was held against. */
  isUnusable?: boolean;
}

/** Result files that were read or could not be used, as they were listed: so that none is fetched again at every look. */
export async function readSeen(archivePath: string, connection: string): Promise<readonly SeenResult[]> {
  return (await readStateFile<readonly SeenResult[]>(archivePath, connection, 'results')) ?? [];
}

/** @param there what the folder has now: what is gone need not be remembered */
export async function writeSeen(
  archivePath: string,
  connection: string,
  { seen, there }: { seen: readonly SeenResult[]; there: readonly ListedFile[] },
): Promise<void> {
  const kept = seen.filter((file) => there.some((one) => isSameFile(one, file)));
  await writeStateFile(archivePath, connection, 'results', kept);
}
