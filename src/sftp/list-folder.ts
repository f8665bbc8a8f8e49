import type { FileEntryWithStats } from 'ssh2';
import { AppError } from '../errors/app-error.ts';
import type { SftpEntry, SftpFacts } from './session.ts';
import { isRefusal, STATUS } from './sftp-errors.ts';
import { readFacts, statPath, type Wire, withHandle } from './wire.ts';

/** More names than any drop folder has; a folder that never ends would fill the memory. */
const MOST_NAMES = 100_000;

/** One batch after the other over an open handle. The library's own list() takes the kind of a file from its long name. */
export async function listFolder(wire: Wire, folder: string): Promise<SftpEntry[]> {
  const handle = await wire.line.ask<Buffer>((done) => wire.sftp.opendir(folder, done));
  const found = await withHandle(wire, handle, () => readNames(wire, handle, folder));
  const entries: SftpEntry[] = [];
  for (const [name, entry] of found) {
    const facts = factsOf(entry) ?? (await statPath(wire, `${folder}/${name}`));
    if (facts) entries.push({ name, ...facts });
  }
  return entries;
}

async function readNames(wire: Wire, handle: Buffer, folder: string) {
  const found = new Map<string, FileEntryWithStats>();
  for (let asked = 0; ; ) {
    const batch = await nextBatch(wire, handle);
    if (!batch) return found;
    for (const entry of batch)
      if (entry.filename !== '.' && entry.filename !== '..') found.set(entry.filename, entry);
    asked += Math.max(1, batch.length);
    if (asked > MOST_NAMES)
      throw new AppError('source_unreadable', `${folder} has more than ${MOST_NAMES} names`, {
        hint: 'Move old files out of the folder.',
      });
  }
}

/** The library leaves out . and .. unless it is told otherwise, which its types do not know. */
const WITH_ITSELF = { full: true };

/** What an open folder lists next, itself among it, or undefined at its end. */
export async function nextBatch(wire: Wire, handle: Buffer): Promise<FileEntryWithStats[] | undefined> {
  try {
    return await wire.line.ask<FileEntryWithStats[]>((done) => {
      Reflect.apply(wire.sftp.readdir, wire.sftp, [handle, WITH_ITSELF, done]);
    });
  } catch (fault) {
    if (isRefusal(fault, STATUS.endOfFile)) return undefined;
    throw fault;
  }
}

/** Servers of other systems send no mode; their long names still show a folder or a link. */
function factsOf(entry: FileEntryWithStats): SftpFacts | undefined {
  const facts = readFacts(entry.attrs);
  if (!facts || entry.attrs.mode) return facts;
  const longname = entry.longname ?? '';
  if (!/^[dl]|<(DIR|JUNCTION|SYMLINK)/.test(longname)) return facts;
  return { ...facts, isFile: false, isFolder: /^d|<DIR/.test(longname) };
}
