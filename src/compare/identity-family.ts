import { openBottomSample } from './bottom-sample.ts';

/**
 * A student as far as this question goes: the id, and name and birth date as one key, hashed or not; blank
 * where unknown.
 */
export interface KnownPerson {
  id: string;
  personKey: string;
}

/** The students of one drop or delivery, in a fixed space however many they are. */
export interface Population {
  add(person: KnownPerson): void;
  /** How much of the students of the other one is here too, and under the same id. */
  compareWith(other: Population): Overlap;
  /** For the other one's compareWith. */
  readonly samples: Samples;
}

/** Shares from 0 to 1 of the smaller side; `persons` and `ids` say how many were looked at. */
export interface Overlap {
  persons: number;
  samePersons: number;
  /** Of the persons on both sides: those who have the same id. */
  sameIdOfPersons: number;
  ids: number;
  sameIds: number;
}

export interface IdentityFinding extends Overlap {
  kind: 'other_ids' | 'ids_reassigned' | 'other_people';
  /** For the hold: what it looks like and what to do, without a value of anybody. */
  sentence: string;
}

/** Students drawn on each side. Of a district of this size or smaller, all of them are asked. */
const SAMPLE_SIZE = 4096;
/** Fewer than this is chance, whatever the shares are. */
const FEWEST = 3;
/** Below this many, only everybody counts: 95 % of seven students would be all but one of them. */
const FEW = 20;
const NEARLY_ALL = 0.95;
const MOST = 0.8;
const HARDLY_ANY = 0.05;
/** A tenth of the students under the id of somebody else is no chance, and no correction either. */
const STILL_THEIR_OWN = 0.9;

/**
 * Recognises three accidents that would otherwise look like a mass of removals, creations and updates.
 * Undefined where the ids and the people are those of the last delivery, where too few are known, or where
 * names and birth dates are not mapped.
 */
export function recogniseIdentityFamily(
  before: Iterable<KnownPerson>,
  after: Iterable<KnownPerson>,
): IdentityFinding | undefined {
  return findIdentityChange(populationOf(before), populationOf(after));
}

/** The same for two populations that were gathered row by row. */
export function findIdentityChange(before: Population, after: Population): IdentityFinding | undefined {
  const overlap = after.compareWith(before);
  const kind = kindOf(overlap);
  return kind && { ...overlap, kind, sentence: SENTENCES[kind] };
}

function kindOf(overlap: Overlap): IdentityFinding['kind'] | undefined {
  const { persons, samePersons, sameIdOfPersons, ids, sameIds } = overlap;
  if (persons < FEWEST || ids < FEWEST) return undefined;
  const isFew = persons < FEW;
  if (samePersons >= (isFew ? 1 : MOST)) {
    const areIdsTheSame = sameIds >= MOST;
    if (sameIdOfPersons <= (isFew ? 0 : 1 - NEARLY_ALL))
      return areIdsTheSame ? 'ids_reassigned' : 'other_ids';
    return !isFew && areIdsTheSame && sameIdOfPersons <= STILL_THEIR_OWN ? 'ids_reassigned' : undefined;
  }
  // The same ids with other people: more likely names or dates are written in another way since a mapping changed.
  return !isFew && samePersons <= HARDLY_ANY && sameIds < MOST ? 'other_people' : undefined;
}

const SENTENCES: Readonly<Record<IdentityFinding['kind'], string>> = {
  other_ids:
    'Every id, or nearly every one, is new and those of the last delivery are gone, but the names and birth dates are the same: the extract seems to use another kind of student id. Have the old id put back, or name its column in identity.previous_id.',
  ids_reassigned:
    'The names, birth dates and ids are those of the last delivery, but many students have the id of somebody else: one column of the extract seems to have been sorted or shifted without the others. Have the extract made again.',
  other_people:
    "Hardly any student of the last delivery is in this drop by name and birth date: it seems to be another district's file. Have the right extract dropped.",
};

function populationOf(people: Iterable<KnownPerson>): Population {
  const population = openPopulation();
  for (const person of people) population.add(person);
  return population;
}

interface Samples {
  byPerson: ReturnType<typeof openBottomSample>;
  byId: ReturnType<typeof openBottomSample>;
}

export function openPopulation(): Population {
  const samples: Samples = { byPerson: openBottomSample(SAMPLE_SIZE), byId: openBottomSample(SAMPLE_SIZE) };
  return {
    samples,
    add({ id, personKey }) {
      if (id === '' || personKey === '') return;
      samples.byPerson.add(personKey, id);
      samples.byId.add(id, '');
    },
    compareWith: (other) => overlapOf(samples, other.samples),
  };
}

function overlapOf(one: Samples, other: Samples): Overlap {
  const people = shareOf(one.byPerson, other.byPerson);
  const ids = shareOf(one.byId, other.byId);
  const kept = people.shared.filter(([mine, theirs]) => !mine.isDisjointFrom(theirs));
  return {
    persons: people.smaller,
    samePersons: ratio(people.shared.length, people.smaller),
    sameIdOfPersons: ratio(kept.length, people.shared.length),
    ids: ids.smaller,
    sameIds: ratio(ids.shared.length, ids.smaller),
  };
}

type Ids = ReadonlySet<string>;

/**
 * Both samples are whole below the lower of their limits, so only there they may be held against each other.
 */
function shareOf(one: Samples['byId'], other: Samples['byId']): { shared: [Ids, Ids][]; smaller: number } {
  const limit = Math.min(one.limit(), other.limit());
  const mine = one.below(limit);
  const theirs = other.below(limit);
  const shared: [Ids, Ids][] = [];
  for (const [key, ids] of mine) {
    const otherIds = theirs.get(key);
    if (otherIds) shared.push([ids, otherIds]);
  }
  return { shared, smaller: Math.min(mine.size, theirs.size) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
