import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';

/** A result file that is still to be brought to the district. */
export interface WaitingAnswer {
  run: string;
  name: string;
  sizeBytes: number;
  sha256: string;
  /** What had its name there when it was staged; there once it may be visible. */
  before?: Readonly<Record<string, { sizeBytes: number; modifiedMs: number } | null>>;
}

/** Where its bytes lie: beside the archive's runs, because those of a sealed run may be encrypted. */
export function waitingPath(archivePath: string, connection: string, { name }: { name: string }): string {
  return join(folderOf(archivePath, connection), name);
}

/** The folder for its bytes, made where it is not there. */
export async function makeWaitingFolder(archivePath: string, connection: string): Promise<void> {
  await makeFolder(join(archivePath, '.state'));
  await makeFolder(folderOf(archivePath, connection));
}

/** Written last: without it the bytes are those of a run that was not brought to its end. */
export async function writeWaiting(
  archivePath: string,
  connection: string,
  answer: WaitingAnswer,
): Promise<void> {
  await writeWhole(notePath(archivePath, connection, answer.run), `${JSON.stringify(answer)}\n`);
}

/** Of runs that were sealed, or are about to be; the oldest first. */
export async function listWaiting(archivePath: string, connection: string): Promise<WaitingAnswer[]> {
  const folder = folderOf(archivePath, connection);
  const notes = (await namesIn(folder)).filter((name) => name.endsWith(NOTE)).toSorted();
  return Promise.all(notes.map((name) => readNote(join(folder, name))));
}

export async function isWaiting(archivePath: string, connection: string, run: string): Promise<boolean> {
  return (await namesIn(folderOf(archivePath, connection))).includes(`${run}${NOTE}`);
}

/** The note last: until then it is known that there is something to remove. */
export async function forgetWaiting(
  archivePath: string,
  connection: string,
  answer: WaitingAnswer,
): Promise<void> {
  const notes = notePath(archivePath, connection, answer.run);
  for (const path of [waitingPath(archivePath, connection, answer), notes])
    await rm(path, { force: true }).catch((cause: unknown) => {
      throw diskError(`Cannot remove ${path}`, cause);
    });
}

const NOTE = '.json';

function folderOf(archivePath: string, connection: string): string {
  return join(archivePath, '.state', `${connection}.answers`);
}

function notePath(archivePath: string, connection: string, run: string): string {
  return join(folderOf(archivePath, connection), `${run}${NOTE}`);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return [];
    throw diskError(`Cannot list ${folder}`, cause);
  }
}

async function readNote(path: string): Promise<WaitingAnswer> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
