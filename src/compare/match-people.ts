import { openBlockIndex } from './block-index.ts';
import { withDayAndMonthSwapped } from './compare-birth-dates.ts';
import type { FoldedName } from './fold-name.ts';
import type { Nicknames } from './nicknames.ts';
import { type Person, preparePerson } from './prepare-person.ts';
import { type PreparedPerson, type Reason, scoreLikeness } from './score-likeness.ts';
import { soundKey } from './sound-key.ts';

/** Everything in it is for the review; only `score` and the codes of `why` may be logged. */
export interface Candidate {
  /** Of the student at the other side. */
  id: string;
  /** 0 to 100. */
  score: number;
  why: readonly Reason[];
}

export type MatchAnswer =
  /**
   * The identify columns are those of exactly one student: an update of that student. `doubt`: by name it is
   * somebody else.
   */
  | { kind: 'identified'; id: string; doubt?: string }
  /** Best first; equal scores by id. Never decided here, however high the score. */
  | { kind: 'potential'; candidates: readonly Candidate[] }
  | { kind: 'none' };

export interface MatchOptions {
  nicknames: Nicknames;
  /** Names of the columns in `Person.others`. */
  otherColumns?: readonly string[];
  /** Lower scores are no candidates; 70 where it is left out. */
  leastScore?: number;
  /** Candidates shown for one record, more only where the last ones are equal; 5 where it is left out. */
  atMost?: number;
}

export interface Matcher {
  match(record: Person): MatchAnswer;
  /** Whether the other side has a student of this id. */
  has(id: string): boolean;
}

const LEAST_SCORE = 70;
const AT_MOST = 5;
/** A birth date of so many is a placeholder: there, names bring people together. */
const LARGEST_BIRTH_BLOCK = 400;
const DOUBT = 'The id is that of a student with another name and birth date.';

/** Takes in the students of the other side once; their order does not matter. About 1 kB of memory each. */
export function compileMatcher(students: Iterable<Person>, options: MatchOptions): Matcher {
  const people: PreparedPerson[] = [];
  const ids = new Set<string>();
  const blocks = openBlockIndex();
  for (const student of students) {
    const person = preparePerson(student);
    for (const key of keysOf(person, options.nicknames)) if (key !== '') blocks.add(key, people.length);
    people.push(person);
    ids.add(person.id);
  }
  const look = { people, blocks, options };
  return { has: (id) => ids.has(id), match: (record) => matchPerson(preparePerson(record), look) };
}

interface Look {
  people: readonly PreparedPerson[];
  blocks: ReturnType<typeof openBlockIndex>;
  options: MatchOptions;
}

function matchPerson(record: PreparedPerson, look: Look): MatchAnswer {
  const same = peopleOf([identifierKey(record)], look);
  const [only, ...others] = same;
  if (only && others.length === 0)
    return isSomebodyElse(record, only)
      ? { kind: 'identified', id: only.id, doubt: DOUBT }
      : { kind: 'identified', id: only.id };
  const candidates = only
    ? same.map(({ id }) => ({ id, score: 100, why: [TWICE] })).sort(byScore)
    : suggest(record, look);
  return candidates.length > 0 ? { kind: 'potential', candidates } : { kind: 'none' };
}

const TWICE = { code: 'same_id', words: 'several students have this id' };

function isSomebodyElse(record: PreparedPerson, student: PreparedPerson): boolean {
  const isComparable = [record, student].every(({ last, birth }) => last.whole !== '' && birth !== '');
  return isComparable && record.birth !== student.birth && record.last.whole !== student.last.whole;
}

function suggest(record: PreparedPerson, look: Look): Candidate[] {
  const { leastScore = LEAST_SCORE, atMost = AT_MOST, nicknames, otherColumns = [] } = look.options;
  const scored = peopleOf(likelyKeys(record, look), look).flatMap((student) => {
    const likeness = scoreLikeness(record, student, { nicknames, otherColumns });
    return likeness && likeness.score >= leastScore ? [{ id: student.id, ...likeness }] : [];
  });
  // Where somebody fits whole, those who nearly fit by name are a twin or a namesake.
  const isAnyWhole = scored.some(({ isWhole }) => isWhole);
  const ranked = scored.filter((one) => !isAnyWhole || one.isWhole || one.isLooseId).sort(byScore);
  const lowest = ranked[atMost - 1]?.score ?? 0;
  return ranked.filter(({ score }) => score >= lowest).map(({ id, score, why }) => ({ id, score, why }));
}

function byScore(one: { score: number; id: string }, other: { score: number; id: string }): number {
  if (one.score !== other.score) return other.score - one.score;
  return one.id < other.id ? -1 : 1;
}

/** Each once, though several keys lead to them. */
function peopleOf(keys: Iterable<string>, { people, blocks }: Look): PreparedPerson[] {
  const found = new Set<number>();
  for (const key of keys) if (key !== '') blocks.visit(key, (at) => found.add(at));
  return [...found].flatMap((at) => people[at] ?? []);
}

/** Under which a student is filed. */
function keysOf(person: PreparedPerson, nicknames: Nicknames): Set<string> {
  return new Set([
    identifierKey(person),
    looseKey(person),
    birthKey(person.birth),
    ...nameKeys(person.last, person.first, nicknames),
  ]);
}

/**
 * Under which students like the record are filed. The same birth date, or with day and month swapped, brings
 * any names together; without it the last names must sound alike and the first names begin alike, in full or
 * as a nickname.
 */
function likelyKeys(record: PreparedPerson, { blocks, options: { nicknames } }: Look): Set<string> {
  const births = record.birth === '' ? [] : [record.birth, withDayAndMonthSwapped(record.birth)];
  return new Set([
    looseKey(record),
    ...births.map(birthKey).filter((key) => blocks.size(key) <= LARGEST_BIRTH_BLOCK),
    ...nameKeys(record.last, record.first, nicknames),
    ...nameKeys(record.first, record.last, nicknames),
  ]);
}

const identifierKey = ({ identifier }: PreparedPerson) => (identifier === '' ? '' : `i ${identifier}`);
const looseKey = ({ looseIdentifier }: PreparedPerson) =>
  looseIdentifier === '' ? '' : `l ${looseIdentifier}`;
const birthKey = (birth: string) => (birth === '' ? '' : `b ${birth}`);

/** Each word of the last name, and all of it, with each letter with which the first name may begin. */
function nameKeys(last: FoldedName, first: FoldedName, nicknames: Nicknames): string[] {
  const lasts = last.words.length > 1 ? [...last.words, last.whole] : [last.whole];
  const firsts = [first.whole, ...first.words, ...first.called, ...nicknames.namesOf(first.words[0] ?? '')];
  const initials = new Set(firsts.map((name) => name[0] ?? ''));
  return [...new Set(lasts.map(soundKey))].flatMap((sound) =>
    [...initials].map((initial) => `n ${sound} ${initial}`),
  );
}
