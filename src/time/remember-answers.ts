const MOST_ANSWERS = 20_000;

/**
 * The same function with a memory. Extracts repeat their days: 20,000 of them are more than fifty years of births.
 * A full memory is emptied, not grown, so that a column of timestamps costs time and no space.
 */
export function rememberAnswers<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, { answer: Answer }>();
  return (text) => {
    const known = answers.get(text);
    if (known) return known.answer;
    const answer = ask(text);
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(text, { answer });
    return answer;
  };
}
