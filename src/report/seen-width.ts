/** Made when the first text needs it: that takes a tenth of what `status` takes. */
let graphemes: Intl.Segmenter | undefined;

/** Most text is plain, and is as wide as it is long. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Characters of two columns: scripts that are written in squares, their punctuation, full-width forms, pictures. */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3001-\u303e\u30fc\uff01-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|\ufe0f/u;

/** Half-width Katakana are of those scripts all the same. */
const HALF = /^[\uff61-\uffdc]/;

/** What stands over or beside another character and takes no room. */
const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Columns that a text takes on a terminal. */
export function seenWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(text)) width += widthOf(segment);
  return width;
}

/** With blanks behind it until it takes so many columns. */
export function padSeen(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - seenWidth(text)));
}

/** With blanks before it, as numbers stand. */
export function padSeenStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - seenWidth(text))) + text;
}

function widthOf(grapheme: string): number {
  if (UNSEEN.test(grapheme)) return 0;
  return WIDE.test(grapheme) && !HALF.test(grapheme) ? 2 : 1;
}
