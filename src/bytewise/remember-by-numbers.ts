import { NOT_KNOWN, type RowView } from './row-view.ts';

/** Of birth dates and statuses there are fewer; of what has more, hardly one comes again soon. */
const MOST_PAIRS = 1 << 16;

/**
 * What a function makes of a row, asked once for each pair of values of two columns, or for each value of one: where both are
 * remembered values, and the function looks at nothing else. Of more columns there are too many combinations to remember.
 * @param columns that the function looks at
 */
export function rememberByNumbers<Answer extends object>(
  ask: (view: RowView) => Answer,
  columns: readonly number[],
): (view: RowView) => Answer {
  const [first, second = first] = columns;
  if (first === undefined || second === undefined || columns.length > 2) return ask;
  const known: (Answer[] | undefined)[] = [];
  let room = MOST_PAIRS;
  return (view) => {
    const one = view.numbers[first] ?? NOT_KNOWN;
    const other = view.numbers[second] ?? NOT_KNOWN;
    if (one === NOT_KNOWN || other === NOT_KNOWN) return ask(view);
    const before = known[one]?.[other];
    if (before !== undefined) return before;
    const answer = ask(view);
    if (room-- > 0) {
      const answers = known[one] ?? [];
      answers[other] = answer;
      known[one] = answers;
    }
    return answer;
  };
}
