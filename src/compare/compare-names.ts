import { editDistance, isOneSlip } from '../likeness/distance.ts';
import type { FoldedName } from './fold-name.ts';
import type { Nicknames } from './nicknames.ts';

/** How two names are alike. `missing`: one of them is blank, so nobody can say. */
export type NameLikeness =
  | 'same'
  | 'written_differently'
  | 'nickname'
  | 'part'
  | 'initial'
  | 'one_letter'
  | 'two_letters'
  | 'missing'
  | 'different';

/** Below this a changed letter makes another name: Lee and Leo, Ng and Ny. */
const SHORTEST_FOR_ONE_LETTER = 4;
const SHORTEST_FOR_TWO_LETTERS = 7;
/** Brothers are called Jayden and Kayden: another first letter is a slip of the pen in a long name only. */
const SHORTEST_FOR_FIRST_LETTER = 6;

/** O'Brien and OBrien, García-López and Garcia, Lopez Garcia and Garcia Lopez, Smith and Smyth. */
export function compareLastNames(one: FoldedName, other: FoldedName): NameLikeness {
  const likeness = compareWritten(one, other);
  if (likeness) return likeness;
  if (isAmong(one.words, other.words) || isAmong(other.words, one.words)) return 'part';
  return compareLetters(one.whole, other.whole);
}

/** Mary Ann and Maryann, Liz and Elizabeth, Mary and Mary Ann, J. and James, Katherine and Katharine. */
export function compareFirstNames(one: FoldedName, other: FoldedName, nicknames: Nicknames): NameLikeness {
  const likeness = compareWritten(one, other);
  if (likeness) return likeness;
  if (nicknameOf(one, other, nicknames) !== undefined) return 'nickname';
  if (isInitial(one.whole, other.whole) || isInitial(other.whole, one.whole)) return 'initial';
  if (isAmong(one.words, other.words) || isAmong(other.words, one.words)) return 'part';
  const letters = compareLetters(one.whole, other.whole);
  const isOtherStart = one.whole[0] !== other.whole[0];
  if (letters === 'two_letters' && isOtherStart) return 'different';
  if (letters === 'one_letter' && isOtherStart && shorter(one.whole, other.whole) < SHORTEST_FOR_FIRST_LETTER)
    return 'different';
  return letters;
}

/**
 * By which short name one may be the other, in words for a review: of the table, or as it stood in quotes
 * beside the name. Undefined where there is none.
 */
export function nicknameOf(one: FoldedName, other: FoldedName, nicknames: Nicknames): string | undefined {
  const [mine = ''] = one.words;
  const [theirs = ''] = other.words;
  const isShort = one.words.length === 1 || other.words.length === 1;
  const known =
    nicknames.between(one.whole, other.whole) ??
    (isShort ? nicknames.between(mine, theirs) : wordByWord(one, other, nicknames));
  if (known !== undefined) return known;
  const isCalled = [...one.called, ...other.called].some(
    (name) => (name === one.whole || name === other.whole) && one.whole !== other.whole,
  );
  return isCalled ? 'as it stands in quotes' : undefined;
}

function compareWritten(one: FoldedName, other: FoldedName): NameLikeness | undefined {
  if (one.whole === '' && other.whole === '') return 'same';
  if (one.whole === '' || other.whole === '') return 'missing';
  if (one.written === other.written) return 'same';
  return one.whole === other.whole ? 'written_differently' : undefined;
}

/** Ma. Elena and Maria Elena: each word the same or its nickname. */
function wordByWord(one: FoldedName, other: FoldedName, nicknames: Nicknames): string | undefined {
  if (one.words.length !== other.words.length) return undefined;
  const found: string[] = [];
  for (const [at, word] of one.words.entries()) {
    const theirs = other.words[at] ?? '';
    const nickname = word === theirs ? '' : nicknames.between(word, theirs);
    if (nickname === undefined) return undefined;
    if (nickname !== '') found.push(nickname);
  }
  return found.join(', ');
}

/** Nobody has more; a value of a hundred thousand words would be looked for in another one word by word. */
const MOST_WORDS = 20;

/** An initial is no part of a double name, and a particle was left out before. */
function isAmong(few: readonly string[], many: readonly string[]): boolean {
  if (few.length > MOST_WORDS) return false;
  return few.every((word) => word.length > 1 && many.includes(word));
}

function isInitial(letter: string, name: string): boolean {
  return letter.length === 1 && name.startsWith(letter);
}

function compareLetters(one: string, other: string): NameLikeness {
  const length = shorter(one, other);
  if (Math.abs(one.length - other.length) > 2) return 'different';
  if (length >= SHORTEST_FOR_ONE_LETTER && isOneSlip(one, other)) return 'one_letter';
  return length >= SHORTEST_FOR_TWO_LETTERS && editDistance(one, other) <= 2 ? 'two_letters' : 'different';
}

function shorter(one: string, other: string): number {
  return Math.min(one.length, other.length);
}
