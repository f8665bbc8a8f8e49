import type { EncryptionScheme } from './recognise.ts';

/** What programs append to the name of a file that they encrypt. */
const ENDINGS = /\.(pgp|gpg|asc|age)$/i;

/** students.csv of students.csv.pgp; undefined where the name does not say that the file is encrypted. */
export function plainNameOf(name: string): string | undefined {
  const plain = name.replace(ENDINGS, '');
  return plain === name || plain === '' ? undefined : plain;
}

/** students.csv.age, as each scheme's own program would call it. */
export function encryptedName(name: string, scheme: EncryptionScheme): string {
  return `${name}.${scheme}`;
}
