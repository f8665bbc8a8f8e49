import { plainLetters } from '../likeness/plain-letters.ts';
import { readBirthDate } from './compare-birth-dates.ts';
import { foldName } from './fold-name.ts';
import type { PreparedPerson } from './score-likeness.ts';

/** A record, or a student whom the other side has. Blank where unknown. */
export interface Person {
  /** Of the record in its file, or of the student at the other side. */
  id: string;
  /** The values of the `identify` columns, in their order. */
  identify: readonly string[];
  firstName: string;
  lastName: string;
  /** yyyy-MM-dd */
  birthDate: string;
  /** The values of the other `suggest` columns, in their order. */
  others?: readonly string[];
}

export function preparePerson(person: Person): PreparedPerson {
  const identify = person.identify.map((value) => value.trim());
  const isKnown = identify.length > 0 && !identify.some(isNoIdentifier);
  return {
    id: person.id,
    identifier: isKnown ? identify.join(SEPARATOR) : '',
    looseIdentifier: isKnown ? identify.map(loosen).join(SEPARATOR) : '',
    first: foldName(person.firstName),
    last: foldName(person.lastName),
    birth: readBirthDate(person.birthDate.trim()),
    others: (person.others ?? []).map(plainLetters),
  };
}

const SEPARATOR = '\u001f';
const WORDS_FOR_NONE = new Set(['', 'na', 'n/a', 'none', 'null', 'unknown', 'pending', 'tbd', 'temp']);
const ONE_DIGIT_REPEATED = /^(\d)\1{4,}$/;

/** What clerks type where a number is demanded and none is known: every child would be the same one. */
function isNoIdentifier(value: string): boolean {
  return WORDS_FOR_NONE.has(value.toLowerCase()) || ONE_DIGIT_REPEATED.test(value) || value === '123456789';
}

/** As a spreadsheet leaves an id: without leading zeros, perhaps with .0, in any case. */
function loosen(value: string): string {
  return value
    .toLowerCase()
    .replace(/\.0+$/, '')
    .replace(/^0+(?=.)/, '');
}
