import type { AppError } from '../errors/app-error.ts';
import { destinationFault, isRefusal, STATUS } from '../sftp/sftp-errors.ts';
import { incomplete, takenEarly } from './delivery-faults.ts';
import type { OutboundFile } from './destination.ts';
import { readDraft } from './read-draft.ts';
import { attempt, expectFolders, finalPath, lookAt, type SftpPlace, temporaryPath } from './sftp-place.ts';

/** See Destination.stage. */
export async function stageRemote(place: SftpPlace, file: OutboundFile, run: string): Promise<void> {
  const { session } = place;
  await expectFolders(place);
  const temporary = temporaryPath(place, file, run);
  await attempt(place, `write ${temporary}`, async () => {
    await session.remove(temporary);
    try {
      await session.writeFrom(readDraft(file), temporary);
      // Once more by name: some servers store a file only when its handle is closed.
      const stored = await session.stat(temporary);
      if (!stored) throw takenEarly(temporary);
      if (stored.sizeBytes !== file.sizeBytes) throw incomplete(temporary, stored.sizeBytes, file.sizeBytes);
    } catch (fault) {
      const told = await writeFault(place, temporary, fault);
      // The fault that is under way is the one to tell; on a line that is gone this fails as well.
      await session.remove(temporary).catch(() => undefined);
      throw told;
    }
  });
}

/** See Destination.publish, where the host has no rename to trust. What is cut stays: the next try writes it whole. */
export async function writeInPlace(place: SftpPlace, file: OutboundFile): Promise<void> {
  const path = finalPath(place, file);
  await expectFolders(place);
  await attempt(place, `write ${path}`, async () => {
    try {
      await place.session.writeFrom(readDraft(file), path, { replaces: true });
    } catch (fault) {
      throw await writeFault(place, path, fault);
    }
  });
  await expectWhole(place, file);
}

/** One that an importer has taken at once is fine. */
export async function expectWhole(place: SftpPlace, file: OutboundFile): Promise<void> {
  const path = finalPath(place, file);
  const stored = await lookAt(place, path);
  if (stored && stored.sizeBytes !== file.sizeBytes) throw incomplete(path, stored.sizeBytes, file.sizeBytes);
}

/** So little is left that the write has failed for want of it. */
const NO_SPACE_BYTES = 1 << 20;

/** In this protocol a full disk is a failure like any other: ask how much space is left while the file is still there. */
async function writeFault(place: SftpPlace, path: string, cause: unknown): Promise<AppError> {
  const { session, folder } = place;
  const sentence = `Cannot write ${path} at ${session.where}`;
  if (!isRefusal(cause, STATUS.failure)) return destinationFault(sentence, cause);
  if (!session.offers.statvfs)
    return destinationFault(`${sentence} (this host has no other word for a full disk)`, cause);
  // Where it does not tell, the refusal itself is what there is to say.
  const freeBytes = await session.freeBytes(folder).catch(() => undefined);
  return destinationFault(sentence, cause, freeBytes !== undefined && freeBytes < NO_SPACE_BYTES);
}
