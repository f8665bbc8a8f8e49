/** Chance without a state: the same seed, purpose and index always give the same number, in any order of asking. */

/** What a number is drawn for, so that two purposes never draw the same numbers. */
export const PURPOSE = {
  flaw: 1,
  event: 2,
  sibling: 3,
  twin: 4,
  grade: 5,
  school: 6,
  status: 7,
  pastYears: 8,
  retained: 9,
  birth: 10,
  oddSurname: 11,
  surname: 12,
  oddFirstName: 13,
  firstName: 14,
  middleName: 15,
  gender: 16,
  ethnicity: 17,
  language: 18,
  learner: 19,
  special: 20,
  lunch: 21,
  houseNumber: 22,
  street: 23,
  city: 24,
  zip: 25,
  phone: 26,
  email: 27,
  note: 28,
  quoted: 29,
  spaces: 30,
  stateId: 31,
  entry: 32,
  exit: 33,
  contacts: 34,
  contactName: 35,
  contactPhone: 36,
  contactEmail: 37,
  relationship: 38,
  custody: 39,
  move: 40,
  breakage: 41,
  phoneStyle: 42,
  entryCourse: 43,
  entryDay: 44,
  foreign: 45,
  nickname: 46,
  orphan: 47,
  quotedNote: 48,
} as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** A whole number from 0 to `sides` - 1. The mixing is the finaliser of MurmurHash3. */
export function roll(seed: number, purpose: Purpose, index: number, sides: number): number {
  let x = Math.imul(index ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul(purpose + seed * 43, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return Math.floor((((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000) * sides);
}

/**
 * A whole number from 0 to 999 that takes each value exactly once in every thousand indexes, and evenly within it:
 * so that a share of one in a thousand is one in a thousand, and a small district has no unlucky heap of bad rows.
 */
export function slotOf(seed: number, purpose: Purpose, index: number): number {
  const shift = roll(seed, purpose, Math.floor(index / 1000), 1000);
  return ((index % 1000) * 617 + shift) % 1000;
}

/** Another number of so many bits; each index has its own, because every step can be undone. */
export function shuffle(index: number, bits: 24 | 30, seed: number): number {
  const mask = 2 ** bits - 1;
  const half = bits >> 1;
  let x = Math.imul((index + seed * 40_503) & mask, 0x9e3779b1) & mask;
  x = Math.imul(x ^ (x >>> half), 0x85ebca6b) & mask;
  return (Math.imul(x ^ (x >>> half), 0xc2b2ae35) & mask) >>> 0;
}
