import { plainNameOf } from '../encryption/encrypted-name.ts';
import { compileFits, type DropFiles, isMarkerOfData, isZip } from './file-fits.ts';
import { ambiguous, type Candidate, type DropGroup, groupDrops, withoutLeftovers } from './group-drops.ts';
import type { ListedFile } from './source.ts';

/** Stands in place of a name of the connection for a zip: what its members are is known once it was unpacked. */
export const ZIP_DROP = '(zip)';

export type DropFound =
  /** By the names of the connection, an optional file that did not come left out; or one zip, under ZIP_DROP. */
  | { state: 'whole'; files: Map<string, ListedFile> }
  /** `missing`: names of the connection. `growing`: file names that are not known to be whole. */
  | { state: 'waiting'; missing: string[]; growing: string[] }
  | { state: 'none' };

/** growing: it may still change. unmarked: the sender has not said that it is whole. */
export type Readiness = 'settled' | 'growing' | 'unmarked';

export interface DropRules {
  readiness(file: ListedFile): Readiness;
  /** The pattern of markers, where the sender writes some: they are no data, whatever their names fit. */
  marker?: string | undefined;
  /** Encrypted files are expected: one that lies beside its plain file is no signature of it, but a second file. */
  decrypts?: boolean;
  /** Which of several drops is taken first: the newest, where drops stay in the folder after they were carried. */
  newestFirst: boolean;
  /** How far the times of the files of one drop may lie apart; left out: as far as they like. */
  withinMs?: number | undefined;
}

/**
 * Which files of the folder are the drop to take now.
 * Several files for one name of the connection are several drops.
 * Throws `ambiguous_drop` where nothing tells which files belong together.
 */
export function chooseDrop(listing: readonly ListedFile[], files: DropFiles, rules: DropRules): DropFound {
  const { candidates, zips } = findCandidates(withoutSignatures(listing, rules), files, rules.marker);
  const plain = candidates.size === 0 ? [] : groupDrops(files, candidates);
  const { withinMs = Number.POSITIVE_INFINITY } = rules;
  const whole = plain.map((group) => withoutLeftovers(group, withinMs));
  const groups = inOrder([...whole, ...zips.map(zipGroup)], rules.newestFirst);
  for (const group of groups) {
    if (group.missing.length > 0) continue;
    const unready = [...group.files.values()].map(rules.readiness).filter((state) => state !== 'settled');
    if (unready.length === 0) return { state: 'whole', files: group.files };
    // One that was merely never marked must not keep back those after it; one that is arriving keeps its turn.
    if (!unready.includes('unmarked')) return waitFor(group, rules);
  }
  return groups[0] ? waitFor(groups[0], rules) : { state: 'none' };
}

/** Where nothing is encrypted, students.csv.asc beside students.csv is most likely its signature, and no drop. */
function withoutSignatures(listing: readonly ListedFile[], { decrypts }: DropRules): readonly ListedFile[] {
  if (decrypts) return listing;
  const names = new Set(listing.map(({ name }) => name));
  return listing.filter(({ name }) => !names.has(plainNameOf(name) ?? ''));
}

/** A zip is a drop by itself. */
function zipGroup(file: ListedFile): DropGroup {
  return { files: new Map([[ZIP_DROP, file]]), missing: [] };
}

function waitFor(group: DropGroup, rules: DropRules): DropFound {
  const growing = [...group.files.values()].filter((file) => rules.readiness(file) !== 'settled');
  return { state: 'waiting', missing: group.missing, growing: growing.map((file) => file.name) };
}

function findCandidates(listing: readonly ListedFile[], files: DropFiles, marker: string | undefined) {
  const fitsOf = compileFits(files);
  const found = new Map<string, Candidate[]>();
  const zips: ListedFile[] = [];
  for (const file of listing) {
    if (marker !== undefined && isMarkerOfData(file.name, marker, fitsOf)) continue;
    const [first, second] = fitsOf(file.name);
    if (first && second)
      throw ambiguous(`${file.name} fits both ${first.name} and ${second.name}`, [file.name]);
    if (first) found.set(first.name, withoutTwin(found.get(first.name), { file, wild: first.wild }));
    else if (isZip(file.name)) zips.push(file);
  }
  return { candidates: found, zips };
}

/** What the stars stood for tells files apart, but not a plain file from the encrypted one of the same name. */
function withoutTwin(others: readonly Candidate[] = [], one: Candidate): Candidate[] {
  const twin = others.find(({ wild }) => wild === one.wild);
  if (twin)
    throw ambiguous('Two files have the same name but for their encryption', [twin.file.name, one.file.name]);
  return [...others, one];
}

function inOrder(groups: readonly DropGroup[], newestFirst: boolean): DropGroup[] {
  const oldestFirst = groups
    .map((group) => {
      const files = [...group.files.values()];
      return {
        group,
        modifiedMs: Math.max(...files.map((file) => file.modifiedMs)),
        name: files.map((file) => file.name).toSorted()[0] ?? '',
      };
    })
    .toSorted((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1))
    .map(({ group }) => group);
  return newestFirst ? oldestFirst.toReversed() : oldestFirst;
}
