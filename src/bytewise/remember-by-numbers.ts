import { NOT_KNOWN, type RowView } from './row-view.ts';
import { MOST_VALUES } from './value-table.ts';

/** Of birth dates and statuses there are fewer; of what has more, hardly one comes again soon. */
const MOST_PAIRS = 1 << 16;

/**
 * What a function makes of a row, asked once for each pair of values of two columns, or for each value of one: where both are
 * remembered values, and the function looks at nothing else. Of more columns there are too many combinations to remember.
 * @param columns that the function looks at
 * @param most answers that are remembered
 */
export function rememberByNumbers<Answer extends object>(
  ask: (view: RowView) => Answer,
  columns: readonly number[],
  most = MOST_PAIRS,
): (view: RowView) => Answer {
  const [first, second = first] = columns;
  if (first === undefined || second === undefined || columns.length > 2) return ask;
  const known = new Map<number, Answer>();
  return (view) => {
    const one = view.numbers[first] ?? NOT_KNOWN;
    const other = view.numbers[second] ?? NOT_KNOWN;
    if (one === NOT_KNOWN || other === NOT_KNOWN) return ask(view);
    const pair = one * MOST_VALUES + other;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const answer = ask(view);
    if (known.size < most) known.set(pair, answer);
    return answer;
  };
}
