import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { readBlocks } from '../files/read-blocks.ts';
import { type ByteScan, openUtf8Scan } from '../parse/scan-bytes.ts';
import { receiveFile, type Take } from '../source/receive-file.ts';
import type { FetchedFile, ListedFile, See, Source } from '../source/source.ts';
import type { EncryptedFile } from '../unwrap/unwrap-drop.ts';

/** One file of the drop in the run's folder; what is needed to clear it at the source later. */
export interface ClaimedFile {
  /** As the connection calls it. */
  name: string;
  /** As it was called in the drop. */
  file: string;
  sizeBytes: number;
  sha256: string;
  /** A person named it: then it need not be encrypted. */
  isNamed?: true;
  /** The encrypted file from which it is, as that lies in the inbound folder; the plain one then lies in the work folder. */
  received?: EncryptedFile;
  /** What the source listed; left out where the file was named by a person and is not the source's to clear. */
  listed?: ListedFile;
}

/** What the bytes of a file told while it was taken, by where it lies now; of some files nothing. */
export type ByteScans = Map<string, ByteScan>;

/** Copies a drop from the source into the run. From here on the run needs nothing of the source. */
export async function claimDrop(
  files: ReadonlyMap<string, ListedFile>,
  source: Source,
  inboundFolder: string,
  scans: ByteScans = new Map(),
): Promise<ClaimedFile[]> {
  const claimed: ClaimedFile[] = [];
  for (const [name, listed] of files) {
    const to = join(inboundFolder, listed.name);
    const fetched = await scanning(to, scans, (see) => source.fetch(listed, to, see));
    claimed.push({ name, file: listed.name, ...fetched, listed });
  }
  return claimed;
}

/** Copies files that a person named. They stay where they are. */
export async function claimNamed(
  files: ReadonlyMap<string, string>,
  inboundFolder: string,
  scans: ByteScans = new Map(),
): Promise<ClaimedFile[]> {
  const claimed: ClaimedFile[] = [];
  for (const [name, path] of files) {
    const file = basename(path);
    const to = join(inboundFolder, file);
    const copied = await scanning(to, scans, (see) => copyNamed(path, to, see));
    claimed.push({ name, file, ...copied, isNamed: true });
  }
  return claimed;
}

/** Saves a second look at every byte, which waits for the first otherwise. */
async function scanning(
  to: string,
  scans: ByteScans,
  take: (see: See) => Promise<FetchedFile>,
): Promise<FetchedFile> {
  const scan = openUtf8Scan();
  const taken = await take(scan.see);
  const found = scan.end();
  if (found) scans.set(to, found);
  return taken;
}

/** As one of the source is fetched: read once, hashed while it is written, and on the disk before the run says that it has it. */
async function copyNamed(path: string, to: string, see: See): Promise<FetchedFile> {
  const facts = await stat(path).catch((cause: unknown) => {
    if (errnoOf(cause) === 'ENOENT')
      throw new AppError('input_missing', `There is no file ${path}`, { cause });
    throw diskError(`Cannot read ${path}`, cause);
  });
  if (!facts.isFile()) throw new AppError('input_missing', `${path} is no file`);
  const feed = async (take: Take) => {
    for await (const block of readBlocks(path)) await take(block);
  };
  return receiveFile(to, feed, see);
}
