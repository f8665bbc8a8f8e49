import { AppError } from '../errors/app-error.ts';
import type { DropFiles } from './file-fits.ts';
import { nightOf } from './night-of.ts';
import type { ListedFile } from './source.ts';

/** A file that could be one of the connection's. */
export interface Candidate {
  file: ListedFile;
  /** What the stars of the pattern stood for. */
  wild: string;
}

/** Files that belong together, by the names of the connection, and which of the required ones are not there. */
export interface DropGroup {
  files: Map<string, ListedFile>;
  missing: string[];
}

type Candidates = ReadonlyMap<string, readonly Candidate[]>;
type Named = Candidate & { name: string };

/**
 * Puts the files of a folder together to drops: by the days in their names where these tell, otherwise by what the stars
 * of the patterns stood for, and one of each is one drop whatever their names.
 * Throws `ambiguous_drop` where that tells nothing: no file is ever put to another by a guess.
 */
export function groupDrops(files: DropFiles, candidates: Candidates): DropGroup[] {
  const all = [...candidates].flatMap(([name, list]) => list.map((candidate) => ({ name, ...candidate })));
  const nights = new Set(all.flatMap(({ wild }) => nightOf(wild) ?? []));
  const areSeveral = [...candidates.values()].some((list) => list.length > 1);
  if (!areSeveral && nights.size < 2) return [groupOf(files, all)];
  refuseFixedNames(files, candidates);
  const byNight = groupByNight(files, all);
  if (byNight) return byNight;
  const groups = [...Map.groupBy(all, ({ wild }) => wild).values()].map((list) => groupOf(files, list));
  if (!areSeveral) return [groupOf(files, all)];
  refuseUnpaired(files, candidates, groups);
  return groups;
}

/** Undefined where a file has no day in its name, or a day has two files of one kind: then the days do not tell. */
function groupByNight(files: DropFiles, all: readonly Named[]): DropGroup[] | undefined {
  const byNight = Map.groupBy(all, ({ wild }) => nightOf(wild));
  if (byNight.has(undefined)) return undefined;
  const lists = [...byNight.values()];
  const isTwice = lists.some((list) => new Set(list.map(({ name }) => name)).size < list.length);
  return isTwice ? undefined : lists.map((list) => groupOf(files, list));
}

function groupOf(files: DropFiles, list: readonly Named[]): DropGroup {
  const byName = new Map(list.map(({ name, file }) => [name, file]));
  // In the order of the connection, so that a drop is always carried in the same order.
  const present = Object.keys(files).flatMap((name) => {
    const file = byName.get(name);
    return file ? [[name, file] as const] : [];
  });
  const required = Object.entries(files).filter(([, file]) => file.required);
  return {
    files: new Map(present),
    missing: required.map(([name]) => name).filter((name) => !byName.has(name)),
  };
}

/** A file whose pattern has no star belongs to every drop or to none of them: who knows. */
function refuseFixedNames(files: DropFiles, candidates: Candidates): void {
  for (const [name, list] of candidates)
    if (!files[name]?.match.includes('*'))
      throw ambiguous(
        `There are several drops, and nothing says to which of them ${list[0]?.file.name} belongs`,
        namesOf(candidates),
      );
}

/** What has no partner is fine as long as nothing could be its partner that is about to be taken without it. */
function refuseUnpaired(files: DropFiles, candidates: Candidates, groups: readonly DropGroup[]): void {
  const complete = groups.filter((group) => group.missing.length === 0);
  const lone = groups.filter((group) => group.missing.length > 0).flatMap((group) => [...group.files.keys()]);
  const isLacking = complete.some((group) => lone.some((name) => !group.files.has(name)));
  const required = Object.keys(files).filter((name) => files[name]?.required);
  const noneFits = complete.length === 0 && required.every((name) => candidates.has(name));
  if (isLacking || noneFits)
    throw ambiguous('The names of the files do not say which of them belong together', namesOf(candidates));
}

/**
 * A file that is much older than the youngest of its drop is one of an earlier night: what belongs to this one is still
 * to come, so it counts as missing.
 */
export function withoutLeftovers({ files, missing }: DropGroup, withinMs: number): DropGroup {
  const youngestMs = Math.max(...[...files.values()].map((file) => file.modifiedMs));
  const old = [...files].filter(([, file]) => youngestMs - file.modifiedMs > withinMs).map(([name]) => name);
  return { files, missing: [...missing, ...old] };
}

function namesOf(candidates: Candidates): string[] {
  return [...candidates.values()].flat().map(({ file }) => file.name);
}

export function ambiguous(sentence: string, names: readonly string[]): AppError {
  const files = names.toSorted();
  const list = files.length > 1 ? `: ${files.join(', ')}` : '';
  return new AppError('ambiguous_drop', `${sentence}${list}`, { context: { files } });
}
