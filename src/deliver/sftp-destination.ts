import { posix } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { openSftp } from '../sftp/open-session.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import type { SftpSession } from '../sftp/session.ts';
import { destinationFault, isRefusal, STATUS } from '../sftp/sftp-errors.ts';
import { expectSafe, incomplete } from './delivery-faults.ts';
import { type Destination, type OutboundFile, temporaryName } from './destination.ts';
import { readDraft } from './read-draft.ts';
import type { SftpDestinationSettings } from './schema.ts';

interface Place {
  session: SftpSession;
  folder: string;
}

/** A folder on an SFTP host. It is never created. Throws what `openSftp` throws. */
export async function openSftpDestination(
  settings: SftpDestinationSettings,
  access: SftpAccess,
): Promise<Destination> {
  const place = { session: await openSftp(access), folder: settings.path };
  const { session, folder } = place;
  const temporary = (file: OutboundFile, run: string) =>
    posix.join(folder, temporaryName({ name: expectSafe(file.name) }, run));
  return {
    stage: async (file, run) => stageRemote(place, temporary(file, run), file),
    publish: async (file, run) => publishRemote(place, temporary(file, run), file),
    async unstage(file, run) {
      const path = temporary(file, run);
      await attempt(place, `remove ${path}`, () => session.remove(path));
    },
    sizeOf: async (name) => sizeOf(place, posix.join(folder, expectSafe(name))),
    async describe() {
      await expectFolder(place);
      const replaces = session.offers.posixRename ? 'replaces files in one step' : 'has no posix-rename';
      return `${session.where} ${folder} (${replaces})`;
    },
    async expectWritable() {
      await expectFolder(place);
      const { verdict, why } = await attempt(place, `look at ${folder}`, () => session.mayWrite(folder));
      if (verdict === 'no')
        throw new AppError('destination_denied', `Cannot write in ${folder} at ${session.where}: ${why}`);
      return verdict === 'yes' ? undefined : `whether files may be written here cannot be told: ${why}`;
    },
    close: () => session.close(),
  };
}

async function stageRemote(place: Place, temporary: string, file: OutboundFile): Promise<void> {
  const { session } = place;
  await expectFolder(place);
  await attempt(place, `write ${temporary}`, async () => {
    await session.remove(temporary);
    try {
      await session.writeFrom(readDraft(file), temporary);
      // Once more by name: some servers store a file only when its handle is closed.
      const stored = (await session.stat(temporary))?.sizeBytes;
      if (stored !== file.sizeBytes) throw incomplete(temporary, stored, file.sizeBytes);
    } catch (fault) {
      const told = await writeFault(place, temporary, fault);
      // The fault that is under way is the one to tell; on a line that is gone this fails as well.
      await session.remove(temporary).catch(() => undefined);
      throw told;
    }
  });
}

async function publishRemote(place: Place, temporary: string, file: OutboundFile): Promise<void> {
  const final = posix.join(place.folder, file.name);
  await attempt(place, `publish ${final}`, () => place.session.rename(temporary, final));
  const stored = await sizeOf(place, final);
  if (stored !== undefined && stored !== file.sizeBytes) throw incomplete(final, stored, file.sizeBytes);
}

async function sizeOf(place: Place, path: string): Promise<number | undefined> {
  const facts = await attempt(place, `look at ${path}`, () => place.session.stat(path));
  if (!facts) await expectFolder(place);
  return facts?.sizeBytes;
}

async function expectFolder(place: Place): Promise<void> {
  const { session, folder } = place;
  if (!(await attempt(place, `reach ${folder}`, () => session.isFolder(folder))))
    throw new AppError('destination_missing', `There is no folder ${folder} at ${session.where}`);
}

async function attempt<T>(place: Place, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw destinationFault(`Cannot ${doing} at ${place.session.where}`, cause);
  }
}

/** So little is left that the write has failed for want of it. */
const NO_SPACE_BYTES = 1 << 20;

/** In this protocol a full disk is a failure like any other: ask how much space is left while the file is still there. */
async function writeFault(place: Place, temporary: string, cause: unknown): Promise<AppError> {
  const { session, folder } = place;
  const sentence = `Cannot write ${temporary} at ${session.where}`;
  if (!isRefusal(cause, STATUS.failure)) return destinationFault(sentence, cause);
  if (!session.offers.statvfs)
    return destinationFault(`${sentence} (this host has no other word for a full disk)`, cause);
  // Where it does not tell, the refusal itself is what there is to say.
  const freeBytes = await session.freeBytes(folder).catch(() => undefined);
  return destinationFault(sentence, cause, freeBytes !== undefined && freeBytes < NO_SPACE_BYTES);
}
