/** A name from outside as a log or a terminal can bear it: nothing that steers, and not too long. */
export function visibleName(name: string): string {
  const visible = name.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return visible.length <= LONGEST_SHOWN ? visible : `${visible.slice(0, LONGEST_SHOWN)}...`;
}

const LONGEST_SHOWN = 80;
const LONGEST_BYTES = 200;
/** Control characters, separators of any system, and characters that turn the direction of text. */
const UNSAFE = /[\p{Cc}/\\\u202a-\u202e\u2066-\u2069\ufffd]/u;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Why a name from outside may not be used as one segment of a path, or undefined where it may. */
export function whyUnsafe(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'it names no file';
  if (UNSAFE.test(name)) return 'it has a separator, a control character or bytes that are no text';
  if (DEVICE.test(name)) return 'it is the name of a device on some systems';
  if (Buffer.byteLength(name) > LONGEST_BYTES) return `it is longer than ${LONGEST_BYTES} bytes`;
  return undefined;
}
