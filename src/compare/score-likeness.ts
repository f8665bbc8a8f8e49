import { type BirthLikeness, compareBirthDates } from './compare-birth-dates.ts';
import { compareFirstNames, compareLastNames, type NameLikeness, nicknameOf } from './compare-names.ts';
import type { FoldedName } from './fold-name.ts';
import type { Nicknames } from './nicknames.ts';

/** A person ready to be compared with many. */
export interface PreparedPerson {
  id: string;
  /** The values of the identify columns in one, or blank; and the same without leading zeros and case. */
  identifier: string;
  looseIdentifier: string;
  first: FoldedName;
  last: FoldedName;
  /** yyyy-MM-dd, or blank. */
  birth: string;
  /** Values of columns that may merely be equal or not, folded. */
  others: readonly string[];
}

/**
 * Why two people may be one. `code` names no value and may be logged; `words` may name a nickname and are for
 * the review.
 */
export interface Reason {
  code: string;
  words: string;
}

export interface Likeness {
  /** 0 to 100; 100 is the same in everything that was asked. */
  score: number;
  why: Reason[];
  /** First name, last name and birth date are all known and the same, however they are written. */
  isWhole: boolean;
  /** The ids are the same but for what a spreadsheet does to them. */
  isLooseId: boolean;
}

/** Points of 100; what is not here is worth nothing and says that it is somebody else. */
const LAST_POINTS: Partial<Record<NameLikeness, number>> = {
  ...{ same: 35, written_differently: 34, part: 28, one_letter: 28, two_letters: 22 },
};
const FIRST_POINTS: Partial<Record<NameLikeness, number>> = {
  ...{ same: 30, written_differently: 29, nickname: 26, part: 24, one_letter: 24, two_letters: 17 },
  ...{ initial: 17, missing: 12 },
};
const BIRTH_POINTS: Partial<Record<BirthLikeness, number>> = {
  ...{ same: 35, day_and_month_swapped: 28, one_digit: 24, digits_swapped: 24, missing: 10 },
};
const SWAPPED_NAMES_COST = 5;
/** Two doubts together weigh more than each: a typing slip in the name of a sibling is no match. */
const SECOND_DOUBT_COST = 10;
const OTHER_SAME = 2;
const OTHER_DIFFERENT = 4;
const OTHER_IDENTIFIER_COST = 15;
/** The id that two systems share, written by one of them without its zeros. */
const LEAST_FOR_LOOSE_IDENTIFIER = 75;

/** What is asked beside names and birth date. */
export interface LikenessOptions {
  nicknames: Nicknames;
  /** Names of the columns of `others`. */
  otherColumns: readonly string[];
}

/**
 * How likely two records are one person. Undefined where they are not: other names, or the birth date of
 * somebody else. A twin has the last name and the birth date, and is somebody else by the first name.
 */
export function scoreLikeness(
  one: PreparedPerson,
  other: PreparedPerson,
  options: LikenessOptions,
): Likeness | undefined {
  const isLooseId = one.looseIdentifier !== '' && one.looseIdentifier === other.looseIdentifier;
  const parts = comparePeople(one, other, options);
  if (!parts)
    return isLooseId
      ? { score: LEAST_FOR_LOOSE_IDENTIFIER, why: [LOOSE], isWhole: false, isLooseId }
      : undefined;
  const extras = compareOthers(one, other, options.otherColumns);
  const isOtherId = one.identifier !== '' && other.identifier !== '' && !isLooseId;
  const score = Math.min(100, parts.score + extras.score) - (isOtherId ? OTHER_IDENTIFIER_COST : 0);
  return {
    score: Math.max(0, isLooseId ? Math.max(score, LEAST_FOR_LOOSE_IDENTIFIER) : score),
    why: [...(isLooseId ? [LOOSE] : []), ...parts.why, ...extras.why, ...(isOtherId ? [OTHER_ID] : [])],
    isWhole: parts.isWhole && !isOtherId,
    isLooseId,
  };
}

const LOOSE = { code: 'id_written_differently', words: 'same id but for zeros or case' };
const OTHER_ID = { code: 'other_id', words: 'another id' };

