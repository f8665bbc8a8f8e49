/** A text, or a column whose value stands there. */
export type TemplatePart = { text: string } | { column: string };

/** A text with columns in braces, cut up. */
export function partsOf(text: string): TemplatePart[] {
  const pieces = text.split(/(\{\{|\}\}|\{[^{}]*\})/).filter((piece) => piece !== '');
  return pieces.map((piece) => {
    if (piece === '{{' || piece === '}}') return { text: piece.charAt(0) };
    return piece.startsWith('{') && piece.endsWith('}')
      ? { column: piece.slice(1, -1).trim() }
      : { text: piece };
  });
}

/** What is wrong with the braces of a text, undefined where nothing is. */
export function whyBadBraces(text: string): string | undefined {
  const parts = partsOf(text);
  const literal = text.replaceAll(/\{\{|\}\}|\{[^{}]*\}/g, '');
  if (/[{}]/.test(literal))
    return 'has a brace that is opened or closed alone; a brace that means itself is doubled';
  if (parts.some((part) => 'column' in part && part.column === ''))
    return 'has braces without a column between them';
  return undefined;
}
