import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE } from '../files/write-whole.ts';

export interface ZipMember {
  /** Its name at the root of the zip. */
  name: string;
  /** Where its bytes lie, or the bytes themselves. */
  from: { path: string } | { text: string };
}

/**
 * Files to one zip, in their order. The same files on the same day make the same bytes: no clock and no right of a file
 * goes into it. Throws local_disk_full or local_io; what it wrote until then is the caller's to remove.
 * @param date yyyy-MM-dd
 */
export async function zipFiles(path: string, members: readonly ZipMember[], date: string): Promise<void> {
  const zip = new ZipFile();
  const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
  // The format has no time zone: yazl writes the local parts of a date.
  const options = { mtime: new Date(year, month - 1, day, 12), mode: 0o100644, forceDosTimestamp: true };
  for (const { name, from } of members) {
    if ('path' in from) zip.addFile(from.path, name, options);
    else zip.addBuffer(Buffer.from(from.text), name, options);
  }
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: FILE_MODE, flush: true }));
  // A member that cannot be read is told to the zip, not to its stream: without this it would be waited for for ever.
  const unreadable = new Promise<never>((_resolve, reject) => {
    zip.on('error', reject);
  });
  zip.end();
  try {
    await Promise.race([written, unreadable]);
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}
