/**
 * Likeness: how much two written words are alike.
 *
 * in:       two words
 * out:      the number of edits between them, or the plain letters of one
 * promises: the same answer whichever word comes first; no word is too odd to be compared
 * never:    says whether two words mean the same thing or the same person: that is for whoever asks
 */
import { distance } from 'fastest-levenshtein';

/** Letters to put in, take out or replace until the words are equal (Levenshtein). */
export function editDistance(one: string, other: string): number {
  return distance(one, other);
}

/**
 * One slip of the pen: a letter wrong, missing or too many, or two neighbours in the wrong order. Equal words
 * have none.
 */
export function isOneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  return hasNeighboursSwapped(one, other) || distance(one, other) === 1;
}

function hasNeighboursSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (one[at] === other[at]) at++;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
