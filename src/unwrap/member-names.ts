import { type Entry, getFileNameLowLevel } from 'yauzl';
import { AppError, type Place } from '../errors/app-error.ts';
import { whyUnsafe } from '../files/safe-name.ts';

/**
 * The path of a member and its last segment. People pack folders, so there may be some above a file; only the last
 * segment is ever used as a name. Throws unsafe_name where any of them could lead out of a folder.
 */
export function memberNames(entry: Entry, place: Place): { path: string; base: string } {
  // Some programs of Windows write backslashes; here they are read as what they were meant to be.
  const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const segments = path.replace(/\/$/, '').split('/');
  for (const segment of segments) {
    const why = /^[a-z]:/i.test(segment) ? 'it names a drive' : whyUnsafe(segment);
    if (why !== undefined)
      throw new AppError('unsafe_name', `The zip has a member whose name cannot be used: ${why}`, { place });
  }
  return { path, base: segments.at(-1) ?? '' };
}
