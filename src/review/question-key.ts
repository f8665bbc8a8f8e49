import type { ReviewItem } from '../vocabulary/review.ts';

/** What the column `key` says about its row. */
export interface QuestionKey {
  kind: string;
  file: string;
  id: string;
  field: string;
  /** Tells questions apart that are alike in all this; 1 for the first. */
  number: number;
  /** Of the values as they were exported: where it differs now, the run was drafted otherwise since. */
  print: string;
}

/** What names a question among those of its run. */
export function questionName(key: Omit<QuestionKey, 'print'>): string {
  return [key.kind, key.file, key.id, key.field, String(key.number)].map(asPart).join('/');
}

/**
 * `match/students/00123//1/v1k2j3h4`: begins with a letter, has no digit by itself, no quote and no separator, so no spreadsheet
 * takes it for a number, a date or a formula, and none shortens it.
 */
export function writeKey(key: QuestionKey): string {
  return `${questionName(key)}/${key.print}`;
}

/** Undefined where it is no key: cut, typed over, or of another program. */
export function readKey(text: string): QuestionKey | undefined {
  const [kind, file, id, field, number, print, ...more] = text.trim().split('/').map(fromPart);
  if (kind === undefined || file === undefined || id === undefined || field === undefined) return undefined;
  if (number === undefined || print === undefined || more.length > 0) return undefined;
  if (!/^[1-9]\d*$/.test(number) || !/^v[0-9a-z]+$/.test(print)) return undefined;
  return { kind, file, id, field, number: Number(number), print };
}

/** What a person sees and answers by; 53 bits, so that two draftings of one record are told apart. */
export function printOf(item: ReviewItem): string {
  const texts = [item.existing, ...item.values];
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    // So that values do not run into each other.
    high = Math.imul(high ^ 0x10000, 2246822507);
    low = Math.imul(low ^ 0x10001, 3266489909);
  }
  high ^= high >>> 16;
  low ^= low >>> 15;
  return `v${((low >>> 11) * 2 ** 32 + (high >>> 0)).toString(36)}`;
}

const PLAIN = /^[\w.-]*$/;

/** Letters, digits and a few signs stay; the rest is written as its code. Lone surrogates too, which URLs cannot have. */
function asPart(text: string): string {
  if (PLAIN.test(text)) return text;
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    part += PLAIN.test(unit) ? unit : `~${text.charCodeAt(at).toString(16)}~`;
  }
  return part;
}

function fromPart(part: string): string {
  return part.replace(/~([0-9a-f]{1,4})~/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
