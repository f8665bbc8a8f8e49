import { type Concept, conceptOf, isPersonal } from './concepts.ts';
import { isUnnamed, type ValueType } from './profile.ts';
import type { ColumnTally } from './tally-column.ts';

/** So many values of a type, and a column is of that type. */
const ENOUGH = 0.9;
/** A header that says what the column is needs less. */
const ENOUGH_WITH_NAME = 0.6;
/** Different values of a list of codes at most; fewer where the header is unknown. */
const MOST_CODES = 500;
const MOST_UNKNOWN_CODES = 60;
/** How often each code stands on average at least, where only that tells codes from values of people. */
const LEAST_REPEATS = 3;
const MOST_UNKNOWN_WORDS = 12;
const SHORTEST_NAME = 2;
const LONGEST_CODE = 40;
/** From this share of different values on, a column tells rows apart. */
const NEARLY_UNIQUE = 0.9;

export interface TypeGuess {
  type: ValueType;
  /** 0 to 1 */
  share: number;
  /** Whether the values are codes, which may be shown. */
  isCodes: boolean;
}

/** What the values of a column are: their shapes decide, the header where the shapes leave a choice. */
export function guessType(header: string, tally: ColumnTally, datesRead: number): TypeGuess {
  const literals = [...tally.literals.values()].reduce((sum, count) => sum + count, 0);
  const values = tally.filled - literals;
  const concept = conceptOf(header);
  if (values === 0) return { type: 'empty', share: 1, isCodes: false };
  const share = (count: number) => count / values;
  const shapes = (...names: (keyof ColumnTally['shapes'])[]) =>
    share(names.reduce((sum, name) => sum + (tally.shapes[name] ?? 0), 0));
  const candidates: [ValueType, number][] = [
    ['date', share(datesRead)],
    ['email', shapes('email')],
    ['phone', shapes('phone') + phoneDigits(tally, concept, share)],
    ['postal_code', postalShare(tally, concept, values)],
    ['boolean', booleanShare(tally, concept)],
  ];
  for (const [type, fits] of candidates) {
    const enough = concept?.kind === type ? ENOUGH_WITH_NAME : ENOUGH;
    if (fits >= enough) return { type, share: Math.min(1, fits), isCodes: type === 'boolean' };
  }
  if (isListOfCodes(header, tally, concept))
    return { type: 'code', share: 1, isCodes: concept !== undefined || !mayBeNames(header, tally, shapes) };
  const [type, fits] = freeType(concept, tally, shapes);
  return { type, share: Math.min(1, fits), isCodes: false };
}

/** Under a header that says nothing, words that repeat may be first names as well as codes. */
function mayBeNames(
  header: string,
  tally: ColumnTally,
  shapes: (...names: (keyof ColumnTally['shapes'])[]) => number,
): boolean {
  if (tally.longest < SHORTEST_NAME || shapes('letters') < 0.5) return false;
  return isUnnamed(header) || (tally.counts?.size ?? 0) > MOST_UNKNOWN_WORDS;
}

/** What is neither regular in its shape nor a list of codes. */
function freeType(
  concept: Concept | undefined,
  tally: ColumnTally,
  shapes: (...names: (keyof ColumnTally['shapes'])[]) => number,
): [ValueType, number] {
  const words = shapes('integer', 'word');
  if (concept?.kind === 'id' && words >= ENOUGH_WITH_NAME) return ['id', words];
  if (concept?.kind === 'name' && shapes('letters') >= ENOUGH_WITH_NAME) return ['name', shapes('letters')];
  const isUnique = tally.counts === undefined || tally.counts.size >= tally.filled * NEARLY_UNIQUE;
  const hasFewLengths = tally.longest <= LONGEST_CODE;
  if (words >= ENOUGH && (isUnique || tally.leadingZeros > 0) && hasFewLengths && concept?.kind !== 'number')
    return ['id', words];
  const numbers = shapes('integer', 'decimal', 'scientific');
  if (numbers >= ENOUGH) return ['number', numbers];
  if (concept?.kind !== 'text' && shapes('letters') >= ENOUGH && tally.longest <= LONGEST_CODE)
    return ['name', shapes('letters')];
  return ['text', 1];
}

/** Ten digits are a phone number under such a header only; elsewhere they are an id. */
function phoneDigits(
  tally: ColumnTally,
  concept: Concept | undefined,
  share: (count: number) => number,
): number {
  const isNamed = concept?.kind === 'phone' || (tally.shapes.phone ?? 0) > tally.tenDigits;
  return isNamed ? share(tally.tenDigits) : 0;
}

function postalShare(tally: ColumnTally, concept: Concept | undefined, values: number): number {
  const shaped = tally.shapes.postal_code ?? 0;
  const five = tally.lengths.get(5) ?? 0;
  if (concept?.name === 'postal_code')
    return (shaped + five + (tally.lengths.get(9) ?? 0) + (tally.lengths.get(4) ?? 0)) / values;
  return shaped > 0 ? (shaped + five) / values : 0;
}

const PAIRS: readonly (readonly string[])[] = [
  ['y', 'n'],
  ['yes', 'no'],
  ['true', 'false'],
  ['t', 'f'],
];
const BITS = ['1', '0'];

function booleanShare(tally: ColumnTally, concept: Concept | undefined): number {
  const known = tally.counts;
  if (!known || known.size > 6) return 0;
  const written = [...known.keys()].filter((value) => !tally.literals.has(value));
  const folded = new Set(written.map((value) => value.toLowerCase()));
  const isWithin = (pair: readonly string[]) => [...folded].every((value) => pair.includes(value));
  if (folded.size === 0 || folded.size > 2) return 0;
  // A status of 0 and 1, or a gender of F alone, is a code.
  if (concept?.kind === 'code') return 0;
  if (isWithin(BITS)) return folded.size === 2 || concept?.kind === 'boolean' ? 1 : 0;
  const isPair = PAIRS.some(isWithin);
  return isPair && (folded.size === 2 || concept?.kind === 'boolean' || folded.has('y')) ? 1 : 0;
}

function isListOfCodes(header: string, tally: ColumnTally, concept: Concept | undefined): boolean {
  const different = tally.counts?.size ?? Number.POSITIVE_INFINITY;
  if (tally.longest > LONGEST_CODE || isPersonal(header)) return false;
  if (concept?.kind === 'code') return different <= MOST_CODES;
  if (concept?.kind === 'id') return false;
  return different <= MOST_UNKNOWN_CODES && different * LEAST_REPEATS <= tally.filled;
}
