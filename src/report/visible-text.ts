/**
 * What a reader cannot see, or what would turn or drive the screen: control characters, line and paragraph
 * separators, spaces other than the plain one, marks of direction, lone surrogates, characters of no meaning.
 * The joiners U+200C and U+200D stay: names in several scripts are spelled with them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}[\p{Zs}--[ ]][\p{Cf}--[\u200c\u200d]]]/gv;

/** The text with every such character written out, as in `M[U+00A0]`. For screens and reports, not for data. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (unseen) => {
    const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}
