/** What libraries call encodings too, though no text file is written in them. */
const NO_TEXT = /^(?:base64|hex|binary|utf-?7)/i;

export function mayBeText(encoding: string): boolean {
  return !NO_TEXT.test(encoding);
}
