/** A record that has no id of its own, such as one of a student's contacts. */
export interface LooseRecord {
  /** What puts equal pairs in order, so that the order of rows does not matter. */
  key: string;
  values: readonly string[];
}

/**
 * More than half of what either has must be equal, or they are two: else the phone of one contact would be carried
 * forward to the next.
 */
const LEAST_SHARE = 0.5;

/**
 * Which of a student's records of last time goes on as which of tonight: most equal fields first, each once.
 * @param common values that say nothing, because all records of the student have them
 * @returns for each of `tonight` the place among `last`, or undefined where it is a new one
 */
export function pairRecords(
  tonight: readonly LooseRecord[],
  last: readonly LooseRecord[],
  common: ReadonlySet<string>,
): (number | undefined)[] {
  const pairs = tonight.flatMap((mine, at) =>
    last.flatMap((other, to) => {
      const share = shareOfEqual(mine.values, other.values, common);
      return share > LEAST_SHARE ? [{ at, to, share, order: `${other.key}\u001f${mine.key}` }] : [];
    }),
  );
  pairs.sort((one, other) => other.share - one.share || (one.order < other.order ? -1 : 1));
  const found: (number | undefined)[] = tonight.map(() => undefined);
  const isTaken = new Set<number>();
  for (const { at, to } of pairs) {
    if (found[at] !== undefined || isTaken.has(to)) continue;
    found[at] = to;
    isTaken.add(to);
  }
  return found;
}

function shareOfEqual(
  mine: readonly string[],
  other: readonly string[],
  common: ReadonlySet<string>,
): number {
  let fields = 0;
  let equal = 0;
  for (let at = 0; at < Math.max(mine.length, other.length); at++) {
    const one = mine[at]?.trim() ?? '';
    const two = other[at]?.trim() ?? '';
    if ((one === '' && two === '') || (one === two && common.has(one))) continue;
    fields++;
    if (one === two) equal++;
  }
  return fields === 0 ? 1 : equal / fields;
}
