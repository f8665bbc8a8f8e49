import { plainLetters } from '../likeness/plain-letters.ts';

/** A header as its words: `Student_Number`, `studentNumber` and `STUDENT NO.` are near each other then. */
export function headerWords(header: string): string[] {
  return plainLetters(
    header
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
      .replace(/(?<!\p{Lu})(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
      .replace(/#/g, ' number ')
      .replace(/[^\p{L}\p{N}]+/gu, ' '),
  )
    .split(' ')
    .filter((word) => word !== '');
}

/** The words without what parts them. */
export function foldHeader(header: string): string {
  return headerWords(header).join('');
}

/** Without the table that some exports put before the name: `STUDENTS.Last_Name`, `[S_CA]Last_Name`. */
export function withoutTable(header: string): string {
  return header.replace(/^(?:\[[^\]]*\]|[^.]*\.)\s*(?=\S)/, '');
}
