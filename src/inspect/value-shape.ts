/** What one value looks like, by its characters alone. */
export type ValueShape =
  | 'integer'
  | 'decimal'
  | 'scientific'
  | 'email'
  | 'phone'
  | 'postal_code'
  /** Letters with what names have between them. */
  | 'letters'
  /** Letters, digits and signs without a space: what ids and codes are made of. */
  | 'word'
  | 'text';

const DECIMAL = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?%?$/;
const SCIENTIFIC = /^[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}$/i;
const E_MAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const PHONE = /^\+?[\d\s().\-/]{7,20}(?:\s*(?:x|ext\.?)\s*\d{1,6})?$/i;
const ZIP_PLUS_FOUR = /^\d{5}-\d{4}$/;
const CANADIAN = /^[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d$/;
const NAME_SIGNS = /^[\p{L}\p{M}\s'’‘ʻ`.,\-()"/]+$/u;
const WORD = /^[\p{L}\d_\-./:#]+$/u;

/** @param value trimmed and not blank */
export function shapeOf(value: string): ValueShape {
  const { digits, letters, length } = countCharacters(value);
  if (digits === length) return 'integer';
  if (value.includes('@')) return E_MAIL.test(value) ? 'email' : 'text';
  if (digits === 0) return NAME_SIGNS.test(value) ? 'letters' : WORD.test(value) ? 'word' : 'text';
  if (letters === 0) {
    if (ZIP_PLUS_FOUR.test(value)) return 'postal_code';
    if (DECIMAL.test(value)) return 'decimal';
  } else {
    if (letters === 1 && SCIENTIFIC.test(value)) return 'scientific';
    if (CANADIAN.test(value)) return 'postal_code';
  }
  if (digits >= 7 && digits <= 16 && PHONE.test(value)) return 'phone';
  return WORD.test(value) ? 'word' : 'text';
}

function countCharacters(value: string): { digits: number; letters: number; length: number } {
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
    else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) letters++;
    else if (code >= 0xc0) letters++;
  }
  return { digits, letters, length: value.length };
}
