import { readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { makeFolder, syncFolder, writeWhole } from '../files/write-whole.ts';
import {
  dryFolder,
  KEPT_FOLDERS,
  mayBelongTo,
  OPEN,
  openFolder,
  plainBeside,
  STATE_FILE,
  stateBeside,
  WORK_FOLDER,
} from './layout.ts';
import { isThere, readEntries } from './read-entries.ts';

/** The folder of a run at work; once it is sealed, the sealed one. */
export class RunFolder {
  readonly archive: string;
  readonly run: string;
  readonly isDry: boolean;
  #path: string;

  constructor(archive: string, run: string, { dry }: { dry: boolean }) {
    this.archive = archive;
    this.run = run;
    this.isDry = dry;
    this.#path = dry ? dryFolder(archive, run) : openFolder(archive, run);
  }

  get path(): string {
    return this.#path;
  }
  /** The bytes received. */
  get inbound(): string {
    return join(this.#path, 'inbound');
  }
  /** What was encrypted of them, plain: gone before the run is sealed. */
  get plain(): string {
    return join(this.work, 'plain');
  }
  /** The bytes to deliver. */
  get outbound(): string {
    return join(this.#path, 'outbound');
  }
  /** The mappings and settings used. */
  get mapping(): string {
    return join(this.#path, 'mapping');
  }
  /** Spools of a run at work; it is gone before the run is sealed. */
  get work(): string {
    return join(this.#path, WORK_FOLDER);
  }

  /** Removes what only a run at work needs; of a dry run, which nothing resumes, its state too. */
  async removeWork(): Promise<void> {
    await remove(this.work);
    if (this.isDry) await remove(join(this.#path, STATE_FILE));
  }

  /** Removes the run as if it had never been: for one that could not take its drop. */
  async discard(): Promise<void> {
    await remove(this.#path);
    await remove(stateBeside(this.archive, this.run));
    await remove(plainBeside(this.archive, this.run));
  }

  /** For the one who seals: the folder has its final name now. */
  movedTo(path: string): void {
    this.#path = path;
  }
}

/** Makes the folder of a new run, readable by its owner alone. Its state is written next, by the caller. */
export async function createRunFolder(
  archive: string,
  run: { id: string },
  options: { dry: boolean },
): Promise<RunFolder> {
  const folder = new RunFolder(archive, run.id, options);
  if (await isThere(folder.path)) throw new AppError('already_exists', `There is a run ${run.id} already`);
  for (const name of [...KEPT_FOLDERS, WORK_FOLDER]) await makeFolder(join(folder.path, name));
  return folder;
}

/** @param state what a restart needs to go on: plain data, written whole or not at all. */
export async function writeRunState(folder: RunFolder, state: object): Promise<void> {
  await writeWhole(join(folder.path, STATE_FILE), `${JSON.stringify(state, undefined, 2)}\n`);
}

/**
 * What `writeRunState` wrote last, of the same shape: nobody else writes that file.
 * Throws local_io where it cannot be read: a run of unknown state is never taken for none.
 */
export async function readRunState<State extends object>(folder: RunFolder): Promise<State> {
  const within = join(folder.path, STATE_FILE);
  const path = (await isThere(within)) ? within : stateBeside(folder.archive, folder.run);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw diskError(`Cannot read the state of the run ${folder.run}, ${path}`, cause);
  }
}

/**
 * Open runs, oldest first, each with a state to go on from.
 * Whoever holds a connection's lock names the connection: other runs may be sealed by others at this moment.
 */
export async function listOpenRuns(archive: string, connection?: string): Promise<RunFolder[]> {
  const found = await readOpenFolders(archive, connection);
  return found.filter(({ hasState }) => hasState).map(({ folder }) => folder);
}

/**
 * Folders without a state: what a crash left while a drop was being taken. Their drop is still whole at the source,
 * because a source is cleared only after the seal; whoever holds the connection's lock may discard them.
 */
export async function listStrayFolders(archive: string, connection?: string): Promise<RunFolder[]> {
  const found = await readOpenFolders(archive, connection);
  return found.filter(({ hasState }) => !hasState).map(({ folder }) => folder);
}

/** Takes the state out of a folder that is about to be sealed, to where a restart still finds it. */
export async function setStateAside(folder: RunFolder): Promise<void> {
  const within = join(folder.path, STATE_FILE);
  if (!(await isThere(within))) return;
  try {
    await rename(within, stateBeside(folder.archive, folder.run));
    await syncFolder(folder.path);
    await syncFolder(join(folder.archive, OPEN));
  } catch (cause) {
    throw diskError(`Cannot move the state of the run ${folder.run}`, cause);
  }
}

/**
 * Runs of a connection whose state lies aside while their open folder is gone: a crash came after the rename that
 * sealed them. By their names; the state says for certain.
 */
export async function listStatesAside(archive: string, connection: string): Promise<RunFolder[]> {
  const path = join(archive, OPEN);
  const entries = (await isThere(path)) ? await readEntries(path) : [];
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name));
  return entries
    .flatMap(({ name }) => runOfStateBeside(name) ?? [])
    .filter((run) => !folders.has(run) && mayBelongTo(run, connection))
    .map((run) => new RunFolder(archive, run, { dry: false }));
}

/**
 * Removes states of a connection whose folder is sealed; also those that a crash right after a seal left. Those of
 * other connections stay: they may be at work at this moment.
 */
export async function clearStatesAside(archive: string, connection: string): Promise<void> {
  for (const { run } of await listStatesAside(archive, connection)) await remove(stateBeside(archive, run));
}

async function readOpenFolders(
  archive: string,
  connection: string | undefined,
): Promise<{ folder: RunFolder; hasState: boolean }[]> {
  const path = join(archive, OPEN);
  if (!(await isThere(path))) return [];
  const runs = (await readEntries(path))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .filter((entry) => connection === undefined || mayBelongTo(entry.name, connection))
    .map((entry) => new RunFolder(archive, entry.name, { dry: false }));
  return Promise.all(runs.map(async (folder) => ({ folder, hasState: await hasState(folder) })));
}

async function hasState(folder: RunFolder): Promise<boolean> {
  const beside = stateBeside(folder.archive, folder.run);
  return (await isThere(join(folder.path, STATE_FILE))) || (await isThere(beside));
}

function runOfStateBeside(name: string): string | undefined {
  const suffix = `.${STATE_FILE}`;
  return name.startsWith('.') && name.endsWith(suffix) ? basename(name, suffix).slice(1) : undefined;
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw diskError(`Cannot remove ${path}`, cause);
  }
}
