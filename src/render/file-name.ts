/** What the tokens of `write.file` stand for. */
export interface NameTokens {
  /** yyyy-MM-dd */
  date: string;
  /** HHmmss */
  time: string;
  school_year: string;
  run: string;
  connection: string;
}

export function renderFileName(pattern: string, tokens: NameTokens): string {
  return Object.entries(tokens).reduce(
    (name, [token, value]) => name.replaceAll(`{${token}}`, value),
    pattern,
  );
}
