import { join } from 'node:path';
import { clearHalfWritten } from '../files/clear-half-written.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

/** A file of the source, as it was listed when it was taken. */
export interface TakenFile {
  name: string;
  sizeBytes: number;
  modifiedMs: number;
  /** A share or another disk was mounted at the folder. */
  isOnMount?: true;
}

/**
 * The drop that a connection took last. It answers two questions after a crash: whether the source was cleared,
 * and, where files are left at the source, whether what lies there was carried already.
 */
export interface LastDrop {
  run: string;
  files: readonly TakenFile[];
  isCleared: boolean;
  /** Of drops before it: what could not be cleared yet. */
  left?: readonly TakenFile[];
}

export async function readLastDrop(archivePath: string, connection: string): Promise<LastDrop | undefined> {
  return readStateFile<LastDrop>(archivePath, connection, 'drop');
}

export async function writeLastDrop(archivePath: string, connection: string, drop: LastDrop): Promise<void> {
  await writeStateFile(archivePath, connection, 'drop', drop);
}

/** A run has taken a drop and is about to be sealed. What could not be cleared of those before it is still to be cleared. May be called twice. */
export async function noteTaken(
  archivePath: string,
  connection: string,
  taken: Pick<LastDrop, 'run' | 'files'>,
): Promise<void> {
  const before = await readLastDrop(archivePath, connection);
  const left = before?.run === taken.run ? (before.left ?? []) : uncleared(before);
  const isSame = (file: TakenFile) => taken.files.some((one) => isSameFile(one, file));
  const others = left.filter((file) => !isSame(file));
  await writeLastDrop(archivePath, connection, {
    ...taken,
    isCleared: false,
    ...(others.length > 0 && { left: others }),
  });
}

/** What may still lie at the source though it was carried. */
export function uncleared(last: LastDrop | undefined): readonly TakenFile[] {
  return last && !last.isCleared ? [...(last.left ?? []), ...last.files] : [];
}

/** Of one connection, while its lock is held: what a crash left of the small files beside the runs. */
export async function clearHalfWrittenState(archivePath: string, connection: string): Promise<void> {
  // A dot may stand in the name of another connection, which begins as this one does.
  const isOurs = (name: string) =>
    name.startsWith(`${connection}.`) && /^[a-z]+\.json$/.test(name.slice(connection.length + 1));
  await clearHalfWritten(join(archivePath, '.state'), isOurs);
}

/** Whether these are the very files that were taken last, none changed since. */
export function isSameDrop(last: LastDrop | undefined, files: readonly TakenFile[]): boolean {
  if (last?.files.length !== files.length) return false;
  return files.every((file) => last.files.some((one) => isSameFile(one, file)));
}

/** By all that a source tells of a file. */
export function isSameFile(one: TakenFile, other: TakenFile): boolean {
  return one.name === other.name && one.sizeBytes === other.sizeBytes && one.modifiedMs === other.modifiedMs;
}
