/** What the steps of a field do to a value, where they do no more than this; in their order. */
export type ByteForm = 'trim' | 'lower' | 'upper';

/** Of each byte of a value: the byte that goes out, or a mark. */
export type PlainBytes = Uint8Array;

/** The value has to be looked at as text. */
export const NOT_PLAIN = 0;

const SPACE = 0x20;
const ASCII_END = 0x80;
/** Stands for every character beyond ASCII, but for a delimiter, white space and signs in front. */
const OTHER = 'é';

/**
 * The bytes that may be copied one by one, whatever stands beside them, because the ordinary form was asked about each: alone,
 * in front, behind and within. Control characters never are.
 * @param carry a value as it stands in the outbound line; undefined where it cannot stand there
 * @param isUtf8 the outbound file has every character, and its delimiter is one of ASCII
 */
export function plainBytesOf(
  carry: (value: string) => string | undefined,
  { forms, isUtf8 }: { forms: readonly ByteForm[]; isUtf8: boolean },
): PlainBytes {
  const plain = new Uint8Array(256).fill(NOT_PLAIN);
  const isUnchanged = (value: string) => carry(value) === value;
  for (let byte = SPACE; byte < ASCII_END - 1; byte++) {
    const made = formed(String.fromCharCode(byte), forms);
    const around = [made, `${made}a`, `a${made}`, `a${made}a`];
    if (around.every(isUnchanged)) plain[byte] = made.charCodeAt(0);
  }
  // The case of other letters is not a matter of bytes; where all values are quoted, they are too.
  const takesOthers = isUtf8 && forms.every((form) => form === 'trim') && isUnchanged(OTHER);
  for (let byte = ASCII_END; byte < plain.length; byte++) plain[byte] = takesOthers ? byte : NOT_PLAIN;
  return plain;
}

function formed(character: string, forms: readonly ByteForm[]): string {
  let made = character;
  for (const form of forms) {
    if (form === 'lower') made = made.toLowerCase();
    if (form === 'upper') made = made.toUpperCase();
  }
  return made;
}
