/** Fields to text, and text to bytes. */

export type SampleEncoding = 'utf-8' | 'windows-1252' | 'utf-16le';
export type SampleDelimiter = ',' | '\t' | ';' | '|';

const SPECIAL: Record<SampleDelimiter, RegExp> = {
  ',': /[",\r\n]/,
  '\t': /["\t\r\n]/,
  ';': /[";\r\n]/,
  '|': /["|\r\n]/,
};

/** Quotes where a field needs it, doubling the quotes inside. */
export function joinFields(fields: readonly string[], delimiter: SampleDelimiter): string {
  const special = SPECIAL[delimiter];
  let text = '';
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    if (at > 0) text += delimiter;
    text += special.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
  }
  return text;
}

/** The characters that Windows-1252 has where Latin-1 has none; those that the sample uses. */
const WINDOWS: Record<string, string> = {
  '‘': '\x91',
  '’': '\x92',
  '“': '\x93',
  '”': '\x94',
  Š: '\x8a',
  š: '\x9a',
};

export function canWrite(text: string, encoding: SampleEncoding): boolean {
  if (encoding !== 'windows-1252') return true;
  return [...text].every((letter) => letter <= '\xff' || letter in WINDOWS);
}

export function encodeText(text: string, encoding: SampleEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  return Buffer.from(
    text.replace(/[^\0-\xff]/g, (letter) => WINDOWS[letter] ?? '?'),
    'latin1',
  );
}
