/**
 * Likeness: how much two written words are alike.
 *
 * in:       two words
 * out:      the number of edits between them, or the plain letters of one
 * promises: the same answer whichever word comes first; no word is too odd to be compared
 * never:    says whether two words mean the same thing or the same person: that is for whoever asks
 */
import { distance } from 'fastest-levenshtein';

/** No word is longer. Counting the edits of two that were a million letters long would take minutes. */
const LONGEST_COUNTED = 500;

/**
 * Letters to put in, take out or replace until the words are equal (Levenshtein). Of words longer than any, only whether
 * they are equal is looked at; else they are as far apart as words of their length can be.
 */
export function editDistance(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  if (longer > LONGEST_COUNTED) return one === other ? 0 : longer;
  return distance(one, other);
}

/**
 * One slip of the pen: a letter wrong, missing or too many, or two neighbours in the wrong order. Equal words
 * have none.
 */
export function isOneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  return hasNeighboursSwapped(one, other) || editDistance(one, other) === 1;
}

function hasNeighboursSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
