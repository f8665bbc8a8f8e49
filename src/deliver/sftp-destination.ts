import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { describeOffers } from '../sftp/describe-offers.ts';
import { openSftp } from '../sftp/open-session.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import type { SftpSession } from '../sftp/session.ts';
import { isRefusal, STATUS } from '../sftp/sftp-errors.ts';
import type { Destination, OutboundFile } from './destination.ts';
import type { SftpDestinationSettings } from './schema.ts';
import {
  attempt,
  expectFolder,
  expectFolders,
  finalPath,
  lookAt,
  openPlace,
  type SftpPlace,
  temporaryPath,
} from './sftp-place.ts';
import { expectWhole, stageRemote, writeInPlace } from './sftp-write.ts';

/** A folder on an SFTP host. Nothing creates it unasked. Throws what `openSftp` throws. */
export async function openSftpDestination(
  settings: SftpDestinationSettings,
  access: SftpAccess,
): Promise<Destination> {
  return deliverOver(await openSftp(access), settings);
}

/** The same over a session that is open. */
export function deliverOver(session: SftpSession, settings: SftpDestinationSettings): Destination {
  const place = openPlace(session, settings);
  const isInPlace = settings.publish === 'in_place';
  return {
    publishes: isInPlace ? 'in_place' : 'by_rename',
    stage: async (file, run) => (isInPlace ? expectFolders(place) : stageRemote(place, file, run)),
    publish: async (file, run) => publishRemote(place, file, run),
    unstage: async (file, run) => removeStaged(place, file, run),
    async finish(file, run) {
      await removeStaged(place, file, run);
      await writeMarker(place, file);
    },
    look: async (file) => lookAt(place, finalPath(place, file)),
    lookStaged: async (file, run) => lookAt(place, temporaryPath(place, file, run)),
    holds: async (file) => holdsRemote(place, file),
    makeFolder: async () => makeRemoteFolder(place),
    async describe() {
      await expectOffered(session, settings);
      await expectFolders(place);
      const replaces = session.offers.posixRename ? 'replaces files in one step' : 'has no posix-rename';
      return `${session.where} ${place.folder} (${isInPlace ? 'written in place' : replaces})`;
    },
    abilities: () => describeOffers(session.offers),
    expectWritable: async () => expectRemoteWritable(place),
    close: () => session.close(),
  };
}

async function makeRemoteFolder(place: SftpPlace): Promise<void> {
  await expectFolder(place, posix.dirname(place.folder));
  await attempt(place, `make ${place.folder}`, () => place.session.makeFolder(place.folder));
}

async function publishRemote(place: SftpPlace, file: OutboundFile, run: string): Promise<void> {
  const final = finalPath(place, file);
  await expectOffered(place.session, place.settings);
  const marker = markerPath(place, file);
  // Yesterday's marker would call a file whole that is still on its way.
  if (marker) await attempt(place, `remove ${marker}`, () => place.session.remove(marker));
  if (place.settings.publish === 'in_place') await writeInPlace(place, file);
  else {
    const temporary = temporaryPath(place, file, run);
    await attempt(place, `publish ${final}`, () => place.session.rename(temporary, final));
    await expectWhole(place, file);
  }
  await writeMarker(place, file);
}

function markerPath(place: SftpPlace, file: { name: string }): string | undefined {
  const { done } = place.settings;
  return done === undefined ? undefined : finalPath(place, { name: done.replace('{name}', () => file.name) });
}

async function writeMarker(place: SftpPlace, file: OutboundFile): Promise<void> {
  const marker = markerPath(place, file);
  if (!marker) return;
  const nothing = async function* (): AsyncGenerator<Buffer> {};
  await attempt(place, `write ${marker}`, () =>
    place.session.writeFrom(nothing(), marker, { replaces: true }),
  );
}

async function removeStaged(place: SftpPlace, file: { name: string }, run: string): Promise<void> {
  const path = temporaryPath(place, file, run);
  await attempt(place, `remove ${path}`, () => place.session.remove(path));
}

async function holdsRemote(place: SftpPlace, file: OutboundFile): Promise<boolean> {
  const path = finalPath(place, file);
  const stored = await lookAt(place, path);
  if (stored?.sizeBytes !== file.sizeBytes) return false;
  const hash = createHash('sha256');
  try {
    await place.session.readTo(path, file.sizeBytes, async (block) => void hash.update(block));
  } catch (fault) {
    // A drop box that lets nobody read: then the size is all that can be asked.
    if (isRefusal(fault, STATUS.permissionDenied)) return true;
    if (isRefusal(fault, STATUS.noSuchFile)) return false;
    if (fault instanceof AppError && fault.code === 'source_changed') return false;
    return await attempt(place, `read ${path} back`, () => Promise.reject(fault));
  }
  return hash.digest('hex') === file.sha256;
}

async function expectRemoteWritable(place: SftpPlace): Promise<string | undefined> {
  const { session, folder, staging } = place;
  await expectFolders(place);
  const doubts: string[] = [];
  for (const each of new Set([folder, staging])) {
    const { verdict, why } = await attempt(place, `look at ${each}`, () => session.mayWrite(each));
    if (verdict === 'no')
      throw new AppError('destination_denied', `Cannot write in ${each} at ${session.where}: ${why}`);
    const where = each === folder ? 'here' : `in ${posix.basename(each)}`;
    if (verdict === 'unknown') doubts.push(`whether files may be written ${where} cannot be told: ${why}`);
  }
  return doubts.length === 0 ? undefined : doubts.join('; ');
}

/** Asked before anything is written: a host that cannot do what was agreed gets nothing. */
async function expectOffered(
  { offers, where }: SftpSession,
  settings: SftpDestinationSettings,
): Promise<void> {
  if (settings.publish !== 'posix_rename' || offers.posixRename) return;
  throw new AppError(
    'protocol_mismatch',
    `${where} does not offer posix-rename@openssh.com, which publish: posix_rename asks for`,
    {
      hint: 'Write publish: rename, which removes the older file first; or publish: in_place where the host has no rename at all.',
    },
  );
}