function comparePeople(one: PreparedPerson, other: PreparedPerson, { nicknames }: LikenessOptions) {
  const birth = compareBirthDates(one.birth, other.birth);
  const birthPoints = BIRTH_POINTS[birth];
  if (birthPoints === undefined) return undefined;
  const names = compareInOrder(one, other, nicknames) ?? compareSwapped(one, other);
  if (!names) return undefined;
  const doubts = names.doubts + (birth === 'same' ? 0 : 1);
  const score = names.score + birthPoints - Math.max(0, doubts - 1) * SECOND_DOUBT_COST;
  const why = [...names.why, { code: `birth_date_${birth}`, words: BIRTH_WORDS[birth] }];
  return { score, why, isWhole: doubts === 0 };
}

function compareInOrder(one: PreparedPerson, other: PreparedPerson, nicknames: Nicknames) {
  if (isNameless(one) && isNameless(other)) return undefined;
  const last = compareLastNames(one.last, other.last);
  const lastPoints = LAST_POINTS[last];
  if (lastPoints === undefined) return undefined;
  const first = compareFirstNames(one.first, other.first, nicknames);
  const firstPoints = FIRST_POINTS[first];
  if (firstPoints === undefined) return undefined;
  const nickname = first === 'nickname' ? `: ${nicknameOf(one.first, other.first, nicknames) ?? ''}` : '';
  return {
    score: lastPoints + firstPoints,
    doubts: [last, first].filter((likeness) => !isSame(likeness)).length,
    why: [
      { code: `last_name_${last}`, words: `last name ${NAME_WORDS[last]}` },
      { code: `first_name_${first}`, words: `first name ${NAME_WORDS[first]}${nickname}` },
    ],
  };
}

/** A clerk typed the last name where the first belongs; here only the same letters count. */
function compareSwapped(one: PreparedPerson, other: PreparedPerson) {
  if (one.first.whole === '' && other.first.whole === '') return undefined;
  if (!isSame(compareLastNames(one.last, other.first)) || !isSame(compareLastNames(one.first, other.last)))
    return undefined;
  const score = (LAST_POINTS.same ?? 0) + (FIRST_POINTS.same ?? 0) - SWAPPED_NAMES_COST;
  return { score, doubts: 1, why: [{ code: 'names_swapped', words: 'first and last name swapped' }] };
}

function isNameless({ first, last }: PreparedPerson): boolean {
  return first.whole === '' && last.whole === '';
}

function isSame(likeness: NameLikeness): boolean {
  return likeness === 'same' || likeness === 'written_differently';
}

function compareOthers(one: PreparedPerson, other: PreparedPerson, columns: readonly string[]) {
  let score = 0;
  const why: Reason[] = [];
  for (const [at, column] of columns.entries()) {
    const mine = one.others[at] ?? '';
    const theirs = other.others[at] ?? '';
    if (mine === '' || theirs === '') continue;
    if (mine !== theirs && (mine.startsWith(theirs) || theirs.startsWith(mine))) continue;
    score += mine === theirs ? OTHER_SAME : -OTHER_DIFFERENT;
    why.push(
      mine === theirs
        ? { code: 'other_same', words: `same ${column}` }
        : { code: 'other_different', words: `different ${column}` },
    );
  }
  return { score, why };
}

const NAME_WORDS: Readonly<Record<NameLikeness, string>> = {
  same: 'the same',
  written_differently: 'the same, written differently',
  nickname: 'a nickname',
  part: 'in part the same',
  initial: 'an initial',
  one_letter: 'one letter different',
  two_letters: 'two letters different',
  missing: 'missing on one side',
  different: 'different',
};

const BIRTH_WORDS: Readonly<Record<BirthLikeness, string>> = {
  same: 'same birth date',
  day_and_month_swapped: 'day and month of the birth date swapped',
  one_digit: 'one digit of the birth date different',
  digits_swapped: 'two digits of the birth date swapped',
  missing: 'birth date missing on one side',
  different: 'another birth date',
};
