export interface EatenZeros {
  /** How many ids of the drop are those of the last delivery without their leading zeros. */
  ids: number;
  /** How many digits those ids had, where all had as many. */
  length: number | undefined;
  /** For the hold: what it looks like and what to do, without an id. */
  sentence: string;
}

/** Ids of students are no longer than this, and a number of more digits has lost more than zeros in a spreadsheet. */
const LONGEST_ID = 16;
/** As a spreadsheet leaves a number: all zeros in front are gone, but for the one of zero itself. */
const WITHOUT_ZEROS = /^(?:0|[1-9]\d*)$/;

/**
 * Whether a spreadsheet ate the leading zeros of ids, so that known students look gone and new at once.
 * @param unknown ids of the drop under which nobody was delivered last
 * @param wasDelivered whether somebody was delivered last under this id; it should deny ids that the drop has too,
 *   because where both 0012 and 12 are in the drop, they are two students
 * @returns undefined where there is no such id. One is enough: it takes a coincidence of two rare events to be wrong
 */
export function findEatenZeros(
  unknown: Iterable<string>,
  wasDelivered: (id: string) => boolean,
): EatenZeros | undefined {
  const lengths = new Set<number>();
  let ids = 0;
  for (const id of unknown) {
    const length = lengthOnceDelivered(id, wasDelivered);
    if (length === undefined) continue;
    lengths.add(length);
    ids++;
  }
  if (ids === 0) return undefined;
  const [first] = lengths;
  const length = lengths.size === 1 ? first : undefined;
  return { ids, length, sentence: sentenceOf(ids, length) };
}

function lengthOnceDelivered(id: string, wasDelivered: (id: string) => boolean): number | undefined {
  if (!WITHOUT_ZEROS.test(id)) return undefined;
  for (let length = id.length + 1; length <= LONGEST_ID; length++)
    if (wasDelivered(id.padStart(length, '0'))) return length;
  return undefined;
}

function sentenceOf(ids: number, length: number | undefined): string {
  const are = ids === 1 ? '1 id of this drop is that' : `${ids} ids of this drop are those`;
  const were = length === undefined ? '' : `, which had ${length} digits`;
  return `${are} of students last delivered but for the leading zeros${were}, as when a file was opened and saved in a spreadsheet: they would be removed and created anew. Have the extract made again and dropped as it is.`;
}
