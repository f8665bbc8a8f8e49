/** The delimiters that people call by a name, because the character itself is hard to see or to type. */
const NAMES: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  bar: '|',
};

/** The characters that were written or named. */
export function delimiterOf(written: string): string {
  return NAMES[written.toLowerCase()] ?? written;
}

/** Why this can part no fields, or undefined where it can. */
export function whyNoDelimiter(written: string, mostCharacters: number): string | undefined {
  const characters = delimiterOf(written);
  if (characters.length <= mostCharacters && !/[\p{L}\p{N}"\r\n]/u.test(characters)) return undefined;
  return 'no delimiter: write the character itself, or comma, semicolon, tab or pipe';
}
