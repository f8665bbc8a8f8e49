import { spellLetters } from './plain-spelling.ts';

const PLAIN = /^[a-z0-9 -]*$/;
/** Accents of Latin letters only: in other scripts such a mark is a letter of its own. */
const ACCENTS = /[\u0300-\u036f]+/g;
const APOSTROPHES = /['‘’‛ʻʼʹ′`´".]+/gu;
const DASHES = /[-‐‑‒–—―−_,/]+/gu;
const SPACES = /\s+/gu;

/**
 * A name as its letters alone: small, without accents, apostrophes and dots; dashes and commas become one
 * space. Letters of other scripts stay, so that no name becomes blank.
 */
export function plainLetters(text: string): string {
  const letters = PLAIN.test(text) ? text : spell(text);
  return letters.replace(DASHES, ' ').replace(SPACES, ' ').trim();
}

function spell(text: string): string {
  const bare = text.normalize('NFKD').toLowerCase().replace(ACCENTS, '');
  return spellLetters(bare).replace(APOSTROPHES, '');
}
