import { readStateFile, writeStateFile } from './state-file.ts';

/** A file that a run staged under a temporary name of its own, and that may still lie at the destination. */
export interface StagedName {
  run: string;
  name: string;
}

export async function readStagedNames(archivePath: string, connection: string): Promise<StagedName[]> {
  return (await readStateFile<StagedName[]>(archivePath, connection, 'staged')) ?? [];
}

export async function writeStagedNames(
  archivePath: string,
  connection: string,
  names: readonly StagedName[],
): Promise<void> {
  await writeStateFile(archivePath, connection, 'staged', names);
}
