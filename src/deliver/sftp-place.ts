import { posix } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import type { SftpSession } from '../sftp/session.ts';
import { destinationFault } from '../sftp/sftp-errors.ts';
import { expectSafe } from './delivery-faults.ts';
import { type StoredFile, temporaryName } from './destination.ts';
import type { SftpDestinationSettings } from './schema.ts';

/** A destination folder on a host, and where in it which name lies. */
export interface SftpPlace {
  session: SftpSession;
  settings: SftpDestinationSettings;
  /** The folder of the final names. */
  folder: string;
  /** The folder of the temporary names; mostly the same. */
  staging: string;
}

export function openPlace(session: SftpSession, settings: SftpDestinationSettings): SftpPlace {
  const { path: folder, staging } = settings;
  return { session, settings, folder, staging: staging === undefined ? folder : inside(folder, staging) };
}

function inside(folder: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(folder, path);
}

export function finalPath({ folder }: SftpPlace, file: { name: string }): string {
  return posix.join(folder, expectSafe(file.name));
}

export function temporaryPath({ staging }: SftpPlace, file: { name: string }, run: string): string {
  return posix.join(staging, temporaryName({ name: expectSafe(file.name) }, run));
}

/** Undefined only where the folder was reached and does not have the name. */
export async function lookAt(place: SftpPlace, path: string): Promise<StoredFile | undefined> {
  const facts = await attempt(place, `look at ${path}`, () => place.session.stat(path));
  if (!facts) await expectFolder(place, posix.dirname(path));
  return facts && { sizeBytes: facts.sizeBytes, modifiedMs: facts.modifiedMs };
}

export async function expectFolders(place: SftpPlace): Promise<void> {
  await expectFolder(place, place.folder);
  if (place.staging !== place.folder) await expectFolder(place, place.staging);
}

export async function expectFolder(place: SftpPlace, folder: string): Promise<void> {
  const { session } = place;
  if (!(await attempt(place, `reach ${folder}`, () => session.isFolder(folder))))
    throw new AppError('destination_missing', `There is no folder ${folder} at ${session.where}`);
}

export async function attempt<T>(place: SftpPlace, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw destinationFault(`Cannot ${doing} at ${place.session.where}`, cause);
  }
}
