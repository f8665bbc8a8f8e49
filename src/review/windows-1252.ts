/** The characters above Latin-1 that Windows-1252 has, in which Excel saves its plain CSV. */
const ABOVE_LATIN = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Whether a sheet saved in Windows-1252 cannot have the text. */
export function lacksCharacters(text: string): boolean {
  return [...text].some(isForeign);
}

/** As such a sheet has the text: a question mark a character. */
export function withoutForeignCharacters(text: string): string {
  return [...text].map((one) => (isForeign(one) ? '?'.repeat(one.length) : one)).join('');
}

function isForeign(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code > 0x7f && code < 0xa0) || (code > 0xff && !ABOVE_LATIN.has(character));
}
