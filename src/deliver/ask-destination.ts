import type { Destination, OutboundFile, StoredFile } from './destination.ts';

/** What a destination had under the final names before anything of a run was published: null where nothing. */
export type Before = Readonly<Record<string, StoredFile | null>>;

/**
 * How far one file has come, by what the destination has.
 *
 * staged:     it waits under its temporary name, or nothing of it was written in place: publish it.
 * lost:       it was never published, and its temporary file is gone: stage it again, then publish it.
 * published:  the very bytes lie under the final name.
 * taken:      nothing lies under either name. Only publishing takes the temporary name away: it was published, and an importer has
 *             taken it since.
 * unknown:    what lies there is neither this file nor what was there before, or a file that is written in place is gone:
 *             nobody but a person can tell.
 */
export type Standing = 'staged' | 'lost' | 'published' | 'taken' | 'unknown';

/** Looks down before the first file is published, so that a later look can tell what has changed. */
export async function lookBefore(
  files: readonly OutboundFile[],
  destination: Destination,
): Promise<Record<string, StoredFile | null>> {
  const before: Record<string, StoredFile | null> = {};
  for (const file of files) before[file.name] = (await destination.look(file)) ?? null;
  return before;
}

/**
 * Asks the destination how far a file has come that may have been published before a break. Changes nothing.
 * Throws what looking throws: a destination that cannot be asked has not answered.
 * @param before what `lookBefore` answered, or undefined for a run that was staged by a version that did not look
 */
export async function askDestination(
  file: OutboundFile,
  asked: { destination: Destination; run: string; before: Before | undefined },
): Promise<Standing> {
  const { destination, run } = asked;
  const found = await destination.look(file);
  const before = asked.before?.[file.name];
  if (destination.publishes === 'in_place') return inPlace(file, { found, before, destination });
  if (await destination.lookStaged(file, run)) {
    // A host that links and then unlinks may have been stopped in between; a file that replaces needs no look.
    const isBoth = found && !isSame(found, before) && (await destination.holds(file));
    return isBoth ? 'published' : 'staged';
  }
  if (!found) return 'taken';
  if (await destination.holds(file)) return 'published';
  return isSame(found, before) ? 'lost' : 'unknown';
}

interface Seen {
  found: StoredFile | undefined;
  before: StoredFile | null | undefined;
  destination: Destination;
}

/** Without a rename nothing tells a file that was never begun from one that was taken as soon as it lay there. */
async function inPlace(file: OutboundFile, { found, before, destination }: Seen): Promise<Standing> {
  if (!found) return 'unknown';
  if (await destination.holds(file)) return 'published';
  // What was there before is not begun; a shorter file is the one that a break cut, and is written whole.
  return isSame(found, before) || found.sizeBytes < file.sizeBytes ? 'staged' : 'unknown';
}

function isSame(found: StoredFile, before: StoredFile | null | undefined): boolean {
  return before?.sizeBytes === found.sizeBytes && before.modifiedMs === found.modifiedMs;
}
