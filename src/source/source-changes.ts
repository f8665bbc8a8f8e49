import { AppError } from '../errors/app-error.ts';
import { visibleName, whyUnsafe } from '../files/safe-name.ts';
import { isTemporaryName, markedBy } from './match-name.ts';
import type { SourceSettings } from './schema.ts';
import type { ListedFile, TellNotice } from './source.ts';

/** Size and time as a source tells them: all by which a change can be seen from outside. */
interface Facts {
  sizeBytes: number;
  modifiedMs: number;
  isFile: boolean;
}

export function isAsListed(facts: Facts, file: ListedFile): boolean {
  return facts.isFile && facts.sizeBytes === file.sizeBytes && facts.modifiedMs === file.modifiedMs;
}

/** Throws `source_changed` unless this is still the file that was listed. */
export function expectAsListed(facts: Facts | undefined, file: ListedFile): void {
  if (!facts) throw sourceChanged(file, 'it is not there any more');
  if (!isAsListed(facts, file)) throw sourceChanged(file, 'its size or time is another now');
}

export function sourceChanged(file: ListedFile, why: string, cause?: unknown): AppError {
  const sentence = `${file.name} changed while it was fetched: ${why}`;
  return new AppError('source_changed', sentence, cause === undefined ? {} : { cause });
}

/** What a folder has, with what else is known of each name. */
export interface FoundFile extends ListedFile {
  isFile: boolean;
  isFolder: boolean;
  /** Where the source tells: under how many names these bytes lie. */
  links?: number;
}

/** A listing of files that may be taken; how many were left out because their names are unsafe. Folders are no matter. */
export function withoutUnusable(
  all: readonly FoundFile[],
  ready: SourceSettings['ready'],
  tell: TellNotice = () => undefined,
) {
  const found = all.filter(({ isFile }) => isFile);
  for (const each of all) tellOf(each, tell);
  const safe = found
    .filter((file) => whyUnsafe(file.name) === undefined)
    .map(({ name, sizeBytes, modifiedMs, isOnMount }) => ({
      ...{ name, sizeBytes, modifiedMs },
      ...(isOnMount && { isOnMount }),
    }));
  const names = new Set(safe.map((file) => file.name));
  /** A marker may look like a temporary file, as .students.csv.done does. */
  const isMarker = (name: string) => 'marker' in ready && names.has(markedBy(ready.marker, name) ?? '');
  return {
    files: safe.filter((file) => !isTemporaryName(file.name) || isMarker(file.name)),
    unsafe: found.length - safe.length,
  };
}

function tellOf({ name, isFile, isFolder, links = 1 }: FoundFile, tell: TellNotice): void {
  const visible = visibleName(name);
  const why = whyUnsafe(name);
  if (isFolder) return;
  if (why !== undefined)
    tell({ kind: 'unsafe_name', name: visible, message: `${visible} was left out: ${why}` });
  else if (!isFile)
    tell({
      kind: 'no_plain_file',
      name: visible,
      message: `${visible} was left out: it is a link or a special file, and neither is followed`,
    });
  else if (links > 1)
    tell({
      kind: 'hard_link',
      name: visible,
      message: `${visible} lies under ${links} names: whoever has another one can change it while it is read, and clearing takes only this one away`,
    });
}

/** Names of a record may come from a file that somebody edited. */
export function expectSafe(name: string): void {
  const why = whyUnsafe(name);
  if (why !== undefined)
    throw new AppError('unsafe_name', `The source has a file whose name cannot be used: ${why}`);
}

/** students.csv, students.2.csv, students.3.csv ... */
export function nameAt(name: string, attempt: number): string {
  if (attempt === 1) return name;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}.${attempt}${name.slice(dot)}` : `${name}.${attempt}`;
}

export function describeListing(
  where: string,
  { files, unsafe }: { files: unknown[]; unsafe: number },
): string {
  const count = files.length === 1 ? '1 file' : `${files.length} files`;
  return unsafe === 0 ? `${where}: ${count}` : `${where}: ${count}, and ${unsafe} with an unsafe name`;
}
