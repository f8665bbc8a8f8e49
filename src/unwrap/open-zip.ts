import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError, type Place } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { memberNames } from './member-names.ts';

/** How large a zip may say that it is once unpacked; what it says is checked again while it is unpacked. */
export interface ZipLimits {
  members: number;
  memberBytes: number;
  totalBytes: number;
  /** How many times its packed size a member may be, once it is larger than `ratioFromBytes`. */
  ratio: number;
  ratioFromBytes: number;
}

/** Rosters pack to a tenth or so; nothing that is text of a district packs to a two-hundredth. */
export const ZIP_LIMITS: ZipLimits = {
  members: 1000,
  memberBytes: 4 * 2 ** 30,
  totalBytes: 8 * 2 ** 30,
  ratio: 200,
  ratioFromBytes: 8 * 2 ** 20,
};

export interface Member {
  /** With its folders, as for people. */
  path: string;
  /** The last segment: safe as the name of a file. */
  base: string;
  entry: Entry;
}

/** An open zip whose list of members was read and found fit. */
export interface Zip extends Disposable {
  file: ZipFile;
  place: Place;
  /** Files alone, without what packing programs add for themselves. */
  members: readonly Member[];
}

/** Throws zip_unreadable, zip_refused, zip_encrypted, unsafe_name and local_io. */
export async function openZip(path: string, name: string, limits: ZipLimits): Promise<Zip> {
  const place = { file: name };
  try {
    const file = await openPromise(path, { autoClose: false, decodeStrings: false });
    try {
      const members = await listMembers(file, place, limits);
      return { file, place, members, [Symbol.dispose]: () => file.close() };
    } catch (fault) {
      file.close();
      throw fault;
    }
  } catch (cause) {
    throw zipFault(cause, place);
  }
}

async function listMembers(zip: ZipFile, place: Place, limits: ZipLimits): Promise<Member[]> {
  if (zip.entryCount > limits.members)
    throw refused(`The zip has ${zip.entryCount} members, more than ${limits.members}`, place);
  const members: Member[] = [];
  const paths = new Set<string>();
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { path, base } = memberNames(entry, place);
    if (paths.has(path)) throw refused(`The zip has ${path} twice`, place);
    paths.add(path);
    totalBytes += entry.uncompressedSize;
    refuseUnfit(entry, path, place);
    refuseLarge(entry, path, { place, limits });
    if (totalBytes > limits.totalBytes)
      throw refused(`The members of the zip are larger than ${limits.totalBytes} bytes together`, place);
    if (!path.endsWith('/') && !isLitter(path)) members.push({ path, base, entry });
  }
  return members;
}

/** Kinds of file as Unix writes them: zero where the packing program says nothing. */
const KIND_MASK = 0o170000;
const PLAIN_KINDS = new Set([0, 0o100000, 0o040000]);

function refuseUnfit(entry: Entry, path: string, place: Place): void {
  const kind = (entry.externalFileAttributes >>> 16) & KIND_MASK;
  if (!PLAIN_KINDS.has(kind)) throw refused(`The member ${path} of the zip is a link or a device`, place);
  if (entry.isEncrypted())
    throw new AppError('zip_encrypted', `The member ${path} of the zip is locked with a password`, { place });
}

function refuseLarge(
  { uncompressedSize, compressedSize }: Entry,
  path: string,
  { place, limits }: { place: Place; limits: ZipLimits },
): void {
  if (uncompressedSize > limits.memberBytes)
    throw refused(`The member ${path} of the zip is larger than ${limits.memberBytes} bytes`, place);
  const isPacked = uncompressedSize > limits.ratio * Math.max(1, compressedSize);
  if (isPacked && uncompressedSize > limits.ratioFromBytes)
    throw refused(
      `The member ${path} of the zip is packed to less than 1/${limits.ratio} of its size`,
      place,
    );
}

/** What a Mac adds to a zip, and hidden files. */
function isLitter(path: string): boolean {
  return path.split('/').some((segment) => segment === '__MACOSX' || segment.startsWith('.'));
}

function refused(sentence: string, place: Place): AppError {
  return new AppError('zip_refused', sentence, { place });
}

/** A fault of the zip library, of inflating or of the disk, as one of ours. Its messages name no values. */
export function zipFault(cause: unknown, place: Place): AppError {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = errnoOf(cause);
  if (/^E[A-Z0-9]+$/.test(code)) return diskError(`Cannot read ${place.file}`, cause);
  if (/encrypt/i.test(message))
    return new AppError('zip_encrypted', 'The zip is locked with a password', { place, cause });
  return new AppError('zip_unreadable', `The zip cannot be read: ${message}`, { place, cause });
}
