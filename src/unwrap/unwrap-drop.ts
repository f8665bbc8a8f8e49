/**
 * Unwrap: packed and encrypted drops to plain files.
 *
 * in:       the files of a drop as they were received, zips and encrypted ones among them, and keys
 * out:      plain files under the names of the connection: members beside their zip, what was encrypted in a folder of its own
 * promises: every byte is what was packed, by its checksum, or authenticated; a file is taken whole or refused with the reason
 * never:    writes outside the folder that it is given, trusts a size that a zip states, or follows a link
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncryptionScheme } from '../encryption/recognise.ts';
import { AppError } from '../errors/app-error.ts';
import { syncFolder } from '../files/write-whole.ts';
import { chooseMembers } from './choose-members.ts';
import { extractMember } from './extract-member.ts';
import { openZip, ZIP_LIMITS, type ZipLimits } from './open-zip.ts';
import { refuseDelta } from './refuse-delta.ts';

/** A file of the drop: in the folder `inbound`, or in `plain` where it was encrypted. */
export interface ReceivedFile {
  /** As the connection calls it; any other name for a zip whose members have the names. */
  name: string;
  /** One safe segment. */
  file: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
  /** A person named it: then it need not be encrypted. */
  isNamed?: true;
  /** The encrypted file from which it is, as that was received. */
  received?: EncryptedFile;
}

export interface EncryptedFile {
  /** The name of the connection by which it was claimed. */
  name: string;
  file: string;
  sizeBytes: number;
  sha256: string;
  encryption: EncryptionScheme;
}

export interface UnwrapOptions {
  /** Where the received files lie, and the plain ones go. What an earlier try left there is replaced. */
  inbound: string;
  /** The same for what was encrypted, and for the members of a zip that was. */
  plain: string;
  /** The files of the connection. */
  files: Readonly<Record<string, { required: boolean }>>;
  /** The names of the connection whose patterns a file name fits. */
  namesOf: (file: string) => readonly string[];
  limits?: ZipLimits;
  signal?: AbortSignal;
}

export interface UnwrappedDrop<Received extends ReceivedFile> {
  /**
   * By the names of the connection: what came plain as it was received, and members in place of their zip. The first
   * member of a zip has whatever else is known of the zip, as where it is listed at the source; the others have not.
   */
  files: (Received | ReceivedFile)[];
  /** Members that nothing asked for, by their names in the zip. */
  ignored: string[];
}

/**
 * May be called again after a crash: it answers the same.
 * Throws zip_unreadable, zip_refused, zip_encrypted, zip_incomplete, delta_drop, unsafe_name, ambiguous_drop, local_io,
 * and the signal's AbortError.
 */
export async function unwrapDrop<Received extends ReceivedFile>(
  received: readonly Received[],
  options: UnwrapOptions,
): Promise<UnwrappedDrop<Received>> {
  const drop: UnwrappedDrop<Received> = { files: [], ignored: [] };
  const taken = new Set(received.map(({ file }) => foldName(file)));
  for (const one of received) {
    if (!isZipName(one.file)) {
      drop.files.push(one);
      continue;
    }
    const { files, ignored } = await unpack(one, taken, options);
    const { received: from, isNamed } = one;
    const origin = { ...(from && { received: from }), ...(isNamed && { isNamed }) };
    drop.files.push(...files.map((member, at) => ({ ...(at === 0 ? one : origin), ...member })));
    drop.ignored.push(...ignored);
  }
  if (received.some(({ file }) => isZipName(file))) await syncFolder(options.inbound);
  return drop;
}

/** Only by its name: a workbook that is called students.csv is no zip of files. */
function isZipName(file: string): boolean {
  return /\.zip$/i.test(file);
}

async function unpack(
  zipped: ReceivedFile,
  taken: Set<string>,
  options: UnwrapOptions,
): Promise<{ files: ReceivedFile[]; ignored: string[] }> {
  const { limits = ZIP_LIMITS, signal } = options;
  const folder = zipped.received ? options.plain : options.inbound;
  using zip = await openZip(join(folder, zipped.file), zipped.file, limits);
  const chosen = chooseMembers(zip, zipped.name, options);
  await refuseDelta(zip, chosen.members.values());
  const files: ReceivedFile[] = [];
  try {
    for (const [name, member] of chosen.members) {
      const { base } = member;
      if (taken.has(foldName(base)))
        throw new AppError('ambiguous_drop', `Two files of the drop are called ${base}`, {
          place: zip.place,
        });
      taken.add(foldName(base));
      files.push({ name, file: base, ...(await extractMember(zip, member, join(folder, base), signal)) });
    }
    return { files, ignored: chosen.ignored };
  } catch (fault) {
    // Taken whole or not at all: members without the others would look like a drop.
    for (const { file } of files) await rm(join(folder, file), { force: true });
    throw fault;
  }
}

/** Two names that some disks take for one. */
function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
