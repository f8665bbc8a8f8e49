import { posix } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { describeOffers } from '../sftp/describe-offers.ts';
import { openSftp } from '../sftp/open-session.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import type { SftpSession } from '../sftp/session.ts';
import { isRefusal, reasonOf, STATUS, sourceFault } from '../sftp/sftp-errors.ts';
import { markerOf } from './match-name.ts';
import { receiveFile, type Take } from './receive-file.ts';
import type { SftpSourceSettings } from './schema.ts';
import type { ListedFile, Source, TellNotice } from './source.ts';
import {
  describeListing,
  expectAsListed,
  expectSafe,
  type FoundFile,
  isAsListed,
  nameAt,
  sourceChanged,
  withoutUnusable,
} from './source-changes.ts';

/** A folder on an SFTP host. Throws what `openSftp` throws. */
export async function openSftpSource(
  settings: SftpSourceSettings,
  access: SftpAccess,
  tell?: TellNotice,
): Promise<Source> {
  return takeOver(() => openSftp(access), settings, tell);
}

/** The same over sessions that `open` opens. */
export async function takeOver(
  open: () => Promise<SftpSession>,
  settings: SftpSourceSettings,
  tell?: TellNotice,
): Promise<Source> {
  let session = await open();
  const folder = settings.path;
  /** Hosts end sessions that are idle, and waiting for a drop to settle is idle: one that ended between two steps is opened anew. */
  const live = async () => {
    if (!session.isAlive()) session = await open();
    return session;
  };
  const list = async () => withoutUnusable(await readFolder(await live(), folder), settings.ready, tell);
  return {
    list: async () => (await list()).files,
    async fetch(file, to, see) {
      expectSafe(file.name);
      const opened = await live();
      const path = posix.join(folder, file.name);
      return receiveFile(to, (take) => readRemote(opened, path, file, take), see);
    },
    async clear(file) {
      expectSafe(file.name);
      return clearRemote(await live(), settings, file);
    },
    async expectReadable(file) {
      expectSafe(file.name);
      await tryRemote(await live(), posix.join(folder, file.name), file);
    },
    expectClearable: async () => expectRemoteClearable(await live(), settings),
    describe: async () => describeListing(`${session.where} ${folder}`, await list()),
    abilities: () => describeOffers(session.offers),
    close: () => session.close(),
  };
}

async function readFolder(session: SftpSession, folder: string): Promise<FoundFile[]> {
  try {
    return await session.list(folder);
  } catch (cause) {
    throw sourceFault(`Cannot list ${folder} at ${session.where}`, cause);
  }
}

/** Protocol and servers know no lock: the name is looked at before and after, and the bytes are counted. */
async function readRemote(session: SftpSession, path: string, file: ListedFile, take: Take): Promise<void> {
  try {
    expectAsListed(await session.stat(path), file);
    await session.readTo(path, file.sizeBytes, take);
    expectAsListed(await session.stat(path), file);
  } catch (cause) {
    if (isRefusal(cause, STATUS.noSuchFile)) throw sourceChanged(file, 'it is not there any more', cause);
    throw sourceFault(`Cannot fetch ${path} from ${session.where}`, cause);
  }
}

async function tryRemote(session: SftpSession, path: string, file: ListedFile): Promise<void> {
  try {
    await session.tryRead(path);
  } catch (cause) {
    if (isRefusal(cause, STATUS.noSuchFile)) throw sourceChanged(file, 'it is not there any more', cause);
    throw sourceFault(`Cannot read ${path} at ${session.where}`, cause);
  }
}

async function expectRemoteClearable(
  session: SftpSession,
  { path: folder, after }: SftpSourceSettings,
): Promise<string | undefined> {
  if (after === 'leave') return undefined;
  const doing = after === 'remove' ? 'removed from' : 'moved out of';
  const { verdict, why } = await session.mayWrite(folder).catch((cause: unknown) => {
    throw sourceFault(`Cannot look at ${folder} at ${session.where}`, cause);
  });
  if (verdict === 'yes') return undefined;
  if (verdict === 'unknown') return `whether files may be ${doing} the folder cannot be told: ${why}`;
  throw new AppError('source_not_cleared', `No file can be ${doing} ${folder} at ${session.where}: ${why}`);
}

/** See Source.clear. The marker goes first: left alone, it would call the next file of this name whole. */
async function clearRemote(
  session: SftpSession,
  { path: folder, ready, after }: SftpSourceSettings,
  file: ListedFile,
): Promise<boolean> {
  if (after === 'leave') return true;
  try {
    const facts = await session.stat(posix.join(folder, file.name));
    if (facts && !isAsListed(facts, file)) return false;
    // A folder that is not there has no files, but that does not mean that this one was cleared.
    if (!facts && !(await session.isFolder(folder))) throw new Error('the folder is not there');
    const marker = 'marker' in ready ? [markerOf(ready.marker, file.name)] : [];
    for (const name of [...marker, ...(facts ? [file.name] : [])]) {
      const to = after === 'remove' ? undefined : await placeFor(session, insideOf(folder, after.move), name);
      const path = posix.join(folder, name);
      // The protocol has no lock: looked at as late as can be, because a sender may write over it at any moment.
      const found = await session.stat(path);
      if (found && name === file.name && !isAsListed(found, file)) return false;
      if (to === undefined) await session.remove(path);
      else if (found) await session.rename(path, to);
    }
    return true;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const doing = `Cannot ${after === 'remove' ? 'remove' : 'move'} ${file.name} in ${folder} at ${session.where}`;
    throw new AppError('source_not_cleared', `${doing}: ${reasonOf(cause)}`, { cause });
  }
}

function insideOf(folder: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(folder, path);
}

/** A name in the folder that nothing has. */
async function placeFor(session: SftpSession, target: string, name: string): Promise<string> {
  await session.makeFolder(target);
  for (let attempt = 1; ; attempt += 1) {
    const to = posix.join(target, nameAt(name, attempt));
    if (!(await session.stat(to))) return to;
  }
}
